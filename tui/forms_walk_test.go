package tui_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// undecided is a desk at which nothing is decided: every way is walked on the same records.
type undecided struct {
	view.Desk
	asked *int // how often something was to be decided
}

func (u undecided) Do(_ context.Context, _ bool, acts ...domain.Envelope) (out []domain.Answer, err error) {
	*u.asked++
	for range acts {
		out = append(out, domain.Answer{Refused: &domain.Refusal{Code: domain.Invalid, Message: "nothing is decided here"}})
	}
	return out, nil
}

// step is a key, or the line of a menu.
type step struct {
	key  string
	line int
}

// formWalk goes through all that can be opened from a place, and looks at every form once.
type formWalk struct {
	t    *testing.T
	x    *team
	d    *tuitest.Driver
	look func(w *formWalk, way string, open func() *widgets.Form)
	met  map[string]bool // forms, by their fields
	seen map[string]bool // fields, by name and label

	asked int // how often something was to be decided
	// masked walks with names masked; eye sees every frame on the way. Nil: nobody looks.
	masked bool
	eye    func(way string)
}

func (w *formWalk) model() *frame.Model { return w.d.Model().(*frame.Model) }

// at opens the dashboard of somebody at a place.
func (w *formWalk) at(login string, place frame.Place) {
	if w.x.leave != nil {
		w.x.leave()
	}
	me := undecided{w.x.as(login), &w.asked}
	w.d = tuitest.New(w.t, 120, 40, func(rt frame.Runtime) tea.Model {
		w.x.now = rt.Now
		m, err := tui.Build(me, &intake.Clerk{Desk: me, Folder: w.x.folder}, tui.Options{Runtime: rt, Live: "local", Theme: "dark", MaskNames: w.masked})
		if err != nil {
			w.t.Fatal(err)
		}
		w.x.leave = m.Leave
		return m
	})
	w.model().Session().Go(place)
	w.d.Send(frame.MinuteMsg{At: tuitest.Now()})
}

// row is the line under the cursor, "" where the page has none.
func (w *formWalk) row() string {
	for l := range strings.SplitSeq(w.d.Frame(), "\n") {
		if strings.HasPrefix(l, "▸") {
			line, _, _ := strings.Cut(l, "│")
			return line
		}
	}
	return ""
}

// take opens what a way leads to.
func (w *formWalk) take(way []step) {
	for range 8 {
		if !w.model().Overlaid() {
			break
		}
		w.d.Press("esc")
	}
	for _, s := range way {
		switch {
		case s.key == "":
			w.d.Press("home")
			for range s.line {
				w.d.Press("down")
			}
			w.d.Press("enter")
		case strings.HasPrefix(s.key, "palette "):
			w.d.Press("ctrl+p").Type(strings.TrimPrefix(s.key, "palette ")).Press("enter")
		default:
			w.d.Press(s.key)
		}
	}
}

// explore follows a way, and every line of the menus on it.
func (w *formWalk) explore(where string, way []step) {
	w.take(way)
	if w.eye != nil {
		w.eye(fmt.Sprintf("%s %v", where, way))
	}
	if f := w.model().Form(); f != nil {
		w.titled(way, f.Title())
		if !strings.Contains(w.d.Frame(), "This will ") && !noAct.MatchString(f.Title()) {
			w.t.Errorf("%v: nothing beside %q says what it will do:\n%s", way, f.Title(), w.d.Frame())
		}
		id := ""
		for _, x := range f.Fields() {
			id += fmt.Sprintf("%s/%d ", x.ID, x.Kind)
			w.seen[x.ID+" "+x.Label] = true
		}
		if !w.met[id] {
			w.met[id] = true
			w.look(w, fmt.Sprintf("%s %v", where, way), func() *widgets.Form { w.take(way); return w.model().Form() })
		}
		w.take(nil)
		return
	}
	m := w.model().Menu()
	if m == nil || len(way) > 3 {
		w.take(nil)
		return
	}
	w.titled(way, m.Title())
	for i, c := range m.Choices() {
		if c.Why == "" {
			w.explore(where, append(append([]step{}, way...), step{line: i}))
		}
	}
}

// aboutNobody are the titles of what decides about no child, or asks who it is.
var aboutNobody = regexp.MustCompile(`^(New referral|Urgent, stands above|Follow-up by hand|Find a child|Open a file|Save this view|Views|Begin with|Delete a view|Columns|Choose a theme|Hand over |` +
	`My changes of today|Whose lock code|Typed and not saved|\d+ questions wait)`)

// noAct are the titles of forms that decide nothing.
var noAct = regexp.MustCompile(`^(Find a child|Open a file|Save this view)`)

// aChild is the name of one of the children of the walk, as the session shows it.
var aChild = regexp.MustCompile(`^(\S+ (Family\d|Away|Thrice|Again|Late)|K\d+|[A-Z]\.? ?[A-Z]\.? \(?K\d+\)?|restricted C\d+)\b.*: \S`)

// titled looks at a title: it begins with the child's name, or with those of the several it is about.
func (w *formWalk) titled(way []step, title string) {
	if !aChild.MatchString(title) && !aboutNobody.MatchString(title) {
		w.t.Errorf("%v: the title %q names no child", way, title)
	}
}

// rows goes through the rows of a place, and on each through all that can be done.
func (w *formWalk) rows(login string, place frame.Place, limit int) {
	w.at(login, place)
	place = w.model().Place()
	tried := map[string]int{}
	for row := 0; row < limit; row++ {
		before := w.row()
		if strings.HasPrefix(before, "▸▸") {
			w.d.Press("z") // a folded group
		}
		for _, a := range w.model().Actions() {
			if a.Disabled != nil && a.Disabled() != "" || tried[a.ID] > 8 || strings.HasPrefix(a.ID, "app.") || a.ID == "work.mask" || a.Run == nil {
				continue
			}
			tried[a.ID]++
			s := w.model().Session()
			b, _ := s.Keys.Binding(a.ID)
			way := []step{{key: "palette " + b.Title}}
			if keys := s.Keys.Keys(a.ID); len(keys) > 0 {
				way[0].key = keys[0]
			}
			w.explore(login+" at "+place.Screen+": "+b.Title, way)
			if w.model().Place() != place || w.d.Quit() || w.row() != before {
				w.at(login, place)
				for range row {
					w.d.Press("down")
				}
			}
		}
		if w.d.Press("down"); w.row() == before {
			break
		}
	}
}

// longWalk leaves a walk through every form to a run without -short: one session goes through it by itself, so that the race
// detector has nothing to see, and takes minutes.
func longWalk(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("walks through every form, one at a time")
	}
}

// walkForms opens every form there is a way to, as those who may open it, and has it looked at.
func walkForms(t *testing.T, look func(w *formWalk, way string, open func() *widgets.Form)) *formWalk {
	t.Helper()
	longWalk(t)
	w := &formWalk{t: t, x: handled(t), look: look, met: map[string]bool{}, seen: map[string]bool{}}
	w.x.do("sam", `{"act":"referral.note","referral":"R1","to":"dee","text":"Why?","ask":true}`)
	for _, p := range []struct{ login, screens string }{
		{"dee", "queue followups clusters myday intake"}, {"sam", "queue review"}, {"amira", "myday"},
	} {
		for _, screen := range strings.Fields(p.screens) {
			w.rows(p.login, frame.Place{Screen: screen}, 30)
		}
		w.rows(p.login, timeline.PlaceOf(domain.NewID(domain.KindChild, 9), 0), 10)
		for _, ref := range []string{"R4", "R6"} {
			w.rows(p.login, frame.Place{Screen: "record", ID: ref}, 1)
		}
	}
	w.at("dee", frame.Place{Screen: "queue"})
	w.d.Press("/").Type("child:K50").Press("enter", "g", "z", "down")
	w.explore("a missing child", []step{{key: "r"}})
	w.explore("a missing child", []step{{key: "palette End the episode without a return"}})
	w.at("dee", frame.Place{Screen: "followups"})
	w.d.Press("space", "down", "space")
	for _, key := range []string{"d", "r", "x"} {
		w.explore("several follow-ups", []step{{key: key}})
	}
	return w
}

// A new form is found by itself: each field that the program's text gives a name and a label stands on a form that was met.
func (w *formWalk) complete() {
	w.t.Helper()
	field := regexp.MustCompile(`\{ID: "([a-z_]+)", Label: "([^"]+)"`)
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == "frame/lockcode.go" { // three lines of text

			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range field.FindAllStringSubmatch(string(text), -1) {
			if !w.seen[m[1]+" "+m[2]] {
				w.t.Errorf("%s: no way was found to the form with the field %s, %q", path, m[1], m[2])
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// words are what somebody types who has not looked where the cursor stands.
var words = []string{"Room 12, go to the library", "yes she said no", "home at nine"}

// Words typed or pasted in one go onto any field of any form change that field alone, and answer no choice.
func TestWordsTypedAnywhereStayThere(t *testing.T) {
	w := walkForms(t, func(w *formWalk, way string, open func() *widgets.Form) {
		f := w.model().Form()
		for _, x := range f.Fields() { // what is hidden behind another answer is shown
			if f.Go(x.ID) || x.Hide == nil {
				continue
			}
			for _, by := range f.Fields() {
				for _, o := range append([]widgets.Option{{Value: "x"}}, by.Options...) {
					if was := f.Values()[by.ID]; by.ID != x.ID && !f.Go(x.ID) {
						if f.Set(by.ID, o.Value, o.Label); !f.Go(x.ID) && len(by.Options) > 0 {
							f.Set(by.ID, was, was)
						}
					}
				}
			}
		}
		for _, x := range f.Fields() { // a field that reads a time keeps what it understood, and goes by days
			if x.Reads == nil || x.Reads("tomorrow 10:00")+x.Reads("yesterday 10:00")+x.Reads("tomorrow")+x.Reads("1/2/2011") == "" || x.ID == "name" {
				continue
			}
			if x.Check != nil && (x.Fix == nil || x.Step == nil) {
				w.t.Errorf("%s: %q reads a time and is none of desk.TimeField and its like", way, x.Label)
			}
		}
		for _, x := range f.Fields() { // enter goes on, and never decides
			asked := w.asked
			if !f.Go(x.ID) || noAct.MatchString(f.Title()) {
				continue
			}
			for range 2 {
				if w.d.Press("enter"); w.model().Form() != f || w.asked != asked {
					w.t.Errorf("%s: enter on %q saves or leaves", way, x.Label)
					return
				}
			}
		}
		for _, x := range f.Fields() {
			for i, text := range words {
				if !f.Go(x.ID) {
					continue
				}
				before := maps.Clone(f.Values())
				if w.d.Type(text); i == 0 {
					w.d.Paste(text)
				}
				if w.model().Form() != f || f.Focused() != x.ID {
					w.t.Errorf("%s: %q typed on %q left the field", way, text, x.Label)
					return
				}
				for id, is := range f.Values() {
					mine := id == x.ID && x.Kind != widgets.ChoiceKind && x.Kind != widgets.ListKind && x.Kind != widgets.MultiKind && x.Kind != widgets.YesNoKind
					if is != before[id] && !mine {
						w.t.Errorf("%s: %q typed on %q made %s of %s, which was %q", way, text, x.Label, is, id, before[id])
					}
				}
			}
		}
	})
	if len(w.met) < 20 {
		t.Errorf("only %d forms were found", len(w.met))
	}
	w.complete()
}
