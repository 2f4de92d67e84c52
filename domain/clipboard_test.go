package domain_test

import (
	"errors"
	"testing"

	"homeward/domain"
)

// Whoever works may copy a number to ring it, also a colleague's; an auditor reads.
func TestMayCopy(t *testing.T) {
	for role, may := range map[domain.Role]bool{domain.Coordinator: true, domain.Practitioner: true, domain.Supervisor: true, domain.Auditor: false, domain.Role("guest"): false} {
		err := domain.MayCopy(&domain.Settings{}, domain.Actor{Login: "x", Role: role}, &domain.Child{})
		var r *domain.Refusal
		if (err == nil) != may || err != nil && (!errors.As(err, &r) || r.Code != domain.Forbidden) {
			t.Errorf("%s: %v", role, err)
		}
		closed := &domain.Child{Restricted: &domain.Restriction{To: []string{"y"}}}
		if err := domain.MayCopy(&domain.Settings{}, domain.Actor{Login: "x", Role: role}, closed); !errors.As(err, &r) || r.Code != domain.Forbidden {
			t.Errorf("%s, of a restricted child: %v", role, err)
		}
		if own, _ := role.May(domain.Clipboard); own {
			t.Errorf("%s may copy of their own only", role)
		}
	}
}
