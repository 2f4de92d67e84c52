package store

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// parsed reads a file for a dashboard of three themes.
func parsed(path, text string) (*Config, error) {
	return parseConfig(path, text, []string{"auto", "dark", "light"})
}

func config(t *testing.T, text string) *Config {
	t.Helper()
	c, err := parsed("config.toml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return c
}

// example is the shipped file, and the same with every setting taken out of its comment.
func example(t *testing.T) (asShipped, uncommented string) {
	t.Helper()
	b, err := os.ReadFile("../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b), regexp.MustCompile(`(?m)^#([a-z"\[])`).ReplaceAllString(string(b), "$1")
}

func TestExampleAsShippedIsTheDefaults(t *testing.T) {
	shipped, all := example(t)
	got, want := config(t, shipped), config(t, "")
	if !reflect.DeepEqual(got.Settings, want.Settings) || got.Store != want.Store || !reflect.DeepEqual(got.Serve, want.Serve) || got.Theme != want.Theme ||
		got.Intake.Folder != "" || len(got.Intake.Maps)+len(got.Keys) != 0 {
		t.Errorf("the example as shipped is not the defaults:\n%+v\n%+v", got, want)
	}
	// Every key uncommented is the default as well, but for the lists, which are examples.
	full := config(t, all)
	def := map[string]string{}
	for _, s := range want.Show() {
		def[s.Key] = s.Value
	}
	for _, s := range full.Show() {
		if table, _, _ := strings.Cut(s.Key, "."); slices.Contains([]string{"category", "risk", "status", "user", "alert", "keys"}, table) || strings.HasPrefix(s.Key, "intake.map") {
			continue
		}
		if def[s.Key] != s.Value && s.Key != "store.database" && s.Key != "serve.host_key" && s.Key != "intake.folder" {
			t.Errorf("%s: the example says %q, the default is %q", s.Key, s.Value, def[s.Key])
		}
	}
	if full.Settings.Policy.Source != want.Settings.Policy.Source {
		t.Errorf("settings at their defaults are no team settings: %q", full.Settings.Policy.Source)
	}
	for i, a := range ShippedAlerts() {
		if full.Settings.Alerts[i] != a {
			t.Errorf("alert %d: the example says %+v, shipped is %+v", i, full.Settings.Alerts[i], a)
		}
	}
}

func TestExampleNamesEveryKeyAndNoOther(t *testing.T) {
	_, all := example(t)
	named := map[string]bool{}
	number := regexp.MustCompile(`\[\d+\]`)
	for path := range tomlLines(all) {
		named[number.ReplaceAllString(path, "")] = true
	}
	known := map[string]bool{}
	for _, k := range settingKeys() {
		if k.each == nil { // a name that the file itself gives is looked for as a table
			known[k.name] = true
		}
	}
	for _, k := range userKeys() {
		known["user."+k.name] = true
	}
	for _, k := range alertKeys() {
		known["alert."+k.name] = true
	}
	for _, k := range sourceNameKeys(nil) {
		known["category."+k.name], known["risk."+k.name], known["status."+k.name] = true, true, true
	}
	for k := range known {
		if !named[k] {
			t.Errorf("config.example.toml does not name %s", k)
		}
	}
	tables := append(tableNames(), "intake.map.example")
	for n := range named {
		if !known[n] && !slices.Contains(tables, n) && !strings.HasPrefix(n, "intake.map.example.") && !strings.HasPrefix(n, "keys.") {
			t.Errorf("config.example.toml names %s, which nothing reads", n)
		}
	}
	for _, n := range tables {
		if !named[n] {
			t.Errorf("config.example.toml has no [%s]", n)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown key", "[policy]\n\nclutser_min = 3\n", "config.toml:3: policy.clutser_min: there is no such key; the nearest is policy.cluster_min"},
		{"unknown table", "[polcy]\ncluster_min = 3\n", "config.toml:1: polcy: there is no such key; the nearest is policy"},
		{"key outside its table", "cluster_min = 3\n", "policy.cluster_min is one: it belongs in [policy]"},
		{"key in another table", "[team]\nlisten = \"a:1\"\n", "config.toml:2: team.listen: there is no such key; serve.listen is one: it belongs in [serve]"},
		{"profile", "profile = \"newhan\"\n", `config.toml:1: profile: there is no profile "newhan"`},
		{"profile names nearest", "profile = \"newhan\"\n", `the nearest is "newham"`},
		{"span", "[policy]\ncontact_within = \"1 day\"\n", `config.toml:2: policy.contact_within: "1 day" is not a length of time like 72h or 7d`},
		{"span zero", "[policy]\ncontact_within = \"0h\"\n", "is not a length of time"},
		{"span as number", "[policy]\ncontact_within = 24\n", "in quotes"},
		{"enum", "[policy]\ninterview_clock = \"back\"\n", `"back" is none of returned, found, notified`},
		{"age", "[policy]\nage_floor = -1\n", "-1 is not between 0 and 18"},
		{"cluster of one", "[policy]\ncluster_min = 1\n", "1 is not between 2 and 50"},
		{"sign off", "[policy]\nsign_off = [\"unable\", \"late\"]\n", `"late" is none of not_required, unable, declined`},
		{"usual word first", "[policy]\nout_of_area_to = \"us\"\n", `"us" is none of social_worker, team, other_authority, trusted_adult`},
		{"truth", "[policy]\nclusters = \"yes\"\n", "true or false, without quotes"},
		{"hours", "[team]\nhours = \"9 to 5\"\n", "config.toml:2: team.hours:"},
		{"login", "[[user]]\nlogin = \"Dee O\"\nrole = \"coordinator\"\n", "config.toml:2: user[0].login: \"Dee O\": a login is of a-z, 0-9"},
		{"no login", "[[user]]\nrole = \"auditor\"\n", "config.toml:1: user[0]: login is required"},
		{"role", "[[user]]\nlogin = \"dee\"\nrole = \"boss\"\n", `"boss" is none of coordinator, practitioner, supervisor, auditor`},
		{"no role", "[[user]]\nlogin = \"dee\"\n", "role is required"},
		{"login twice", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\n[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\n", `config.toml:5: user[1].login: "dee" is there twice`},
		{"days", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\ndays = \"weekdays\"\n", `config.toml:4: user[0].days: "weekdays" is not like "Mon-Fri 09:00-17:00"`},
		{"last day", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\nuntil = \"31/03/2027\"\n", `config.toml:4: user[0].until: "31/03/2027" is no day like "2027-03-31"`},
		{"a last day there is not", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\nuntil = \"2027-02-30\"\n", `config.toml:4: user[0].until: "2027-02-30" is no day`},
		{"an empty last day", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\nuntil = \"\"\n", `config.toml:4: user[0].until: "" is no day`},
		{"last day without quotes", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\nuntil = 2027-03-31\n", `config.toml:4: user[0].until: is to be a day in quotes`},
		{"capacity", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\ncapacity = 0\n", `config.toml:4: user[0].capacity: `},
		{"account twice", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\n[[user]]\nlogin = \"kim\"\nos_user = \"dee\"\nrole = \"auditor\"\n",
			`config.toml:6: user[1].os_user: the account "dee" belongs to dee already`},
		{"empty key", "[[user]]\nlogin = \"dee\"\nrole = \"auditor\"\nkeys = [\"\"]\n", "config.toml:4: user[0].keys: a key is empty"},
		{"user key", "[[user]]\nlogn = \"dee\"\n", "config.toml:2: user[0].logn: there is no such key; the nearest is login"},
		{"user as table", "[user]\nlogin = \"dee\"\n", "config.toml:1: user: is a list: write [[user]] with two brackets"},
		{"alert of nothing", "[[alert]]\nname = \"a\"\nflag = \"harm\"\n", "neither count and days nor missing_for"},
		{"alert half", "[[alert]]\nname = \"a\"\ncount = 3\n", "count and days belong together"},
		{"alert both", "[[alert]]\nname = \"a\"\ncount = 3\ndays = 3\nmissing_for = \"24h\"\n", "both count and missing_for"},
		{"alert flag", "[[alert]]\nname = \"a\"\ncount = 3\ndays = 3\nflag = \"tall\"\n", `"tall" is none of harm`},
		{"alert category", "[[alert]]\nname = \"a\"\ncount = 3\ndays = 3\ncategory = \"runaway\"\n", `"runaway" is none of missing`},
		{"category day", "[[category]]\nname = \"x\"\ncounts_as = \"absent\"\nfrom = \"1 May\"\n", `"1 May" is not a day like 2026-04-01`},
		{"category backwards", "[[category]]\nname = \"x\"\ncounts_as = \"absent\"\nfrom = \"2026-05-01\"\nuntil = \"2026-04-01\"\n", "is before from"},
		{"category built in", "[[category]]\nname = \"Missing\"\ncounts_as = \"absent\"\n", "is there already"},
		{"backup", "[store]\nwarn_backup_after = \"often\"\n", "is not a length of time"},
		{"listen", "[serve]\nlisten = \"2222\"\n", "is not an address and a port"},
		{"sessions", "[serve]\nsessions = 0\n", "0 is not between 1 and 10000"},
		{"theme", "[theme]\nname = \"pink\"\n", `config.toml:2: theme.name: "pink" is none of auto, dark, light`},
		{"mouse", "[theme]\nmouse = 1\n", "config.toml:2: theme.mouse: is to be true or false, without quotes"},
		{"lock as number", "[privacy]\nlock_after = 15\n", `config.toml:2: privacy.lock_after: is to be a length of time in quotes`},
		{"lock too short", "[privacy]\nlock_after = \"20s\"\n", `"20s" is too short: at least 1m`},
		{"lock in days", "[privacy]\nend_after = \"1d\"\n", `"1d" is no length of time like "15m"`},
		{"lock backwards", "[privacy]\nend_after = \"-8h\"\n", "is too short"},
		{"privacy key", "[privacy]\nlock_aftr = \"5m\"\n", "the nearest is privacy.lock_after"},
		{"map column", "[intake.map.niche]\npolice_rf = \"No\"\n", "config.toml:2: intake.map.niche.police_rf: there is no such column; the nearest is police_ref"},
		{"map layout", "[intake.map.niche]\ndates = [\"dd/mm hh:mm\"]\n", "needs day, month and year"},
		{"map header twice", "[intake.map.niche]\npolice_ref = [\"No\", \"no\"]\n", "the header \"no\" stands in it twice"},
		{"risk name", "[[risk]]\nname = \"No apparent risk\"\n", "counts_as is required: high, medium, low, very_low or none"},
		{"risk counts as", "[[risk]]\nname = \"4\"\ncounts_as = \"huge\"\n", `"huge" is none of high, medium, low, very_low, none`},
		{"risk ours", "[[risk]]\nname = \"Medium Risk\"\ncounts_as = \"low\"\n", `"Medium Risk" is there already`},
		{"status twice", "[[status]]\nname = \"CIN\"\ncounts_as = \"in_need\"\n[[status]]\nname = \"c-i-n\"\ncounts_as = \"early_help\"\n", `"c-i-n" means something on the same days already`},
		{"blank word", "[intake]\nblank_words = [\"NULL\", \"\"]\n", "a word is empty"},
		{"syntax", "[team]\nname = \n", "config.toml:2:"},
		{"control", "[team]\nname = \"a\\u001bb\"\n", "holds a control character"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parsed("/etc/homeward/config.toml", tt.text)
			var all ConfigErrors
			if !errors.As(err, &all) {
				t.Fatalf("got %v, want ConfigErrors", err)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestAllFaultsAtOnceInOrder(t *testing.T) {
	_, err := parsed("config.toml", "[theme]\nname = \"pink\"\n[team]\nhours = \"x\"\n[policy]\ncluster_min = 0\nfoo = 1\n")
	var all ConfigErrors
	if !errors.As(err, &all) || len(all) != 4 {
		t.Fatalf("got %v", err)
	}
	for i, line := range []int{2, 4, 6, 7} {
		if all[i].Line != line {
			t.Errorf("fault %d at line %d, want %d: %v", i, all[i].Line, line, all[i])
		}
	}
}

func TestOriginsAndSource(t *testing.T) {
	c := config(t, "profile = \"west_sussex\"\n[policy]\nage_floor = 12\n[team]\nauthority = \"West Sussex\"\n")
	want := map[string][2]string{
		"profile":                {"west_sussex", "config.toml:1"},
		"policy.age_floor":       {"12", "config.toml:3"},
		"policy.interview_clock": {"notified", "profile west_sussex"},
		"team.authority":         {"West Sussex", "config.toml:5"},
		"serve.sessions":         {"200", "default"},
		"alert.3_in_30_days":     {"3 in 30 days", "default"},
	}
	for _, s := range c.Show() {
		if w, ok := want[s.Key]; ok {
			delete(want, s.Key)
			if s.Value != w[0] || s.Origin != w[1] {
				t.Errorf("%s = %q from %q, want %v", s.Key, s.Value, s.Origin, w)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not shown: %v", want)
	}
	if got := c.Settings.Policy.Source; got != "West Sussex 2020 with team settings" {
		t.Errorf("source %q", got)
	}
	if got := config(t, "[policy]\nage_floor = 0\n").Settings.Policy.Source; strings.Contains(got, "team settings") {
		t.Errorf("a key set to what the profile says is no team setting: %q", got)
	}
}

func TestWarnBackupAfter(t *testing.T) {
	for text, want := range map[string]domain.Span{"": domain.Days(1), "[store]\nwarn_backup_after = \"\"\n": {}, "[store]\nwarn_backup_after = \"8h\"\n": domain.Hours(8)} {
		if got := config(t, text).Settings.WarnBackup; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestEveryProfileLoads(t *testing.T) {
	for _, name := range domain.Profiles() {
		want, _ := domain.Profile(name)
		if got := config(t, "profile = \""+name+"\"\n").Settings.Policy; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestListsAndKeys(t *testing.T) {
	c := config(t, `
[keys]
"list.down" = ["n"]
app.quit = "ctrl+x"
app.help = []
[[user]]
login = "dee"
name = "Dee Osei"
role = "coordinator"
days = "Mon-Thu 09:00-15:00, Fri 10:00-18:00"
capacity = 2
keys = [ # two machines
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMy79swYdGSLxlAWQ5DofkyesOezPIpc42ZSb3iRP/ep desk",
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAp8zfpJxUNKcRqzCAHVMERqDRAKVGk2ZaBROjIFd93q phone",
]
[[category]]
name = "No apparent risk"
counts_as = "absent"
until = "2026-12-31"
[[alert]]
name = "often"
count = 2
days = 7
category = "no apparent risk"
[intake.map.niche]
dates = "dd.mm.yyyy hh:mm"
missing_at = ["Date", "Time"]
`)
	if got := c.Keys; !reflect.DeepEqual(got, map[string][]string{"list.down": {"n"}, "app.quit": {"ctrl+x"}, "app.help": {}}) {
		t.Errorf("keys %v", got)
	}
	u := c.Settings.Users[0]
	days, _ := domain.ParseHours("Mon-Thu 09:00-15:00, Fri 10:00-18:00")
	if u.Role != domain.Coordinator || len(u.Keys) != 2 || u.OSUser != "" || u.Days != days || u.Capacity != 2 {
		t.Errorf("user %+v", u)
	}
	if c.Settings.CountsAs("no apparent risk") != "absent" || len(c.Settings.Alerts) != 1 {
		t.Errorf("%+v", c.Settings)
	}
	m := c.Intake.Maps["niche"]
	if !slices.Equal(m.Columns[domain.ColMissingAt], []string{"Date", "Time"}) || len(m.Layouts) != 1 {
		t.Errorf("map %+v", m)
	}
}

func TestPaths(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", "/cfg")
	t.Setenv("XDG_DATA_HOME", "relative/is/ignored")
	t.Setenv("HOME", "/home/dee")
	if p, err := DefaultConfigPath(); err != nil || p != "/cfg/homeward/config.toml" {
		t.Error(p, err)
	}
	if p, err := DefaultDatabasePath(); err != nil || p != "/home/dee/.local/share/homeward/homeward.db" {
		t.Error(p, err)
	}
	c, err := parsed("/cfg/homeward/config.toml", "[intake]\nfolder = \"~/night\"\n[store]\ndatabase = \"here.db\"\n")
	if err != nil || c.Intake.Folder != "/home/dee/night" || c.Store.Database != "/cfg/homeward/here.db" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestAbsentFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if c, err := LoadConfig(path, false, nil); err != nil || c.Path != "" || c.Settings.Profile != "statutory" {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := LoadConfig(path, true, nil); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("an explicitly named file that is not there: %v", err)
	}
}

func FuzzConfig(f *testing.F) {
	b, err := os.ReadFile("../config.example.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(b))
	f.Add("[a\n")
	f.Add("[\"")
	f.Add("a = \"\"\"\n[x]\n\"\"\"\n[[b]]\nc = [1, '[', # ]\n]\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parsed("config.toml", text)
		if err == nil {
			c.Show()
		}
		tomlLines(text)
	})
}

// How long nobody may touch a key: a time, or never.
func TestIdleTimes(t *testing.T) {
	for _, x := range []struct {
		text      string
		lock, end time.Duration
		shown     string
	}{
		{"", 15 * time.Minute, 8 * time.Hour, "15m"},
		{"[privacy]\nlock_after = \"10m\"\nend_after = \"90m\"\n", 10 * time.Minute, 90 * time.Minute, "10m"},
		{"[privacy]\nlock_after = \"\"\nend_after = \"0\"\n", 0, 0, ""},
		{"[privacy]\nlock_after = \"1h\"\n", time.Hour, 8 * time.Hour, "1h"},
		{"[privacy]\nlock_after = \"1m30s\"\n", 90 * time.Second, 8 * time.Hour, "1m30s"},
	} {
		c, err := parsed("/x/config.toml", x.text)
		if err != nil {
			t.Fatal(err)
		}
		if c.Privacy.LockAfter != x.lock || c.Privacy.EndAfter != x.end {
			t.Errorf("%q: %v %v", x.text, c.Privacy.LockAfter, c.Privacy.EndAfter)
		}
		for _, s := range c.Show() {
			if s.Key == "privacy.lock_after" && s.Value != x.shown {
				t.Errorf("%q is shown as %q", x.text, s.Value)
			}
		}
	}
}

// Every key has one row, with all that belongs to its sort: one value is set and shown; a list, or a table of free names, is
// loaded and shown piece by piece. Its name is a word, or a table's and a word.
func TestSettingTable(t *testing.T) {
	rows := map[string]bool{}
	for _, k := range settingKeys() {
		if rows[k.name] {
			t.Errorf("%s has two rows", k.name)
		}
		rows[k.name] = true
		if !regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)?$`).MatchString(k.name) {
			t.Errorf("%q is no name of a key", k.name)
		}
		value := k.set != nil && k.show != nil && k.load == nil && k.each == nil
		many := k.set == nil && k.show == nil && k.load != nil && k.each != nil && k.initial == nil
		if !value && !many && k.name != profileKey {
			t.Errorf("%s: its row has a hole: set %v, show %v, load %v, each %v", k.name, k.set != nil, k.show != nil, k.load != nil, k.each != nil)
		}
	}
	for _, name := range tableNames() {
		if strings.Contains(name, ".") || rows[name] && !slices.ContainsFunc(settingKeys(), func(k settingKey) bool { return k.name == name && k.each != nil }) {
			t.Errorf("%s is a table and a value", name)
		}
	}
}
