package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"homeward/domain"
)

// asText, asNumber, asTruth and asWords read a value of the file.
func asText(v any) (string, error) {
	s, ok := v.(string)
	switch {
	case !ok:
		return "", errors.New("is to be text in quotes")
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "", errors.New("holds a control character or a line break")
	}
	return strings.TrimSpace(s), nil
}

func asNumber(v any, low, high int) (int, error) {
	var n int
	switch v := v.(type) {
	case int64:
		n = int(v)
	case int:
		n = v
	default:
		return 0, errors.New("is to be a whole number")
	}
	if n < low || n > high {
		return 0, fmt.Errorf("%d is not between %d and %d", n, low, high)
	}
	return n, nil
}

func asTruth(v any) (bool, error) {
	b, ok := v.(bool)
	if !ok {
		return false, errors.New("is to be true or false, without quotes")
	}
	return b, nil
}

// asWords reads a list of text; one text alone is a list of one.
func asWords(v any) ([]string, error) {
	if s, ok := v.(string); ok {
		v = []any{s}
	}
	list, ok := v.([]any)
	if !ok {
		return nil, errors.New(`is to be a list of text: ["a", "b"]`)
	}
	out := make([]string, 0, len(list))
	for _, x := range list {
		s, err := asText(x)
		if err != nil {
			return nil, fmt.Errorf("each entry %w", err)
		}
		out = append(out, s)
	}
	return out, nil
}

func oneOf(s string, known []string) error {
	if slices.Contains(known, s) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(known, ", "))
}

// valueSetting is a key with one value.
func valueSetting(name string, initial any, set func(*Config, any) error, show func(*Config) string) settingKey {
	return settingKey{name: name, initial: initial, set: set, show: show}
}

func textSetting(name string, initial any, at func(*Config) *string) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) (err error) {
		s, err := asText(v)
		if err == nil {
			*at(c) = s
		}
		return err
	}, func(c *Config) string { return *at(c) })
}

func choiceSetting(name string, initial any, at func(*Config) *string, known ...string) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		s, err := asText(v)
		if err == nil {
			err = oneOf(s, known)
		}
		if err == nil {
			*at(c) = s
		}
		return err
	}, func(c *Config) string { return *at(c) })
}

func spanSetting(name string, initial any, at func(*Config) *domain.Span) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		s, err := asText(v)
		if err != nil {
			return errors.New(`is to be a length of time in quotes, like "72h" or "7d"`)
		}
		d, err := domain.ParseSpan(s)
		if err == nil {
			*at(c) = d
		}
		return err
	}, func(c *Config) string { return at(c).String() })
}

func numberSetting(name string, initial any, low, high int, at func(*Config) *int) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		n, err := asNumber(v, low, high)
		if err == nil {
			*at(c) = n
		}
		return err
	}, func(c *Config) string { return strconv.Itoa(*at(c)) })
}

// durationSetting is a length of time on the machine's clock, from seconds to hours: no limit of the work.
func durationSetting(name string, initial any, low, high time.Duration, at func(*Config) *time.Duration) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		s, err := asText(v)
		if err != nil {
			return errors.New(`is to be a length of time in quotes, like "30s" or "10m"`)
		}
		d, err := time.ParseDuration(s)
		if err != nil {
			return fmt.Errorf(`%q is not a length of time like "30s", "10m" or "8h"`, s)
		}
		if d < low || d > high {
			return fmt.Errorf("%q is not between %s and %s", s, briefly(low), briefly(high))
		}
		*at(c) = d
		return nil
	}, func(c *Config) string { return briefly(*at(c)) })
}

// briefly writes a length of time without the zeros at its end: 10m, 8h.
func briefly(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func truthSetting(name string, initial any, at func(*Config) *bool) settingKey {
	return valueSetting(name, initial, func(c *Config, v any) error {
		b, err := asTruth(v)
		if err == nil {
			*at(c) = b
		}
		return err
	}, func(c *Config) string { return strconv.FormatBool(*at(c)) })
}

func wordsSetting(name string, at func(*Config) *[]string, known ...string) settingKey {
	return valueSetting(name, nil, func(c *Config, v any) error {
		list, err := asWords(v)
		for _, w := range list {
			if err == nil {
				err = oneOf(w, known)
			}
		}
		if err == nil {
			*at(c) = list
		}
		return err
	}, func(c *Config) string { return strings.Join(*at(c), ", ") })
}

// pathSetting is a path: ~/ is the home folder, and what is not absolute is looked for beside the configuration file.
func pathSetting(name string, at func(*Config) *string) settingKey {
	return valueSetting(name, "", func(c *Config, v any) error {
		s, err := asText(v)
		if err != nil {
			return err
		}
		if below, ok := strings.CutPrefix(s, "~/"); ok {
			home, err := os.UserHomeDir()
			if err != nil {
				return fmt.Errorf("%q: the home folder is not known: write the whole path", s)
			}
			s = filepath.Join(home, below)
		}
		if s != "" && !filepath.IsAbs(s) {
			s = filepath.Join(filepath.Dir(c.Path), s)
		}
		*at(c) = s
		return nil
	}, func(c *Config) string { return *at(c) })
}
