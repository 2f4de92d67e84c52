package domain_test

import (
	"testing"

	"homeward/domain"
)

// Behind a number that a refused import had, the later imports are still known.
func TestImportsBehindAGapAreKnown(t *testing.T) {
	r := gapped{}
	var seen []domain.ID
	if err := domain.EachImport(r, func(i *domain.Import) { seen = append(seen, i.ID) }); err != nil || len(seen) != 2 {
		t.Errorf("%v, %v", seen, err)
	}
	if named, err := domain.AuthoritiesNamed(r); err != nil || !named[domain.AuthorityKey("Camden")] {
		t.Errorf("%v, %v", named, err)
	}
}

// gapped has the imports B1 and B3.
type gapped struct{ domain.EmptyReader }

func (gapped) Import(id domain.ID) (*domain.Import, error) {
	switch id.Number() {
	case 1:
		return &domain.Import{ID: id}, nil
	case 3:
		return &domain.Import{ID: id, Authorities: []string{"Camden"}}, nil
	}
	return nil, nil
}
