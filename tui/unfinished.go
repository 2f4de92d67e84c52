package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// unfinishedCount is the header's count of what lies typed and not saved.
func (r *root) unfinishedCount() (frame.Count, bool) {
	n := len(r.p.Unfinished(r.s))
	word := "drafts"
	if n == 1 {
		word = "draft"
	}
	return frame.Count{Long: word, Short: word, Value: fmt.Sprint(n), Style: r.s.Theme.Info, Goes: r.unfinished}, n > 0
}

// unfinished lists what lies typed and not saved; enter goes on with it.
func (r *root) unfinished() tea.Cmd {
	list := r.p.Unfinished(r.s)
	if len(list) == 0 {
		return r.s.Toast(widgets.Info, "Nothing lies unfinished.")
	}
	var choices []widgets.Choice
	for i, u := range list {
		c := widgets.Choice{Title: u.Title, Hint: desk.When(u.At, r.s.Now()), Result: i}
		if u.Closed {
			c.Why = "the child is restricted to others; what was typed waits until that is opened to you"
		}
		choices = append(choices, c)
	}
	title := "Typed and not saved: enter goes on with it, " + r.s.Keys.Hint(keymap.FormAfresh) + " throws it away"
	menu := &draftMenu{Overlay: desk.Menu(r.s, desk.OfNoChild(), title, choices)}
	menu.afresh = func() tea.Cmd {
		focused, ok := menu.Overlay.(interface{ Focused() any })
		if !ok {
			return nil
		}
		if i, ok := focused.Focused().(int); ok {
			return r.throwAway(list[i])
		}
		return nil
	}
	menu.key = func(k string) bool { return r.s.Keys.Action(keymap.Form, k) == keymap.FormAfresh }
	return r.s.Open(menu, func(result any) tea.Cmd {
		if i, ok := result.(int); ok {
			return r.goOn(list[i])
		}
		return nil
	})
}

// throwAway asks before a draft goes for good; then what is left is listed again.
func (r *root) throwAway(u desk.Unfinished) tea.Cmd {
	ask := frame.Confirm(r.s, "throw away what was typed?", []widgets.Line{widgets.Say(u.Title), widgets.Say("Nothing of it was saved. What is saved stays.")}, "Throw away", "Keep")
	return r.s.Open(ask, func(result any) tea.Cmd {
		if result != true {
			return nil
		}
		gone := r.p.ThrowAway(u.Key)
		r.s.Close(nil) // the list, which has it still
		if len(r.p.Unfinished(r.s)) == 0 {
			return tea.Batch(gone, r.s.Toast(widgets.Info, "Thrown away. Nothing lies unfinished."))
		}
		return tea.Batch(gone, r.unfinished())
	})
}

// draftMenu is the list of drafts, with the key that throws one away.
type draftMenu struct {
	frame.Overlay
	key    func(string) bool
	afresh func() tea.Cmd
}

// Update takes the key before the menu does.
func (m *draftMenu) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok && m.key(k.String()) {
		return m.afresh()
	}
	return m.Overlay.Update(msg)
}

// Actions of the menu, and throwing away.
func (m *draftMenu) Actions() []frame.Action {
	return append(m.Overlay.Actions(), frame.Action{ID: keymap.FormAfresh, Run: m.afresh})
}

// Click hands a click to the menu.
func (m *draftMenu) Click(at widgets.Spot) (tea.Cmd, bool) {
	if p, ok := m.Overlay.(frame.Pointed); ok {
		return p.Click(at)
	}
	return nil, false
}

// Wheel hands the wheel to the menu.
func (m *draftMenu) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if p, ok := m.Overlay.(frame.Pointed); ok {
		return p.Wheel(at, lines)
	}
	return nil
}

// unfinishedLines tell a person who quits what lies unfinished.
func (r *root) unfinishedLines() []widgets.Line { return r.p.UnfinishedLines(r.s, mostUnfinished) }

// mostUnfinished is how many drafts are named to a person who quits.
const mostUnfinished = 5

// formsOfActs are the actions that open the form of an act, by its name and the last word of its draft's key where that decides.
func formsOfActs() map[string]string {
	return map[string]string{
		"referral.accept": "queue.accept_as", "referral.book": "queue.book", "referral.not_required": "queue.not_required", "referral.sign_off": "queue.sign_off",
		"referral.chase": "queue.chase", "referral.close": "queue.close", "referral.reopen": "queue.reopen", "referral.note": "queue.note", "referral.late": "queue.late",
		"interview.held": "queue.held", "contact.log": "queue.contact", "contact.strike": "queue.strike", "flag.set": "queue.flag", "flag.clear": "queue.flag",
		"child.edit": "queue.edit_child", "episode.edit": "queue.edit_episode", "episode.edit return": "queue.return", "episode.duplicate": "queue.duplicate",
		"child.join": "queue.same", "child.different": "queue.same", "child.restrict": "queue.restrict", "child.open": "queue.restrict",
		"referral.choice": "queue.choice", "referral.responsible": "queue.responsible", "referral.front_door": "queue.front_door",
		"referral.carer_information": "queue.carer_told", "interview.unheld": "queue.unheld", "interview.correct_held": "queue.correct_held",
		"episode.end": "queue.end_episode", "child.died": "queue.died", "child.lives": "timeline.lives",
	}
}

// rowOf is the row of the queue that a record is on, "" for none.
func (r *root) rowOf(id domain.ID) string {
	if r.p.Queue == nil {
		return ""
	}
	q := r.p.Queue
	for i := range q.Urgent {
		if q.Urgent[i].FollowUp.ID == id {
			return id.String()
		}
	}
	for _, rows := range [][]view.MissingRow{q.Missing, q.ToClose} {
		for i := range rows {
			if m := &rows[i]; m.Episode.ID == id || m.Child.ID == id {
				return m.Episode.ID.String()
			}
		}
	}
	for x := range q.All() {
		if x.Referral.ID == id || x.Episode.ID == id || x.Child.ID == id {
			return x.Referral.ID.String()
		}
	}
	return ""
}
