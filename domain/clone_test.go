package domain_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"homeward/domain"
)

// Every kind of record has a Clone that shares nothing with what it was made from: a decision changes its clone, and what the
// store holds must stay as it was read. Every field is filled, so one that is new and forgotten in Clone fails here.
func TestEveryRecordClonesDeeply(t *testing.T) {
	kinds := 0
	for k := range 256 {
		r := domain.NewRecord(domain.Kind(k))
		if r == nil {
			continue
		}
		kinds++
		name := reflect.TypeOf(r).String()
		clone := reflect.ValueOf(r).MethodByName("Clone")
		if !clone.IsValid() || clone.Type().NumIn() != 0 || clone.Type().NumOut() != 1 || clone.Type().Out(0) != reflect.TypeOf(r) {
			t.Errorf("%s has no method Clone that gives another %s", name, name)
			continue
		}
		whole := reflect.ValueOf(r).Elem()
		fillFully(whole, "")
		if at := unfilled(whole, name); at != "" {
			t.Errorf("%s is left at zero: fillFully cannot fill it yet", at)
		}
		twin := reflect.New(whole.Type()).Elem() // filled alike: what the record must still be in the end
		fillFully(twin, "")
		copied := clone.Call(nil)[0].Elem()
		if !reflect.DeepEqual(copied.Interface(), twin.Interface()) {
			t.Errorf("%s: the clone differs at %s", name, firstDifference(copied, twin, name))
			continue
		}
		disturb(copied)
		if !reflect.DeepEqual(whole.Interface(), twin.Interface()) {
			t.Errorf("%s: changing the clone changes the record, at %s", name, firstDifference(whole, twin, name))
		}
	}
	if kinds < 8 {
		t.Errorf("only %d kinds of record were looked at", kinds)
	}
}

// fillFully gives everything below a value a content that is not zero and depends on where it stands.
func fillFully(v reflect.Value, path string) {
	n := int64(len(path)%90 + 7)
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				fillFully(f, path+"."+v.Type().Field(i).Name)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillFully(v.Elem(), path+"*")
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillFully(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fillFully(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillFully(key, path+"key")
		fillFully(value, path+"value")
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("text of " + path)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(n))
	}
}

// unfilled is the path of the first field still at zero, "" where there is none.
func unfilled(v reflect.Value, path string) string {
	if v.IsZero() {
		return path
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if at := unfilled(v.Field(i), path+"."+v.Type().Field(i).Name); at != "" {
				return at
			}
		}
	case reflect.Pointer:
		return unfilled(v.Elem(), path)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if at := unfilled(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); at != "" {
				return at
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if at := unfilled(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k)); at != "" {
				return at
			}
		}
	}
	return ""
}

// disturb changes in place all that a value leads to by pointer, slice or map, deepest first, and then the value itself.
func disturb(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				disturb(f)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			disturb(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			disturb(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			inner := reflect.New(v.Type().Elem()).Elem()
			inner.Set(v.MapIndex(k))
			disturb(inner)
			v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
		}
	default:
		v.SetZero()
	}
}

// firstDifference is the path of the first value in which two differ.
func firstDifference(a, b reflect.Value, path string) string {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return ""
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if at := firstDifference(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); at != "" {
				return at
			}
		}
	case reflect.Pointer:
		if !a.IsNil() && !b.IsNil() {
			return firstDifference(a.Elem(), b.Elem(), path)
		}
	case reflect.Slice, reflect.Array:
		if a.Len() == b.Len() {
			for i := range a.Len() {
				if at := firstDifference(a.Index(i), b.Index(i), fmt.Sprintf("%s[%d]", path, i)); at != "" {
					return at
				}
			}
		}
	case reflect.Map:
		for _, k := range b.MapKeys() {
			if x := a.MapIndex(k); x.IsValid() {
				if at := firstDifference(x, b.MapIndex(k), fmt.Sprintf("%s[%v]", path, k)); at != "" {
					return at
				}
			}
		}
	}
	return path
}

// The check above sees what it is there for: a copy that shares its map, its pointer or a list further down.
func TestACloneThatSharesIsSeen(t *testing.T) {
	type inner struct{ Words []string }
	type outer struct {
		Kept map[string]inner
		At   *inner
		List []inner
	}
	for name, copied := range map[string]func(outer) outer{
		"the map":     func(o outer) outer { return outer{Kept: o.Kept} },
		"a map below": func(o outer) outer { return outer{Kept: maps.Clone(o.Kept)} },
		"the pointer": func(o outer) outer { return outer{At: o.At} },
		"a list":      func(o outer) outer { return outer{List: slices.Clone(o.List)} },
	} {
		var a, twin outer
		fillFully(reflect.ValueOf(&a).Elem(), "")
		fillFully(reflect.ValueOf(&twin).Elem(), "")
		shared := copied(a)
		disturb(reflect.ValueOf(&shared).Elem())
		if reflect.DeepEqual(a, twin) {
			t.Errorf("%s is shared, and it was not seen", name)
		}
	}
}
