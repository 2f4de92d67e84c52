package theme

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Every theme has its names, its inks, and every style and glyph.
func TestEveryThemeIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for i, r := range themes {
		if r.name == "" || r.title == "" || r.hint == "" {
			t.Errorf("row %d lacks a name or what it is for: %+v", i, r)
		}
		for _, n := range []string{r.name, r.title} {
			if seen[n] {
				t.Errorf("%s is there twice", n)
			}
			seen[n] = true
		}
		if Title(r.name) != r.title || Choices()[i] != (Choice{r.name, r.title, r.hint}) || Names()[i] != r.name {
			t.Errorf("%s is told otherwise than it stands", r.name)
		}
		for _, ascii := range []bool{false, true} {
			th, err := New(r.name, false, ascii)
			if err != nil {
				t.Fatal(err)
			}
			if th.Name != r.name || th.Dark != r.dark || th.FlatFocus != r.flat || th.NoColor != (r.palette == noInks) {
				t.Errorf("%s is built as %+v", r.name, th)
			}
			glyphsAreWhole(t, r.name, th)
			if r.palette != noInks {
				inksAreWhole(t, r, th)
			}
		}
	}
	if _, err := New("drak", false, false); err == nil || !strings.Contains(err.Error(), "dark, light") {
		t.Errorf("an unknown theme names the known ones: %v", err)
	}
	for _, word := range []string{Auto, NoColour} {
		if seen[word] {
			t.Errorf("%s is no theme, and one is called so", word)
		}
	}
}

func glyphsAreWhole(t *testing.T, name string, th *Theme) {
	t.Helper()
	g := reflect.ValueOf(th.Glyphs)
	for i := range g.NumField() {
		if s, ok := g.Field(i).Interface().(string); ok {
			if s == "" {
				t.Errorf("%s: no glyph %s", name, g.Type().Field(i).Name)
			}
			if th.ASCII && ansi.StringWidth(s) != len(s) {
				t.Errorf("%s is not ASCII: %q", g.Type().Field(i).Name, s)
			}
		}
	}
}

// inksAreWhole looks that a theme with colours has each of them, and that every style but that of plain text shows.
func inksAreWhole(t *testing.T, r row, th *Theme) {
	t.Helper()
	ink := regexp.MustCompile("^#[0-9a-f]{6}$")
	p := reflect.ValueOf(r.palette)
	for i := range p.NumField() {
		if f := p.Field(i); f.Kind() == reflect.String && !ink.MatchString(f.String()) {
			t.Errorf("%s: %s is %q", r.name, p.Type().Field(i).Name, f.String())
		}
	}
	v := reflect.ValueOf(*th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok && s.Plain() != (v.Type().Field(i).Name == "Text") {
			t.Errorf("%s: %s paints %q", r.name, v.Type().Field(i).Name, s.Render("x"))
		}
	}
}

// The first is the default, each is followed by another until all were there, and either ground has the plain one of its kind.
func TestOrderOfThemes(t *testing.T) {
	if got := Default().Name; got != "dark" || got != Names()[0] || Settings()[0] != Auto {
		t.Errorf("the default is %q", got)
	}
	at := Names()[0]
	for _, want := range append(Names()[1:], Names()[0]) {
		if at = Next(at); at != want {
			t.Errorf("%s comes, want %s", at, want)
		}
	}
	if OnGround(true) != "dark" || OnGround(false) != "light" {
		t.Errorf("on a dark ground %s, on a light one %s", OnGround(true), OnGround(false))
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
