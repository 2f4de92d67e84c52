package widgets

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/theme"
)

// Secret is one line in which something is typed that nobody may read: a sign stands for each letter.
type Secret struct{ text *textField }

// secretLimit is the most letters it takes.
const secretLimit = 128

// NewSecret makes an empty one that has the focus.
func NewSecret() *Secret {
	s := &Secret{newTextInput(Field{Limit: secretLimit, Secret: true})}
	s.text.focus(true)
	return s
}

// Update types or pastes.
func (s *Secret) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		s.text.key(msg)
	case tea.PasteMsg:
		s.text.paste(msg.Content)
	}
}

// Value is what was typed.
func (s *Secret) Value() string { return s.text.value() }

// Clear forgets it.
func (s *Secret) Clear() { s.text.set("") }

// Focus says whether the caret stands here.
func (s *Secret) Focus(on bool) { s.text.focus(on) }

// View draws it w cells wide.
func (s *Secret) View(th *theme.Theme, w int) string { return s.text.view(th, max(4, w))[0] }
