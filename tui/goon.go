package tui

import (
	"strconv"
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

// Going on with a draft: the very form it was typed in opens, wherever what it is about stands by now. A form of the desk opens
// by what it is about; one of a screen opens there, on the row.

// drafted is what a draft is about, as it stands now; what there is none of is nil.
type drafted struct {
	key      []string // the words of its key
	child    *domain.Child
	row      *view.QueueRow // of its referral, shown in the queue or not
	rows     []*view.QueueRow
	episode  *domain.Episode
	followUp *domain.FollowUp
	pair     []*domain.Child // of a decision whether two are one
}

// last is the last word of the key.
func (d *drafted) last() string { return d.key[len(d.key)-1] }

// read reads what a draft is about.
func (d *drafted) read(r domain.Reader, u desk.Unfinished) error {
	if act := d.key[0]; act == "child.join" || act == "child.different" {
		for _, ref := range d.key[1:] {
			c, err := domain.ChildNamed(r, ref)
			if err != nil {
				return err
			}
			if c != nil {
				d.pair = append(d.pair, c)
			}
		}
		if len(d.pair) == 2 {
			d.child = d.pair[0]
		}
		return nil
	}
	about := u.About()
	for i := 0; i < len(about); i++ {
		var child domain.ID
		var err error
		switch id := about[i]; id.Kind() {
		case domain.KindChild:
			child = id
		case domain.KindReferral:
			var row *view.QueueRow
			if row, err = view.ReadQueueRow(r, id); err == nil && row != nil {
				d.rows = append(d.rows, row)
				child, d.row = row.Child.ID, d.rows[0]
				if d.episode == nil {
					d.episode = row.Episode
				}
			}
		case domain.KindEpisode:
			var e *domain.Episode
			if e, err = r.Episode(id); err == nil && e != nil && d.episode == nil {
				child, d.episode = e.Child, e
				about = append(about, e.Referral)
			}
		case domain.KindInterview:
			var in *domain.Interview
			if in, err = r.Interview(id); err == nil && in != nil {
				about = append(about, in.Referrals...)
			}
		case domain.KindFollowUp:
			if d.followUp, err = r.FollowUp(id); err == nil && d.followUp != nil {
				child = d.followUp.Child
			}
		case domain.KindAttempt:
			var owners []domain.ID
			if owners, err = r.AttemptOwners(id); err == nil {
				about = append(about, owners...)
			}
		default: // no form is about a record of another kind
		}
		if err == nil && d.child == nil && child != 0 {
			d.child, err = r.Child(child)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openers open the forms that need no screen, by the act of the draft. What they are about must be there.
func openers() map[string]func(*root, *drafted) tea.Cmd {
	onReferral := func(open func(*desk.Program, *frame.Session, *domain.Child, *domain.Referral) tea.Cmd) func(*root, *drafted) tea.Cmd {
		return func(r *root, d *drafted) tea.Cmd {
			if d.row == nil {
				return nil
			}
			return open(r.p, r.s, d.child, d.row.Referral)
		}
	}
	onChild := func(open func(*desk.Program, *frame.Session, *domain.Child) tea.Cmd) func(*root, *drafted) tea.Cmd {
		return func(r *root, d *drafted) tea.Cmd {
			if d.child == nil {
				return nil
			}
			return open(r.p, r.s, d.child)
		}
	}
	return map[string]func(*root, *drafted) tea.Cmd{
		"referral.new":               func(r *root, d *drafted) tea.Cmd { return r.referralFor(d.child) },
		"followup.add":               addedBy,
		"contact.log":                contactOf,
		"contact.strike":             strikeOf,
		"child.join":                 pairOf((*desk.Program).JoinTo),
		"child.different":            pairOf((*desk.Program).DifferentFrom),
		"child.lives":                onChild((*desk.Program).Lives),
		"child.restrict":             onChild((*desk.Program).Restrict),
		"child.open":                 onChild((*desk.Program).Restrict),
		"referral.choice":            onReferral((*desk.Program).Choice),
		"referral.responsible":       onReferral((*desk.Program).Responsible),
		"referral.front_door":        onReferral((*desk.Program).FrontDoor),
		"referral.carer_information": onReferral((*desk.Program).CarerTold),
		"interview.correct_held":     onReferral((*desk.Program).CorrectHeld),
		"interview.unheld":           onReferral((*desk.Program).Unheld),
		"referral.late": onReferral(func(p *desk.Program, s *frame.Session, c *domain.Child, ref *domain.Referral) tea.Cmd {
			return p.LateReason(s, c, ref.ID, ref.Version)
		}),
		"interview.held": func(r *root, d *drafted) tea.Cmd {
			if d.row == nil {
				return nil
			}
			return r.p.Held(r.s, d.child, d.row.Referral, d.row.Clocks)
		},
		"referral.reopen": func(r *root, d *drafted) tea.Cmd {
			if d.row == nil {
				return nil
			}
			return r.reopen(d.child, d.row.Referral.ID.String())
		},
		"referral.sign_off": func(r *root, d *drafted) tea.Cmd {
			if d.row == nil || len(d.key) < 3 {
				return nil
			}
			return r.p.SignOffRows(r.s, d.rows, d.key[1] == "true", nil)
		},
		"episode.move": func(r *root, d *drafted) tea.Cmd {
			if d.episode == nil || d.child == nil {
				return nil
			}
			return r.moveEpisode(d.episode, d.child)
		},
		"episode.edit": func(r *root, d *drafted) tea.Cmd {
			if d.episode == nil || d.child == nil || d.last() == "return" {
				return nil // the form of a return is the queue's
			}
			return r.p.EditEpisode(r.s, d.child, d.episode)
		},
		"referral.answer":     answerOf,
		"referral.note":       askOf,
		"caseload.hand_over":  func(r *root, _ *drafted) tea.Cmd { return r.p.HandOverCaseload(r.s, "") },
		"intake":              func(r *root, _ *drafted) tea.Cmd { return r.s.Go(frame.Place{Screen: intake.Name}) },
		"followup.done":       onFollowUp("followups.done"),
		"followup.redate":     onFollowUp("followups.redate"),
		"followup.drop":       onFollowUp("followups.drop"),
		"interview.save":      onRecord("record.write"),
		"interview.approve":   onRecord("record.approve"),
		"interview.send_back": onRecord("record.send_back"),
		"interview.share":     onRecord("record.share"),
	}
}

func addedBy(r *root, d *drafted) tea.Cmd {
	if len(d.key) > 1 && d.key[1] == "urgent" {
		return r.urgentFor(d.child)
	}
	return r.followUpFor(d.child)
}

// contactOf opens the form of an attempt with its result: the menu before it has answers that need no form.
func contactOf(r *root, d *drafted) tea.Cmd {
	c := desk.Contact{Child: d.child}
	switch {
	case d.child == nil:
		return nil
	case d.followUp != nil:
		c.FollowUp = d.followUp.ID
	case d.row != nil:
		c.Referral = d.row.Referral.ID
	default:
		return nil
	}
	result := ""
	if len(d.key) > 2 {
		result = d.last()
	}
	c.Beside = desk.Reach(r.s, d.child)
	return r.p.GoOnContact(r.s, c, result)
}

func strikeOf(r *root, d *drafted) tea.Cmd {
	if d.child == nil {
		return nil
	}
	return r.p.Strike(r.s, r.p.Of(r.s, d.child), d.last())
}

func pairOf(open func(p *desk.Program, s *frame.Session, of desk.Of, one, other string) tea.Cmd) func(*root, *drafted) tea.Cmd {
	return func(r *root, d *drafted) tea.Cmd {
		if len(d.pair) != 2 {
			return nil
		}
		return open(r.p, r.s, r.p.Of(r.s, d.child), d.key[1], d.key[2])
	}
}

// answerOf opens the form of the very question, while it waits.
func answerOf(r *root, d *drafted) tea.Cmd {
	for _, q := range r.p.ToAnswer() {
		if len(d.key) == 3 && q.Referral.ID.String() == d.key[1] && strconv.Itoa(q.Number) == d.key[2] {
			return r.p.AnswerInWords(r.s, q)
		}
	}
	return nil
}

// askOf opens the form of a question to a colleague; a note has its form in the queue.
func askOf(r *root, d *drafted) tea.Cmd {
	if d.row == nil || len(d.key) < 3 || d.key[1] != "ask" {
		return nil
	}
	about := ""
	if len(d.key) > 3 {
		about = d.key[2]
	}
	return r.p.AskAbout(r.s, d.row.Referral, d.child, about, d.row.Clocks.Interview.Due)
}

// onFollowUp opens a form of the list of follow-ups.
func onFollowUp(action string) func(*root, *drafted) tea.Cmd {
	return func(r *root, d *drafted) tea.Cmd {
		if d.followUp == nil || r.rowOf(d.followUp.ID) != "" {
			return nil // an urgent one is passed on in the queue
		}
		r.p.WantDo = action
		return tea.Batch(r.toFollowUp(d.followUp.ID.String()), resumed)
	}
}

// onRecord opens a form of the record's, or goes on writing it.
func onRecord(action string) func(*root, *drafted) tea.Cmd {
	return func(r *root, d *drafted) tea.Cmd {
		if d.row == nil {
			return nil
		}
		r.p.WantDo = action
		return tea.Batch(r.record(d.row.Referral.ID), resumed)
	}
}

// resumed has a screen look again, also where it is shown already.
func resumed() tea.Msg { return frame.ResumeMsg{} }

// goOn opens the form of a draft, once what it is about was read.
func (r *root) goOn(u desk.Unfinished) tea.Cmd {
	p := r.p
	return func() tea.Msg {
		d := &drafted{key: strings.Fields(u.Key)}
		if err := p.Ask(p.Context(), func(rd domain.Reader) error { return d.read(rd, u) }); err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return openMsg{func() tea.Cmd { return r.openDraft(u, d) }}
	}
}

func (r *root) openDraft(u desk.Unfinished, d *drafted) tea.Cmd {
	r.p.GoOn(u.Key)
	act := d.key[0]
	if open := openers()[act]; open != nil {
		if cmd, ops := open(r, d), r.s.Asked(); cmd != nil || ops {
			return cmd
		}
	}
	if strings.HasPrefix(act, "cluster.") {
		r.p.WantDo = u.Key
		return tea.Batch(r.s.Go(frame.Place{Screen: clusters.Name}), resumed)
	}
	row := ""
	switch {
	case d.row != nil:
		row = r.rowOf(d.row.Referral.ID)
	case d.followUp != nil:
		row = r.rowOf(d.followUp.ID)
	}
	if row == "" && d.episode != nil {
		row = r.rowOf(d.episode.ID)
	}
	if row == "" && d.child != nil {
		row = r.rowOf(d.child.ID)
	}
	forms := formsOfActs()
	do := forms[act+" "+d.last()]
	if do == "" {
		do = forms[act]
	}
	switch {
	case d.followUp != nil:
		do = "queue.pass_on"
	case row == "" || do == "":
		return r.s.Toast(widgets.Warn, u.Title+": "+r.nowhere(d)+"; what was typed is kept, and "+r.s.Key("work.drafts")+" throws it away")
	}
	r.p.WantDo = do
	return tea.Batch(r.row(row), resumed)
}

// nowhere says why a draft cannot be gone on with.
func (r *root) nowhere(d *drafted) string {
	if d.row != nil {
		return d.row.Referral.ID.String() + " is " + d.row.Referral.StageOn(domain.DateOf(r.p.Now())).Words() + " now"
	}
	return "what it is about is not here any more"
}
