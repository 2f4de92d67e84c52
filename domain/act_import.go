package domain

import (
	"fmt"
	"time"
)

// BeginImport opens the record of one file taken in. Its rows follow as ImportRow, its end as EndImport.
type BeginImport struct {
	Format  string `json:"format"`
	History bool   `json:"history,omitempty"`
}

// Name of the act in the audit log.
func (a *BeginImport) Name() string { return "import.begin" }

func (a *BeginImport) shape(*Settings, time.Time) error { return nil }
func (a *BeginImport) target(Reader) (Record, error)    { return nil, nil }
func (a *BeginImport) decide(c *decision, _ Record) (*Outcome, error) {
	id, err := c.NextID(KindImport)
	if err != nil {
		return nil, err
	}
	return &Outcome{Put: []Record{&Import{ID: id, Format: a.Format, History: a.History, By: c.by, Begun: c.now()}}, Named: id,
		Summary: fmt.Sprintf("import %s begun", id)}, nil
}

// EndImport writes down what became of the rows.
type EndImport struct {
	Import ID           `json:"import"`
	Counts ImportCounts `json:"counts"`
	// Authorities are those the rows were the first to name.
	Authorities []string `json:"authorities,omitempty"`
}

// Name of the act in the audit log.
func (a *EndImport) Name() string { return "import.end" }

func (a *EndImport) shape(*Settings, time.Time) error { return nil }
func (a *EndImport) target(w Reader) (Record, error) {
	i, err := w.Import(a.Import)
	if err != nil {
		return nil, err
	}
	if i == nil {
		return nil, notFound("import", "there is no import %s", a.Import)
	}
	return i, nil
}
func (a *EndImport) decide(c *decision, t Record) (*Outcome, error) {
	i := *t.(*Import)
	i.Ended, i.Counts, i.Authorities = c.now(), a.Counts, a.Authorities
	return &Outcome{Put: []Record{&i}, Named: i.ID,
		Summary: fmt.Sprintf("import %s: %d new, %d changed, %d refused", i.ID, a.Counts.Created, a.Counts.Updated, a.Counts.Refused)}, nil
}

// AuthoritiesNamed are the local authorities that imports have named so far, by [AuthorityKey].
func AuthoritiesNamed(r Reader) (map[string]bool, error) {
	out := map[string]bool{}
	return out, EachImport(r, func(i *Import) {
		for _, name := range i.Authorities {
			out[AuthorityKey(name)] = true
		}
	})
}

// numberGap is how many numbers may be missing between two imports: a number is never given twice, and an import that was
// refused may have had one.
const numberGap = 20

// EachImport shows the imports there were, the oldest first.
func EachImport(r Reader, see func(*Import)) error {
	for n, gap := uint64(1), 0; gap < numberGap; n++ {
		i, err := r.Import(NewID(KindImport, n))
		if err != nil {
			return err
		}
		if gap++; i != nil {
			gap = 0
			see(i)
		}
	}
	return nil
}
