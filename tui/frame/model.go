package frame

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Model is the root of the program: it owns the window, routes messages, and
// keeps what screens must not forget to do.
type Model struct {
	c      Config
	s      *Session
	past   []*visit
	at     int
	tabs   map[Place]Screen
	layers []layer
	toasts widgets.Toasts
	asking bool // the question before quitting is open
	left   bool // the program is ending
	ending Ending
	// endedOutside: by who runs it, who knows why.
	endedOutside bool
	over         bool // it has ended
	end          context.CancelFunc
	crash        *Crash
	locked       *locked // nil while the page is shown
	locks        uint64  // how often it was locked: a late answer is not for the lock that stands now
	burst        burst
	key1         time.Time // when the last key was pressed, by the machine's clock
	click1       click     // the last click, for the second of a double one
}

// visit is a place in history with its living screen.
type visit struct {
	place  Place
	screen Screen
}

// historyKept bounds what back can reach.
const historyKept = 50

// New makes the root of a program.
func New(c Config) *Model {
	if c.Context == nil {
		c.Context = context.Background()
	}
	if c.Runtime.Now == nil {
		c.Runtime = RealTime()
	}
	if c.Runtime.Delay == nil {
		c.Runtime.Delay = widgets.RealDelay
	}
	if c.Runtime.Machine == nil {
		c.Runtime.Machine = c.Runtime.Now
	}
	if c.Keys == nil {
		c.Keys = keymap.Default()
	}
	if c.Theme == nil {
		c.Theme = theme.Default()
	}
	if c.Start == (Place{}) && len(c.Tabs) > 0 {
		c.Start = c.Tabs[0].Place
	}
	ctx, end := context.WithCancel(c.Context)
	s := &Session{
		ctx: ctx, Theme: c.Theme, Keys: c.Keys, Now: c.Runtime.Now, Delay: c.Runtime.Delay,
		Who: c.Who.Line(), Role: c.Role.Line(), Team: c.Team.Line(), MaskNames: c.MaskNames, Mouse: c.Mouse, themed: c.ThemeChosen,
	}
	return &Model{c: c, s: s, end: end, tabs: map[Place]Screen{}, key1: c.Runtime.Machine()}
}

// Session is the session of this program, for the hooks of its owner.
func (m *Model) Session() *Session { return m.s }

// Place is where the person is.
func (m *Model) Place() Place {
	if len(m.past) == 0 {
		return m.c.Start
	}
	return m.past[m.at].place
}

// Toasts are all messages that were shown, for looking them up.
func (m *Model) Toasts() []widgets.Toast { return m.toasts.Past() }

// Overlaid says that something is open above the page: a form, a menu.
func (m *Model) Overlaid() bool { return len(m.layers) > 0 }

// Form is the form that has the keys, nil where none has.
func (m *Model) Form() *widgets.Form {
	if d, ok := m.top().(*dialog); ok {
		return d.form
	}
	return nil
}

// Menu is the menu that has the keys, nil where none has.
func (m *Model) Menu() *widgets.Menu {
	if d, ok := m.top().(*dialog); ok {
		return d.menu
	}
	return nil
}

// Actions are all that can be done from here, those of what is focused first; the disabled ones say why not.
func (m *Model) Actions() []Action { return m.everything() }

// Err is why the program broke, nil when it did not. The library's Run returns
// nil after a panic that was caught; the caller asks here and exits with 1.
func (m *Model) Err() error {
	if m.crash == nil {
		return nil
	}
	return m.crash
}

// Init starts the program.
func (m *Model) Init() (cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			m.fail(r, "at the start")
			cmd = nil
		}
	}()
	var cmds []tea.Cmd
	if m.c.AskGround {
		cmds = append(cmds, tea.Raw(ansi.RequestBackgroundColor)) // the library asks only where it reads the keys itself
	}
	cmds = append(cmds, m.minute())
	if m.c.Init != nil {
		cmds = append(cmds, m.c.Init(m.s))
	}
	cmds = append(cmds, m.goTo(m.c.Start), m.drain())
	return m.guard(tea.Batch(cmds...))
}

// minute asks for a message at the next full minute: the smallest unit anything
// on the screen shows.
func (m *Model) minute() tea.Cmd {
	if !m.c.Runtime.Minute {
		return nil
	}
	now := m.s.Now()
	next := now.Truncate(time.Minute).Add(time.Minute)
	return m.s.Delay(next.Sub(now), minuteTick{})
}

type minuteTick struct{}

// Update handles a message.
func (m *Model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			m.fail(r, "handling input")
			next, cmd = m, nil
		}
	}()
	if m.left {
		return m, nil
	}
	if m.crash != nil {
		return m, m.afterCrash(msg)
	}
	cmd = m.handle(msg)
	return m, m.guard(tea.Batch(cmd, m.drain()))
}

// drain does what was asked of the session, before the next message.
func (m *Model) drain() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.s.ops) > 0 {
		op := m.s.ops[0]
		m.s.ops = m.s.ops[1:]
		cmds = append(cmds, op(m))
	}
	return tea.Batch(cmds...)
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case crashMsg:
		m.failed(msg.crash)
		return nil
	case EndMsg:
		m.endedOutside = m.ending == ""
		return m.quit(false)
	case tea.WindowSizeMsg:
		m.s.w, m.s.h = msg.Width, msg.Height
		return nil
	case tea.BackgroundColorMsg:
		m.ground(msg.IsDark())
		return nil
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.MouseClickMsg:
		return m.clicked(msg)
	case tea.MouseWheelMsg:
		return m.wheeled(msg)
	case heldMsg:
		return m.heldKey(msg)
	case lockMsg:
		return m.lockAnswer(msg)
	case codeMsg:
		return m.openCode(msg)
	case tea.ResumeMsg:
		return m.resumed()
	case tea.KeyReleaseMsg, tea.MouseMsg, tea.PasteStartMsg, tea.PasteEndMsg:
		return nil
	case toastMsg:
		m.said(msg.kind, safe.Line(msg.text))
		return nil
	case minuteTick:
		if cmd, done := m.rested(); done {
			return cmd
		}
		now := m.s.Now()
		m.toasts.Expire(now.Add(-toastLeast))
		return tea.Batch(m.minute(), m.tell(MinuteMsg{now}))
	}
	return m.tell(msg)
}

// said shows a message and keeps it for looking it up.
func (m *Model) said(kind widgets.ToastKind, text safe.Text) {
	m.toasts.Add(widgets.Toast{Kind: kind, Text: text, At: m.s.Now(), Masked: m.s.MaskNames})
}

// toastLeast is how long a toast stands at least, however near the minute is.
const toastLeast = 20 * time.Second

// ground follows the terminal's own colours, unless looks were chosen.
func (m *Model) ground(dark bool) {
	if m.s.themed || m.s.Theme.NoColor {
		return
	}
	if t, err := theme.New(theme.OnGround(dark), false, m.s.Theme.ASCII); err == nil {
		m.s.Theme = t
	}
}

// tell hands a message that is no key to everyone who is open.
func (m *Model) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	if m.c.Update != nil {
		cmds = append(cmds, m.c.Update(m.s, msg))
	}
	for _, l := range append([]layer{}, m.layers...) {
		cmds = append(cmds, l.overlay.Update(msg))
	}
	if scr := m.screen(); scr != nil {
		cmds = append(cmds, scr.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (m *Model) screen() Screen {
	if len(m.past) == 0 {
		return nil
	}
	return m.past[m.at].screen
}

func (m *Model) top() Overlay {
	if len(m.layers) == 0 {
		return nil
	}
	return m.layers[len(m.layers)-1].overlay
}

// open lays an overlay on top. One that has something to load says so by Init.
func (m *Model) open(o Overlay, then func(any) tea.Cmd) tea.Cmd {
	m.layers = append(m.layers, layer{overlay: o, then: then})
	if i, ok := o.(interface{ Init() tea.Cmd }); ok {
		return i.Init()
	}
	return nil
}

// close takes the top overlay away and hands its result to who opened it.
func (m *Model) close(result any) tea.Cmd {
	if len(m.layers) == 0 {
		return nil
	}
	l := m.layers[len(m.layers)-1]
	m.layers = m.layers[:len(m.layers)-1]
	if l.gone != nil {
		l.gone()
	}
	if l.then == nil {
		return nil
	}
	return l.then(result)
}

// goTo shows a place. Tabs keep their screen, so that filter and cursor are
// there on return; other places are made anew.
func (m *Model) goTo(p Place) tea.Cmd {
	if len(m.past) > 0 && m.past[m.at].place == p {
		return nil
	}
	build, ok := m.c.Screens[p.Screen]
	if !ok {
		return m.s.Toast(widgets.Bad, "There is no page called "+p.Screen)
	}
	m.hide()
	scr, kept := m.tabs[p]
	if !kept {
		scr = build(m.s, p.ID)
		for _, t := range m.c.Tabs {
			if t.Place == p {
				m.tabs[p] = scr
			}
		}
	}
	if len(m.past) > 0 {
		m.past = m.past[:m.at+1]
	}
	m.past = append(m.past, &visit{p, scr})
	if n := len(m.past) - historyKept; n > 0 {
		m.past = m.past[n:]
	}
	m.at = len(m.past) - 1
	if kept {
		return scr.Update(ResumeMsg{})
	}
	return scr.Init()
}

// hide drops what is open above the screen, which another takes the place of.
func (m *Model) hide() {
	for len(m.layers) > 0 {
		l := m.layers[len(m.layers)-1]
		m.layers = m.layers[:len(m.layers)-1]
		if l.gone != nil {
			l.gone()
		}
	}
	if h, ok := m.screen().(Hider); ok {
		h.Hidden()
	}
}

// Leave ends the session: what is typed is handed over where the run was ended from outside, what was asked and not answered
// yet is given up, and the program's owner is told, once. The runner of a model calls it when the run has ended, however it
// did; [Run] does.
func (m *Model) Leave() {
	if m.over {
		return
	}
	m.over = true
	if !m.left && m.crash == nil {
		m.saveDrafts(m.drafts())
	}
	m.end()
	if m.c.Left != nil {
		m.c.Left()
	}
}

// step goes back or forward in history.
func (m *Model) step(by int) tea.Cmd {
	to := m.at + by
	if to < 0 || to >= len(m.past) {
		return nil
	}
	m.hide()
	m.at = to
	return m.past[to].screen.Update(ResumeMsg{})
}

// Run runs a program made of a Model and returns why it broke, if it did.
func Run(m *Model, opts ...tea.ProgramOption) error {
	defer m.Leave()
	_, err := tea.NewProgram(m, append([]tea.ProgramOption{tea.WithFilter(m.filter)}, opts...)...).Run()
	if m.Err() != nil {
		return m.Err()
	}
	return err
}
