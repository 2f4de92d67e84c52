package theme

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
)

// rgb is a colour in linear light, each part between 0 and 1.
type rgb [3]float64

func linear(c color.Color) rgb {
	r, g, b, _ := c.RGBA()
	var out rgb
	for i, v := range []uint32{r, g, b} {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			out[i] = x / 12.92
		} else {
			out[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is WCAG's ratio.
func contrast(a, b color.Color) float64 {
	light := func(c color.Color) float64 { l := linear(c); return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] }
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// The contrast itself: black on white is 21, WCAG's own examples hold.
func TestContrast(t *testing.T) {
	c := lipgloss.Color
	for _, x := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#ffff00", "#000000", 19.56}} {
		if got := contrast(c(x.a), c(x.b)); math.Abs(got-x.want) > 0.01 {
			t.Errorf("%s on %s: %.2f, want %.2f", x.a, x.b, got, x.want)
		}
	}
}

// looks are the styles that hold words, by name. Borders and empty bars are no words.
func looks(th *Theme) map[string]Style {
	return map[string]Style{
		"urgent": th.Urgent, "overdue": th.Overdue, "due soon": th.DueSoon, "met": th.Met, "flag": th.Flag, "good": th.Good, "warning": th.Warning,
		"error": th.Error, "info": th.Info, "strong": th.Strong, "muted": th.Muted, "title": th.Title, "label": th.Label, "group": th.Group,
		"header": th.Header, "footer": th.Footer, "key": th.Key, "tab": th.Tab, "tab on": th.TabOn, "match": th.Match, "disabled": th.Disabled,
		"button": th.Button, "button on": th.ButtonOn, "focus": th.Focus, "selected": th.Selected,
	}
}

// inks are the two colours of a style, on a ground where it has none of its own.
func inks(s Style, ground color.Color) (fg, bg color.Color) {
	fg, bg = s.Lip().GetForeground(), s.Lip().GetBackground()
	if bg == (lipgloss.NoColor{}) {
		bg = ground
	}
	return fg, bg
}

// Every word of the themes reads: on the terminal's ground, on the header's, on the focused and on a selected row.
func TestWordsRead(t *testing.T) {
	for _, x := range []struct {
		name, ground string
		least        float64
	}{
		{"high_contrast", "#000000", 7}, {"high_contrast_light", "#ffffff", 7},
		{"colour_blind", "#000000", 4.5}, {"colour_blind", "#1b1f24", 4.5},
	} {
		th, err := New(x.name, false, false)
		if err != nil {
			t.Fatal(err)
		}
		ground := lipgloss.Color(x.ground)
		for name, s := range looks(th) {
			for where, on := range map[string]Style{"": {}, " on the header": th.Header, " on the focus": th.Focus, " on a selected row": th.Selected} {
				fg, bg := inks(th.Over(s, on), ground)
				if got := contrast(fg, bg); got < x.least {
					t.Errorf("%s on %s: %s%s has %.2f:1, want %.1f", x.name, x.ground, name, where, got, x.least)
				}
			}
		}
		if f := th.Focus.Lip().GetBackground(); contrast(f, ground) < 1.5 || x.least == 7 && contrast(f, ground) < 7 {
			t.Errorf("%s: the focused row's ground hardly differs from the page's", x.name)
		}
	}
}

// blindness is how a colour is seen (Machado, Oliveira, Fernandes 2009, severity 1, linear light).
func blindness() map[string][3]rgb {
	return map[string][3]rgb{
		"as it is":     {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
}

// lab is a colour in CIELAB (D65), where distances are about as eyes see them.
func lab(c rgb) rgb {
	f := func(x float64) float64 {
		if x > 0.008856 {
			return math.Cbrt(x)
		}
		return 7.787*x + 16.0/116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return rgb{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(a, b color.Color, as [3]rgb) float64 {
	see := func(c color.Color) rgb {
		l := linear(c)
		var out rgb
		for i, row := range as {
			out[i] = min(1, max(0, row[0]*l[0]+row[1]*l[1]+row[2]*l[2]))
		}
		return lab(out)
	}
	x, y := see(a), see(b)
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// What must be told apart is, whatever colours an eye misses: a distance of 2 is just seen, 25 at a glance.
func TestMeaningsStayApart(t *testing.T) {
	th, _ := New("colour_blind", false, false)
	meanings := map[string]Style{"overdue": th.Overdue, "due soon": th.DueSoon, "met": th.Met, "info": th.Info}
	const least = 25
	for kind, as := range blindness() {
		for a, sa := range meanings {
			for b, sb := range meanings {
				if d := apart(sa.Lip().GetForeground(), sb.Lip().GetForeground(), as); a < b && d < least {
					t.Errorf("%s: %s and %s are %.1f apart, want %d", kind, a, b, d, least)
				}
			}
		}
	}
	if th.Urgent.Lip().GetForeground() != th.Overdue.Lip().GetForeground() || !th.Urgent.Lip().GetReverse() {
		t.Error("urgent is overdue's ink turned round")
	}
	// The control: red and green as so many programs have them.
	if d := apart(lipgloss.Color("#cc4444"), lipgloss.Color("#7a8a22"), blindness()["deuteranopia"]); d >= least {
		t.Errorf("the test sees red and green %.1f apart where a deuteranope does not", d)
	}
}
