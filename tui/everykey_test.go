package tui_test

import (
	"strings"
	"testing"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
)

// pagesOf are the pages there are, by the screen.
func pagesOf() map[string]frame.Place {
	out := map[string]frame.Place{"record": {Screen: "record", ID: "R4"}, "timeline": timeline.PlaceOf(domain.NewID(domain.KindChild, 9), 0)}
	for _, name := range []string{"queue", "clusters", "followups", "review", "myday", "audit", "intake"} {
		out[name] = frame.Place{Screen: name}
	}
	return out
}

// On every page, with something on it and with nothing, a letter that does nothing says so in the bottom line; and the bottom
// line of every page and of what a letter opens ends at a whole hint, with the way to all keys where letters are keys.
func TestEveryLetterAnswers(t *testing.T) {
	longWalk(t)
	letters := strings.Split("abcdefhilmnoprstuvwxyABCDEFHIKLMNOPQRSTUWXYZ0123456789!@#$%^&*=+?:/<>,.;'\"-_~`|\\()[]", "")
	// What answers with what is there already: a key that leads to this very page, or to the row under the cursor;
	// and masks, order and layout of rows where there are none.
	quiet := map[string]string{"queue": "1", "timeline": "20)", "clusters": "3", "followups": "4Fa", "review": "5", "myday": "M", "audit": "ON", "intake": "im"}
	full := handled(t)
	for kind, x := range map[string]*team{"full": full, "empty": newTeam(t, "sam")} {
		for name, place := range pagesOf() {
			if kind == "empty" && (name == "record" || name == "timeline") {
				continue
			}
			x.desk = x.as("sam")
			d := x.look(80, 24, tuitest.Now())
			m := func() *frame.Model { return d.Model().(*frame.Model) }
			for _, k := range letters {
				for range 3 { // out of what the letter before opened
					d.Press("esc")
				}
				m().Session().Go(place)
				d.Send(frame.MinuteMsg{At: tuitest.Now()})
				if m().Session().Keys.Action(keymap.List, k) != "" {
					continue
				}
				if strings.Contains(quiet[name], k) || kind == "empty" && strings.Contains("ms+", k) {
					continue
				}
				before, said := d.Frame(), len(m().Toasts())
				d.Press(k)
				if d.Frame() == before && len(m().Toasts()) == said {
					t.Errorf("%s, %s: %q is silent", kind, name, k)
				}
				lines := strings.Split(strings.TrimRight(d.Frame(), "\n"), "\n")
				if foot := lines[len(lines)-1]; strings.Contains(foot, "…") {
					t.Errorf("%s, %s, after %q: the bottom line is cut off: %q", kind, name, k, foot)
				}
			}
		}
	}
}

// A key that is known from the queue and does nothing on My day says so; so do the keys that select rows.
func TestMyDaySaysWhatDoesNothingThere(t *testing.T) {
	d := made(t, 80, 24, "dee", nil).Press("M").Sees("Urgent 1")
	for _, k := range []string{"h", "B"} {
		d.Press(k).Sees(k + " does nothing on this page (My day): ? shows what does").Press("down")
	}
	d.Press("space").Sees("Several rows at once are done in the queue")
}

// A day with nothing before it says so, also where a draft lies; enter goes on with that.
func TestAnEmptyDayNamesWhatLiesUnfinished(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Moss", "amira")
	d := x.look(80, 24, tuitest.Now()).Press("M").Sees("Nothing is before you today.").Press("enter").Sees("Go to it: nothing is focused")
	d.Press("1", "N").Type("Call his school").Press("esc").Sees("1 draft")
	d.Press("M").Sees("Nothing is before you today.", "typed, not saved: Kai Moss", "P goes on with it", "enter Go to it").Press("enter").Sees("Typed and not saved: enter goes on with it")
	d.Press("enter").Sees("Call his school")
}
