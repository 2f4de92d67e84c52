package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"homeward/domain"
)

// Column is one column of a table for people.
type Column struct {
	Title string
	Cell  func(i int) string
}

// Table writes n rows in aligned columns, without colour. An empty list says so in words.
func Table(w io.Writer, empty string, n int, cols []Column) error {
	if n == 0 {
		_, err := fmt.Fprintln(w, empty)
		return err
	}
	cells := make([][]string, n+1)
	width := make([]int, len(cols))
	for i := range cells {
		cells[i] = make([]string, len(cols))
		for j, c := range cols {
			v := c.Title
			if i > 0 {
				v = c.Cell(i - 1)
			}
			cells[i][j] = v
			width[j] = max(width[j], ansi.StringWidth(v))
		}
	}
	var b strings.Builder
	for _, row := range cells {
		line := ""
		for j, v := range row {
			if j > 0 {
				line += "  "
			}
			line += v + strings.Repeat(" ", width[j]-ansi.StringWidth(v))
		}
		b.WriteString(strings.TrimRight(line, " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// When is a moment for people in a table: "Sun 22 Nov 14:10", with the year where it is not this one's.
func When(m domain.Moment, now time.Time) string {
	switch {
	case m.IsZero():
		return "–"
	case m.DateOnly() && m.Local().Year() == now.In(domain.London()).Year():
		return m.Local().Format("Mon 2 Jan") + " (no time)"
	case m.DateOnly():
		return m.Local().Format("Mon 2 Jan 2006") + " (no time)"
	case m.Local().Year() == now.In(domain.London()).Year():
		return m.Local().Format("Mon 2 Jan 15:04")
	}
	return m.Local().Format("Mon 2 Jan 2006 15:04")
}

// nearDays is how far away a weekday alone still names one day.
const nearDays = 6

// Soon is a moment in the few letters of a column: today the time, within six days weekday and time, beyond them the date, in
// another year with that. The detail has the time of such a day.
func Soon(m domain.Moment, now time.Time) string {
	day, today := m.Date(), domain.DateOf(now)
	switch {
	case day == today:
		return m.Local().Format("15:04")
	case day >= today.Days(-nearDays) && day <= today.Days(nearDays):
		return m.Local().Format("Mon 15:04")
	case m.Local().Year() == now.In(domain.London()).Year():
		return m.Local().Format("Mon 2 Jan")
	}
	return m.Local().Format("2 Jan 2006")
}

// Day is a day with its weekday, and with its year where that is not this one.
func Day(d domain.Date, now time.Time) string {
	at := d.Start().In(domain.London())
	if at.Year() == now.In(domain.London()).Year() {
		return at.Format("Mon 2 Jan")
	}
	return at.Format("Mon 2 Jan 2006")
}

// Span is a length of time for people, rounded down: "55 min", "61 h", "6 d". Hours go to 99, because the clocks of the
// work are counted in them.
func Span(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	m := int(d / time.Minute)
	switch {
	case m < 100:
		return fmt.Sprintf("%d min", m)
	case m < 100*60:
		return fmt.Sprintf("%d h", m/60)
	}
	return fmt.Sprintf("%d d", m/60/24)
}

// Left says how a due time stands to now: "5 h left", "2 h over".
func Left(due domain.Moment, now time.Time) string {
	if due.IsZero() {
		return ""
	}
	d := time.Duration(due.Unix()-now.Unix()) * time.Second
	if d < 0 {
		return Span(d) + " over"
	}
	return Span(d) + " left"
}

// Since is how long ago a moment was.
func Since(m domain.Moment, now time.Time) string {
	return Span(time.Duration(now.Unix()-m.Unix()) * time.Second)
}
