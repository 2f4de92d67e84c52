// Package plain writes for people and scripts on standard output: tables, JSON and CSV. What the lists hold stands in tui/lists.
package plain

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"homeward/domain"
	"homeward/domain/safe"
)

// Field is one named value of a row. Values are string, bool, int, uint64, time.Duration (printed as seconds, so the name
// ends in _s), domain.Moment, domain.Date, domain.ID, []string, map[string]string, or a nested Row or []Row.
type Field struct {
	Name  string
	Value any
}

// Row is one object of a list, its fields in the order in which they are printed.
type Row []Field

// JSON writes rows as an array of objects, by INTERFACES' rules: RFC 3339 in Europe/London, absent is null, the names of
// date-only times in date_only.
func JSON(w io.Writer, rows []Row) error {
	b := make([]byte, 0, 64<<10)
	b = append(b, '[')
	for i, r := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		b = r.append(b)
		if len(b) > 60<<10 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	if len(rows) > 0 {
		b = append(b, '\n')
	}
	_, err := w.Write(append(b, ']', '\n'))
	return err
}

// Object writes one row as an object.
func Object(w io.Writer, r Row) error {
	_, err := w.Write(append(r.append(nil), '\n'))
	return err
}

func (r Row) append(b []byte) []byte {
	b = append(b, '{')
	var dateOnly []string
	dated := false
	for i, f := range r {
		if i > 0 {
			b = append(b, ',')
		}
		b = safe.AppendJSON(b, f.Name)
		b = append(b, ':')
		if m, ok := f.Value.(domain.Moment); ok {
			dated = true
			if m.DateOnly() {
				dateOnly = append(dateOnly, f.Name)
			}
		}
		b = appendValue(b, f.Value)
	}
	if dated {
		b = append(b, `,"date_only":`...)
		b = appendValue(b, dateOnly)
	}
	return append(b, '}')
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		if v == "" {
			return append(b, "null"...)
		}
		return safe.AppendJSON(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case uint64:
		return strconv.AppendUint(b, v, 10)
	case time.Duration:
		return strconv.AppendInt(b, int64(v/time.Second), 10)
	case domain.Moment:
		if v.IsZero() {
			return append(b, "null"...)
		}
		b = append(b, '"')
		b = v.Local().AppendFormat(b, time.RFC3339)
		return append(b, '"')
	case domain.Date:
		return appendValue(b, v.String())
	case domain.ID:
		return appendValue(b, v.String())
	case []string:
		b = append(b, '[')
		for i, s := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = safe.AppendJSON(b, s)
		}
		return append(b, ']')
	case Row:
		return v.append(b)
	case []Row:
		b = append(b, '[')
		for i, r := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = r.append(b)
		}
		return append(b, ']')
	}
	j, err := json.Marshal(v)
	if err != nil {
		return append(b, "null"...)
	}
	return append(b, safe.JSON(j)...)
}

// CSV writes rows with a header. Cells that a spreadsheet would take for a formula are neutralised by a leading
// apostrophe, which our own reader takes off again.
func CSV(w io.Writer, header []string, rows []Row) error {
	var b strings.Builder
	for i, h := range header {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(h)
	}
	b.WriteString("\r\n")
	for _, r := range rows {
		for i, f := range r {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(cell(Text(f.Value)))
		}
		b.WriteString("\r\n")
		if b.Len() > 60<<10 {
			if _, err := io.WriteString(w, b.String()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func cell(s string) string {
	if _, _, found := safe.FirstHarmful(s); found || !utf8.ValidString(s) {
		s = safe.CleanNote(s)
	}
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, ",\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// Texts makes a list of what has words, never null.
func Texts[T any](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// Text is a value as a cell of a CSV or a table.
func Text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case time.Duration:
		return strconv.FormatInt(int64(v/time.Second), 10)
	case domain.Moment:
		return v.Canonical()
	case []string:
		return strings.Join(v, ";")
	case map[string]string, Row, []Row, json.RawMessage:
		return strings.TrimSuffix(string(appendValue(nil, v)), "\n")
	}
	return fmt.Sprint(v)
}

// Header are the names of a row's fields.
func (r Row) Header() []string {
	out := make([]string, len(r))
	for i, f := range r {
		out[i] = f.Name
	}
	return out
}
