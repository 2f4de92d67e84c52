package queue

import (
	"fmt"
	"strings"

	"homeward/domain/view"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

func spanWords(m *view.MissingRow) string { return plain.Span(m.Missing) }

// welcome says what to do next when nothing is on the desk.
func (q *screen) welcome(w int) string {
	th := q.s.Theme
	var b strings.Builder
	line := func(l widgets.Line) { b.WriteString("  " + l.Paint(th, max(0, w-2)) + "\n") }
	key := func(action, what string) {
		line(widgets.Join(widgets.In(th.Key, pad(q.s.Keys.Hint(action), 8)), widgets.Say(what)))
	}
	b.WriteByte('\n')
	if n := q.p.Queue.FollowUps; n > 0 {
		line(widgets.In(th.Title, "The queue is empty. Follow-ups that are not done: "+fmt.Sprint(n)+"."))
		b.WriteByte('\n')
		key("work.followups", "list them, by due time")
	} else {
		line(widgets.In(th.Title, "Nothing is owed to any child right now."))
		b.WriteByte('\n')
	}
	key("work.intake", "look at the files that came in, before they go in")
	key("work.new_referral", "enter a referral by hand, when somebody rings")
	key("work.find", "find a child")
	key("app.help", "every key; ctrl+p finds an action by its name")
	b.WriteByte('\n')
	line(widgets.In(th.Muted, "From a shell: homeward import FILE takes in what the police sent,"))
	line(widgets.In(th.Muted, "homeward import FILE --history records the past without raising referrals."))
	return b.String()
}

func pad(s string, n int) string {
	for len(s) < n {
		s += " "
	}
	return s
}
