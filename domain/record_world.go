package domain

import "time"

// Reader is what a question or a decision may look at: given by the store's transaction, or by a map in a test. Records
// it gives out are the caller's own copies. A nil record (or zero ID) with a nil error means there is none; an error
// means that the store could not read, never that a thing is absent.
type Reader interface {
	// Now is the time at which the question is asked or the decision taken.
	Now() time.Time
	// Actor is who asks or decides.
	Actor() Actor
	// Settings in force.
	Settings() *Settings

	Child(ID) (*Child, error)
	// ChildByRef finds a child by the source's reference, exactly.
	ChildByRef(ref string) (ID, error)
	// ChildrenBorn lists the children with that date of birth or the one with day and month swapped, with folded names.
	ChildrenBorn(Date) ([]NamedChild, error)
	// ChildrenPlaced lists the children whose latest placement and given name fold to these.
	ChildrenPlaced(placement, given string) ([]ID, error)
	// PlacedAt counts the children with a name whose latest placement folds to this, and stops counting at most.
	PlacedAt(placement string, most int) (int, error)
	// Find lists children whose search line holds every word of the folded query, or whose episode has a police
	// reference that begins with it, newest first; at most limit.
	Find(query string, limit int) ([]ID, error)

	Episode(ID) (*Episode, error)
	// EpisodeByPoliceRef finds an episode by the police reference, exactly.
	EpisodeByPoliceRef(ref string) (ID, error)
	// EpisodesOf a child, by start, then number.
	EpisodesOf(child ID) ([]*Episode, error)
	// SpansOf are the start and end of a child's episodes, by start, then number, read from the index alone.
	SpansOf(child ID) ([]EpisodeSpan, error)
	// OpenEpisodes are the episodes of which nobody has said yet how they ended ([Episode.Unsettled]), by start, then number.
	OpenEpisodes() ([]ID, error)
	// Returned are the episodes, no duplicates, with a return at or after a time and before another, by return, then number.
	Returned(from, before Moment) ([]Return, error)

	Referral(ID) (*Referral, error)
	// OpenReferrals are the referrals whose stored stage is open, by due time.
	OpenReferrals() ([]ID, error)
	// LookAgains are the referrals that are not required until a date, by that date.
	LookAgains() ([]ID, error)
	// Questioned are the referrals about which a colleague was asked something that is not answered, or was answered at or
	// after a time; by number.
	Questioned(answeredSince Moment) ([]ID, error)

	// CandidatesOf a child for clusters, by what is stored: those on a look-again date carry it.
	CandidatesOf(child ID) ([]Candidate, error)
	// SuggestedChildren are the children with a suggested cluster by what is stored, those of a look-again date that has
	// come round left out; by number.
	SuggestedChildren() ([]ID, error)
	Cluster(ID) (*Cluster, error)
	// ClustersOf a child, by number, broken up ones included.
	ClustersOf(child ID) ([]*Cluster, error)
	// StandingClusters that were not broken up, by number: those whose interview was held, or those whose was not.
	StandingClusters(held bool) ([]ID, error)
	// ChildrenMissingSince are the children with an episode, no duplicate, that began later than that; each once, by number.
	ChildrenMissingSince(Moment) ([]ID, error)

	Interview(ID) (*Interview, error)
	// InterviewsOf a child, by number.
	InterviewsOf(child ID) ([]*Interview, error)

	// Noted is one thing children have named, in one spelling.
	Noted(ID) (*Noted, error)
	// NotedNamed finds the spelling that folds to a key (see [NotedKey]), whatever it was merged into.
	NotedNamed(key string) (ID, error)
	// AllNoted are all spellings, by number.
	AllNoted() ([]ID, error)

	FollowUp(ID) (*FollowUp, error)
	// FollowUpsOf a child, by number.
	FollowUpsOf(child ID) ([]*FollowUp, error)
	// OpenFollowUps by due time.
	OpenFollowUps() ([]ID, error)
	// EndedFollowUps were done or dropped at or after a time, the newest first.
	EndedFollowUps(since Moment) ([]ID, error)
	// Import is one file taken in.
	Import(ID) (*Import, error)
	// AttemptOwners are the referrals or the follow-up in which an attempt stands, by number: one made while a cluster
	// stood is written to every member.
	AttemptOwners(attempt ID) ([]ID, error)

	// OpenedAt is when who asks opened a child’s record last, as far as it matters: before or after its newest change; zero: never.
	OpenedAt(child ID) (Moment, error)

	// Change is one act of the past, nil when there is none of that number.
	Change(ID) (*Change, error)
	// LastChange is the newest change of the person who has a login now that is in force, is no undo, no redo and no row of an
	// import; nil when there is none.
	LastChange(login string) (*Change, error)
	// LastUndo is the newest undo of that person that nobody took back; nil when there is none.
	LastUndo(login string) (*Change, error)
	// ChangesOf a login since a time, newest first; who had it then is for [Settings.IsStill] to say.
	ChangesOf(login string, since time.Time) ([]*Change, error)
	// ChangesTo a child's records, oldest first: the audit trail of one child.
	ChangesTo(child ID) ([]*Change, error)
}

// World is a Reader for a decision: it can also give numbers to what the decision makes.
type World interface {
	Reader
	// NextID gives a number that was never given before.
	NextID(Kind) (ID, error)
}

// EpisodeSpan is one episode as the index of a child's episodes has it.
type EpisodeSpan struct {
	ID        ID
	Start     Moment
	End       Moment // the return; zero while open
	Duplicate bool
	History   bool
	Ended     bool // without a return
	Referral  ID
}

// Return is one episode as the index of returns has it.
type Return struct {
	Episode  ID
	At       Moment // to the second; the episode itself knows whether it was the date alone
	Referral ID     // zero where none was raised: history
}

// NamedChild is one entry of the names index.
type NamedChild struct {
	ID    ID
	Names string // as NameKey folds them
	DOB   Date
}

// Outcome is what a decision comes to: the records as they shall be, and what to answer.
type Outcome struct {
	// Put are the records made or changed, as they shall be; the store counts their versions on.
	Put []Record
	// Delete are records that an undo takes away again.
	Delete []ID
	// Named is the record the act names, whose version the answer carries.
	Named ID
	// Made are ids for the answer that are no records of their own (an attempt).
	Made []ID
	// Undoes is the change that an undo or a redo takes back.
	Undoes ID
	// Summary is one line for the log, the toast and `H`: "accepted R12 for the team".
	Summary string
	// Warnings are things the person should know that stop nothing.
	Warnings []string
	// Row is what became of a row of an import; the zero value for any other act.
	Row RowVerdict
}

// RowVerdict says what a row of an import did. It did nothing at all when all are false.
type RowVerdict struct {
	Created      bool `json:"created,omitempty"` // a new episode
	Updated      bool `json:"updated,omitempty"` // a known one changed
	ChildCreated bool `json:"child_created,omitempty"`
	Referred     bool `json:"referred,omitempty"` // raised a referral
	// TakenToBe is the reference of the known child whose the episode was taken to be, by names and dates of birth that are equal, or
	// in a later row a slip apart.
	TakenToBe string `json:"taken_to_be,omitempty"`
	// Closed is the restricted child it is about, where who brings it in may not see them.
	Closed ID `json:"-"`
}

// OfThisFile stands for the reference of a child of whom only a rehearsal of the same file knows.
const OfThisFile = "a child of this file"

func (o *Outcome) put(r ...Record) { o.Put = append(o.Put, r...) }
