package plain

import "homeward/domain"

// Answer is what `do` prints for one act (INTERFACES, Acts).
func Answer(line int, a *domain.Answer) Row {
	r := Row{{"line", line}, {"ok", a.Refused == nil}, {"act", a.Act}, {"id", a.ID}}
	if a.Refused != nil {
		return append(r, Field{"code", string(a.Refused.Code)}, Field{"field", a.Refused.Field}, Field{"message", a.Refused.Message})
	}
	r = append(r, Field{"repeated", a.Repeated})
	if a.Child != "" {
		r = append(r, Field{"child_ref", a.Child})
	}
	seen := map[string]bool{}
	all := map[string][]string{}
	for _, id := range a.IDs {
		name := id.Kind().Field()
		if name == "" {
			continue // child_ref says it
		}
		all[name] = append(all[name], id.String())
		if !seen[name] {
			seen[name] = true
			r = append(r, Field{name, id})
		}
	}
	for _, name := range []string{"episode", "referral", "cluster", "followup"} {
		if len(all[name]) > 1 { // a decision that fell on every member of a cluster, or a join
			r = append(r, Field{name + "s", all[name]})
		}
	}
	var version any // of the record the act names; null where there is none, or is none any more
	if a.Version != 0 {
		version = a.Version
	}
	r = append(r, Field{"change", a.Change}, Field{"version", version}, Field{"summary", a.Summary})
	if len(a.Warnings) > 0 {
		r = append(r, Field{"warnings", a.Warnings})
	}
	return r
}
