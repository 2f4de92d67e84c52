package desk

import (
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// What was typed in a form is not lost with the undo of what it did: it becomes the draft of that form again.

// written is what was typed in the form that made a change.
type written struct {
	key    string
	fields map[string]string
}

// remember keeps what was typed in a form with the changes it made, for this session. A form in which nothing was written in
// words is filled in again as fast as a draft is read.
func (p *Program) remember(key string, fields []widgets.Field, form *widgets.Form, about func(map[string]string) map[string]string, done DoneMsg) {
	draft := form.Wrote()
	if !inWords(fields, draft) {
		return
	}
	kept := about(draft)
	delete(kept, draftVersion) // the undo gives the record back: nothing of it is older
	for _, a := range done.Answers {
		if a.Refused == nil && a.Change != 0 {
			p.written[a.Change] = written{key, kept}
		}
	}
}

// inWords says that a draft holds words, not choices alone.
func inWords(fields []widgets.Field, draft map[string]string) bool {
	for _, f := range fields {
		if (f.Kind == widgets.TextKind || f.Kind == widgets.NoteKind) && !f.Secret && strings.TrimSpace(draft[f.ID]) != "" {
			return true
		}
	}
	return false
}

// turnWords keeps the words of an act that was undone as a draft, and takes the draft away again once it is redone; it says which,
// "" for neither. What lies unfinished in that form stays.
func (p *Program) turnWords(s *frame.Session, a domain.Act) (string, tea.Cmd) {
	var of string
	undo, undone := a.(*domain.Undo)
	redo, redone := a.(*domain.Redo)
	switch {
	case undone:
		of = undo.Of
	case redone:
		of = redo.Of
	}
	id, _ := domain.ParseID(of)
	w, ok := p.written[id]
	if !ok {
		return "", nil
	}
	have, some := p.drafts[w.key]
	switch {
	case undone && some && !sameWords(have, w.fields):
		return "What lies typed in its form stays.", nil
	case undone:
		return "Its words are kept as a draft " + s.Theme.Glyphs.Pencil, p.keep(w.key, w.fields)
	case some && sameWords(have, w.fields):
		return "", p.keep(w.key, nil)
	}
	return "", nil
}

// sameWords says that two drafts hold the same answers, whenever they were kept.
func sameWords(a, b map[string]string) bool {
	x, _ := parts(a)
	y, _ := parts(b)
	return maps.Equal(x, y)
}
