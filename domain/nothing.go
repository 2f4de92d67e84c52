package domain

import "time"

// Nothing is a Reader that holds no record: only who, when and by which settings.
type Nothing struct {
	Time   time.Time
	Who    Actor
	Config *Settings
}

// Now, Actor and Settings are as given; everything else is absent.
func (n Nothing) Now() time.Time { return n.Time }

// Actor as given.
func (n Nothing) Actor() Actor { return n.Who }

// Settings as given.
func (n Nothing) Settings() *Settings { return n.Config }

// The rest of Reader: nothing is there.
func (n Nothing) Child(ID) (*Child, error)                       { return nil, nil }
func (n Nothing) ChildByRef(string) (ID, error)                  { return 0, nil }
func (n Nothing) ChildrenBorn(Date) ([]NamedChild, error)        { return nil, nil }
func (n Nothing) ChildrenPlaced(_, _ string) ([]ID, error)       { return nil, nil }
func (n Nothing) Find(string, int) ([]ID, error)                 { return nil, nil }
func (n Nothing) Episode(ID) (*Episode, error)                   { return nil, nil }
func (n Nothing) EpisodeByPoliceRef(string) (ID, error)          { return 0, nil }
func (n Nothing) EpisodesOf(ID) ([]*Episode, error)              { return nil, nil }
func (n Nothing) SpansOf(ID) ([]EpisodeSpan, error)              { return nil, nil }
func (n Nothing) OpenEpisodes() ([]ID, error)                    { return nil, nil }
func (n Nothing) Returned(_, _ Moment) ([]Return, error)         { return nil, nil }
func (n Nothing) Questioned(Moment) ([]ID, error)                { return nil, nil }
func (n Nothing) Referral(ID) (*Referral, error)                 { return nil, nil }
func (n Nothing) OpenReferrals() ([]ID, error)                   { return nil, nil }
func (n Nothing) LookAgains() ([]ID, error)                      { return nil, nil }
func (n Nothing) Interview(ID) (*Interview, error)               { return nil, nil }
func (n Nothing) InterviewsOf(ID) ([]*Interview, error)          { return nil, nil }
func (n Nothing) Noted(ID) (*Noted, error)                       { return nil, nil }
func (n Nothing) NotedNamed(string) (ID, error)                  { return 0, nil }
func (n Nothing) AllNoted() ([]ID, error)                        { return nil, nil }
func (n Nothing) FollowUp(ID) (*FollowUp, error)                 { return nil, nil }
func (n Nothing) Import(ID) (*Import, error)                     { return nil, nil }
func (n Nothing) FollowUpsOf(ID) ([]*FollowUp, error)            { return nil, nil }
func (n Nothing) OpenFollowUps() ([]ID, error)                   { return nil, nil }
func (n Nothing) EndedFollowUps(Moment) ([]ID, error)            { return nil, nil }
func (n Nothing) AttemptOwners(ID) ([]ID, error)                 { return nil, nil }
func (n Nothing) CandidatesOf(ID) ([]Candidate, error)           { return nil, nil }
func (n Nothing) SuggestedChildren() ([]ID, error)               { return nil, nil }
func (n Nothing) Cluster(ID) (*Cluster, error)                   { return nil, nil }
func (n Nothing) ClustersOf(ID) ([]*Cluster, error)              { return nil, nil }
func (n Nothing) StandingClusters(bool) ([]ID, error)            { return nil, nil }
func (n Nothing) ChildrenMissingSince(Moment) ([]ID, error)      { return nil, nil }
func (n Nothing) Change(ID) (*Change, error)                     { return nil, nil }
func (n Nothing) LastChange(string) (*Change, error)             { return nil, nil }
func (n Nothing) ChangesOf(string, time.Time) ([]*Change, error) { return nil, nil }
func (n Nothing) ChangesTo(ID) ([]*Change, error)                { return nil, nil }
