package view

import (
	"homeward/domain"
	"slices"
)

// AlertRow is one rule that holds for one child now (INTERFACES, alerts).
type AlertRow struct {
	domain.Alert
	Child *domain.Child
	// Refs are the episodes that make it hold as people know them, in the order of Episodes.
	Refs []string
}

// ReadAlerts lists the alerts in force for all children: by rule in the order of the configuration, then by child. Only
// children with an episode in the longest window of a rule, or with an open one, are looked at.
func ReadAlerts(r domain.Reader) ([]AlertRow, error) {
	children, err := alertable(r)
	if err != nil {
		return nil, err
	}
	var out []AlertRow
	for _, id := range children {
		spans, err := r.SpansOf(id)
		if err != nil {
			return nil, err
		}
		child, err := r.Child(id)
		if err != nil {
			return nil, err
		}
		if child == nil {
			return nil, domain.NotThere(id, 0)
		}
		rows, err := AlertRowsFor(r, child, spans)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	rules := r.Settings().Alerts
	place := func(a AlertRow) int {
		return slices.IndexFunc(rules, func(x domain.AlertRule) bool { return x.Name == a.Rule.Name })
	}
	slices.SortStableFunc(out, func(a, b AlertRow) int { return place(a) - place(b) })
	return out, nil
}

// AlertRowsFor are the alerts in force for one child, with their episodes as people know them.
func AlertRowsFor(r domain.Reader, child *domain.Child, spans []domain.EpisodeSpan) ([]AlertRow, error) {
	alerts, err := domain.AlertsFor(r, child, spans)
	if err != nil {
		return nil, err
	}
	var out []AlertRow
	for _, a := range alerts {
		row := AlertRow{Alert: a, Child: child}
		for _, id := range a.Episodes {
			e, err := r.Episode(id)
			if err != nil {
				return nil, err
			}
			if e == nil {
				return nil, domain.NotThere(id, 0)
			}
			row.Refs = append(row.Refs, e.ShownRef())
		}
		out = append(out, row)
	}
	return out, nil
}

// alertable are the children for whom a rule could hold, by number.
func alertable(r domain.Reader) ([]domain.ID, error) {
	days, missing := 0, false
	for _, rule := range r.Settings().Alerts {
		days = max(days, rule.Days)
		missing = missing || rule.MissingFor != (domain.Span{})
	}
	var out []domain.ID
	if days > 0 {
		var err error
		if out, err = r.ChildrenMissingSince(domain.At(domain.AddDays(r.Now(), -days))); err != nil {
			return nil, err
		}
	}
	if missing {
		open, err := r.OpenEpisodes()
		if err != nil {
			return nil, err
		}
		for _, id := range open {
			e, err := r.Episode(id)
			if err != nil {
				return nil, err
			}
			if e != nil {
				out = append(out, e.Child)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
