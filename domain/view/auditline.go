package view

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
)

// close leaves of a line what a list shows of it.
func (l *AuditLine) close() {
	l.ActID, l.Content = "", nil
	if l.Note || !domain.Quotes(cmp.Or(l.Took, l.Act)) {
		return
	}
	l.Summary = domain.Words(strings.ReplaceAll(cmp.Or(l.Took, l.Act), ".", " "))
	if l.UndoOf != 0 {
		back := "undone: "
		if l.Act == "redo" {
			back = "redone: "
		}
		l.Summary = back + l.Summary
	}
	if refs := l.RecordIDs(); len(refs) > 0 {
		l.Summary += ": " + strings.Join(refs, ", ")
	}
}

// RecordIDs are the numbers of the records it touched, as people name them.
func (l *AuditLine) RecordIDs() []string {
	out := []string{}
	for _, id := range l.Records {
		out = append(out, id.String())
	}
	return out
}

// Gives are the fields of the act as it was given, in that order: the act's name and a whole record are left out, because the
// line says the one and the records before and after the other.
func (l *AuditLine) Gives() []Given {
	dec := json.NewDecoder(bytes.NewReader(l.Content))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var out []Given
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return out
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return out
		}
		name := fmt.Sprint(key)
		if name == "act" || name == "record" {
			continue
		}
		if s := inWords(v); s != "" {
			out = append(out, Given{domain.Words(name), s})
		}
	}
	return out
}

// Given is one field of an act as it was given.
type Given struct{ Field, Text string }

// inWords is a value of an act in one line: texts as they are, lists with commas, an object's fields by name.
func inWords(v json.RawMessage) string {
	var text string
	if json.Unmarshal(v, &text) == nil {
		return text
	}
	var list []json.RawMessage
	if json.Unmarshal(v, &list) == nil {
		var parts []string
		for _, x := range list {
			parts = append(parts, inWords(x))
		}
		return strings.Join(parts, ", ")
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(v, &object) == nil && object != nil {
		var parts []string
		for name, x := range object {
			parts = append(parts, domain.Words(name)+" "+inWords(x))
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	}
	switch s := string(v); s {
	case "null":
		return ""
	case "true":
		return "yes"
	case "false":
		return "no"
	default:
		return s
	}
}
