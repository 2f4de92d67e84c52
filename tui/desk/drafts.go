package desk

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// readDrafts reads what this person left unfinished.
func (p *Program) readDrafts() tea.Cmd {
	return func() tea.Msg {
		ctx := p.Context()
		keys, err := p.DraftKeys(ctx)
		if err != nil {
			return draftsMsg{err: err}
		}
		all := map[string]map[string]string{}
		for _, k := range keys {
			if all[k], err = p.Draft(ctx, k); err != nil {
				return draftsMsg{err: err}
			}
		}
		return draftsMsg{drafts: all}
	}
}

// keep keeps a draft here at once and in the store in a command; nil throws it away.
func (p *Program) keep(key string, fields map[string]string) tea.Cmd {
	fields = maps.Clone(fields)
	if len(fields) == 0 {
		if _, had := p.drafts[key]; !had {
			return nil
		}
		delete(p.drafts, key)
	} else {
		p.drafts[key] = fields
	}
	return func() tea.Msg {
		if err := p.KeepDraft(p.Lasting(), key, fields); err != nil {
			return toldMsg{widgets.Bad, "The draft could not be kept: " + err.Error()}
		}
		return nil
	}
}

// Typed is what was left unfinished under a key, nil when nothing was: for a screen that is itself a form.
func (p *Program) Typed(key string) map[string]string { return maps.Clone(p.drafts[key]) }

// KeptMsg says that what [Program.KeepTyped] was given is in the store, or why it is not.
type KeptMsg struct {
	Key string
	Err error
}

// KeepTyped keeps what is being typed on a screen that is itself a form; nil throws it away. The next is to be kept once
// this one's [KeptMsg] came, so that none overtakes another.
func (p *Program) KeepTyped(key string, fields map[string]string) tea.Cmd {
	fields = maps.Clone(fields)
	if delete(p.drafts, key); len(fields) > 0 {
		p.drafts[key] = fields
	}
	return func() tea.Msg { return KeptMsg{key, p.KeepDraft(p.Lasting(), key, fields)} }
}

// KeepNow keeps drafts before the program ends; the frame hands them over.
func (p *Program) KeepNow(drafts []frame.Draft) {
	for _, d := range drafts {
		_ = p.KeepDraft(p.Lasting(), d.About, d.Values) // the last moment: nobody is left to be told
	}
}

// afresh is the result of a form whose draft was thrown away.
type afresh struct{}

// OpenForm shows a form whose text is kept as a draft under a key while it is written, comes back when it was left or
// the program ended, and is thrown away once the form is done.
func (p *Program) OpenForm(s *frame.Session, key string, c widgets.FormConfig, then func(result any) tea.Cmd) tea.Cmd {
	return p.OpenFormOn(s, nil, key, c, then)
}

// OpenFormOn is OpenForm for a form that decides about something others may be at too; on may be nil.
func (p *Program) OpenFormOn(s *frame.Session, on *Subject, key string, c widgets.FormConfig, then func(result any) tea.Cmd) tea.Cmd {
	plain := c
	if d, ok := p.drafts[key]; ok {
		c.Draft = d
		c.Intro = append([]widgets.Line{widgets.In(s.Theme.Info, "Your unfinished text is back. "+s.Keys.Hint(keymap.FormAfresh)+" throws it away.")}, c.Intro...)
		c.Afresh = func() tea.Cmd { return s.Close(afresh{}) }
	}
	c.OnChange = func(v widgets.Values) tea.Cmd { return p.keep(key, v) }
	// What the form did is done before its draft goes: a form saved twice would be worse than a draft too many.
	var left tea.Cmd
	if on != nil {
		c.Notice = on.notice
	}
	o, form := frame.Form(s, key, c, func(draft map[string]string) { left = p.keep(key, draft) })
	gone := func() {}
	var look tea.Cmd
	if on != nil {
		look, gone = p.attend(on, form), on.gone
	}
	s.OpenUntil(o, gone, func(result any) tea.Cmd {
		if result == nil {
			return left
		}
		after := p.keep(key, nil)
		if _, again := result.(afresh); again {
			return tea.Batch(after, p.OpenFormOn(s, on, key, plain, then))
		}
		if done, ok := result.(DoneMsg); ok {
			after = tea.Batch(after, func() tea.Msg { return done })
		}
		if then != nil {
			after = tea.Batch(after, then(result))
		}
		return after
	})
	return look
}
