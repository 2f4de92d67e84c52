package domain

import (
	"fmt"
	"time"
)

// Alert is a rule that holds for a child now, with the episodes that make it hold (DOMAIN §8).
type Alert struct {
	Rule     AlertRule
	Episodes []ID // by start
	Explain  string
}

// AlertsFor finds the alerts in force for a child, in the order of the configuration. Rules count by start in the window
// (now − N d, now]; duplicates are in no count.
func AlertsFor(r Reader, c *Child, spans []EpisodeSpan) ([]Alert, error) {
	var out []Alert
	now := r.Now()
	read := map[ID]*Episode{} // a rule that asks for more than the times reads the episode, once
	for _, rule := range r.Settings().Alerts {
		if rule.MissingFor != (Span{}) && c.CannotBeMissing(DateOf(now)) {
			continue
		}
		var hit []ID
		for _, s := range spans {
			if s.Duplicate || !rule.inTime(s, now) {
				continue
			}
			if rule.Under > 0 {
				if age := AgeOn(c.DOB, s.Start.Date()); age < 0 || age >= rule.Under {
					continue
				}
			}
			if rule.Flag != "" || rule.Category != "" || rule.OutOfArea {
				e := read[s.ID]
				if e == nil {
					var err error
					if e, err = r.Episode(s.ID); err != nil {
						return nil, err
					}
					if e == nil {
						return nil, NotThere(s.ID, 0)
					}
					read[s.ID] = e
				}
				if !rule.matches(r.Settings(), e) {
					continue
				}
			}
			hit = append(hit, s.ID)
		}
		if len(hit) > 0 && len(hit) >= rule.Count {
			out = append(out, Alert{Rule: rule, Episodes: hit, Explain: rule.explain(len(hit))})
		}
	}
	return out, nil
}

// inTime says whether an episode counts for a rule by its times.
func (a AlertRule) inTime(s EpisodeSpan, now time.Time) bool {
	if a.MissingFor != (Span{}) {
		return s.Open() && now.After(a.MissingFor.After(s.Start.Time()))
	}
	return s.Start.Unix() <= now.Unix() && s.Start.Unix() > AddDays(now, -a.Days).Unix()
}

// matches says whether an episode has what a rule asks for beside its times.
func (a AlertRule) matches(s *Settings, e *Episode) bool {
	switch {
	case a.Category != "" && e.Category != a.Category && s.CountsAs(e.Category) != a.Category,
		a.OutOfArea && !e.OutOfArea(&s.Team),
		a.Flag == FlagHighRisk && e.Risk != RiskHigh,
		a.Flag != "" && a.Flag != FlagHighRisk && !e.HasFlag(a.Flag):
		return false
	}
	return true
}

func (a AlertRule) explain(n int) string {
	if a.MissingFor != (Span{}) {
		return fmt.Sprintf("still missing after %s", a.MissingFor.Words())
	}
	return fmt.Sprintf("%d in the last %d days, the rule asks for %d", n, a.Days, max(1, a.Count))
}
