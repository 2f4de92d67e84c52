package tui_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/tui/frame"
)

// Words typed in one go at every place of an interview's record answer no choice, tick no box and stand where they were typed.
func TestWordsTypedOnTheSheetStayThere(t *testing.T) {
	x := handled(t)
	d := x.at("amira", frame.Place{Screen: "record", ID: "R4"}).Press("e").Sees("Record: writing")
	const said = "Room 12, go to the library"
	added := false
	for range 150 {
		switch on := strings.Contains(d.Frame(), "▸ + add"); {
		case on && added: // one row is enough
			d.Press("down")
			added = false
			continue
		case on:
			added = true
		}
		d.Type(said).Press("tab")
	}
	all, err := x.as("amira").Draft(context.Background(), "interview.save R4")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]map[string]domain.Value{}
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) error {
		i, err := r.Interview(domain.NewID(domain.KindInterview, 3))
		if i != nil {
			for sec, a := range i.Sheet.Sections {
				written[sec] = a
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	check := func(where string, f *domain.SheetField, v domain.Value) {
		switch {
		case f.Kind == domain.FieldChoice && v.Text != "", f.Kind == domain.FieldMulti && len(v.List) > 0:
			t.Errorf("%s is answered: %v", where, v)
		case f.Kind == domain.FieldRows:
			for _, row := range v.Rows {
				for _, c := range f.Columns {
					if c.Options != nil && row[c.Name] != "" {
						t.Errorf("%s: %s is answered %q", where, c.Name, row[c.Name])
					}
				}
			}
		case v.Text != "" && strings.ReplaceAll(v.Text, said, "") != "":
			t.Errorf("%s: %q", where, v.Text)
		}
	}
	n := 0
	for _, sec := range domain.Sections() {
		for i := range sec.Fields {
			f := &sec.Fields[i]
			check(sec.Name+"."+f.Name, f, written[sec.Name][f.Name])
			var e struct {
				Now domain.Value `json:"now"`
			}
			if text := all["/"+sec.Name+"/"+f.Name]; text != "" && json.Unmarshal([]byte(text), &e) == nil {
				check(sec.Name+"."+f.Name, f, e.Now)
			}
			if !e.Now.Blank() || !written[sec.Name][f.Name].Blank() {
				n++
			}
		}
	}
	if n < 10 {
		t.Errorf("words stand in %d fields only", n)
	}
}
