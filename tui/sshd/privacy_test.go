package sshd_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whose role is masked begins so, by whatever door they come; m shows the names. The others are not.
func TestMaskedByRole(t *testing.T) {
	t.Parallel()
	h := open(t, "[privacy]", `mask = ["auditor", "coordinator"]`)
	var rows []struct {
		Name string `json:"child_name"`
	}
	if err := json.Unmarshal([]byte(h.ran(h.ssh("sam", "queue", "--format", "json"), "").out), &rows); err != nil || len(rows) == 0 {
		t.Fatal(err, rows)
	}
	names := func(text string) bool {
		for _, r := range rows {
			if _, family, _ := strings.Cut(r.Name, " "); strings.Contains(text, family) {
				return true
			}
		}
		return false
	}
	for _, login := range []string{"ada", "tom", "sam"} {
		d := h.views(login, 120, 40)
		d.Sees("[")
		d.Keys("1")
		d.Sees("[1 Queue]")
		if login == "sam" {
			h.until("sam reads names", func() bool { return names(d.Text()) })
			continue
		}
		h.until("the rows are there, by reference", func() bool { return strings.Contains(d.Text(), " K10") })
		if names(d.Text()) {
			t.Errorf("%s reads\n%s", login, d.Text())
		}
		if login == "tom" {
			d.Keys("m")
			h.until("m shows the names", func() bool { return names(d.Text()) })
		}
	}
}

// The audit log and what leaves are the same people's over SSH and over the socket as on the machine.
func TestTheLogAndPapersByEveryRoute(t *testing.T) {
	t.Parallel()
	h := open(t)
	for login, may := range map[string]bool{"dee": false, "amira": false, "sam": true, "ada": true} {
		for _, args := range [][]string{{"audit", "list"}, {"audit", "list", "--child", "K1001", "--format", "json"}, {"audit", "show", "X1", "--format", "json"}} {
			s := h.ran(h.ssh(login, args...), "")
			if may != (s.status == 0) || !may && (s.out != "" || !strings.Contains(s.err, "supervisors and auditors")) {
				t.Errorf("%s, %v: %+v", login, args, s)
			}
		}
	}
	if s := h.ran(h.here("audit", "list"), ""); s.status != 1 || s.out != "" || !strings.Contains(s.err, "Dee is a coordinator") {
		t.Errorf("over the socket: %+v", s)
	}
	// A list opens nothing; what a line contains was read by Sam and by Ada, once each.
	if s := h.ran(h.ssh("sam", "audit", "list", "--act", "opened"), ""); strings.Count(s.out, "opened X1 of the log") != 2 || strings.Contains(s.out, "opened the record of") {
		t.Errorf("%+v", s)
	}
	rows := []struct{ Referral string }{}
	if err := json.Unmarshal([]byte(h.ran(h.ssh("sam", "queue", "--format", "json"), "").out), &rows); err != nil || len(rows) == 0 {
		t.Fatal(err, rows)
	}
	for _, args := range [][]string{{"form", rows[0].Referral, "--out", "-"}, {"letter", rows[0].Referral, "--out", "-"}, {"interview", rows[0].Referral, "--format", "md", "--audience", "social_worker", "--purpose", "x"}} {
		if s := h.ran(h.ssh("ada", args...), ""); s.status != 1 || s.out != "" || !strings.Contains(s.err, "an auditor may not") {
			t.Errorf("ada, %v: %+v", args, s)
		}
	}
}
