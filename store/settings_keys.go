package store

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"homeward/domain"
	"homeward/store/intake"
)

// settingKey is one key of the configuration: what stands where the file is silent, how it is read, and how it is shown. A
// nil initial is what the profile, the dashboard, or the zero value says.
type settingKey struct {
	name    string
	initial any
	set     func(c *Config, v any) error
	show    func(c *Config) string

	// Instead of these, of a list of entries and of a table whose names are not known beforehand:
	load func(l *loader, v any)
	each func(c *Config, add func(key, value, from string))

	atStart bool // a server reads it when it begins, and never again
}

// onlyAtStart marks a key that a server reads when it begins.
func onlyAtStart(k settingKey) settingKey {
	k.atStart = true
	return k
}

// NeedsRestart names the settings that other ones change and that a server follows only once it begins again.
func (c *Config) NeedsRestart(next *Config) []string {
	var out []string
	for _, k := range settingKeys() {
		if k.atStart && k.show(c) != k.show(next) {
			out = append(out, k.name)
		}
	}
	return out
}

// profileKey is read before all others: what [policy] says is said on top of it.
const profileKey = "profile"

// usualProfile is in force where the file names none.
const usualProfile = "statutory"

// settingKeys is every key there is, in the order in which they are shown. A table is there by its keys.
func settingKeys() []settingKey {
	return slices.Concat([]settingKey{
		{profileKey, nil, nil, func(c *Config) string { return c.Settings.Profile }, (*loader).profile, nil, false},
		textSetting("team.name", "Missing children team", func(c *Config) *string { return &c.Settings.Team.Name }),
		textSetting("team.authority", "", func(c *Config) *string { return &c.Settings.Team.Authority }),
		valueSetting("team.aliases", []any{}, func(c *Config, v any) (err error) {
			if c.Settings.Team.Aliases, err = asWords(v); err == nil && slices.Contains(c.Settings.Team.Aliases, "") {
				err = errors.New("a name is empty: leave it out")
			}
			return err
		}, func(c *Config) string { return strings.Join(c.Settings.Team.Aliases, ", ") }),
		valueSetting("team.hours", "Mon-Fri 09:00-17:00", setHours, func(c *Config) string { return c.hours }),
		textSetting("team.police", "", func(c *Config) *string { return &c.Settings.Team.Police }),
		textSetting("team.partnership", "", func(c *Config) *string { return &c.Settings.Team.Partners }),
		textSetting("team.reach", "", func(c *Config) *string { return &c.Settings.Team.Reach }),
	}, policySettings(), []settingKey{
		nameSetting("category", domain.CategoryWords(), func(c *Config) *[]domain.SourceName { return &c.Settings.Categories }),
		nameSetting("risk", domain.RiskWords(), func(c *Config) *[]domain.SourceName { return &c.Settings.Risks }),
		nameSetting("status", domain.StatusWords(), func(c *Config) *[]domain.SourceName { return &c.Settings.Statuses }),
		listSetting("alert", alertKeys(), func(c *Config) *[]domain.AlertRule { return &c.Settings.Alerts }, wholeAlert,
			func(a domain.AlertRule) (string, string) { return a.Name, a.Said() }),
		listSetting("user", userKeys(), func(c *Config) *[]domain.User { return &c.Settings.Users }, wholeUser,
			func(u domain.User) (string, string) { return u.Login, userText(u) }),

		onlyAtStart(pathSetting("store.database", func(c *Config) *string { return &c.Store.Database })),
		valueSetting("store.warn_backup_after", "1d", setWarnBackup, func(c *Config) string {
			if c.Settings.WarnBackup == (domain.Span{}) {
				return ""
			}
			return c.Settings.WarnBackup.String()
		}),
		pathSetting("store.backup_to", func(c *Config) *string { return &c.Store.BackupTo }),
		spanSetting("store.backup_every", "1d", func(c *Config) *domain.Span { return &c.Store.BackupEvery }),
		valueSetting("store.backup_keep", "14d 8w 12m", setBackupKeep, func(c *Config) string { return c.Store.BackupKeep.String() }),
		onlyAtStart(pathSetting("store.key_file", func(c *Config) *string { return &c.Store.KeyFile })),
		onlyAtStart(valueSetting("store.encryption", "on", setEncryption, func(c *Config) string {
			if c.Store.Plain {
				return "off"
			}
			return "on"
		})),

		onlyAtStart(valueSetting("serve.listen", "127.0.0.1:2222", setListen, func(c *Config) string { return c.Serve.Listen })),
		onlyAtStart(pathSetting("serve.host_key", func(c *Config) *string { return &c.Serve.HostKey })),
		numberSetting("serve.sessions", 200, 1, 10000, func(c *Config) *int { return &c.Serve.Sessions }),
		numberSetting("serve.sessions_per_person", 100, 1, 10000, func(c *Config) *int { return &c.Serve.SessionsPerPerson }),
		numberSetting("serve.cells_per_person", 500_000, 10_000, 1_000_000_000, func(c *Config) *int { return &c.Serve.CellsPerPerson }),
		numberSetting("serve.connections_per_minute", 300, 1, 1000000, func(c *Config) *int { return &c.Serve.ConnectionsPerMinute }),
		durationSetting("serve.login_within", "10s", time.Second, 10*time.Minute, func(c *Config) *time.Duration { return &c.Serve.LoginWithin }),
		numberSetting("serve.tries", 3, 1, 100, func(c *Config) *int { return &c.Serve.Tries }),
		numberSetting("serve.width", 500, 80, 2000, func(c *Config) *int { return &c.Serve.Width }),
		numberSetting("serve.height", 200, 24, 1000, func(c *Config) *int { return &c.Serve.Height }),
		durationSetting("serve.write_within", "20s", time.Second, 10*time.Minute, func(c *Config) *time.Duration { return &c.Serve.WriteWithin }),
		valueSetting("serve.not_passed_on", []any{}, setCommand, func(c *Config) string { return strings.Join(c.Serve.NotPassedOn, " ") }),

		pathSetting("intake.folder", func(c *Config) *string { return &c.Intake.Folder }),

		valueSetting("intake.blank_words", blankWords(), func(c *Config, v any) (err error) {
			if c.Intake.BlankWords, err = asWords(v); err == nil && slices.Contains(c.Intake.BlankWords, "") {
				err = errors.New("a word is empty: what is empty is blank already")
			}
			return err
		}, func(c *Config) string { return strings.Join(c.Intake.BlankWords, ", ") }),

		wordsSetting("privacy.mask", func(c *Config) *[]string { return &c.Privacy.Mask }, roleWords()...),

		pathSetting("papers.letter_child", func(c *Config) *string { return &c.Papers.LetterChild }),
		pathSetting("papers.letter_carer", func(c *Config) *string { return &c.Papers.LetterCarer }),

		valueSetting("theme.name", nil, setTheme, func(c *Config) string { return c.Theme.Name }),
		truthSetting("theme.ascii", false, func(c *Config) *bool { return &c.Theme.ASCII }),
		truthSetting("theme.bell", false, func(c *Config) *bool { return &c.Theme.Bell }),
		truthSetting("theme.mouse", false, func(c *Config) *bool { return &c.Theme.Mouse }),

		idleSetting("privacy.lock_after", "15m", func(c *Config) *time.Duration { return &c.Privacy.LockAfter }),
		idleSetting("privacy.end_after", "8h", func(c *Config) *time.Duration { return &c.Privacy.EndAfter }),

		{"intake.map", nil, nil, nil, (*loader).maps, eachMap, false},
		{"keys", nil, nil, nil, (*loader).keys, eachKey, false},
	})
}

// blankWords are those of always, as the file would have them.
func blankWords() []any {
	var out []any
	for _, w := range intake.DefaultBlankWords() {
		out = append(out, w)
	}
	return out
}

// roleWords are the roles as the file names them.
func roleWords() []string {
	var out []string
	for _, r := range domain.Roles() {
		out = append(out, string(r))
	}
	return out
}

// setTheme takes what the dashboard, whose themes they are, says that it knows.
func setTheme(c *Config, v any) error {
	s, err := asText(v)
	if err == nil {
		err = oneOf(s, c.themes)
	}
	if err == nil {
		c.Theme.Name = s
	}
	return err
}

func setHours(c *Config, v any) error {
	s, err := asText(v)
	if err != nil {
		return err
	}
	var h domain.Hours7
	if s != "" {
		if h, err = domain.ParseHours(s); err != nil {
			return err
		}
	}
	c.Settings.Team.Hours, c.hours = h, s
	return nil
}

// setWarnBackup takes "" for never.
func setWarnBackup(c *Config, v any) error {
	s, err := asText(v)
	if err != nil {
		return err
	}
	c.Settings.WarnBackup = domain.Span{}
	if s != "" {
		c.Settings.WarnBackup, err = domain.ParseSpan(s)
	}
	return err
}

func setListen(c *Config, v any) error {
	s, err := asText(v)
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(s)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf(`%q is not an address and a port, like "127.0.0.1:2222"`, s)
	}
	c.Serve.Listen = s
	return nil
}

// leastIdle is the shortest time without a key that a setting may name: less would be gone while somebody reads.
const leastIdle = time.Minute

// idleSetting is how long nobody may touch a key: "15m", "8h"; "" and "0" are never.
func idleSetting(name, initial string, at func(*Config) *time.Duration) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		s, err := asText(v)
		if err != nil {
			return errors.New(`is to be a length of time in quotes, like "15m" or "8h"; "" is never`)
		}
		if s == "" || s == "0" {
			*at(c) = 0
			return nil
		}
		d, err := time.ParseDuration(s)
		switch {
		case err != nil:
			return fmt.Errorf(`%q is no length of time like "15m" or "8h"; "" is never`, s)
		case d < leastIdle:
			return fmt.Errorf(`%q is too short: at least %s; "" is never`, s, briefly(leastIdle))
		}
		*at(c) = d
		return nil
	}, func(c *Config) string {
		if *at(c) == 0 {
			return ""
		}
		return briefly(*at(c))
	})
}

func setEncryption(c *Config, v any) error {
	word, ok := v.(string)
	if !ok || word != "on" && word != "off" {
		return errors.New(`must be "on" or "off"`)
	}
	c.Store.Plain = word == "off"
	return nil
}
