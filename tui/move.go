package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// moveEpisode asks whose an episode is instead: a child who is found, or one who is not here yet.
func (r *root) moveEpisode(e *domain.Episode, of *domain.Child) tea.Cmd {
	now := r.s.Now
	known := func(v widgets.Values) bool { return v["to"] != unknownChild }
	search := r.searchOrNew()
	others := func(ctx context.Context, query string) ([]widgets.Option, error) {
		hits, err := search(ctx, query)
		return slices.DeleteFunc(hits, func(o widgets.Option) bool { return o.Value == of.ShownRef() }), err
	}
	return r.p.Decide(r.s, desk.Decision{
		Key: "episode.move " + e.ID.String(), Of: r.p.Of(r.s, of), Title: e.ShownRef() + " is not theirs",
		Fields: []widgets.Field{
			{ID: "to", Label: "Whose it is", Kind: widgets.FindKind, Find: others, Required: true,
				Hint: "type a name, reference or number and take a hit with enter; the last is a child who is not here yet"},
			{ID: "given_name", Label: "Given name", Hide: known, Required: true},
			{ID: "family_name", Label: "Family name", Hide: known},
			desk.BornField(widgets.Field{ID: "dob", Label: "Born", Hide: known, Required: true}, now),
			{ID: "reason", Label: "How it is known", Kind: widgets.NoteKind, Lines: 3, Required: true},
		},
		Names: map[string]string{"new": "dob"},
		Build: func(v widgets.Values) domain.Envelope {
			a := &domain.MoveEpisode{Episode: e.ID.String(), Reason: v["reason"]}
			if a.Reason == "" {
				a.Reason = "…" // for the preview: a form never saves a required field left blank
			}
			if known(v) {
				a.To = v["to"]
				return domain.Envelope{Act: a, Version: e.Version}
			}
			a.New = &domain.NewChild{GivenName: v["given_name"], FamilyName: v["family_name"], DOB: desk.WrittenBorn(v["dob"], now())}
			return domain.Envelope{Act: a, Version: e.Version}
		},
	})
}
