package domain

import "time"

// EmptyReader is a Reader that holds no record: only who, when and by which settings.
type EmptyReader struct {
	Time   time.Time
	Who    Actor
	Config *Settings
}

// Now, Actor and Settings are as given; everything else is absent.
func (n EmptyReader) Now() time.Time { return n.Time }

// Actor as given.
func (n EmptyReader) Actor() Actor { return n.Who }

// Settings as given.
func (n EmptyReader) Settings() *Settings { return n.Config }

// The rest of Reader: nothing is there.
func (n EmptyReader) Child(ID) (*Child, error)                       { return nil, nil }
func (n EmptyReader) ChildByRef(string) (ID, error)                  { return 0, nil }
func (n EmptyReader) ChildrenBorn(Date) ([]NamedChild, error)        { return nil, nil }
func (n EmptyReader) ChildrenPlaced(_, _ string) ([]ID, error)       { return nil, nil }
func (n EmptyReader) PlacedAt(string, int) (int, error)              { return 0, nil }
func (n EmptyReader) Find(string, int) ([]ID, error)                 { return nil, nil }
func (n EmptyReader) Episode(ID) (*Episode, error)                   { return nil, nil }
func (n EmptyReader) EpisodeByPoliceRef(string) (ID, error)          { return 0, nil }
func (n EmptyReader) EpisodesOf(ID) ([]*Episode, error)              { return nil, nil }
func (n EmptyReader) SpansOf(ID) ([]EpisodeSpan, error)              { return nil, nil }
func (n EmptyReader) OpenEpisodes() ([]ID, error)                    { return nil, nil }
func (n EmptyReader) Returned(_, _ Moment) ([]Return, error)         { return nil, nil }
func (n EmptyReader) Questioned(Moment) ([]ID, error)                { return nil, nil }
func (n EmptyReader) Referral(ID) (*Referral, error)                 { return nil, nil }
func (n EmptyReader) OpenReferrals() ([]ID, error)                   { return nil, nil }
func (n EmptyReader) LookAgains() ([]ID, error)                      { return nil, nil }
func (n EmptyReader) Interview(ID) (*Interview, error)               { return nil, nil }
func (n EmptyReader) InterviewsOf(ID) ([]*Interview, error)          { return nil, nil }
func (n EmptyReader) Noted(ID) (*Noted, error)                       { return nil, nil }
func (n EmptyReader) NotedNamed(string) (ID, error)                  { return 0, nil }
func (n EmptyReader) AllNoted() ([]ID, error)                        { return nil, nil }
func (n EmptyReader) FollowUp(ID) (*FollowUp, error)                 { return nil, nil }
func (n EmptyReader) Import(ID) (*Import, error)                     { return nil, nil }
func (n EmptyReader) FollowUpsOf(ID) ([]*FollowUp, error)            { return nil, nil }
func (n EmptyReader) OpenFollowUps() ([]ID, error)                   { return nil, nil }
func (n EmptyReader) EndedFollowUps(Moment) ([]ID, error)            { return nil, nil }
func (n EmptyReader) AttemptOwners(ID) ([]ID, error)                 { return nil, nil }
func (n EmptyReader) CandidatesOf(ID) ([]Candidate, error)           { return nil, nil }
func (n EmptyReader) SuggestedChildren() ([]ID, error)               { return nil, nil }
func (n EmptyReader) Cluster(ID) (*Cluster, error)                   { return nil, nil }
func (n EmptyReader) ClustersOf(ID) ([]*Cluster, error)              { return nil, nil }
func (n EmptyReader) StandingClusters(bool) ([]ID, error)            { return nil, nil }
func (n EmptyReader) ChildrenMissingSince(Moment) ([]ID, error)      { return nil, nil }
func (n EmptyReader) OpenedAt(ID) (Moment, error)                    { return 0, nil }
func (n EmptyReader) Change(ID) (*Change, error)                     { return nil, nil }
func (n EmptyReader) LastChange(string) (*Change, error)             { return nil, nil }
func (n EmptyReader) LastUndo(string) (*Change, error)               { return nil, nil }
func (n EmptyReader) ChangesOf(string, time.Time) ([]*Change, error) { return nil, nil }
func (n EmptyReader) ChangesTo(ID) ([]*Change, error)                { return nil, nil }
