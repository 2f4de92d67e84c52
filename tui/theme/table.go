package theme

import "slices"

// palette names the few inks a theme mixes its styles from, as #rrggbb. Where
// there is no ink the terminal's own colour stays.
type palette struct {
	dark, flat                           bool // flat: inks do not read on the focused row's ground
	ink, dim, blue, orange, yellow, pale string
	line, ground, focus, onFocus, strong string
}

// noInks is a theme without colours.
var noInks = palette{dark: true}

// row is one theme: its name in the configuration and in what is remembered of
// a person's choice, its name for people, what it is for, and what it is made of.
type row struct {
	name, title, hint string
	palette
}

// themes are the closed list: the default first, and in the order in which one
// follows the other.
var themes = [...]row{
	// Each ink is chosen so that its nearest of 16 colours still reads.
	{"dark", "Dark", "light letters on a dark ground", palette{
		dark: true, ink: "#d0d7de", dim: "#9e9e9e", blue: "#6cb6ff", orange: "#ff9f43",
		yellow: "#ffee58", pale: "#a5d6ff", line: "#6c6c6c", ground: "#21262d",
		focus: "#1f4b99", onFocus: "#ffffff", strong: "#ffffff",
	}},
	{"light", "Light", "dark letters on a light ground", palette{
		flat: true, ink: "#1f2328", dim: "#59636e", blue: "#0550ae", orange: "#bc4c00",
		yellow: "#6c5300", pale: "#0969da", line: "#767676", ground: "#e4e4e4",
		focus: "#0550ae", onFocus: "#ffffff", strong: "#000000",
	}},
	// AAA, 7:1, on black, on the header's ground and where one is: a test computes it.
	{"high_contrast", "High contrast", "white, yellow and cyan on black", palette{
		dark: true, flat: true, ink: "#ffffff", dim: "#d0d0d0", blue: "#00ffff", orange: "#ffb000",
		yellow: "#ffff00", pale: "#ffffff", line: "#c0c0c0", ground: "#262626",
		focus: "#ffff00", onFocus: "#000000", strong: "#ffffff",
	}},
	{"high_contrast_light", "High contrast, light", "black on white", palette{
		flat: true, ink: "#000000", dim: "#303030", blue: "#002f86", orange: "#7a2300",
		yellow: "#493800", pale: "#002f86", line: "#404040", ground: "#e8e8e8",
		focus: "#000000", onFocus: "#ffffff", strong: "#000000",
	}},
	// Chosen so that over, soon, met and told stay apart for protanopes, deuteranopes and tritanopes: a test simulates it.
	{"colour_blind", "Colour blind", "colours that stay apart for every kind of colour blindness", palette{
		dark: true, flat: true, ink: "#e4e4e4", dim: "#a8a8a8", blue: "#3d8bff", orange: "#e8702a",
		yellow: "#ffee58", pale: "#c0d8ff", line: "#767676", ground: "#1b1f24",
		focus: "#1f4b99", onFocus: "#ffffff", strong: "#ffffff",
	}},
	{"plain", "Plain", "no colours at all", noInks},
}

// What the configuration may say instead of a theme's name.
const (
	Auto     = "auto"      // the terminal's ground decides
	NoColour = "no_colour" // the default without its colours
)

// Names lists the themes that [New] knows, the default first.
func Names() []string {
	out := make([]string, len(themes))
	for i, r := range themes {
		out[i] = r.name
	}
	return out
}

// Settings are the words that the configuration takes for a theme, the default first.
func Settings() []string { return slices.Concat([]string{Auto}, Names(), []string{NoColour}) }

// Choice is a theme as a person chooses it.
type Choice struct{ Name, Title, Hint string }

// Choices are the themes with what each is for, in the order of [Names].
func Choices() []Choice {
	out := make([]Choice, len(themes))
	for i, r := range themes {
		out[i] = Choice{r.name, r.title, r.hint}
	}
	return out
}

// Title is a theme's name for people, "" where there is none of that name.
func Title(name string) string {
	for _, r := range themes {
		if r.name == name {
			return r.title
		}
	}
	return ""
}

// Next is the theme that follows one, the first after the last.
func Next(name string) string {
	i := slices.IndexFunc(themes[:], func(r row) bool { return r.name == name })
	return themes[(i+1)%len(themes)].name
}

// OnGround is the theme for a terminal with a dark or a light ground, where nobody chose one.
func OnGround(dark bool) string {
	i := slices.IndexFunc(themes[:], func(r row) bool { return r.dark == dark })
	return themes[i].name
}
