package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/screens/clusters"
	"homeward/tui/screens/queue"
	"homeward/tui/widgets"
)

// mostHits is how many children a search shows.
const mostHits = 8

// search gives the finder of a field that is typed in.
func (r *root) search() func(context.Context, string) ([]widgets.Option, error) {
	masked := r.s.MaskNames // asked here, in Update: the finder runs in a command
	return func(ctx context.Context, query string) ([]widgets.Option, error) { return r.hits(ctx, query, masked) }
}

func (r *root) hits(ctx context.Context, query string, masked bool) ([]widgets.Option, error) {
	var found []view.FoundChild
	err := r.p.Ask(ctx, func(rd domain.Reader) (err error) {
		found, err = view.FindChildren(rd, query, mostHits)
		return err
	})
	var out []widgets.Option
	for _, f := range found {
		if masked {
			out = append(out, widgets.Option{Value: f.Child.ShownRef(), Label: f.Child.Masked()})
			continue
		}
		about := append(desk.AgeWords(f.Child, r.p.Now()), f.Child.ShownRef())
		if f.Child.KnownAs != "" {
			about = append(about, "“"+f.Child.KnownAs+"”")
		}
		switch {
		case f.Missing:
			about = append(about, "missing now")
		case f.Open != 0:
			about = append(about, f.Open.String()+" open")
		}
		if f.Child.Placement != "" {
			about = append(about, f.Child.Placement)
		}
		out = append(out, widgets.Option{Value: f.Child.ShownRef(), Label: f.Child.Name(), Hint: strings.Join(about, ", ")})
	}
	return out, err
}

// find looks for a child from anywhere, and goes to the timeline of the one that is chosen. Over a form or a menu it shows
// a short card instead: esc returns to the field and cursor left.
func (r *root) find() tea.Cmd {
	over, search := r.m.Overlaid(), r.search()
	o, _ := frame.Form(r.s, "", widgets.FormConfig{EnterSaves: true,
		Title: "Find a child",
		Fields: []widgets.Field{{ID: "child", Label: "Child", Kind: widgets.FindKind, Required: true,
			Hint: "name, nickname, reference, number, carer, placement, police reference", Quick: true,
			Find: func(ctx context.Context, query string) ([]widgets.Option, error) {
				out, err := search(ctx, query)
				if err != nil || len(out) != 1 {
					return out, err
				}
				at, err := r.episodeOf(ctx, query)
				if at != 0 {
					out[0].Value += atEpisode + at.String()
				}
				return out, err
			}}},
		SubmitTitle: "open",
		Submit:      func(_ context.Context, v widgets.Values) (any, error) { return v["child"], nil },
	}, nil)
	return r.s.Open(o, func(result any) tea.Cmd {
		ref, ok := result.(string)
		if !ok {
			return nil
		}
		at := domain.ID(0)
		if i := strings.LastIndex(ref, atEpisode); i >= 0 {
			if id, ok := domain.KindEpisode.ParseKind(ref[i+len(atEpisode):]); ok {
				ref, at = ref[:i], id
			}
		}
		if !over {
			return r.timelineFor(ref, at)
		}
		return r.openChild(ref)
	})
}

// atEpisode stands between a child's reference and the episode whose police reference was typed.
const atEpisode = " @"

// episodeOf is the episode of which a search is the whole police reference, zero when it is none.
func (r *root) episodeOf(ctx context.Context, query string) (at domain.ID, err error) {
	query = strings.TrimSpace(query)
	err = r.p.Ask(ctx, func(rd domain.Reader) error {
		for _, ref := range []string{query, strings.ToUpper(query)} {
			if at, err = rd.EpisodeByPoliceRef(ref); at != 0 || err != nil {
				break
			}
		}
		return err
	})
	return at, err
}

// row shows a row of the queue.
func (r *root) row(id string) tea.Cmd {
	r.p.Want = id
	return r.s.Go(frame.Place{Screen: queue.Name})
}

// openChild shows one child over what is open: card and story, with the way to the timeline and to the row of the queue.
func (r *root) openChild(ref string) tea.Cmd {
	p, s := r.p, r.s
	return func() tea.Msg {
		ctx := p.Context()
		var t *view.Timeline
		open, ended, noReopen := "", "", ""
		err := p.Ask(ctx, func(rd domain.Reader) error {
			child, err := domain.ChildNamed(rd, ref)
			if err != nil {
				return err
			}
			if child == nil {
				return fmt.Errorf("there is no child %q", ref)
			}
			if t, err = view.ReadTimeline(rd, child); err != nil {
				return err
			}
			for _, e := range t.Episodes {
				if e.Unsettled() && !e.History {
					open = e.ID.String()
				}
				if e.Referral == 0 {
					continue
				}
				ref, err := rd.Referral(e.Referral)
				if err != nil {
					return err
				}
				if ref == nil {
					continue
				}
				switch is := ref.StageOn(domain.DateOf(rd.Now())); {
				case is.Open():
					open = ref.ID.String()
				case is.Ended():
					ended, noReopen = ref.ID.String(), p.Why("referral.reopen", ref, e)
				}
			}
			return nil
		})
		if err == nil {
			err = p.Opened(ctx, t.Child.ID)
		}
		if err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return openMsg{func() tea.Cmd { return r.showChild(s, t, open, ended, noReopen) }}
	}
}

func (r *root) showChild(s *frame.Session, t *view.Timeline, open, ended, noReopen string) tea.Cmd {
	th, c, now := s.Theme, t.Child, s.Now()
	r.p.Child = c
	lines := []widgets.Line{widgets.Join(widgets.In(th.Title, desk.Mask(s, c)), widgets.In(th.Muted, "  "+c.ShownRef()))}
	if s.MaskNames {
		lines = []widgets.Line{widgets.In(th.Title, c.Masked()), widgets.In(th.Muted, "names, numbers and what was written are masked: "+s.Key("work.mask")+" shows them")}
	}
	for _, w := range domain.Standing(c.Card.Warnings) {
		if s.MaskNames {
			w = "there is a warning on the card"
		}
		lines = append(lines, widgets.In(th.Warning, th.Glyphs.Warn+" "+w))
	}
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	for _, f := range []struct{ label, value string }{
		{"Born", c.DOB.String()}, {"Phone", list(c.Card.Phones)}, {"Carer", list(c.Card.Carers)}, {"Carer phone", list(c.Card.CarerPhones)},
		{"Lives", list(c.Card.Addresses)}, {"Placement", c.Placement},
	} {
		if f.value != "" && !s.MaskNames {
			lines = append(lines, widgets.Join(widgets.In(th.Label, f.label+" "), widgets.Say(f.value)))
		}
	}
	lines = append(lines, widgets.Line{}, widgets.In(th.Group, "Story, newest first; episodes: "+fmt.Sprint(len(t.Episodes))))
	for i := len(t.Events) - 1; i >= 0; i-- {
		e := t.Events[i]
		lines = append(lines, widgets.Join(widgets.In(th.Muted, desk.When(e.At, now)+"  "), widgets.Say(story(s, e))))
	}
	var choices []widgets.Choice
	if open != "" {
		choices = append(choices, widgets.Choice{Key: "g", Title: "Go to " + open + " in the queue", Result: "queue"})
	}
	if ended != "" {
		choices = append(choices, widgets.Choice{Key: "o", Title: "Reopen " + ended + " …", Why: noReopen, Result: "reopen"})
	}
	choices = append(choices, widgets.Choice{Key: "t", Title: "Timeline", Result: "timeline"}, widgets.Choice{Key: "r", Title: "Read the story", Result: "read"},
		widgets.Choice{Key: "n", Title: "New referral for this child …", Why: r.p.Why("referral.new", nil), Result: "new"}, widgets.Choice{Key: "!", Title: "Urgent note …", Why: r.p.Why("followup.add", c), Result: "urgent"})
	return s.Open(desk.Menu(s, r.p.Of(s, c), "what now?", choices, lines[:min(len(lines), 12)]...), func(result any) tea.Cmd {
		switch result {
		case "queue":
			return r.row(open)
		case "timeline":
			return r.timeline(c.ID, 0)
		case "reopen":
			return r.reopen(c, ended)
		case "read":
			return s.Open(frame.Reader(s, desk.Mask(s, c), frame.Full, lines...), nil)
		case "new":
			return r.referralFor(c)
		case "urgent":
			return r.urgentFor(c)
		}
		return nil
	})
}

// reopen takes up a closed referral again, which no row of the queue shows.
func (r *root) reopen(c *domain.Child, id string) tea.Cmd {
	return r.p.Reason(r.s, r.p.Of(r.s, c), "referral.reopen "+id, "reopen "+id, "Why", "the clocks have run on", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.Reopen{Referral: id, Reason: why}}
	}, func(any) tea.Cmd {
		return r.row(id)
	})
}

// story is one event in words; while names are masked, what kind of event it was.
func story(s *frame.Session, e view.TimelineEvent) string {
	if s.MaskNames {
		return domain.Words(e.Kind)
	}
	return strings.ReplaceAll(e.Summary, "\n", " ")
}

// cluster goes to the cluster or suggestion that has a referral.
func (r *root) cluster(referral domain.ID) tea.Cmd {
	return r.s.Go(frame.Place{Screen: clusters.Name, ID: referral.String()})
}
