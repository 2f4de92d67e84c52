package domain

import "slices"

// Stage is where a referral is in its life (DOMAIN §4).
type Stage string

// The stages; what each one means is a row of the table below.
const (
	StageNew         Stage = "new"
	StageAccepted    Stage = "accepted"
	StageBooked      Stage = "booked"
	StageToApprove   Stage = "to_approve"
	StageToWriteUp   Stage = "to_write_up"
	StageToSignOff   Stage = "to_sign_off"
	StageToShare     Stage = "to_share"
	StageDone        Stage = "done"
	StageDeclined    Stage = "declined"
	StageNotRequired Stage = "not_required"
	StageUnable      Stage = "unable"
	StageWithdrawn   Stage = "withdrawn"
)

// owed is what the team still owes while a referral is in a stage.
type owed uint8

const (
	owesInterview owed = iota + 1
	owesRecord         // the interview was held: writing up, signing off, sharing
	owesNothing
)

// stageRow is one stage with everything that depends on it.
type stageRow struct {
	stage Stage
	owed  owed
	waits bool   // for another person's word, not for the team's next step
	task  string // what to do next, as a list of work says it; "": what the clocks and bookings say

	ended bool   // without an interview; it can be reopened
	goes  string // how such an episode goes out of its cluster, in which the others stay; "": it stays too
	tells bool   // the lead professional is to be told that there was no interview

	closing *closingRow // how `referral.close` ends it so; nil: it does not
}

// closingRow is one way in which `referral.close` ends a referral (DOMAIN §4).
type closingRow struct {
	anyOpen bool     // whatever is owed; else only while an interview is owed and nothing waits
	by      bool     // it says who declined
	steps   []string // what should have been done before, or why not
}

// stages are the closed list: a referral's life in order, then the ways it ends without an interview.
var stages = [...]stageRow{
	{stage: StageNew, owed: owesInterview, task: "triage"},
	{stage: StageAccepted, owed: owesInterview, task: "book"},
	{stage: StageBooked, owed: owesInterview},
	{stage: StageToApprove, owed: owesInterview, waits: true, task: "to approve"}, // not required or unable, waiting for another person's sign-off
	{stage: StageToWriteUp, owed: owesRecord, task: "write up"},
	{stage: StageToSignOff, owed: owesRecord, waits: true, task: "sign off"},
	{stage: StageToShare, owed: owesRecord, task: "share"},
	{stage: StageDone, owed: owesNothing},
	{stage: StageDeclined, owed: owesNothing, ended: true, tells: true,
		closing: &closingRow{by: true, steps: []string{stepHelpline, "letter_sent", "carer_offered"}}},
	{stage: StageNotRequired, owed: owesNothing, ended: true, tells: true, goes: PartedNotRequired},
	{stage: StageUnable, owed: owesNothing, ended: true, tells: true,
		closing: &closingRow{steps: []string{"letter_sent", "social_worker_told", "police_told"}}},
	{stage: StageWithdrawn, owed: owesNothing, ended: true, goes: PartedWithdrawn, closing: &closingRow{anyOpen: true}},
}

// row of a stage; the zero row for a word that is none.
func (s Stage) row() *stageRow {
	for i := range stages {
		if stages[i].stage == s {
			return &stages[i]
		}
	}
	return &stageRow{}
}

func stagesThat(is func(*stageRow) bool) []Stage {
	var out []Stage
	for i := range stages {
		if is(&stages[i]) {
			out = append(out, stages[i].stage)
		}
	}
	return out
}

// Stages are all of them. A referral in any other would be in no list.
func Stages() []Stage { return stagesThat(func(*stageRow) bool { return true }) }

// outstandingStages are those in which the interview is the team's next step.
func outstandingStages() []Stage {
	return stagesThat(func(s *stageRow) bool { return s.owed == owesInterview && !s.waits })
}

// beforeStages are those in which an interview is owed, also while that waits for another person's word.
func beforeStages() []Stage {
	return stagesThat(func(s *stageRow) bool { return s.owed == owesInterview })
}

// openStages are those in which anything is owed.
func openStages() []Stage {
	return stagesThat(func(s *stageRow) bool { return s.owed == owesInterview || s.owed == owesRecord })
}

// beforeDone are all but done: what was asked and chosen may be written down late, also of what was closed.
func beforeDone() []Stage { return stagesThat(func(s *stageRow) bool { return s.stage != StageDone }) }

// endedStages are the ways a referral ends without an interview.
func endedStages() []Stage { return stagesThat(func(s *stageRow) bool { return s.ended }) }

// Words for a message or a screen.
func (s Stage) Words() string { return Words(string(s)) }

// Task is what a list of work says is to be done next in a stage; "" where the clocks and bookings say it, or nothing is.
func (s Stage) Task() string { return s.row().task }

// BeforeInterview says that an interview is still owed, also while that waits for another person's word.
func (s Stage) BeforeInterview() bool { return s.row().owed == owesInterview }

// Outstanding says that an interview is owed and nothing waits for another person's word: one interview may cover it.
func (s Stage) Outstanding() bool { r := s.row(); return r.owed == owesInterview && !r.waits }

// Waits says that the next step is another person's word: a sign-off.
func (s Stage) Waits() bool { return s.row().waits }

// Open says that the team still owes something: every stage from new to to_share.
func (s Stage) Open() bool { o := s.row().owed; return o == owesInterview || o == owesRecord }

// Ended says that a referral ended without an interview: it can be reopened.
func (s Stage) Ended() bool { return s.row().ended }

// furthest says by how much one stage is further in a referral's life than another; negative where it is less far.
func furthest(s, than Stage) int {
	at := func(s Stage) int { return slices.IndexFunc(stages[:], func(r stageRow) bool { return r.stage == s }) }
	return at(s) - at(than)
}

// Closings are the stages in which `referral.close` ends a referral.
func Closings() []Stage { return stagesThat(func(s *stageRow) bool { return s.closing != nil }) }

// ClosingSteps are the things that should have been done before a referral closes this way (DOMAIN §4).
func ClosingSteps(as Stage) []string {
	if c := as.row().closing; c != nil {
		return slices.Clone(c.steps)
	}
	return nil
}

// stepHelpline is the step of which it is said for whom it was done.
const stepHelpline = "helpline_given"

// ClosingSaysWho says that a closing this way says who declined.
func ClosingSaysWho(as Stage) bool {
	c := as.row().closing
	return c != nil && c.by
}

// allClosingSteps are the steps of every way to close, each once, in the order of the table.
func allClosingSteps() []string {
	var out []string
	for _, s := range stages {
		if s.closing == nil {
			continue
		}
		for _, step := range s.closing.steps {
			if !slices.Contains(out, step) {
				out = append(out, step)
			}
		}
	}
	return out
}
