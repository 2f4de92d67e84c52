package tui

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/screens/clusters"
	"homeward/tui/screens/intake"
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
	return r.s.Open(desk.Menu(r.s, desk.OfNoChild(), "Typed and not saved: enter goes on with it", choices), func(result any) tea.Cmd {
		if i, ok := result.(int); ok {
			return r.goOn(list[i])
		}
		return nil
	})
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

// goOn goes to where a draft was typed, and opens its form where one key does.
func (r *root) goOn(u desk.Unfinished) tea.Cmd {
	words := strings.Fields(u.Key)
	act, last := words[0], words[len(words)-1]
	var id domain.ID
	if about := u.About(); len(about) > 0 {
		id = about[0]
	}
	child := func(open func(*domain.Child) tea.Cmd) tea.Cmd {
		if id.Kind() != domain.KindChild {
			return open(nil)
		}
		p := r.p
		return func() tea.Msg {
			var c *domain.Child
			if err := p.Ask(p.Context(), func(rd domain.Reader) (err error) { c, err = rd.Child(id); return err }); err != nil {
				return frame.Toasted(widgets.Bad, err.Error())()
			}
			return openMsg{func() tea.Cmd { return open(c) }}
		}
	}
	switch {
	case act == "referral.new":
		return child(r.referralFor)
	case act == "followup.add" && len(words) > 1 && words[1] == "urgent":
		return child(r.urgentFor)
	case act == "followup.add":
		return child(r.followUpFor)
	case act == "intake":
		return r.s.Go(frame.Place{Screen: intake.Name})
	case strings.HasPrefix(act, "cluster."):
		return r.s.Go(frame.Place{Screen: clusters.Name})
	case strings.HasPrefix(act, "interview.") && act != "interview.held" && id.Kind() == domain.KindReferral:
		return r.record(id)
	}
	row := r.rowOf(id)
	switch {
	case row == "" && id.Kind() == domain.KindFollowUp:
		return r.toFollowUp(id.String())
	case row == "" && id.Kind() == domain.KindChild:
		return r.p.Timeline(id, 0)
	case row == "":
		return r.s.Toast(widgets.Warn, u.Title+": "+"it is on no row of the queue any more; what was typed is kept")
	}
	forms := formsOfActs()
	r.p.WantDo = cmp.Or(forms[act+" "+last], forms[act])
	if id.Kind() == domain.KindFollowUp {
		r.p.WantDo = "queue.pass_on"
	}
	return tea.Batch(r.row(row), func() tea.Msg { return frame.ResumeMsg{} }) // also where the queue is shown already
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
