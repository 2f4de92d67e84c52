package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Notice is a page with hardly anything on it: the first line says what, the others why.
func Notice(th *theme.Theme, w int, lines ...string) string {
	var b strings.Builder
	b.WriteString("\n")
	for i, l := range lines {
		style := th.Muted
		if i == 0 {
			style = th.Strong
		}
		for _, part := range widgets.WrapLine(widgets.In(style, l), max(1, w-4)) {
			b.WriteString(widgets.Join(widgets.Say("  "), part).Paint(th, w) + "\n")
		}
	}
	return b.String()
}

// Painted are lines so wide, one below the other.
func Painted(th *theme.Theme, w int, lines []widgets.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Paint(th, w)
	}
	return strings.Join(out, "\n")
}

// Dense are lines wrapped, without the blank ones: for where there is little room.
func Dense(w int, lines ...widgets.Line) []widgets.Line {
	var out []widgets.Line
	for _, l := range lines {
		if l.Width() > 0 {
			out = append(out, widgets.WrapLine(l, w)...)
		}
	}
	return out
}

// AgeWords are how old a child is today, or that it is not known; none of one who may not be seen.
func AgeWords(c *domain.Child, now time.Time) []string {
	switch age := domain.AgeOn(c.DOB, domain.DateOf(now)); {
	case c.Hidden:
		return nil
	case age < 0:
		return []string{"age not known"}
	default:
		return []string{fmt.Sprint(age)}
	}
}

// TitleLine says which child a detail is of: name, what they are called, age, reference, and what else names the row. A
// masked name has its reference already.
func TitleLine(s *frame.Session, c *domain.Child, more ...string) widgets.Line {
	th := s.Theme
	line := widgets.In(th.Title, Mask(s, c))
	if c.KnownAs != "" && !s.MaskNames {
		line = widgets.Join(line, widgets.In(th.Text, " “"+c.KnownAs+"”"))
	}
	about := AgeWords(c, s.Now())
	if !s.MaskNames {
		about = append(about, c.ShownRef())
	}
	if c.Died != nil {
		line = widgets.Join(line, widgets.In(th.Warning, " died "+c.Died.On.String()))
	}
	return widgets.Join(line, widgets.In(th.Muted, "  "+strings.Join(append(about, more...), ", ")))
}

// Asks makes of a question of the records what a command calls.
func Asks[T any](p *Program, ask func(domain.Reader) (T, error)) func(context.Context) (T, error) {
	return func(ctx context.Context) (out T, err error) {
		err = p.Ask(ctx, func(r domain.Reader) error { out, err = ask(r); return err })
		return out, err
	}
}
