package domain_test

import (
	"fmt"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// listed reads everything a person of the team can look at, and gives each by its name to see. The world says which records there
// are; of each number, the reader says.
func listed(r domain.Reader, records []domain.ID, see func(what string, v any)) error {
	var failed error
	read := func(what string, v any, err error) {
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", what, err)
		}
		see(what, v)
	}
	q, err := view.ReadQueue(r)
	read("the queue", q, err)
	if err == nil && domain.MayReview(r.Actor()) == nil {
		v, err := view.ReviewOf(r, q)
		read("the review", v, err)
	}
	state, err := view.ReadState(r)
	read("the state", state, err)
	missing, err := view.ReadMissing(r)
	read("missing", missing, err)
	toClose, err := view.ReadToClose(r)
	read("to close", toClose, err)
	clusters, err := view.ReadClusters(r)
	read("clusters", clusters, err)
	alerts, err := view.ReadAlerts(r)
	read("alerts", alerts, err)
	fus, err := view.ReadFollowUps(r)
	read("follow-ups", fus, err)
	ended, err := view.ReadEndedFollowUps(r, view.EndedShown(r.Now()))
	read("ended follow-ups", ended, err)
	day, err := view.ReadMyDay(r, domain.At(r.Now().Add(-48*time.Hour)))
	read("my day", day, err)
	asked, answers, err := view.ReadQuestions(r, domain.At(r.Now().Add(-48*time.Hour)))
	read("questions", [][]view.Question{asked, answers}, err)
	noted, err := view.ReadNoted(r)
	read("noted", noted, err)
	for _, monday := range view.Weeks(r.Now()) {
		if domain.MayReview(r.Actor()) != nil {
			break
		}
		w, err := view.ReadWeek(r, monday)
		read("the week "+monday.String(), w, err)
	}
	for _, query := range []string{"ivy", "zqkim", "K1", "P0"} {
		found, err := view.FindChildren(r, query, 9)
		read("found by "+query, found, err)
	}
	var last *domain.Child
	for _, id := range records {
		rec, err := domain.ReadRecord(r, id)
		read(id.String(), rec, err)
		switch rec := rec.(type) {
		case *domain.Child:
			line, err := view.ReadTimeline(r, rec)
			read("the timeline of "+id.String(), line, err)
			changes, err := r.ChangesTo(id)
			read("the changes to "+id.String(), changes, err)
			if last != nil {
				beside, err := view.CompareChildren(r, last, rec)
				read("beside "+id.String(), beside, err)
			}
			last = rec
		case *domain.Referral:
			f, err := view.ReadFocus(r, id)
			read("the focus of "+id.String(), f, err)
			v, err := view.ReadInterview(r, id)
			read("the interview of "+id.String(), v, err)
			row, err := view.ReadQueueRow(r, id)
			read("the row of "+id.String(), row, err)
		case *domain.FollowUp:
			f, err := view.ReadFollowUp(r, id)
			read("follow-up "+id.String(), f, err)
		}
	}
	return failed
}

// records are the numbers of all that are there.
func (pl *play) records() (ids []domain.ID) {
	for rec := range pl.known() {
		ids = append(ids, rec.RecordID())
	}
	return ids
}

// readable reads every list as one of each role.
func (pl *play) readable() string {
	for _, login := range []string{"dee", "pat", "sam", "ada"} {
		pl.tm.as(login)
		if err := listed(pl.tm, pl.records(), func(string, any) {}); err != nil {
			return fmt.Sprintf("%s cannot read %v", login, err)
		}
	}
	return ""
}
