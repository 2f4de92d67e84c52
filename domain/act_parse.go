package domain

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"sort"
	"strings"
	"time"

	"homeward/domain/safe"
	"homeward/domain/spell"
)

// header are the fields any act may carry.
type header struct {
	Act     string `json:"act"`
	At      Moment `json:"at"`
	ID      string `json:"id"`
	Version uint64 `json:"version"`
}

// ParseAct reads one line of `homeward do`. Its only errors are *Refusal with code invalid; the Envelope then carries
// the name and id as far as they could be read, for the answer.
func ParseAct(line []byte) (Envelope, error) {
	var raw map[string]json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(line))
	if err := dec.Decode(&raw); err != nil || raw == nil {
		return Envelope{}, invalid("", "the line is not a JSON object: %s", jsonTrouble(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Envelope{}, invalid("", "the line holds more than one JSON object: one act a line")
	}
	var h header
	var e Envelope
	for _, f := range []struct {
		name string
		into any
	}{{"act", &h.Act}, {"id", &h.ID}, {"at", &h.At}, {"version", &h.Version}} {
		v, ok := raw[f.name]
		if !ok {
			continue
		}
		if err := json.Unmarshal(v, f.into); err != nil {
			return Envelope{Act: nameOnly(h.Act), ID: safe.CleanLine(h.ID)}, invalid(f.name, "%s", jsonTrouble(err))
		}
	}
	e = Envelope{Act: nameOnly(h.Act), ID: safe.CleanLine(h.ID), At: h.At, Version: h.Version, Content: line}
	if err := cmp.Or(givenOnce(line), harmlessFields(raw)); err != nil {
		return e, err
	}
	version, saw := raw["version"]
	for _, name := range []string{"act", "id", "at", "version"} {
		delete(raw, name)
	}
	e.ID = h.ID
	if h.Act == "" {
		return e, invalid("act", "is required: one of %s", strings.Join(ActNames(), ", "))
	}
	if saw && h.Version == 0 && string(version) != "null" {
		return e, invalid("version", "is 1 or more: what you saw of the record the act names; leave it out where you saw none")
	}
	if h.At.DateOnly() {
		return e, invalid("at", "needs a time, like 2026-11-22T14:10:00Z")
	}
	a := newAct(h.Act)
	if a == nil {
		return e, invalid("act", "there is no act %q%s; the help lists them", h.Act, spell.DidYouMean(h.Act, ActNames()))
	}
	if f, ok := a.(fieldsAct); ok {
		if err := f.setFields(raw); err != nil {
			return e, err
		}
	} else if err := decodeFields(raw, a); err != nil {
		return e, err
	}
	e.Act = a
	return e, nil
}

// fieldsAct is an act whose fields are named by a table (columns of the CSV, fields of the card).
type fieldsAct interface {
	setFields(raw map[string]json.RawMessage) error
}

// decodeFields reads each field by itself, so that a fault names its field.
func decodeFields(raw map[string]json.RawMessage, a Act) error {
	v := reflect.ValueOf(a).Elem()
	byName := map[string]reflect.Value{}
	var names []string
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		byName[name] = v.Field(i)
		names = append(names, name)
	}
	keys := make([]string, 0, len(raw))
	for k := range raw {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		f, ok := byName[k]
		if !ok {
			return invalid(safe.CleanLine(k), "%s has no field of this name%s; there are %s", a.Name(), spell.DidYouMean(k, names), strings.Join(names, ", "))
		}
		if err := json.Unmarshal(raw[k], f.Addr().Interface()); err != nil {
			return invalid(k, "%s", jsonTrouble(err))
		}
	}
	return nil
}

// textFields reads fields that are text, each allowed by the table; numbers and truth values are taken as their words,
// a list as lines, null as blank.
func textFields(act string, raw map[string]json.RawMessage, allowed []string) (map[string]string, error) {
	out := make(map[string]string, len(raw))
	keys := make([]string, 0, len(raw))
	for k := range raw {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		known := false
		for _, a := range allowed {
			known = known || a == k
		}
		if !known {
			return nil, invalid(safe.CleanLine(k), "%s has no field of this name%s; there are %s", act, spell.DidYouMean(k, allowed), strings.Join(allowed, ", "))
		}
		var v any
		dec := json.NewDecoder(bytes.NewReader(raw[k]))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			return nil, invalid(k, "%s", jsonTrouble(err))
		}
		s, ok := textOf(v)
		if !ok {
			return nil, invalid(k, "is to be text")
		}
		out[k] = s
	}
	return out, nil
}

// unknown stands in an Envelope for an act that could not be read, so that the answer can name it.
type unknown string

func (u unknown) Name() string { return string(u) }
func (u unknown) shape(*Settings, time.Time) error {
	return invalid("act", "there is no act %q", string(u))
}
func (u unknown) target(Reader) (Record, error)              { return nil, nil }
func (u unknown) decide(*decision, Record) (*Outcome, error) { return nil, nil }

func nameOnly(name string) Act { return unknown(safe.CleanLine(name)) }

// clean makes every text of an act safe for a terminal, whoever made the act. Fields tagged `text:"note"` keep their
// line breaks.
func clean(a Act) {
	if _, read := a.(*ImportRow); read {
		return // ReadRow cleaned it, and there are a hundred thousand of them
	}
	if v := reflect.ValueOf(a); v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct {
		cleanValue(v.Elem(), false)
	}
}

func cleanValue(v reflect.Value, note bool) {
	tidy := func(s string) string { return tidyText(s, note) }
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() {
			v.SetString(tidy(v.String()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				cleanValue(v.Field(i), v.Type().Field(i).Tag.Get("text") == "note")
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			cleanValue(v.Elem(), note)
		}
	case reflect.Slice:
		for i := range v.Len() {
			cleanValue(v.Index(i), note)
		}
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.String {
			for _, k := range v.MapKeys() {
				v.SetMapIndex(k, reflect.ValueOf(tidy(v.MapIndex(k).String())))
			}
		}
	}
}

// ActFields are the fields of an act beside at, id and version, for help; those that may be left out end in "?".
func ActFields(name string) []string {
	a := newAct(name)
	switch a.(type) {
	case nil:
		return nil
	case *NewReferral:
		return []string{"the columns of the referral file"}
	case *EditEpisode:
		return []string{"episode", "its columns of the referral file"}
	case *EditChild:
		out := []string{"child_ref"}
		for _, f := range CardFields() {
			out = append(out, f+"?")
		}
		return out
	}
	t := reflect.TypeOf(a).Elem()
	var out []string
	for i := range t.NumField() {
		field, rest, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if strings.Contains(rest, "omitempty") {
			field += "?"
		}
		out = append(out, field)
	}
	return out
}

// NoAct stands where a line named no act at all.
func NoAct() Act { return unknown("") }
