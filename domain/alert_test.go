package domain_test

import (
	"testing"
	"time"

	"homeward/domain"
)

// Alerts are counted by start in the window (now − N d, now], tested on the boundary (DOMAIN §8).
func TestAlerts(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC)
	ago := func(d time.Duration) domain.Moment { return domain.At(now.Add(-d)) }
	const day = 24 * time.Hour
	over := func(start domain.Moment) domain.EpisodeSpan {
		return domain.EpisodeSpan{ID: domain.NewID(domain.KindEpisode, uint64(start.Unix())), Start: start, End: start + 2*60}
	}
	three := domain.AlertRule{Name: "3_in_30", Count: 3, Days: 30}
	gone := domain.AlertRule{Name: "over_24h", MissingFor: domain.Hours(24)}
	young := domain.AlertRule{Name: "under_13", Count: 1, Days: 30, Under: 13}
	thirtyDays := domain.At(domain.AddDays(now, -30))
	dup := over(ago(day))
	dup.Duplicate = true
	history := domain.EpisodeSpan{Start: ago(72 * time.Hour), History: true}
	for _, tt := range []struct {
		name  string
		rule  domain.AlertRule
		dob   string
		spans []domain.EpisodeSpan
		want  bool
	}{
		{"three inside", three, "", []domain.EpisodeSpan{over(ago(29 * day)), over(ago(day)), over(ago(0))}, true},
		{"the oldest exactly at the edge is out", three, "", []domain.EpisodeSpan{over(thirtyDays), over(ago(day)), over(ago(0))}, false},
		{"a second inside the edge is in", three, "", []domain.EpisodeSpan{over(thirtyDays + 2), over(ago(day)), over(ago(0))}, true},
		{"a duplicate is in no count", three, "", []domain.EpisodeSpan{over(ago(2 * day)), dup, over(ago(0))}, false},
		{"missing for exactly 24 h", gone, "", []domain.EpisodeSpan{{Start: ago(day)}}, false},
		{"missing for longer", gone, "", []domain.EpisodeSpan{{Start: ago(day + time.Second)}}, true},
		{"back after three days", gone, "", []domain.EpisodeSpan{over(ago(3 * day))}, false},
		{"history without an end", gone, "", []domain.EpisodeSpan{history}, false},
		{"twelve on the day", young, "2013-11-22", []domain.EpisodeSpan{over(ago(day))}, true},
		{"thirteen on the day", young, "2013-11-21", []domain.EpisodeSpan{over(ago(day))}, false},
		{"no date of birth", young, "", []domain.EpisodeSpan{over(ago(day))}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &domain.Settings{Alerts: []domain.AlertRule{tt.rule}}
			dob, _ := domain.ParseDate(tt.dob)
			got, err := domain.AlertsFor(domain.EmptyReader{Time: now, Config: s}, &domain.Child{DOB: dob}, tt.spans)
			if err != nil || (len(got) == 1) != tt.want {
				t.Errorf("in force: %v, %v; want %v", got, err, tt.want)
			}
		})
	}
}
