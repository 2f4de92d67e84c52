package domain_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"homeward/domain"
)

// secretWord are the words of a play that say something of a child: what was typed, names that only one has, references of
// children and of episodes.
var secretWord = regexp.MustCompile(`(?i)\bzq[a-z0-9]+|\b[KP][0-9]+\b`)

// closed says whether a child, or one it was joined to, is restricted to others.
func (w *world) closed(login string, child domain.ID) bool {
	for c := w.children[child]; c != nil; c = w.children[c.JoinedTo] {
		if !c.OpenTo(&domain.Settings{}, login) {
			return true
		}
	}
	return false
}

func (w *world) anyRestricted() bool {
	for _, c := range w.children {
		if c.Restricted != nil {
			return true
		}
	}
	return false
}

// secret gives those of the words in a text that only records say which are closed to somebody: a word that is said in none any
// more is as secret as where it was said last.
func (pl *play) secret(login, text string, but ...string) string {
	if !pl.w.anyRestricted() {
		return ""
	}
	for _, word := range secretWord.FindAllString(text, -1) {
		if slices.ContainsFunc(but, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(word)) }) {
			continue
		}
		if where := pl.onlyIn(login, word); where != 0 {
			return fmt.Sprintf("%s is told %q, which stands in %s alone, of a restricted child: %s", login, word, where, text)
		}
	}
	return ""
}

// onlyIn gives a record that says a word, where all that say it are closed to somebody; else 0. Of a word that no record says any
// more all count that ever said it, each as the child's whose it is now.
func (pl *play) onlyIn(login, word string) (where domain.ID) {
	says := pl.ever[strings.ToLower(word)]
	for _, rec := range says {
		if pl.tm.record(rec.RecordID()) != rec {
			continue
		}
		if !pl.w.closed(login, rec.ChildID()) {
			return 0
		}
		where = rec.RecordID()
	}
	standing := where != 0
	for _, rec := range says {
		child, is := rec.ChildID(), pl.tm.record(rec.RecordID())
		if is != nil {
			child = is.ChildID()
		}
		if standing && is != nil {
			continue // it says otherwise by now
		}
		if !pl.w.closed(login, child) {
			return 0
		}
		where = rec.RecordID()
	}
	return where
}

// note keeps which records ever said a word.
func (pl *play) note(rec domain.Record, text string) {
	if rec.ChildID() == 0 {
		return
	}
	for _, word := range secretWord.FindAllString(text, -1) {
		word = strings.ToLower(word)
		if list := pl.ever[word]; !slices.Contains(list, rec) {
			pl.ever[word] = append(list, rec)
		}
	}
}

// answered is all that is said to who took an act.
func answered(out *domain.Outcome, r *domain.Refusal) string {
	if r != nil {
		return r.Field + ": " + r.Message
	}
	return strings.Join(append([]string{out.Summary, out.Row.TakenToBe}, out.Warnings...), "; ")
}

// told says whether an answer tells something of a restricted child that its actor may not see, and did not type: a reference of
// the police, whenever.
func (pl *play) told(m move, answer string) string {
	if !pl.w.anyRestricted() {
		return ""
	}
	typed := []string{m.line}
	for _, o := range pl.moves {
		if o.who == m.who {
			typed = append(typed, policeRef.FindAllString(o.line, -1)...)
		}
	}
	if strings.Contains(m.line, `"act":"child.restrict"`) { // who restricts a child is told whom, by the record it was joined to
		for _, c := range pl.w.children {
			if c.Ref == "" || !strings.Contains(m.line, fmt.Sprintf(`"child_ref":%q`, c.Ref)) {
				continue
			}
			for ; c != nil; c = pl.w.children[c.JoinedTo] {
				typed = append(typed, c.Ref)
			}
		}
	}
	return pl.secret(m.who, answer, typed...)
}

var policeRef = regexp.MustCompile(`\bP[0-9]+\b`)

// texts are all texts anywhere in a value.
func texts(v any) []string {
	t := &allTexts{seen: map[any]bool{}}
	t.add(reflect.ValueOf(v))
	return t.out
}

type allTexts struct {
	out  []string
	seen map[any]bool
}

func (t *allTexts) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 {
			t.out = append(t.out, v.String())
		}
	case reflect.Pointer, reflect.Map:
		if v.IsNil() || v.Type() == reflect.TypeFor[*domain.Settings]() {
			return
		}
		key := fmt.Sprint(v.Type(), v.Pointer())
		if t.seen[key] {
			return
		}
		t.seen[key] = true
		if v.Kind() == reflect.Pointer {
			t.add(v.Elem())
			return
		}
		for it := v.MapRange(); it.Next(); {
			t.add(it.Key())
			t.add(it.Value())
		}
	case reflect.Interface:
		t.add(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			t.add(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			if v.Kind() == reflect.Slice {
				t.out = append(t.out, string(v.Bytes()))
			}
			return
		}
		for i := range v.Len() {
			t.add(v.Index(i))
		}
	}
}
