package domain

// Audience is who a copy is for. Nothing is shared by default (DOMAIN §9).
type Audience string

// The audiences of DOMAIN §9; what each one means is a row of the table below.
const (
	ForTeam         Audience = "team"
	ForSocialWorker Audience = "social_worker"
	ForPolice       Audience = "police"
	ForSafeguarding Audience = "safeguarding"
	ForPartnership  Audience = "partnership"
	ForCarer        Audience = "carer"
	ForStatistics   Audience = "statistics"
)

// audienceRow is one audience with everything that depends on it, but for which answers it gets: each field of the record
// and each fact of a copy says that itself.
type audienceRow struct {
	audience Audience
	words    string
	copy     bool // a copy of an interview's record is made for it; the others get reports
	shared   bool // that copy leaves the team, and its leaving is recorded (interview.share)
	meets    bool // sharing with it meets the share clock
	authors  bool // it is told who wrote an answer that is not the interviewer's
	health   bool // it is told of hospital and health
	prose    bool // it gets running text, in which others may be named: a person reads that before the copy leaves
	family   bool // it speaks to the family: nothing but what was agreed, in words for them
	key      string
}

// audiences are the closed list, in DOMAIN §9's order.
var audiences = [...]audienceRow{
	{audience: ForTeam, words: "team", copy: true, authors: true, health: true},
	{audience: ForSocialWorker, words: "social worker or lead professional", copy: true, shared: true, meets: true, authors: true, health: true, prose: true, key: "w"},
	{audience: ForPolice, words: "police intelligence", copy: true, shared: true, key: "p"},
	{audience: ForSafeguarding, words: "safeguarding operations group", copy: true, shared: true, key: "s"},
	{audience: ForPartnership, words: "partnership"},
	{audience: ForCarer, words: "parent or carer", copy: true, shared: true, prose: true, family: true, key: "c"},
	{audience: ForStatistics, words: "statistics"},
}

func (a Audience) row() *audienceRow {
	for i := range audiences {
		if audiences[i].audience == a {
			return &audiences[i]
		}
	}
	return &audienceRow{words: string(a)}
}

func audiencesThat(is func(*audienceRow) bool) []Audience {
	var out []Audience
	for i := range audiences {
		if is(&audiences[i]) {
			out = append(out, audiences[i].audience)
		}
	}
	return out
}

// Audiences are all of them, in DOMAIN §9's order.
func Audiences() []Audience { return audiencesThat(func(*audienceRow) bool { return true }) }

// RecordAudiences are those a copy of an interview's record is made for; the others get reports.
func RecordAudiences() []Audience { return audiencesThat(func(a *audienceRow) bool { return a.copy }) }

// SharedAudiences are those with whom a copy of the record is shared, outside the team.
func SharedAudiences() []Audience {
	return audiencesThat(func(a *audienceRow) bool { return a.shared })
}

// Words for a screen.
func (a Audience) Words() string { return a.row().words }

// Key is the letter that chooses it from a menu.
func (a Audience) Key() string { return a.row().key }

// Shared says that a copy for it leaves the team.
func (a Audience) Shared() bool { return a.row().shared }

// MeetsShare says that sharing the record with it meets the share clock.
func (a Audience) MeetsShare() bool { return a.row().meets }

// ToldAuthors says that it is told who wrote an answer that is not the interviewer's.
func (a Audience) ToldAuthors() bool { return a.row().authors }

// Family says that a copy for it speaks to the family.
func (a Audience) Family() bool { return a.row().family }

// ToldHealth says that it is told of hospital and health.
func (a Audience) ToldHealth() bool { return a.row().health }

// GetsProse says that it gets running text, in which others may be named: a person reads that before the copy leaves.
func (a Audience) GetsProse() bool { return a.row().prose }
