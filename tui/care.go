package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
)

// backupsMsg says when the database was last backed up.
type backupsMsg struct {
	view.Backups
	err error
}

// toldOfBackups says whether this person is told when backups fail or the last one is too old: who leads the work can have it seen
// to.
func (r *root) toldOfBackups() bool {
	role := r.p.Actor().Role
	return role == domain.Supervisor || role == domain.Coordinator
}

// readBackups asks when the last backup was made, now and with every minute.
func (r *root) readBackups() tea.Cmd {
	if !r.toldOfBackups() {
		r.backups = nil
		return nil
	}
	return func() tea.Msg {
		b, err := r.p.Backups(r.p.Context())
		return backupsMsg{b, err}
	}
}

// care follows what the header says of backups.
func (r *root) care(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.MinuteMsg:
		return tea.Batch(r.readBackups(), r.readTrouble())
	case desk.ChangedMsg:
		return r.readTrouble()
	case troubleMsg:
		r.trouble, r.alarm = msg.trouble, msg.alarm
	case backupsMsg:
		if msg.err == nil { // what is wrong with the database, the queue says
			r.backups = &msg.Backups
		}
	}
	return nil
}

// troubleMsg says why nothing can be kept, and since when nobody is told of what is urgent and not passed on.
type troubleMsg struct {
	trouble string
	alarm   domain.Moment
}

// readTrouble looks, and says something only where it is another than was known.
func (r *root) readTrouble() tea.Cmd {
	known := troubleMsg{r.trouble, r.alarm}
	return func() tea.Msg {
		if now := (troubleMsg{r.p.Trouble(), r.p.AlarmFails()}); now != known {
			return now
		}
		return nil
	}
}

// alarmFails is what the header says to everybody while the team's command for what is urgent and not passed on fails.
func (r *root) alarmFails() []frame.Count {
	if r.alarm.IsZero() {
		return nil
	}
	return []frame.Count{{Value: "alarm", Long: "command fails since " + r.alarm.Local().Format("2 Jan 15:04"), Short: "fails", Style: r.s.Theme.Urgent, Keep: true}}
}

// standing is what the header says to everybody of the database itself, before anything else.
func (r *root) standing() (out []frame.Count) {
	th := r.s.Theme
	switch {
	case r.p.Practice():
		out = append(out, frame.Count{Value: "PRACTICE", Style: th.Warning, Keep: true})
	case r.o.Plain:
		out = append(out, frame.Count{Value: "not", Long: "encrypted", Short: "encrypted", Style: th.Warning, Keep: true})
	}
	return append(append(out, r.nothingKept()...), r.alarmFails()...)
}

// nothingKept is what the header says to everybody while nothing can be kept.
func (r *root) nothingKept() []frame.Count {
	if r.trouble == "" {
		return nil
	}
	return []frame.Count{{Value: "nothing", Long: r.trouble, Short: r.trouble, Style: r.s.Theme.Urgent, Keep: true}}
}

// backupDue is the warning of the header: "no backup for 3 days", "backups fail since 30 Nov 04:10".
func (r *root) backupDue() (frame.Count, bool) {
	if r.backups == nil || !r.toldOfBackups() {
		return frame.Count{}, false
	}
	w := r.backups.Warning(r.p.Settings().WarnBackup, r.s.Now())
	first, rest, _ := strings.Cut(w, " ")
	return frame.Count{Value: first, Long: rest, Short: strings.Replace(rest, " for", "", 1), Style: r.s.Theme.Warning}, w != ""
}
