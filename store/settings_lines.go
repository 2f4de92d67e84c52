package store

import (
	"strconv"
	"strings"
)

// tomlLines finds the line on which each key and table of a TOML file stands, which its decoder does not tell: by dotted
// path, entries of an array of tables numbered from 0 ("user[1].login"). It trusts that the decoder accepts the file,
// and is only asked for a line to show.
func tomlLines(text string) map[string]int {
	out := map[string]int{}
	note := func(path string, line int) {
		if _, ok := out[path]; !ok {
			out[path] = line
		}
	}
	count := map[string]int{}
	prefix := ""
	s := tomlScan{text: text, line: 1}
	for s.skipBlank() {
		line := s.line
		switch {
		case strings.HasPrefix(s.rest(), "[["):
			s.at += 2
			name := s.key("]")
			prefix = name + "[" + strconv.Itoa(count[name]) + "]"
			count[name]++
			note(prefix, line)
			s.toLineEnd()
		case s.rest()[0] == '[':
			s.at++
			prefix = s.key("]")
			note(prefix, line)
			s.toLineEnd()
		default:
			k := s.key("=")
			if prefix != "" {
				k = prefix + "." + k
			}
			note(k, line)
			s.value()
		}
	}
	return out
}

// tomlScan walks over a file.
type tomlScan struct {
	text string
	at   int
	line int
}

func (s *tomlScan) rest() string { return s.text[s.at:] }

// skipBlank goes to the next key or table; false at the end.
func (s *tomlScan) skipBlank() bool {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case '\n':
			s.line++
			s.at++
		case ' ', '\t', '\r':
			s.at++
		case '#':
			s.toLineEnd()
		default:
			return true
		}
	}
	return false
}

func (s *tomlScan) toLineEnd() {
	if i := strings.IndexByte(s.rest(), '\n'); i >= 0 {
		s.at += i
		return
	}
	s.at = len(s.text)
}

// key reads a dotted key up to the sign that ends it, quotes and spaces taken off.
func (s *tomlScan) key(end string) string {
	var b strings.Builder
	for s.at < len(s.text) {
		c := s.text[s.at]
		s.at++
		switch {
		case c == '"' || c == '\'':
			n := strings.IndexByte(s.rest(), c)
			if n < 0 {
				s.at = len(s.text)
				return b.String()
			}
			b.WriteString(s.rest()[:n])
			s.at += n + 1
		case strings.IndexByte(end, c) >= 0 || c == '\n':
			return b.String()
		case c != ' ' && c != '\t':
			b.WriteByte(c)
		}
	}
	return b.String()
}

// value skips what stands behind a key, over lines where quotes or brackets span them.
func (s *tomlScan) value() {
	depth := 0
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch c {
		case '\n':
			if depth == 0 {
				return
			}
			s.line++
			s.at++
		case '#':
			s.toLineEnd()
		case '"', '\'':
			s.quoted(c)
		default:
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth--
			}
			s.at++
		}
	}
}

// quoted skips a string of any of the four kinds.
func (s *tomlScan) quoted(q byte) {
	end := string(q)
	if long := strings.Repeat(end, 3); strings.HasPrefix(s.rest(), long) {
		end = long
	}
	s.at += len(end)
	for s.at < len(s.text) {
		switch {
		case q == '"' && s.text[s.at] == '\\':
			s.at++
		case strings.HasPrefix(s.rest(), end):
			s.at += len(end)
			return
		}
		if s.at < len(s.text) {
			if s.text[s.at] == '\n' {
				s.line++
			}
			s.at++
		}
	}
}
