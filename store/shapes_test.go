package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// pinnedShapes are the fingerprints of what is kept in envelopes, by bucket, of every record schema there has been since the
// number is one of its own. A line of a schema that was released is never changed: its files are out there.
func pinnedShapes() map[int]map[string]string {
	return map[int]map[string]string{
		3: {
			"actids":     "4650e7548ab20a05",
			"audit":      "f7c00e1fa073e633",
			"children":   "b3b3b1915cea218b",
			"clusters":   "06a259228aea7e12",
			"drafts":     "29540ee13cc92302",
			"episodes":   "844ba382601793b7",
			"followups":  "c6c69b0e5fd5df95",
			"imports":    "f2d59ff2ee115417",
			"interviews": "6993456b8cb278cc",
			"noted":      "86375d812f629111",
			"referrals":  "afb83dc0d825c3ec",
		},
		4: {
			"actids":     "f9bad88be4ef9081",
			"audit":      "f7c00e1fa073e633",
			"children":   "8249ae82d497b84e",
			"clusters":   "06a259228aea7e12",
			"drafts":     "29540ee13cc92302",
			"episodes":   "c74b5eae029da4bb",
			"followups":  "c6c69b0e5fd5df95",
			"imports":    "4976d67bcb4dcd40",
			"interviews": "033bf9ee38d05421",
			"noted":      "86375d812f629111",
			"referrals":  "3c377254ecd63fc4",
		},
		5: {
			"actids":     "f9bad88be4ef9081",
			"audit":      "f7c00e1fa073e633",
			"children":   "8249ae82d497b84e",
			"clusters":   "06a259228aea7e12",
			"drafts":     "29540ee13cc92302",
			"episodes":   "c74b5eae029da4bb",
			"followups":  "c6c69b0e5fd5df95",
			"imports":    "4976d67bcb4dcd40",
			"interviews": "033bf9ee38d05421",
			"noted":      "8d8be905bd0be1c6",
			"referrals":  "3047ec4fd30c1fdf",
		},
		6: {
			"acts":        "f9bad88be4ef9081",
			"audit":       "014ea118b82cb6ad",
			"audit.said":  "3936a0119b0c5fc9",
			"audit.words": "28400f67234a5a4c",
			"children":    "8249ae82d497b84e",
			"clusters":    "06a259228aea7e12",
			"episodes":    "c74b5eae029da4bb",
			"followups":   "c6c69b0e5fd5df95",
			"imports":     "4976d67bcb4dcd40",
			"interviews":  "4c73db4165b73b6d",
			"noted":       "8d8be905bd0be1c6",
			"referrals":   "3047ec4fd30c1fdf",
			"typed":       "5733e22dcc757da8",
		},
	}
}

// TestShapesArePinned: a field more, less, renamed or of another type needs a record schema of its own, else an older program
// cannot tell that it is missing something.
func TestShapesArePinned(t *testing.T) {
	pinned, ok := pinnedShapes()[recordSchema]
	if !ok {
		t.Errorf("record schema %d has no line in pinnedShapes: add it as printed below", recordSchema)
	}
	for schema := range pinnedShapes() {
		if schema > recordSchema {
			t.Errorf("pinnedShapes has a line for record schema %d, recordSchema is %d: raise it", schema, recordSchema)
		}
	}
	now := map[string]string{}
	holds := func(name string, v any) {
		shape := shapeOf(reflect.TypeOf(v))
		now[name] = fingerprint(shape)
		if ok && pinned[name] != now[name] {
			t.Errorf("what the bucket %s holds is not what record schema %d pins; it is now\n%s", name, recordSchema, shape)
		}
	}
	for b := range bucketCount {
		if fresh := b.row().fresh; fresh != nil {
			holds(b.name(), fresh())
		}
	}
	holds("audit.words", new(lineWords)) // within what stands beside a line
	for name := range pinned {
		if now[name] == "" {
			t.Errorf("record schema %d pins the bucket %s, which holds no envelopes", recordSchema, name)
		}
	}
	if !t.Failed() {
		return
	}
	next := recordSchema
	if ok {
		next++
	}
	var line strings.Builder
	for _, name := range sortedKeysOf(now) {
		fmt.Fprintf(&line, "\t\t\t%q: %q,\n", name, now[name])
	}
	t.Errorf("An older program must be told that it is too old: raise recordSchema in versions.go to %d and add this line to "+
		"pinnedShapes, leaving those before as they are:\n\t\t%d: {\n%s\t\t},", next, next, line.String())
}

func sortedKeysOf(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func fingerprint(shape string) string {
	sum := sha256.Sum256([]byte(shape))
	return hex.EncodeToString(sum[:8])
}

// shapeOf writes out what of a type is encoded: names and order of fields, kinds of values, whatever Go calls the types.
func shapeOf(t reflect.Type) string {
	var b strings.Builder
	writeShape(&b, t, "", nil)
	return b.String()
}

func writeShape(b *strings.Builder, t reflect.Type, indent string, within []reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem() // encoded as what it points to, or as nothing
	}
	if at := slices.Index(within, t); at >= 0 {
		fmt.Fprintf(b, "as %d above\n", len(within)-at)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		within = append(slices.Clip(within), t)
		b.WriteString(map[bool]string{true: "list\n", false: "fields\n"}[isList(t)])
		for _, f := range encodedFields(t) {
			fmt.Fprintf(b, "%s  %s%s: ", indent, f.name, f.options)
			writeShape(b, f.Type, indent+"  ", within)
		}
	case reflect.Slice, reflect.Array:
		b.WriteString("many ")
		writeShape(b, t.Elem(), indent, within)
	case reflect.Map:
		fmt.Fprintf(b, "by %s ", t.Key().Kind())
		writeShape(b, t.Elem(), indent, within)
	case reflect.Interface, reflect.Func, reflect.Chan:
		panic("a " + t.String() + " cannot be kept: what it holds is not known when it is read")
	default:
		b.WriteString(t.Kind().String() + "\n")
	}
}

type encodedField struct {
	reflect.StructField
	name, options string
}

// encodedFields are the fields of a struct as the codec takes them: by the cbor tag, else the json tag, else by name; those of
// an embedded struct without a name as the struct's own.
func encodedFields(t reflect.Type) []encodedField {
	var out []encodedField
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("cbor")
		if !ok {
			tag = f.Tag.Get("json")
		}
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-":
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			out = append(out, encodedFields(f.Type)...)
		case f.IsExported():
			if options = strings.ReplaceAll(options, "omitempty", ""); options != "" { // what is left out reads as zero all the same
				options = "," + options
			}
			out = append(out, encodedField{f, cmp.Or(name, f.Name), options})
		}
	}
	if !isList(t) { // else the order is what tells them apart
		slices.SortFunc(out, func(a, b encodedField) int { return cmp.Compare(a.name, b.name) })
	}
	return out
}

// A fingerprint changes with all that another program would read otherwise, and with nothing else.
func TestShapesTellFieldsApart(t *testing.T) {
	type renamed string
	type was struct {
		A string            `json:"a"`
		B []uint64          `json:"b,omitempty"`
		C map[string]string `json:"c"`
	}
	type below struct {
		X uint8 `json:"x"`
	}
	shape := shapeOf(reflect.TypeFor[was]())
	for name, other := range map[string]reflect.Type{
		"a field more": reflect.TypeFor[struct {
			A string            `json:"a"`
			B []uint64          `json:"b,omitempty"`
			C map[string]string `json:"c"`
			D bool              `json:"d"`
		}](),
		"a field less": reflect.TypeFor[struct {
			A string   `json:"a"`
			B []uint64 `json:"b,omitempty"`
		}](),
		"another name": reflect.TypeFor[struct {
			A string            `json:"aa"`
			B []uint64          `json:"b,omitempty"`
			C map[string]string `json:"c"`
		}](),
		"another type": reflect.TypeFor[struct {
			A string            `json:"a"`
			B []int64           `json:"b,omitempty"`
			C map[string]string `json:"c"`
		}](),
		"a struct below": reflect.TypeFor[struct {
			A string           `json:"a"`
			B []uint64         `json:"b,omitempty"`
			C map[string]below `json:"c"`
		}](),
	} {
		if shapeOf(other) == shape {
			t.Errorf("%s: the shape is the same", name)
		}
	}
	if got := shapeOf(reflect.TypeFor[struct {
		C map[string]renamed `json:"c"`
		B []domain.ID        `json:"b"`
		Z renamed            `json:"a"`
	}]()); got != shape {
		t.Errorf("only Go's names differ, and the shape is\n%s\nafter\n%s", got, shape)
	}
	if shapeOf(reflect.TypeFor[auditTouched]()) == shapeOf(reflect.TypeFor[struct {
		_      struct{} `cbor:",toarray"`
		Ver    uint64
		ID     domain.ID
		Child  domain.ID
		Before []byte
		After  []byte
	}]()) {
		t.Error("the order of a list's fields does not count")
	}
}
