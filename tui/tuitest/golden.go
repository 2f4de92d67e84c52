package tuitest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// updateFlag is the name of the flag that writes golden files anew.
const updateFlag = "update"

// The flag is registered once in a test binary, whoever else may want it.
func init() {
	if flag.Lookup(updateFlag) == nil {
		flag.Bool(updateFlag, false, "write the golden files anew")
	}
}

func updating() bool {
	f := flag.Lookup(updateFlag)
	if f == nil {
		return false
	}
	g, ok := f.Value.(flag.Getter)
	on, isBool := g.Get().(bool)
	return ok && isBool && on
}

// Golden compares the whole frame with testdata/name.golden. Run the test with
// -update to write the file, and read the difference before keeping it.
func (d *Driver) Golden(name string) *Driver {
	d.t.Helper()
	Golden(d.t, name, d.Frame())
	return d
}

// Golden compares a text with testdata/name.golden.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if updating() {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -%s to write it)", err, updateFlag)
	}
	if got != string(want) {
		t.Errorf("%s differs.\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
