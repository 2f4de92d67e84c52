package frame

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/widgets"
)

// Code keeps what a person unlocks with. Its functions may be slow and run in commands.
type Code struct {
	// Has says whether one was chosen.
	Has func(context.Context) (bool, error)
	// Check says whether this is it.
	Check func(ctx context.Context, code string) (bool, error)
	// Set keeps another one; old is the one before, "" when there was none. Its error is [ErrWrongCode] where old is not it.
	Set func(ctx context.Context, old, code string) error
}

// ErrWrongCode says that what was typed as the code chosen before is not it.
var ErrWrongCode = errors.New("that is not the code chosen before")

// The rules of codes and of wrong ones.
const (
	codeLeast = 4 // characters
	codeTries = 5 // wrong ones end the program
)

// codeWait is how long one waits after so many wrong tries.
func codeWait(wrong int) time.Duration { return time.Second << max(0, wrong-1) }

// lockMode is what the locked screen waits for.
type lockMode int

const (
	lockReading  lockMode = iota // whether there is a code
	lockAsking                   // the code
	lockChoosing                 // a new code: there was none, and it was locked by hand
	lockNoCode                   // nothing: only leaving helps
)

// locked is the screen while it shows nothing.
type locked struct {
	gen         uint64
	since       time.Time
	byHand      bool
	mode        lockMode
	code, again *widgets.Secret
	second      bool // the caret stands in again
	busy        bool // a command works on what was typed
	waiting     bool // after a wrong one
	wrong       int
	say         string
}

// lockMsg is what a command of the lock found.
type lockMsg struct {
	gen  uint64
	step lockStep
	ok   bool
	err  error
}

type lockStep int

const (
	lockHas lockStep = iota
	lockChecked
	lockSet
	lockWaited
)

// UnlockedMsg tells everybody that the person is back.
type UnlockedMsg struct{ Since, At time.Time }

// Locked says whether the page is hidden.
func (m *Model) Locked() bool { return m.locked != nil }

// idleLimits are after how long without a key the program locks and ends.
func (m *Model) idleLimits() (lockAfter, endAfter time.Duration) {
	if m.c.Idle != nil {
		return m.c.Idle()
	}
	return m.c.LockAfter, m.c.EndAfter
}

// idle is how long no key was pressed. A machine that slept counts it, whichever of its clocks did.
func (m *Model) idle() time.Duration {
	now := m.c.Runtime.Machine()
	return max(now.Sub(m.key1), now.Round(0).Sub(m.key1.Round(0)))
}

// rested looks at each minute whether no key was pressed for too long; true when it did something about it.
func (m *Model) rested() (cmd tea.Cmd, done bool) {
	if m.c.Code == nil {
		return nil, false
	}
	rest := m.idle()
	lockAfter, endAfter := m.idleLimits()
	if endAfter > 0 && rest >= endAfter {
		return m.endFor(EndedIdle), true
	}
	if lockAfter > 0 && rest >= lockAfter {
		if m.locked == nil {
			return tea.Batch(m.lock(false), m.minute(), m.tell(MinuteMsg{m.s.Now()})), true
		}
		if l := m.locked; l.mode == lockChoosing && !l.busy { // whoever locked by hand went away without choosing
			l.mode, l.byHand = lockNoCode, false
		}
	}
	return nil, false
}

// lock hides everything. What is typed is kept at once, and stays underneath as it is.
func (m *Model) lock(byHand bool) tea.Cmd {
	if m.c.Code == nil || m.locked != nil {
		return nil
	}
	m.toasts.Clear(false)
	m.locks++
	l := &locked{gen: m.locks, since: m.s.Now(), byHand: byHand, code: widgets.NewSecret(), again: widgets.NewSecret()}
	l.again.Focus(false)
	m.locked = l
	drafts := m.drafts()
	ctx, has, gen := m.s.ctx, m.c.Code.Has, l.gen
	return tea.Batch(
		func() tea.Msg { m.saveDrafts(drafts); return nil },
		func() tea.Msg { ok, err := has(ctx); return lockMsg{gen, lockHas, ok, err} },
	)
}

// unlock shows the page again, as it was left.
func (m *Model) unlock() tea.Cmd {
	since := m.locked.since
	m.locked = nil
	return m.tell(UnlockedMsg{Since: since, At: m.s.Now()})
}

// lockAnswer takes what a command found.
func (m *Model) lockAnswer(msg lockMsg) tea.Cmd {
	l := m.locked
	if l == nil || l.gen != msg.gen {
		return nil
	}
	switch msg.step {
	case lockHas:
		switch {
		case msg.err != nil:
			l.mode, l.say = lockAsking, "Your lock code could not be read: "+msg.err.Error()
		case msg.ok:
			l.mode = lockAsking
		case l.byHand:
			l.mode = lockChoosing
			l.code.Clear()
		default:
			l.mode = lockNoCode
		}
	case lockChecked:
		l.busy = false
		l.code.Clear()
		switch {
		case msg.err != nil:
			l.say = "The code could not be checked: " + msg.err.Error()
		case msg.ok:
			return m.unlock()
		default:
			return m.wrongCode()
		}
	case lockSet:
		l.busy = false
		l.code.Clear()
		l.again.Clear()
		l.toFirst()
		switch {
		case errors.Is(msg.err, ErrWrongCode): // chosen meanwhile, in another session
			l.mode, l.say = lockAsking, "You have a lock code already."
		case msg.err != nil:
			l.say = "The code could not be kept: " + msg.err.Error()
		default:
			l.mode, l.say = lockAsking, "Kept. It is locked now."
		}
	case lockWaited:
		l.waiting = false
		l.say = fmt.Sprintf("That was not it. You may try %s.", times(codeTries-l.wrong))
	}
	return nil
}

func times(n int) string {
	if n == 1 {
		return "once more"
	}
	return fmt.Sprintf("%d times more", n)
}

// wrongCode counts a wrong try: each costs longer, the last ends the program.
func (m *Model) wrongCode() tea.Cmd {
	l := m.locked
	l.wrong++
	m.wrongCodeTyped(l.wrong)
	if l.wrong >= codeTries {
		return m.endFor(EndedCodes)
	}
	wait := codeWait(l.wrong)
	l.waiting, l.say = true, fmt.Sprintf("That was not it. Wait %s.", wait)
	return m.s.Delay(wait, lockMsg{gen: l.gen, step: lockWaited})
}

// lockKey is what a key means while nothing is shown.
func (m *Model) lockKey(k tea.KeyPressMsg) tea.Cmd {
	l, key := m.locked, k.String()
	switch {
	case key == "ctrl+c", key == "q" && l.mode == lockNoCode:
		return m.quit(false)
	case l.busy || l.waiting || l.mode == lockNoCode:
		return nil
	case l.mode == lockChoosing:
		return m.chooseKey(k)
	case key != "enter":
		l.code.Update(k)
	case l.mode == lockAsking && l.code.Value() != "":
		l.busy, l.say = true, ""
		ctx, check, code, gen := m.s.ctx, m.c.Code.Check, l.code.Value(), l.gen
		return func() tea.Msg {
			ok, err := check(ctx, code)
			return lockMsg{gen, lockChecked, ok, err}
		}
	}
	return nil
}

// chooseKey is a key while a code is chosen for the first time.
func (m *Model) chooseKey(k tea.KeyPressMsg) tea.Cmd {
	l := m.locked
	switch k.String() {
	case "esc":
		return tea.Batch(m.unlock(), m.s.Toast(widgets.Info, "Not locked: there is no lock code yet."))
	case "tab", "shift+tab", "up", "down":
		l.swap()
	case "enter":
		if !l.second {
			l.swap()
			return nil
		}
		code := l.code.Value()
		if why := codeFault(code, l.again.Value()); why != "" {
			l.say = why
			l.again.Clear()
			l.toFirst()
			return nil
		}
		l.busy, l.say = true, ""
		ctx := context.WithoutCancel(m.s.ctx) // what was chosen is kept, also when its person leaves meanwhile
		set, gen := m.c.Code.Set, l.gen
		return func() tea.Msg { return lockMsg{gen: gen, step: lockSet, err: set(ctx, "", code)} }
	default:
		l.field().Update(k)
	}
	return nil
}

// codeFault says what is wrong with a new code, "" for nothing.
func codeFault(code, again string) string {
	switch {
	case utf8.RuneCountInString(code) < codeLeast:
		return fmt.Sprintf("A lock code has at least %d characters.", codeLeast)
	case code != again:
		return "The two are not the same."
	}
	return ""
}

func (l *locked) field() *widgets.Secret {
	if l.second {
		return l.again
	}
	return l.code
}

func (l *locked) swap() {
	l.second = !l.second
	l.code.Focus(!l.second)
	l.again.Focus(l.second)
}

func (l *locked) toFirst() {
	if l.second {
		l.swap()
	}
}

// paste takes a code that is pasted.
func (l *locked) paste(p tea.PasteMsg) {
	if !l.busy && !l.waiting && l.mode != lockNoCode {
		text := p.Content
		if len(text) > pasteLimit {
			text = text[:pasteLimit]
		}
		l.field().Update(tea.PasteMsg{Content: safe.CleanLine(text)})
	}
}
