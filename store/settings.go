package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"homeward/domain"
	"homeward/store/intake"
)

// Config is the configuration file as it is in force: what it says, and the defaults for what it does not say.
type Config struct {
	// Path of the file; "" where there is none and everything is a default.
	Path     string
	Settings domain.Settings
	Store    StoreConfig
	Serve    ServeConfig
	Intake   IntakeConfig
	Papers   PapersConfig
	Theme    ThemeConfig
	Privacy  PrivacyConfig
	// Keys are the keys of actions, by the action's name; the dashboard knows the names and checks them.
	Keys map[string][]string

	themes  []string          // the words that theme.name takes
	hours   string            // as written
	keyOf   map[string]string // the login of a public key, as it goes over the wire
	origins map[string]string // where a setting came from
}

// StoreConfig is [store].
type StoreConfig struct {
	Database string // path; "" for [DefaultDatabasePath]
	// BackupTo is the folder a server keeps backups in, "" for none; BackupEvery how often, BackupKeep which of the older ones stay.
	BackupTo    string
	BackupEvery domain.Span
	BackupKeep  BackupKeep
	KeyFile     string // path of the key file of an encrypted database; "" for none
	// Plain says that a database that is not encrypted may be served beyond this machine.
	Plain bool
}

// ServeConfig is [serve].
type ServeConfig struct {
	Listen               string // address and port
	HostKey              string // path; "" for the database's name with .hostkey
	Sessions             int
	SessionsPerPerson    int
	CellsPerPerson       int // of their windows together
	ConnectionsPerMinute int // from one address
	LoginWithin          time.Duration
	Tries                int // keys a connection may offer
	Width, Height        int // of a window, at most
	WriteWithin          time.Duration
	NotPassedOn          []string // a command for what is urgent and late: its path and arguments; nil: none
}

// IntakeConfig is [intake].
type IntakeConfig struct {
	Folder     string   // "" for none
	BlankWords []string // words that mean blank in a file of referrals
	Maps       map[string]intake.Map
}

// PapersConfig is [papers]: paths of the templates of letters, "" for those that come with the program.
type PapersConfig struct {
	LetterChild string
	LetterCarer string
}

// ThemeConfig is [theme].
type ThemeConfig struct {
	Name  string // one of the words that were given to [LoadConfig]
	ASCII bool
	Bell  bool // rings with what must not wait
	Mouse bool
}

// PrivacyConfig is [privacy].
type PrivacyConfig struct {
	Mask      []string      // the roles whose dashboard begins with names masked
	LockAfter time.Duration // without a key the dashboard is locked after so long; 0 is never
	EndAfter  time.Duration // and ends after so long; 0 is never
}

// ConfigError is one thing wrong with the configuration: where, and what to do.
type ConfigError struct {
	File   string
	Line   int    // 0 where no line can be named
	Key    string // "policy.cluster_min"
	Reason string
}

// Error names file, line and key.
func (e *ConfigError) Error() string {
	place := e.File
	if e.Line > 0 {
		place += fmt.Sprintf(":%d", e.Line)
	}
	if e.Key != "" {
		place += ": " + e.Key
	}
	return place + ": " + e.Reason
}

// ConfigErrors are all that is wrong, in the order of the file.
type ConfigErrors []*ConfigError

// Error gives each on a line of its own.
func (e ConfigErrors) Error() string { return strings.Join(e.Faults(), "\n") }

// Faults are the same, one by one.
func (e ConfigErrors) Faults() []string {
	out := make([]string, len(e))
	for i, f := range e {
		out[i] = f.Error()
	}
	return out
}

// LoadConfig reads a configuration file. Where explicit is false an absent file is no error: the defaults are in force.
// What is wrong with the file is told all at once, as [ConfigErrors]. themes are the words for a theme of the dashboard, the
// default first: the dashboard knows them, the store only keeps which it is.
func LoadConfig(path string, explicit bool, themes []string) (*Config, error) {
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && explicit:
		return nil, fmt.Errorf("there is no configuration file %s", path)
	case errors.Is(err, fs.ErrNotExist):
		return parseConfig("", "", themes)
	case err != nil:
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return parseConfig(path, string(b), themes)
}

// DefaultConfig is the configuration where there is no file.
func DefaultConfig() *Config {
	c, err := parseConfig("", "", nil)
	if err != nil {
		panic("the defaults are no configuration: " + err.Error()) // a test loads them
	}
	return c
}

// DefaultConfigPath is $XDG_CONFIG_HOME/homeward/config.toml, or that below ~/.config.
func DefaultConfigPath() (string, error) {
	return xdgPath("XDG_CONFIG_HOME", ".config", "config.toml")
}

// DefaultDatabasePath is $XDG_DATA_HOME/homeward/homeward.db, or that below ~/.local/share.
func DefaultDatabasePath() (string, error) {
	return xdgPath("XDG_DATA_HOME", filepath.Join(".local", "share"), "homeward.db")
}

// xdgPath follows the base directory specification: the variable counts only where it is absolute.
func xdgPath(variable, below, name string) (string, error) {
	base := os.Getenv(variable)
	if !filepath.IsAbs(base) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("neither %s nor a home folder is known: %w", variable, err)
		}
		base = filepath.Join(home, below)
	}
	return filepath.Join(base, "homeward", name), nil
}

// parseConfig reads the text of a file; path "" is no file at all.
func parseConfig(path, text string, themes []string) (*Config, error) {
	l := &loader{file: filepath.Base(path), c: &Config{Path: path, themes: themes, origins: map[string]string{}}}
	if len(themes) > 0 {
		l.c.Theme.Name = themes[0]
	}
	raw := map[string]any{}
	if _, err := toml.Decode(text, &raw); err != nil {
		var at toml.ParseError
		if errors.As(err, &at) {
			return nil, ConfigErrors{{File: l.file, Line: at.Position.Line, Reason: at.Message}}
		}
		return nil, ConfigErrors{{File: l.file, Reason: err.Error()}}
	}
	l.lines = tomlLines(text)
	l.load(raw)
	if len(l.errs) > 0 {
		l.inOrder()
		return nil, l.errs
	}
	return l.c, nil
}
