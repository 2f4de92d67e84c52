package view

import (
	"homeward/domain"
	"time"
)

// ChildCount is how many episodes of one child began in the window (now − Days d, now].
type ChildCount struct {
	Days     int
	Episodes int
	History  int // how many of them are history: recorded without raising a referral
}

// CountEpisodes counts a child's episodes by start for each number of local calendar days, the window of the alerts
// (DOMAIN §8). Duplicates are in no count.
func CountEpisodes(now time.Time, spans []domain.EpisodeSpan, days ...int) []ChildCount {
	out := make([]ChildCount, len(days))
	for i, d := range days {
		after := domain.AddDays(now, -d).Unix()
		out[i].Days = d
		for _, s := range spans {
			if s.Duplicate || s.Start.Unix() <= after || s.Start.Unix() > now.Unix() {
				continue
			}
			out[i].Episodes++
			if s.History {
				out[i].History++
			}
		}
	}
	return out
}
