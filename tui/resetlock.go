package tui

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// noReset says why this person resets nobody's lock code, "" where they may.
func (r *root) noReset() string {
	if me := r.p.Actor(); me.Role != domain.Supervisor {
		return "it is for supervisors"
	}
	return ""
}

// resetLock asks whose lock code to take away: somebody who has forgotten theirs stands before a screen that only leaves.
func (r *root) resetLock() tea.Cmd {
	p, s := r.p, r.p.Settings()
	me, today := p.Actor(), domain.DateOf(p.Now())
	users := s.Users
	if len(users) == 0 {
		users = []domain.User{{Login: me.Login}}
	}
	var choices []widgets.Choice
	for _, u := range users {
		if u.Left(today) {
			continue
		}
		c := widgets.Choice{Title: s.PersonName(u.Login), Result: u.Login}
		if err := domain.MayResetLock(s, today, me, u.Login); err != nil {
			c.Why = err.Error()
		}
		choices = append(choices, c)
	}
	return r.s.Open(frame.Menu(r.s, "Whose lock code", choices, widgets.Say("They leave the locked screen with ctrl+c, come in again and choose another. It is logged.")), func(result any) tea.Cmd {
		login, ok := result.(string)
		if !ok {
			return nil
		}
		name := s.PersonName(login)
		return func() tea.Msg {
			if err := p.ResetLockCode(p.Lasting(), login); err != nil {
				return frame.Toasted(widgets.Bad, "No lock code was reset: "+err.Error())()
			}
			return frame.Toasted(widgets.Good, "The lock code of "+name+" is reset: they choose another when they come in again.")()
		}
	})
}
