package view

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"homeward/domain"
	"slices"
	"strings"
	"time"
)

// AuditLine is one line of the audit log: an act that was done, or that somebody read or took out what is recorded. A list gives
// lines without what they contain: that is read one line at a time ([ReadAuditLine]), and each reading is recorded (DOMAIN §12).
type AuditLine struct {
	ID      domain.ID // the change's number; lines are numbered from 1 without a gap
	Note    bool      // no decision: a reading, a copy that left
	By      string
	OSUser  string
	Role    domain.Role
	At      domain.Moment   // when it was written, by the clock in force
	Machine domain.Moment   // by the machine's clock, where the program's was frozen; else zero
	Act     string          // the act's name, or the kind of note
	ActID   string          // the id given with the act; "" in a list
	Content json.RawMessage // the act as it was given; nil in a list
	For     domain.Moment   // when it happened, where the act said so
	// Summary is what it came to. In a list an act that quotes what somebody typed has its name and its records instead.
	Summary string
	// Children whose records it touched, or whose record was read; Whose are their records as they stand, those that are
	// not there any more left out.
	Children []domain.ID
	Whose    []*domain.Child
	// Records are the numbers of the records it touched.
	Records []domain.ID
	// Touched are the records before and after; nil in a list.
	Touched []domain.Touched
	UndoOf  domain.ID // the line it took back
	Took    string    // the act that it took back, or did again
	Undone  domain.ID // the line that took it back
}

// NoteSettings is the word of the line that says other settings came into force: it contains what changed, key by key.
const NoteSettings = "settings"

// Opens says that there is something to open in a line of a list: an act, or what settings came into force.
func (l *AuditLine) Opens() bool { return !l.Note || l.Act == NoteSettings }

// AuditFilter says which lines are wanted; the zero filter wants all.
type AuditFilter struct {
	By    string // the login
	Child string // a reference: lines of all that was joined to the child too
	// Named says that Child may be a part of a child's name as well, where it is nobody's reference.
	Named bool
	Act   string // an act's name or a kind of note, or what stands before a dot in it: "referral", "referral."
	Since time.Time
	Until time.Time // not included
	Undo  string    // "yes": undos and what was undone; "no": all else; "": both
	// Words that stand in what a line shows, all of them, in either case: "accepted R12", who did it, whose child.
	Words []string
	// Masked says that the lines are shown with names masked: then no word finds a name, nor what was done in words.
	Masked bool
}

// AuditQuery asks for the next lines of the log behind one.
type AuditQuery struct {
	AuditFilter
	// From is the line looked at last; zero begins with the newest, or with the oldest.
	From domain.ID
	// Oldest first; else newest first.
	Oldest bool
	// Limit of lines; 0: as many as one look reaches.
	Limit int
}

// AuditPage is a piece of the log.
type AuditPage struct {
	Lines []*AuditLine
	// First is the line that was looked at first, wanted or not.
	First domain.ID
	// Looked is the last line that was looked at, wanted or not: where the next question goes on. Zero where there was none.
	Looked domain.ID
	// LookedAt is when that was written.
	LookedAt domain.Moment
	// More says that there are lines behind it.
	More bool
}

// auditLook is how many lines one question looks at, so that a filter that fits nothing holds no transaction for long.
const auditLook = 2000

// AuditSource is the store's own view of the log, for [ReadAudit] and [ReadAuditLine], which check who asks.
type AuditSource interface {
	domain.Reader
	// AuditLines calls f for the lines behind one (zero: from the end), in one direction, of the children given (none: of
	// all), without Whose, Touched and Undone, until f says that it is enough.
	AuditLines(children []domain.ID, from domain.ID, oldest bool, f func(*AuditLine) (more bool, err error)) error
	// AuditTouched are the records of a line before and after.
	AuditTouched(line domain.ID) ([]domain.Touched, error)
	// AuditUndone is the line that took one back, zero when it stands.
	AuditUndone(line domain.ID) (domain.ID, error)
}

// ReadAudit reads a piece of the log: its lines, not what they contain. The work is bounded however long the log is: More says that it goes on.
func ReadAudit(src AuditSource, q AuditQuery) (*AuditPage, error) {
	if err := domain.MayAudit(src.Actor()); err != nil {
		return nil, err
	}
	children, err := q.children(src)
	var r *domain.Refusal
	if q.Named && errors.As(err, &r) && r.Code == domain.NotFound {
		children, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	byName := q.Child != "" && children == nil
	p := &AuditPage{Looked: q.From}
	looked := 0
	err = src.AuditLines(children, q.From, q.Oldest, func(l *AuditLine) (bool, error) {
		if looked == auditLook || q.Limit > 0 && len(p.Lines) == q.Limit {
			p.More = true
			return false, nil
		}
		looked++
		p.First = cmp.Or(p.First, l.ID)
		p.Looked, p.LookedAt = l.ID, cmp.Or(l.Machine, l.At)
		l.close() // before the filter: it finds no word that the line does not show
		if !q.wants(l) {
			return true, nil
		}
		var err error
		if l.Undone, err = src.AuditUndone(l.ID); err != nil || !q.wantsUndo(l) {
			return true, err
		}
		if err := l.complete(src, false); err != nil {
			return false, err
		}
		if byName && !contains(q.whose(l), q.Child) || !q.wantsWords(l, src.Settings()) {
			return true, nil
		}
		p.Lines = append(p.Lines, l)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// ReadAuditLine reads one line with its records, nil where there is none of that number. Whoever shows it shows the records of
// its children, which counts as opening them.
func ReadAuditLine(src AuditSource, id domain.ID) (*AuditLine, error) {
	if err := domain.MayAudit(src.Actor()); err != nil {
		return nil, err
	}
	if id.Kind() != domain.KindChange {
		return nil, nil
	}
	var found *AuditLine
	before := domain.NewID(domain.KindChange, id.Number()-1)
	if id.Number() == 1 {
		before = 0
	}
	err := src.AuditLines(nil, before, true, func(l *AuditLine) (bool, error) {
		if l.ID == id {
			found = l
		}
		return false, nil
	})
	if err != nil || found == nil {
		return nil, err
	}
	if found.Undone, err = src.AuditUndone(id); err != nil {
		return nil, err
	}
	return found, found.complete(src, true)
}

// complete reads whose line it is and, where wanted, its records.
func (l *AuditLine) complete(src AuditSource, records bool) (err error) {
	for _, id := range l.Children {
		c, err := src.Child(id)
		if err != nil {
			return err
		}
		if c != nil {
			l.Whose = append(l.Whose, c)
		}
	}
	if records {
		l.Touched, err = src.AuditTouched(l.ID)
	}
	return err
}

// Ref is how people name the first child a line speaks of, "" where it speaks of none.
func (l *AuditLine) Ref() string {
	switch {
	case len(l.Whose) > 0:
		return l.Whose[0].ShownRef()
	case len(l.Children) > 0:
		return l.Children[0].String()
	}
	return ""
}

// children are the numbers under which the lines of the filter's child stand; nil where any child's are wanted.
func (f *AuditFilter) children(r domain.Reader) ([]domain.ID, error) {
	if f.Child == "" {
		return nil, nil
	}
	c, err := domain.ChildNamed(r, f.Child)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, domain.Refuse(domain.NotFound, "", "there is no child %q", f.Child)
	}
	out := []domain.ID{c.ID}
	for i := 0; i < len(out); i++ { // what was joined to it may have been joined to before
		of, err := r.Child(out[i])
		if err != nil {
			return nil, err
		}
		if of == nil {
			continue
		}
		for _, id := range of.Joined {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// wants says whether the filter wants a line, as far as the line itself shows it.
func (f *AuditFilter) wants(l *AuditLine) bool {
	switch {
	case f.By != "" && f.By != l.By,
		!f.Since.IsZero() && l.At.Unix() < f.Since.Unix(),
		!f.Until.IsZero() && l.At.Unix() >= f.Until.Unix(),
		f.Act != "" && f.Act != l.Act && !strings.HasPrefix(l.Act, strings.TrimSuffix(f.Act, ".")+"."):
		return false
	}
	return true
}

// wantsWords says whether all words stand in what a line shows.
func (f *AuditFilter) wantsWords(l *AuditLine, s *domain.Settings) bool {
	if len(f.Words) == 0 {
		return true
	}
	shown := append(f.whose(l), l.ID.String(), l.Act, domain.Words(strings.ReplaceAll(l.Act, ".", " ")), l.By, s.PersonAt(l.By, l.At), l.OSUser,
		l.At.Local().Format("15:04 Monday 2 January 2006"))
	shown = append(shown, l.RecordIDs()...)
	if !f.Masked {
		shown = append(shown, l.Summary)
	}
	if l.Undone != 0 {
		shown = append(shown, "undone by "+l.Undone.String()+";")
	}
	if l.UndoOf != 0 {
		shown = append(shown, "takes back "+l.UndoOf.String()+";")
	}
	if l.Machine != 0 {
		shown = append(shown, "clock frozen;")
	}
	if n := len(l.Children) - 1; n > 0 {
		shown = append(shown, fmt.Sprintf("+%d", n))
	}
	return !slices.ContainsFunc(f.Words, func(w string) bool { return !contains(shown, w) })
}

// whose are the names of a line's children as it shows them.
func (f *AuditFilter) whose(l *AuditLine) []string {
	out := []string{l.Ref()}
	for _, c := range l.Whose {
		if f.Masked {
			out = append(out, c.Masked(), c.ShownRef())
			continue
		}
		out = append(out, c.Name(), c.KnownAs, c.ShownRef())
	}
	return out
}

// contains says that a word stands in one of some texts, folded.
func contains(texts []string, word string) bool {
	word = domain.Fold(word)
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(domain.Fold(t), word) })
}

func (f *AuditFilter) wantsUndo(l *AuditLine) bool {
	undo := l.UndoOf != 0 || l.Undone != 0
	return f.Undo == "" || (f.Undo == "yes") == undo
}
