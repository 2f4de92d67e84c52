package clusters

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// mostMoves is how many due times an effect lists; a cluster of sixty is summed up.
const mostMoves = 6

// effect tells a decision before it is taken: due times before and after, what becomes common, what stays missed, and
// what one interview means from then on. seen is what the store foresees; nil where that was not read yet.
func (d *decision) effect(th *theme.Theme, seen *domain.Preview, now time.Time, person, told func(string) string, brief bool) []widgets.Line {
	if seen != nil && seen.Refused != nil {
		return []widgets.Line{widgets.In(th.Warning, "Not possible: "+seen.Refused.Message)}
	}
	var out []widgets.Line
	say := func(l ...widgets.Line) { out = append(out, l...) }
	one := widgets.Join(widgets.Say("due "), widgets.In(desk.ClockStyle(th, d.one, now), dueWords(d.one, now)))
	switch d.kind {
	case accepting:
		say(widgets.Join(widgets.In(th.Strong, fmt.Sprintf("%d interviews → 1, ", d.covers)), one))
		if !brief {
			say(moveLines(th, d.moves, now)...)
		}
		for _, p := range d.left {
			say(widgets.Join(widgets.Say(p.Episode.ShownRef()+" is left out: an interview of its own, due "), widgets.In(desk.ClockStyle(th, p.Own, now), dueWords(p.Own, now))))
		}
	case dismissing:
		say(widgets.In(th.Strong, fmt.Sprintf("%d episodes keep an interview each:", d.covers)))
		say(moveLines(th, d.moves, now)...)
		say(widgets.Say("Just these together then count as dismissed; with a new return that fits they may be suggested again."))
	case adding, leavingOut:
		was := d.row.Interview
		say(widgets.In(th.Strong, fmt.Sprintf("%d episodes → %d, one interview", len(d.row.Members), d.covers)))
		if d.one.Due == was.Due {
			say(widgets.Join(widgets.Say("  it stays "), one))
		} else {
			say(widgets.Join(widgets.Say("  "), widgets.Say("due "), widgets.In(desk.ClockStyle(th, was, now), dueWords(was, now)), widgets.Say(" → "), widgets.In(desk.ClockStyle(th, d.one, now), dueWords(d.one, now))))
		}
		own := d.moves[0].part
		by := " by itself "
		if d.kind == leavingOut {
			by = " has an interview of its own, "
		}
		say(widgets.Join(widgets.Say("  "+own.Episode.ShownRef()+by+"due "), widgets.In(desk.ClockStyle(th, own.Own, now), dueWords(own.Own, now))))
	case breakingUp:
		say(widgets.In(th.Strong, fmt.Sprintf("1 interview → %d:", d.covers)))
		say(moveLines(th, d.moves, now)...)
		say(widgets.Say("What was recorded stays with each. Just these together then count as dismissed; with another they may be suggested again."))
	}
	if seen != nil {
		say(common(th, d, seen, person, told)...)
		for _, w := range seen.Warnings {
			say(widgets.In(th.Warning, th.Glyphs.Warn+" "+desk.Sentence(domain.Words(w))))
		}
	}
	if d.kind == accepting || d.kind == adding {
		if l := missedLine(th, d.parts(), now); l != nil {
			say(l)
		}
		say(widgets.Say("From then on " + fallsOn(d.covers)))
	}
	return out
}

// fallsOn says what one interview means for what is recorded (DOMAIN §5).
func fallsOn(n int) string {
	return fmt.Sprintf("an attempt, a booking, a decline, closing as unable and the interview itself fall on all %d; withdrawn and not required fall on one.", n)
}

// moveLines set due times before and after below each other.
func moveLines(th *theme.Theme, moves []move, now time.Time) []widgets.Line {
	shown := moves
	if len(shown) > mostMoves {
		shown = shown[:mostMoves-1]
	}
	nw, ww := 0, 0
	for _, m := range shown {
		nw, ww = max(nw, widgets.Width(m.part.Episode.ShownRef())), max(ww, widgets.Width(dueWords(m.was, now)))
	}
	var out []widgets.Line
	for _, m := range shown {
		line := widgets.Join(widgets.Say("  "+pad(m.part.Episode.ShownRef(), nw)+"  due "), widgets.In(desk.ClockStyle(th, m.was, now), dueWords(m.was, now)))
		if m.was.Due != m.is.Due {
			line = widgets.Join(line, widgets.Say(strings.Repeat(" ", max(0, ww-widgets.Width(dueWords(m.was, now))))+" → "),
				widgets.In(desk.ClockStyle(th, m.is, now), plain.When(m.is.Due, now)))
		}
		out = append(out, line)
	}
	if n := len(moves) - len(shown); n > 0 {
		out = append(out, widgets.In(th.Muted, fmt.Sprintf("  and %d more", n)))
	}
	return out
}

// common says which stage, booking and worker the members would have in common.
func common(th *theme.Theme, d *decision, seen *domain.Preview, person, told func(string) string) []widgets.Line {
	var stages, workers, after []string
	var booked *domain.Booking
	alone := 0
	add := func(list []string, w string) []string {
		if slices.Contains(list, w) {
			return list
		}
		return append(list, w)
	}
	who := func(login string) string {
		if login == "" {
			return "nobody"
		}
		return person(login)
	}
	var stage domain.Stage
	worker := ""
	for _, t := range seen.Touched {
		was, ok := t.Before.(*domain.Referral)
		is, too := t.After.(*domain.Referral)
		if !ok || !too || is.Cluster.IsZero() {
			continue
		}
		stages, workers = add(stages, was.Stage.Words()), add(workers, who(was.AssignedTo))
		stage, worker = is.Stage, is.AssignedTo
		after = add(after, is.Stage.Words())
		if b := is.Booking(); b != nil {
			booked = b
			if was.Booking() == nil {
				alone++
			}
		}
	}
	if after == nil || d.kind != accepting && d.kind != adding {
		return nil
	}
	var p []widgets.Pair
	if len(stages) > 1 || stages[0] != stage.Words() {
		p = append(p, widgets.Pair{Label: "Stage", Value: widgets.Say(strings.Join(stages, ", ") + " → " + stage.Words() + " for all")})
	}
	if booked != nil && alone > 0 {
		at := booked.When.String()
		if booked.Place != "" {
			at += ", " + told(booked.Place)
		}
		p = append(p, widgets.Pair{Label: "Booked", Value: widgets.Say(at + " for all")})
	}
	if len(workers) > 1 || workers[0] != who(worker) {
		p = append(p, widgets.Pair{Label: "With", Value: widgets.Say(strings.Join(workers, ", ") + " → " + who(worker) + " for all")})
	}
	var out []widgets.Line
	for _, x := range p {
		out = append(out, widgets.Join(widgets.In(th.Label, pad(x.Label, 7)), x.Value))
	}
	return out
}

// parts are the episodes that the one interview would cover.
func (d *decision) parts() []*view.ClusterPart {
	var out []*view.ClusterPart
	if d.kind == adding {
		out, _ = choose(d.row, nil)
	}
	for _, m := range d.moves {
		out = append(out, m.part)
	}
	return out
}

// missedLine counts those whose own 72 hours were missed.
func missedLine(th *theme.Theme, parts []*view.ClusterPart, now time.Time) widgets.Line {
	missed := 0
	for _, p := range parts {
		if met := p.Met(now); met != nil && !*met {
			missed++
		}
	}
	if missed == 0 {
		return nil
	}
	return widgets.In(th.Overdue, fmt.Sprintf("%s %d of %d missed their own 72 h: that stays missed and is counted.", th.Glyphs.Cross, missed, len(parts)))
}
