package domain

// Stage is where a referral is in its life (DOMAIN §4).
type Stage string

// The stages, in the order of a referral's life, and the ways it ends without an interview.
const (
	StageNew       Stage = "new"
	StageAccepted  Stage = "accepted"
	StageBooked    Stage = "booked"
	StageToApprove Stage = "to_approve" // not required or unable, waiting for another person's sign-off
	StageToWriteUp Stage = "to_write_up"
	StageToSignOff Stage = "to_sign_off"
	StageToShare   Stage = "to_share"
	StageDone      Stage = "done"

	StageDeclined    Stage = "declined"
	StageNotRequired Stage = "not_required"
	StageUnable      Stage = "unable"
	StageWithdrawn   Stage = "withdrawn"
)

// Words for a message or a screen.
func (s Stage) Words() string {
	switch s {
	case StageToApprove:
		return "to approve"
	case StageToWriteUp:
		return "to write up"
	case StageToSignOff:
		return "to sign off"
	case StageToShare:
		return "to share"
	case StageNotRequired:
		return "not required"
	}
	return string(s)
}

// BeforeInterview says that an interview is still owed: the stages that new, accepted, booked and to_approve are.
func (s Stage) BeforeInterview() bool {
	return s == StageNew || s == StageAccepted || s == StageBooked || s == StageToApprove
}

// Open says that the team still owes something: every stage from new to to_share.
func (s Stage) Open() bool {
	return s.BeforeInterview() || s == StageToWriteUp || s == StageToSignOff || s == StageToShare
}
