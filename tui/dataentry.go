package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/screens/timeline"
	"homeward/tui/widgets"
)

// newReferral takes a referral by hand: on a child's timeline for that child, unless another is named. The child is found
// while one types; no police reference is needed.
func (r *root) newReferral() tea.Cmd {
	if r.m.Place().Screen == timeline.Name {
		return r.referralFor(r.p.Child)
	}
	return r.referralFor(nil)
}

// unknownChild is the answer for a child who is not here yet.
const unknownChild = "new"

func (r *root) referralFor(c *domain.Child) tea.Cmd {
	now := r.s.Now
	known := func(v widgets.Values) bool { return v["child"] != "" && v["child"] != unknownChild }
	past := func(id, label, value, hint string, must bool) widgets.Field {
		return desk.PastField(widgets.Field{ID: id, Label: label, Value: value, Proposed: true, Hint: hint, Required: must}, now)
	}
	child := widgets.Field{ID: "child", Label: "Child", Kind: widgets.FindKind, Find: r.searchOrNew(),
		Hint: "type a name, reference or number and take a hit with enter; leave blank for a child who is not here yet"}
	if c != nil {
		child.Start = widgets.Option{Value: c.ShownRef(), Label: desk.Mask(r.s, c)}
	}
	fields := []widgets.Field{child,
		{ID: "given_name", Label: "Given name", Hide: known, Required: true},
		{ID: "family_name", Label: "Family name", Hide: known, Required: true},
		desk.BornField(widgets.Field{ID: "dob", Label: "Born", Hide: known, Required: true}, now),
		past("missing_at", "Missing since", "", "yesterday 22:30, Sat 21:00, 21/11 21:00", true),
		past("returned_at", "Returned", "", "leave blank while the child is still missing", false),
		past("notified_at", "Told us", "now", "when the team heard of it", false),
		{ID: "police_ref", Label: "Police ref", Hint: "blank when there is none yet"},
		{ID: "risk", Label: "Risk", Kind: widgets.ChoiceKind, Options: desk.Options(domain.RiskWords())},
		{ID: "flags", Label: "Flags", Kind: widgets.MultiKind, Options: desk.Options(domain.FlagWords())},
		{ID: "missing_from", Label: "Missing from"},
		{ID: "child_phone", Label: "Child’s phone"},
		{ID: "carer_name", Label: "Carer"},
		{ID: "carer_phone", Label: "Carer’s phone"},
		{ID: "placement", Label: "Placement"},
		r.p.SaidField(widgets.Field{ID: "referrer", Label: "Who rang"}),
		{ID: "notes", Label: "Notes", Kind: widgets.NoteKind, Lines: 3},
	}
	key := "referral.new"
	if c != nil {
		key += " " + c.ID.String()
	}
	build := func(v widgets.Values) domain.Envelope {
		var row domain.Row
		for _, name := range domain.ColumnNames() {
			col, _ := domain.ColumnNamed(name)
			row[col] = v[name]
			if col.IsTime() && v[name] != "" {
				if m, err := desk.ParsePast(v[name], now()); err == nil {
					row[col] = m.Canonical()
				}
			}
		}
		row[domain.ColDOB] = desk.WrittenBorn(v["dob"], now())
		if known(v) {
			row[domain.ColChildRef] = v["child"]
			row[domain.ColGivenName], row[domain.ColFamilyName], row[domain.ColDOB] = "", "", ""
		}
		return domain.Envelope{Act: &domain.NewReferral{Row: row}}
	}
	return r.p.OpenForm(r.s, r.p.Of(r.s, c), key, widgets.FormConfig{
		Title: "new referral", Fields: fields, PreviewTitle: "What it will do",
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			if v["missing_at"] == "" {
				return []widgets.Line{widgets.Say(domain.WillDo(&domain.NewReferral{}) + "."), widgets.In(r.s.Theme.Muted, "Begin with the child and when they went missing.")}
			}
			return r.p.PreviewLines(ctx, r.s.Theme, build(v))
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			return r.p.Submit(ctx, map[string]string{"child_ref": "child"}, build(v))
		},
	}, nil)
}

// searchOrNew is search with a last line for a child who is not here yet.
func (r *root) searchOrNew() func(context.Context, string) ([]widgets.Option, error) {
	search := r.search()
	return func(ctx context.Context, query string) ([]widgets.Option, error) {
		out, err := search(ctx, query)
		return append(out, widgets.Option{Value: unknownChild, Label: "A child who is not here yet", Hint: "enter the name below"}), err
	}
}

// urgent notes something that cannot wait, about the child in focus or one that is found.
func (r *root) urgent() tea.Cmd { return r.urgentFor(r.p.Child) }

func (r *root) urgentFor(c *domain.Child) tea.Cmd {
	child := widgets.Field{ID: "child", Label: "Child", Kind: widgets.FindKind, Find: r.search(), Required: true}
	key := "followup.add urgent"
	fields := []widgets.Field{child, {ID: "text", Label: "What", Kind: widgets.NoteKind, Lines: 4, Required: true, Hint: "harm, a named adult, a crime: what was said, by whom"}}
	if c != nil {
		fields[0].Start = widgets.Option{Value: c.ShownRef(), Label: desk.Mask(r.s, c)}
		fields[0], fields[1] = fields[1], fields[0]
		key += " " + c.ID.String()
	}
	note := func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.AddFollowUp{ChildRef: v["child"], Kind: domain.FollowUrgent, Text: strings.TrimSpace(v["text"])}}
	}
	return r.p.OpenForm(r.s, r.p.Of(r.s, c), key, widgets.FormConfig{
		Title: "urgent, stands above everything until it is passed on", Fields: fields,
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			return r.p.PreviewNamed(ctx, r.s.Theme, note(v), map[string]string{"child_ref": "Child", "text": "What"})
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			return r.p.Submit(ctx, map[string]string{"child_ref": "child"}, note(v))
		},
	}, nil)
}

// followUp writes down what must happen for a child, without an interview: for the child in focus or one that is found.
func (r *root) followUp() tea.Cmd { return r.followUpFor(r.p.Child) }

func (r *root) followUpFor(c *domain.Child) tea.Cmd {
	now := r.s.Now
	child := widgets.Field{ID: "child", Label: "Child", Kind: widgets.FindKind, Find: r.search(), Required: true, Hint: "type a name, reference or number and take a hit with enter"}
	key := "followup.add"
	text := widgets.Field{ID: "text", Label: "What", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "what is to happen, with whom"}
	first, second := child, text
	if c != nil { // the child is known: one begins with what is to happen
		child.Start = widgets.Option{Value: c.ShownRef(), Label: desk.Mask(r.s, c)}
		first, second = text, child
		key += " " + c.ID.String()
	}
	urgent := func(v widgets.Values) bool { return v["kind"] == domain.FollowUrgent }
	return r.p.Decide(r.s, desk.Decision{
		Key: key, Of: r.p.Of(r.s, c), Title: "follow-up by hand",
		Fields: []widgets.Field{first, second,
			desk.DueField(widgets.Field{ID: "due", Label: "Due", Hint: "Fri, +7, 24/11, Tue 10:00; blank: by policy, see what it does", Hide: urgent}, now),
			r.p.NameField(widgets.Field{ID: "owner", Label: "Owner", Value: r.p.Actor().Login, Hint: "a colleague, or anybody by first and last name"}),
			{ID: "kind", Label: "Kind", Kind: widgets.ChoiceKind, Value: domain.FollowChild, Proposed: true, Required: true, Options: desk.Options(domain.FollowUpKinds())},
		},
		Names: map[string]string{"child_ref": "child", "due_at": "due"},
		Build: func(v widgets.Values) domain.Envelope {
			a := &domain.AddFollowUp{ChildRef: v["child"], Kind: v["kind"], Text: strings.TrimSpace(v["text"]), Owner: v["owner"]}
			if v["due"] != "" && !urgent(v) {
				a.Due, _ = desk.ParseDue(v["due"], now())
			}
			return domain.Envelope{Act: a}
		},
	})
}

// finish says what came of a follow-up.
func (r *root) finish(f *domain.FollowUp, of *domain.Child) tea.Cmd {
	id := f.ID.String()
	return r.p.Decide(r.s, desk.Decision{
		Key: "followup.done " + id, Of: r.p.Of(r.s, of), Title: "done, " + domain.Words(f.Kind), Below: []widgets.Line{widgets.Say(f.Text)},
		Fields: []widgets.Field{
			{ID: "found", Label: "Found", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "what was done, with whom, what was found"},
			{ID: "next", Label: "What next"},
		},
		Build: func(v widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.FinishFollowUp{FollowUp: id, Found: v["found"], Next: v["next"]}, Version: f.Version}
		},
	})
}
