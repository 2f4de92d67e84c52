package theme

import (
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestEveryThemeIsWhole(t *testing.T) {
	for _, name := range Names() {
		for _, ascii := range []bool{false, true} {
			th, err := New(name, false, ascii)
			if err != nil {
				t.Fatal(err)
			}
			g := reflect.ValueOf(th.Glyphs)
			for i := range g.NumField() {
				if s, ok := g.Field(i).Interface().(string); ok {
					if s == "" {
						t.Errorf("%s: no glyph %s", name, g.Type().Field(i).Name)
					}
					if ascii && ansi.StringWidth(s) != len(s) {
						t.Errorf("%s is not ASCII: %q", g.Type().Field(i).Name, s)
					}
				}
			}
		}
	}
	if _, err := New("drak", false, false); err == nil || !strings.Contains(err.Error(), "dark, light") {
		t.Errorf("an unknown theme names the known ones: %v", err)
	}
}

func TestNoColourHasNoColour(t *testing.T) {
	th, _ := New("dark", true, false)
	for _, s := range styles(th) {
		for _, bad := range []string{"38;", "48;", "[3"} {
			if strings.Contains(s.Render("x"), bad) {
				t.Errorf("colour in %q", s.Render("x"))
			}
		}
	}
	if th.Focus.Render("x") == "x" || th.Overdue.Render("x") == "x" {
		t.Error("a state without colour still looks different")
	}
}

// The states that stand side by side must stay apart on a 16-colour terminal.
func TestSixteenColours(t *testing.T) {
	for _, name := range Names() {
		if name == "plain" {
			continue // bold, underlined and reversed carry the states there
		}
		th, _ := New(name, false, false)
		down := func(s Style) string {
			var b strings.Builder
			w := colorprofile.Writer{Forward: &b, Profile: colorprofile.ANSI}
			_, _ = w.Write([]byte(s.Render("x")))
			return b.String()
		}
		if down(th.Overdue) == down(th.Met) || down(th.BarOver) == down(th.BarFill) || down(th.Muted) == down(th.Focus) {
			t.Errorf("%s: %q %q", name, down(th.Overdue), down(th.Met))
		}
		t.Logf("%s overdue %q soon %q met %q muted %q focus %q line %q title %q", name, down(th.Overdue), down(th.DueSoon),
			down(th.Met), down(th.Muted), down(th.Focus), down(th.Border), down(th.Title))
	}
}

func TestOn(t *testing.T) {
	th := Default()
	got := th.Overdue.On(th.Focus)
	if got.Lip().GetBackground() != th.Focus.Lip().GetBackground() || got.Lip().GetForeground() != th.Overdue.Lip().GetForeground() {
		t.Error("a word on the focused row keeps its ink and takes the ground")
	}
	if th.Text.On(th.Focus).Render("a") != th.Focus.Render("a") {
		t.Error("plain text takes the ground's look")
	}
	if want := lipgloss.NewStyle().Bold(true).Render("a"); newStyle(lipgloss.NewStyle().Bold(true)).Render("a") != want {
		t.Error("Render must equal the library's")
	}
}

func styles(th *Theme) (out []Style) {
	v := reflect.ValueOf(*th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok {
			out = append(out, s)
		}
	}
	return out
}
