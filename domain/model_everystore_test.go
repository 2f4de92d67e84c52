package domain_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
)

// desk of a person of the team in the database.
func (k *kept) desk(login string) *store.Desk {
	u, _ := k.pl.tm.settings.User(login)
	return k.s.Desk(domain.Actor{Login: u.Login, Name: u.Name, Role: u.Role, OSUser: u.Login})
}

// every takes a move of any act in both, and holds what is answered and what a preview shows against each other and against what
// may be told.
func (k *kept) every(m move) string {
	line := strings.ReplaceAll(k.there(m.line), "(unknown)", "0000")
	desk := k.desk(m.who)
	k.now = m.at
	k.pl.tm.now = m.at
	if e, err := k.pl.envelope(line); err == nil {
		p, err := desk.Preview(context.Background(), e)
		if err != nil {
			return fmt.Sprintf("the preview failed: %v", err)
		}
		for _, s := range texts(p) {
			if f := k.pl.secret(m.who, s, m.line); f != "" {
				return "in a preview, " + f
			}
		}
	}
	before := len(k.pl.tm.Changes())
	if f := k.pl.apply(m); f != "" {
		return f
	}
	e, err := k.pl.envelope(line)
	if err != nil {
		return ""
	}
	got, err := desk.Do(context.Background(), true, e)
	if err != nil || len(got) != 1 {
		return fmt.Sprintf("the database: %d answers, %v", len(got), err)
	}
	a := got[0]
	mine := k.pl.said
	if (mine.refused == nil) != (a.Refused == nil) {
		return fmt.Sprintf("refused in memory: %v, in the database: %v", mine.refused, a.Refused)
	}
	changes := k.pl.tm.Changes()
	if len(changes) > before {
		if f := k.pair(changes[len(changes)-1], a); f != "" {
			return f
		}
	}
	if a.Refused == nil && a.Change != 0 && a.ID != "" {
		k.named = append(k.named, m)
	}
	var theirs string
	if a.Refused != nil {
		theirs = answered(nil, a.Refused)
	} else {
		theirs = answered(&domain.Outcome{Summary: a.Summary, Warnings: a.Warnings, Row: a.Row}, nil)
	}
	if want := k.there(answered(mine.out, mine.refused)); !strings.Contains(want, "(unknown)") && !strings.Contains(want, "(they look like") && strings.ReplaceAll(theirs, "0000", "99") != want {
		return fmt.Sprintf("in memory it answers\n    %s\n  in the database\n    %s", want, theirs)
	}
	return ""
}

// again takes an act a second time under the id it had, and another under that id, as somebody: nothing comes of either, and
// nobody is told by the answer what they may not see.
func (k *kept) again(m move, who string) string {
	if m.line == "" {
		return "" // none was done yet
	}
	desk := k.desk(who)
	line := strings.ReplaceAll(k.there(m.line), "(unknown)", "0000")
	for _, l := range []string{line, strings.Replace(line, `"act":`, `"version":9,"act":`, 1)} {
		e, err := k.pl.envelope(l)
		if err != nil {
			continue
		}
		got, err := desk.Do(context.Background(), true, e)
		if err != nil || len(got) != 1 {
			return fmt.Sprintf("again: %d answers, %v", len(got), err)
		}
		if a := got[0]; a.Refused == nil && !a.Repeated {
			return fmt.Sprintf("%s did it again: %s", who, l)
		}
		for _, s := range texts(got[0]) {
			if f := k.pl.secret(who, s, l); f != "" {
				return fmt.Sprintf("again, %s: %+v", f, got[0])
			}
		}
	}
	return ""
}

// look reads every list there is as a person, from the database.
func (k *kept) look(login string) string {
	desk := k.desk(login)
	left := domain.CheckActor(k.pl.tm.settings, k.now, desk.Actor())
	var ids []domain.ID
	for _, id := range k.pl.records() {
		there, _ := domain.ParseID(k.ids[id.String()])
		ids = append(ids, there)
	}
	slices.Sort(ids)
	fault := ""
	see := func(what string, v any) {
		for _, s := range texts(v) {
			if f := k.pl.secret(login, s); f != "" && fault == "" {
				fault = "in " + what + ", " + f
			}
		}
	}
	err := desk.Ask(context.Background(), func(r domain.Reader) error { return listed(r, ids, see) })
	if left != nil {
		if err == nil {
			return login + " has left and reads on"
		}
		return ""
	}
	if err != nil {
		return fmt.Sprintf("%s cannot read %v", login, err)
	}
	st, err := desk.State(context.Background())
	if err != nil {
		return fmt.Sprintf("%s cannot read the state: %v", login, err)
	}
	see("the state of the desk", st)
	if domain.MayAudit(desk.Actor()) == nil {
		page, err := desk.AuditLog(context.Background(), view.AuditQuery{})
		if err != nil {
			return fmt.Sprintf("%s cannot read the log: %v", login, err)
		}
		see("the log", page)
		for i, l := range page.Lines {
			if i > 4 || !l.Opens() {
				break
			}
			line, err := desk.AuditLine(context.Background(), l.ID)
			var refused *domain.Refusal
			if err != nil && (!errors.As(err, &refused) || refused.Code != domain.Forbidden) {
				return fmt.Sprintf("%s cannot read %s of the log: %v", login, l.ID, err)
			}
			if err != nil {
				line = &view.AuditLine{Summary: refused.Message}
			}
			see("a line of the log", line)
		}
	}
	return fault
}

// same holds every record and list in memory against the database, as who decides sees them.
func (k *kept) same() string {
	theirs := map[string]string{}
	var there string
	err := k.s.Desk(k.pl.tm.who).Ask(context.Background(), func(r domain.Reader) error {
		if d, ok := r.(interface{ Deciding() domain.Reader }); ok {
			r = d.Deciding()
		}
		there = k.told(r)
		for rec := range k.pl.known() {
			id, _ := domain.ParseID(k.ids[rec.RecordID().String()])
			got, err := domain.ReadRecord(r, id)
			if err != nil {
				return err
			}
			if got != nil {
				theirs[rec.RecordID().String()] = asJSON(got)
			}
		}
		return nil
	})
	if err != nil && domain.CheckActor(k.pl.tm.settings, k.now, k.pl.tm.who) == nil {
		return err.Error()
	}
	if err != nil {
		return ""
	}
	for rec := range k.pl.known() {
		if mine := strings.ReplaceAll(k.there(asJSON(rec)), "(unknown)", "0000"); mine != theirs[rec.RecordID().String()] {
			return fmt.Sprintf("in memory\n    %s\n  in the database\n    %s", mine, theirs[rec.RecordID().String()])
		}
	}
	return differ(k.there(k.told(k.pl.tm)), there)
}

// checked closes the database, checks the file and opens it again.
func (k *kept) checked(path string) string {
	r, err := k.s.AuditVerify(context.Background())
	if err != nil || len(r.Findings) > 0 {
		return fmt.Sprintf("the log: %v, %v", r.Findings, err)
	}
	if err := k.s.Close(); err != nil {
		return err.Error()
	}
	c, err := store.Check(context.Background(), path, store.CheckOptions{Settings: k.pl.tm.settings})
	if err != nil || len(c.Findings) > 0 {
		return fmt.Sprintf("check finds %v, %v", c.Findings, err)
	}
	k.s, err = store.Open(path, k.options())
	if err != nil {
		return err.Error()
	}
	return ""
}

func (k *kept) options() store.Options {
	return store.Options{Mode: store.Write, Settings: k.pl.tm.settings, Clock: func() time.Time { return k.now }, Frozen: true}
}

// storePlay plays every act in a database beside the team in memory.
func storePlay(t *testing.T, seed uint64, folder string, length int) (k *kept, fault string) {
	pl, d := everyPlay(t, seed)
	k = &kept{TB: t, pl: pl, now: pl.w.now, ids: map[string]string{}, known: map[domain.ID]bool{}}
	pl.tm.settings.Alerts = []domain.AlertRule{{Name: "three", Count: 3, Days: 30}, {Name: "day", MissingFor: domain.Hours(24)}, {Name: "harm", Count: 1, Days: 90, Flag: "harm"}}
	path := filepath.Join(folder, fmt.Sprintf("hw%d.db", seed))
	var err error
	if k.s, err = store.Open(path, k.options()); err != nil {
		return k, err.Error()
	}
	defer func() {
		if err := k.s.Close(); err != nil && fault == "" && !errors.Is(err, store.ErrClosed) {
			fault = err.Error()
		}
		_ = os.Remove(path)
	}()
	for i := 0; i < length; i++ {
		m := d.next()
		if i%3 == 0 && !strings.Contains(m.line, `"act":"import.`) {
			m.line = strings.Replace(m.line, `"act":`, fmt.Sprintf(`"id":"play%d","act":`, i), 1)
		}
		f := k.every(m)
		if f == "" && i%8 == 5 {
			f = k.again(oneOf(d.author, k.named), oneOf(d.author, pl.tm.settings.Users).Login)
		}
		if f == "" && i%8 == 7 {
			f = cmpFault(k.same(), k.look(oneOf(d.author, pl.tm.settings.Users).Login))
		}
		if f == "" && i%30 == 29 {
			f = k.checked(path)
		}
		if f != "" {
			return k, f
		}
	}
	for _, u := range pl.tm.settings.Users {
		if f := k.look(u.Login); f != "" {
			return k, f
		}
	}
	return k, cmpFault(k.same(), k.checked(path))
}

// What every act comes to in a database is what it comes to in memory; the file is sound after any of them, and nobody reads a
// word of a child who is restricted to others, in a list, a preview, an answer or the log.
func TestADatabaseKeepsEveryPromise(t *testing.T) {
	t.Parallel()
	n := howMany(4, 2)
	folder := t.TempDir()
	for seed := *from; seed < *from+uint64(n); seed++ {
		if k, f := storePlay(t, 50_000+seed, folder, 90); f != "" {
			t.Fatalf("seed %d: %s\n%s", seed, f, k.pl.replay())
		}
	}
}
