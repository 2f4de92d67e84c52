package record

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// keepEvery is how long typed text waits at most before it is on the disk as a draft.
const keepEvery = time.Second

// keeper says how far what is typed is kept.
type keeper struct {
	armed, busy, more bool
	sent              map[place]domain.Value // what was saved last from here
}

type (
	savedMsg struct {
		of   *screen
		act  domain.Envelope
		sent map[place]domain.Value
		done []domain.Answer
		err  error
	}
	keepMsg struct{ of *screen }
)

// draftKey is the record's among this person's drafts: that of the first referral it covers, which stays when it gets a
// number.
func (v *screen) draftKey() string {
	id := v.v.Referral.ID
	for _, r := range v.v.Referrals {
		if r.ID < id {
			id = r.ID
		}
	}
	return "interview.save " + id.String()
}

// restore takes up what was typed and not saved when this person was here last.
func (v *screen) restore() tea.Cmd {
	keys := []string{v.draftKey()}
	for _, r := range v.v.Referrals {
		if k := "interview.save " + r.ID.String(); k != keys[0] {
			keys = append(keys, k)
		}
	}
	var cmds []tea.Cmd
	for i, k := range keys {
		d := v.p.Typed(k)
		if d == nil {
			continue
		}
		v.back += v.sheet.restore(d)
		if i > 0 { // the record was another referral's then
			cmds = append(cmds, v.p.KeepTyped(k, nil))
		}
	}
	if len(cmds) > 0 || v.back == 0 && v.p.Typed(keys[0]) != nil {
		cmds = append(cmds, v.touched())
	}
	return tea.Batch(cmds...)
}

// touched has what is typed kept within the second: not once typing rests, for who writes on without a rest would lose all.
func (v *screen) touched() tea.Cmd {
	if v.keep.armed {
		return nil
	}
	v.keep.armed = true
	return v.s.Delay(keepEvery, keepMsg{v})
}

func (v *screen) keepDraft() tea.Cmd {
	v.keep.armed = false
	if v.keep.busy {
		v.keep.more = true
		return nil
	}
	v.keep.busy = true
	return v.p.KeepTyped(v.draftKey(), v.sheet.draft())
}

func (v *screen) kept(msg desk.KeptMsg) tea.Cmd {
	if v.v == nil || msg.Key != v.draftKey() {
		return nil
	}
	v.keep.busy = false
	if msg.Err != nil {
		v.s.Toast(widgets.Bad, "What is typed could not be kept: "+msg.Err.Error())
	}
	if v.keep.more {
		v.keep.more = false
		return v.keepDraft()
	}
	return nil
}

// save saves the answers that changed, and only those.
func (v *screen) save() tea.Cmd {
	places := v.sheet.changed()
	switch {
	case len(places) == 0:
		return nil
	case v.saving, v.stale:
		v.again = true
		return nil
	}
	record, err := v.sheet.record(places)
	if err != nil {
		return v.s.Toast(widgets.Bad, err.Error())
	}
	sent := map[place]domain.Value{}
	for _, p := range places {
		sent[p] = tidied(v.sheet.at(p))
	}
	// Before there is a record its version would be the referral's, which a telephone call changes too.
	e := domain.Envelope{Act: &domain.SaveInterview{Referral: v.ref.String(), Record: record}, Version: v.v.Interview.Version}
	v.saving = true
	p := v.p
	return func() tea.Msg {
		done, err := p.Do(p.Lasting(), true, e)
		return savedMsg{of: v, act: e, sent: sent, done: done, err: err}
	}
}

// saved says what came of saving. A refusal keeps every letter.
func (v *screen) saved(msg savedMsg) tea.Cmd {
	v.saving = false
	var refused *domain.Refusal
	if len(msg.done) > 0 {
		refused = msg.done[0].Refused
	}
	if msg.err != nil || refused != nil {
		v.submitting = false
	}
	switch {
	case msg.err != nil:
		v.wrong = "Not saved: " + msg.err.Error()
		return v.touched()
	case refused != nil && refused.Code == domain.Conflict:
		v.wrong = "Not saved: " + refused.Message + ". Your text stands; save again when you have seen it."
		return tea.Batch(v.read(false), v.touched())
	case refused != nil:
		v.wrong = "Not saved: " + fieldWords(refused.Field) + refused.Message
		return v.touched()
	}
	v.wrong, v.others, v.back = "", nil, 0
	v.sheet.settled(msg.sent)
	v.keep.sent = msg.sent
	for p, x := range msg.sent {
		setAnswer(&v.sheet.base, p, x) // as it will be read in a moment
	}
	v.sheet.rebase(v.sheet.base, v.typing())
	v.stale = true // until the record is read anew, whose version the next save rests on
	v.load.Stop()
	return tea.Batch(v.touched(), func() tea.Msg {
		return desk.DoneMsg{Acts: []domain.Envelope{msg.act}, Answers: msg.done, Quiet: true}
	})
}

// setAnswer puts an answer into a sheet of one's own.
func setAnswer(s *domain.Sheet, p place, x domain.Value) {
	if p.episode != "" {
		if s.Each == nil {
			s.Each = map[string]map[string]domain.Answers{}
		}
		if s.Each[p.episode] == nil {
			s.Each[p.episode] = map[string]domain.Answers{}
		}
		if s.Each[p.episode][p.section] == nil {
			s.Each[p.episode][p.section] = domain.Answers{}
		}
		s.Each[p.episode][p.section][p.field] = x
		return
	}
	if s.Sections == nil {
		s.Sections = map[string]domain.Answers{}
	}
	if s.Sections[p.section] == nil {
		s.Sections[p.section] = domain.Answers{}
	}
	s.Sections[p.section][p.field] = x
}

// fieldWords names the answer that a refusal is about: "record.before.push" → "Before, Push factors: ".
func fieldWords(field string) string {
	parts := strings.Split(strings.TrimPrefix(field, "record."), ".")
	if len(parts) == 4 && parts[0] == "episodes" {
		parts = parts[2:]
	}
	if len(parts) != 2 {
		return ""
	}
	return titleOf(place{"", parts[0], parts[1]}) + ": "
}

// titleOf names an answer as people read it.
func titleOf(p place) string {
	for _, sec := range domain.Sections() {
		if f, ok := sec.Field(p.field); ok && sec.Name == p.section {
			return sec.Title + ", " + f.Title
		}
	}
	return p.section + " " + p.field
}

// savedWords say how far the record is kept.
func (v *screen) savedWords() (text string, well bool) {
	n := len(v.sheet.changed())
	switch {
	case v.saving:
		return "saving" + v.s.Theme.Glyphs.Ellipsis, true
	case n > 0:
		return fmt.Sprintf("%d not saved", n), false
	case v.v.Interview.SavedAt.IsZero():
		return "nothing typed yet", true
	}
	return "saved " + desk.When(v.v.Interview.SavedAt, v.s.Now()), true
}
