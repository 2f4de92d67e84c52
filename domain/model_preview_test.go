package domain_test

import (
	"slices"

	"homeward/domain"
)

// preview says what must come of an act about clusters: "done", or the code it is refused with ("refused": with any);
// "" where the sentences of §5 do not say.
func (pl *play) preview(a said, who string) string {
	switch a.Act {
	case "cluster.accept", "cluster.dismiss", "cluster.add", "cluster.leave_out", "cluster.break_up":
	default:
		return ""
	}
	if a.Reason == "" && slices.Contains([]string{"cluster.dismiss", "cluster.leave_out", "cluster.break_up"}, a.Act) {
		return "invalid" // by shape, before the role
	}
	if who == "pat" || who == "ada" {
		return "forbidden"
	}
	if a.Cluster == "" {
		return pl.previewSuggestion(a)
	}
	id, _ := domain.ParseID(a.Cluster)
	c := pl.w.clusters[id]
	if c == nil {
		return "not_found"
	}
	if c.BrokenUp != nil || c.HeldAt != 0 {
		return "invalid"
	}
	if a.Act == "cluster.break_up" {
		return "done"
	}
	if a.Act == "cluster.leave_out" && len(c.Members) == 1 {
		return "invalid" // the last one stays, whatever is named
	}
	e := pl.w.byRef(a.Episode)
	if e == nil {
		return "not_found"
	}
	if a.Act == "cluster.leave_out" {
		if len(c.Members) > 1 && slices.ContainsFunc(c.Members, func(m domain.ClusterMember) bool { return m.Episode == e.ID }) {
			return "done"
		}
		return "invalid"
	}
	if !slices.Contains(pl.w.additions(c), e) || a.Reason == "" && pl.w.risky([]*domain.Episode{e}) {
		return "invalid"
	}
	return "done"
}

// previewSuggestion is for accepting and dismissing, which name episodes of a suggestion.
func (pl *play) previewSuggestion(a said) string {
	child := pl.w.child(a.ChildRef)
	if child == nil {
		return "not_found"
	}
	var list []*domain.Episode
	for _, ref := range a.Episodes {
		e := pl.w.byRef(ref)
		if e == nil {
			return "refused" // not found, unless one named before it is another child's
		}
		list = append(list, e)
	}
	for _, s := range pl.w.suggested(child.ID) {
		if slices.ContainsFunc(list, func(e *domain.Episode) bool { return !slices.Contains(s, e) }) {
			continue
		}
		whole := len(list) == len(s)
		if a.Act == "cluster.dismiss" {
			if whole && pl.w.rowState(child.ID, s) == "suggested" {
				return "done"
			}
			return "invalid"
		}
		if len(list) < pl.w.p.ClusterMin || a.Reason == "" && (!whole || pl.w.risky(list)) {
			return "invalid"
		}
		return "done"
	}
	return "invalid"
}

func (w *world) byRef(ref string) *domain.Episode {
	for _, e := range w.episodes {
		if e.PoliceRef == ref {
			return e
		}
	}
	return nil
}

// child of a reference, through joins.
func (w *world) child(ref string) *domain.Child {
	for _, c := range w.children {
		if c.Ref == ref {
			for c.JoinedTo != 0 {
				c = w.children[c.JoinedTo]
			}
			return c
		}
	}
	return nil
}
