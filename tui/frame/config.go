package frame

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// The sizes at which the layout changes.
const (
	NarrowWidth = 100 // below it there is no side pane
	MinWidth    = 60  // below these the window is too small
	MinHeight   = 15
)

// Config is everything the frame is told by the program that uses it. The frame
// itself knows nothing of children or of the store.
type Config struct {
	// Context ends the session's own ([Session.Context]), at the latest: that one is over with the program. Default: it never ends.
	Context context.Context
	Runtime Runtime
	Keys    *keymap.Map  // default: keymap.Default()
	Theme   *theme.Theme // default: dark
	// ThemeChosen says that Theme is a saved choice; otherwise the terminal's
	// ground decides between dark and light.
	ThemeChosen bool
	// AskGround asks the terminal for its ground; only where it is local.
	AskGround bool

	Who, Role, Team safe.Text
	MaskNames       bool

	Screens map[string]Factory
	Tabs    []Tab
	Start   Place // default: the first tab

	// Header gives the counts; called on every frame, so it must only read
	// memory. Live is a word for the feed's state ("live", "offline").
	Header func() []Count
	Live   func() string

	// Code keeps what a person unlocks with; nil: nothing locks and there is no such action. LockAfter locks, and EndAfter
	// ends the program, when no key was pressed for so long, to the minute; 0 is never.
	Code                *Code
	LockAfter, EndAfter time.Duration
	// Idle gives both as they are now, where they may change while the program runs; nil: they do not.
	Idle func() (lockAfter, endAfter time.Duration)

	// WrongCode is told of each wrong lock code, and the how manieth it is; from any goroutine. It may be nil.
	WrongCode func(tries int)

	// Suspend stops the program on its own terminal until the shell goes on with it: what its person asks for by ctrl+z outside
	// a text field. Nil where the terminal is somewhere else, and where no shell would go on with it.
	Suspend *Suspension

	// Mouse says that the program begins with the mouse on.
	Mouse bool

	// Global are the actions of the whole program, beside the frame's own.
	Global func() []Action

	// Init is run once with the first screen's; Update sees every message that is
	// not a key, a paste or the mouse, before the screens do (the feed, say).
	Init   func(s *Session) tea.Cmd
	Update func(s *Session, msg tea.Msg) tea.Cmd

	// Left is called once when the program is over, by [Model.Leave]; it may be nil.
	Left func()

	// SaveDrafts is handed all unsaved text when the program quits or breaks. It
	// must not panic; it may be called from Update and so should be quick.
	SaveDrafts func([]Draft)
	// Unfinished says what lies typed and not saved, for a person who quits; nil where nothing does.
	Unfinished func() []widgets.Line
}
