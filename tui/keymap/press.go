package keymap

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// Press makes the key press that a terminal sends for a key of this name ("j", "G", "enter", "ctrl+p").
func Press(name string) tea.KeyPressMsg {
	k := tea.KeyPressMsg{}
	rest := name
	for {
		switch {
		case len(rest) > 5 && strings.HasPrefix(rest, "ctrl+"):
			k.Mod |= tea.ModCtrl
			rest = rest[5:]
		case len(rest) > 4 && strings.HasPrefix(rest, "alt+"):
			k.Mod |= tea.ModAlt
			rest = rest[4:]
		case len(rest) > 6 && strings.HasPrefix(rest, "shift+"):
			k.Mod |= tea.ModShift
			rest = rest[6:]
		default:
			return named(k, rest)
		}
	}
}

func named(k tea.KeyPressMsg, name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "space": tea.KeySpace, "insert": tea.KeyInsert,
		"f1": tea.KeyF1, "f2": tea.KeyF2, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7,
		"f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
	}
	if code, ok := special[name]; ok {
		k.Code = code
		if name == "space" && k.Mod == 0 {
			k.Text = " "
		}
		return k
	}
	r := []rune(name + " ")[0]
	k.Code = r
	if k.Mod&(tea.ModCtrl|tea.ModAlt) == 0 {
		k.Text = name
	}
	if unicode.IsUpper(r) {
		k.Code, k.ShiftedCode = unicode.ToLower(r), r
		k.Mod |= tea.ModShift
	}
	return k
}
