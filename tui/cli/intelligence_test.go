package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

const notedFields = "id:s version:n what:s name:s address:s? children:n interviews:a episodes:a last_named_at:t merged:a date_only:a"

// Two children name one arcade in two spellings: whoever saves the second is told of the first interview, a merge counts
// them as one, and that is undone. Who read the list is in the log.
func TestWhatChildrenNameIsCountedAcrossThem(t *testing.T) {
	t.Parallel()
	d := asked(t)
	save := func(who, referral, names string) object {
		return d.as(who).did(fmt.Sprintf(`{"act":"interview.save","referral":%q,"record":{"intelligence":%s}}`, referral, names))
	}
	if s := d.ends(0, "intelligence"); s.out != "No interview and no carer names a place, a person or a thing.\n" {
		t.Error(s)
	}
	header := "id,version,what,name,address,children,interviews,episodes,last_named_at,merged,referrals"
	if s := d.ends(0, "intelligence", "--format", "csv"); !strings.HasPrefix(s.out, header) {
		t.Error(s)
	}
	if a := save("pat", "R1", `{"places":[{"name":"Stonebridge Arcade","address":"1 Quay St"}],"things":[{"kind":"Snapchat","name":"@k_99"}]}`); a["warnings"] != nil && text(a["warnings"]) != "[]" {
		t.Errorf("%v", a)
	}
	a := save("sam", "R2", `{"places":[{"name":"The arcade"}],"things":[{"kind":"snapchat","name":"K_99"}]}`)
	if w := text(a["warnings"]); lacks(w, "“K_99” was named by another child too: I1") != nil || strings.Contains(w, "K1") || strings.Contains(w, "rcade") {
		t.Errorf("%v", a)
	}
	rows := d.list("intelligence")
	for _, r := range rows {
		keeps(t, "intelligence", r, notedFields)
	}
	if len(rows) != 3 || text(rows[0]["id"]) != "N2" || text(rows[0]["children"]) != "2" || text(rows[0]["interviews"]) != "[I1 I2]" || text(rows[0]["episodes"]) != "[P1 P2]" ||
		rows[0]["what"] != "snapchat" || rows[0]["name"] != "@k_99" {
		t.Fatalf("%v", rows)
	}
	merge := `{"act":"intelligence.merge","keep":"N1","other":"N3","reason":"one door"}`
	d.as("pat").refused("forbidden", "", merge)
	d.as("dee").refused("conflict", "version", strings.Replace(merge, `"keep"`, `"version":9,"keep"`, 1))
	m := d.as("dee").did(strings.Replace(merge, `"keep"`, `"version":1,"keep"`, 1))
	if text(m["version"]) != "2" {
		t.Errorf("%v", m)
	}
	s := d.ends(0, "intelligence")
	if lacks(s.out, "NAME", "Stonebridge Arcade (also The arcade)", "1 Quay St", "I1, I2", "P1, P2") != nil || strings.Contains(s.out, "Ada") {
		t.Error(s)
	}
	if r := d.row("intelligence", "id", "N1"); text(r["merged"]) != "[N3]" || text(r["children"]) != "2" {
		t.Errorf("%v", r)
	}
	d.did(`{"act":"undo"}`)
	if rows := d.list("intelligence"); len(rows) != 3 || text(rows[1]["merged"])+text(rows[2]["merged"]) != "[][]" {
		t.Errorf("%v", rows)
	}
	if s := d.as("ada").ends(0, "audit", "list", "--format", "json"); strings.Count(s.out, "read the intelligence, ") != 6 {
		t.Error(s)
	}
	d.sound()
	d.db = d.path("none.db")
	d.ends(1, "intelligence")
}
