package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// read gives every row of a text as "line|cells" or "line!fault".
func readAll(t testing.TB, src io.Reader) []string {
	t.Helper()
	r := newCSVReader(src)
	var out []string
	for {
		rec, err := r.next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			return append(out, "error: "+err.Error())
		}
		if rec.fault != "" {
			out = append(out, fmt.Sprintf("%d!%s", rec.line, rec.fault))
			continue
		}
		out = append(out, fmt.Sprintf("%d|%s", rec.line, strings.Join(rec.fields, "|")))
	}
}

func TestReader(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string // a fault is compared by its beginning
	}{
		{"plain", "a,b\n1,2\n", []string{"1|a|b", "2|1|2"}},
		{"no break at the end", "a,b\n1,2", []string{"1|a|b", "2|1|2"}},
		{"windows breaks", "a,b\r\n1,2\r\n", []string{"1|a|b", "2|1|2"}},
		{"byte order mark", "\xef\xbb\xbfa,b\n", []string{"1|a|b"}},
		{"empty lines and bare commas are no rows", "a,b\n\n,\n \r\n\r\n1,2\n", []string{"1|a|b", "4| ", "6|1|2"}},
		{"quoted", "\"a,1\",\"b\"\"c\"\"\"\n", []string{"1|a,1|b\"c\""}},
		{"quoted break counts lines", "a,b\n\"x\ny\r\nz\",2\n3,4\n", []string{"1|a|b", "2|x\ny\r\nz|2", "5|3|4"}},
		{"quoted at the end of the file", "a,\"b\"", []string{"1|a|b"}},
		{"quoted before a windows break", "a,\"b\"\r\nc,d", []string{"1|a|b", "2|c|d"}},
		{"empty quoted", "\"\",a\n", []string{"1||a"}},
		{"bare quote", "a,b\nO\"Neil,x\n1,2\n", []string{"1|a|b", "2!a quote stands inside an unquoted cell", "3|1|2"}},
		{"text behind a quote", "a,b\n\"x\"y,\"2\n3\"\n1,2\n", []string{"1|a|b", "2!text follows the closing quote", "4|1|2"}},
		{"unclosed", "a,b\n1,2\n\"x,3\n4,5\n6,7\n", []string{"1|a|b", "2|1|2", "3!the quote opened on line 3 is never closed", "4|4|5", "5|6|7"}},
		{"unclosed, closed by the next quote", "a,b\n\"x,3\n4,5\n\"6\",7\n8,9\n", []string{"1|a|b", "2!a quote opened on line 2 is not closed there", "3|4|5", "4|6|7", "5|8|9"}},
		{"unclosed behind a break in quotes", "a,b\n\"x\ny\",\"z\n8,9\n", []string{"1|a|b", "2!the quote opened on line 3 is never closed", "4|8|9"}},
		{"latin", "a,b\nZo\xeb,\x93x\x94\n1,2\n", []string{"1|a|b", "2!is not UTF-8 (byte 0xEB); it looks like Windows-1252", "3|1|2"}},
		{"not even latin", "a,b\n\xff\x81,x\n", []string{"1|a|b", "2!is not UTF-8 (byte 0xFF)"}},
		{"latin in quotes", "a,b\n\"Zo\xeb\n\",x\n3,4\n", []string{"1|a|b", "2!is not UTF-8 (byte 0xEB); it looks", "4|3|4"}},
		{"nul", "a,b\nx\x00,y\n1,2\n", []string{"1|a|b", "2!holds a NUL byte", "3|1|2"}},
		{"utf-16", "\xff\xfea\x00", []string{"error: the file is UTF-16"}},
		{"guards come off", "'=1+1,'-2,'+3,'@x,'\tx,''=y,'plain,'\n", []string{"1|=1+1|-2|+3|@x|\tx|'=y|'plain|'"}},
		{"bare returns", "a,b\r1,2\r", []string{"error: the lines end in bare carriage returns"}},
		{"bare returns behind a quoted header", "\"a\r\n\",b\r1,2\n", []string{"error: the lines end in bare carriage returns"}},
		{"a bare return at the end", "a,b\r", []string{"error: the lines end in bare carriage returns"}},
		{"a bare return among line feeds", "a,b\n1,2\r3,4\n5,6\n", []string{"1|a|b", "2!a bare carriage return", "3|5|6"}},
		{"a bare return beside a quoted cell", "a,b\n1,\"2\"\r3,4\r\n5,6\n", []string{"1|a|b", "2!text follows the closing quote", "3|5|6"}},
		{"a bare return in a row with quotes", "a,b\n1\r,\"2\"\n5,6\n", []string{"1|a|b", "2!a bare carriage return", "3|5|6"}},
		{"a return in quotes", "a,b\n\"1\r2\",3\n", []string{"1|a|b", "2|1\r2|3"}},
		{"nothing", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for how, src := range map[string]io.Reader{"whole": strings.NewReader(tt.in), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.in))} {
				got := readAll(t, src)
				if !slices.EqualFunc(got, tt.want, func(g, w string) bool {
					return g == w || strings.ContainsAny(w, "!:") && strings.HasPrefix(g, w)
				}) {
					t.Errorf("%s:\n got %q\nwant %q", how, got, tt.want)
				}
			}
		})
	}
}

func TestCaps(t *testing.T) {
	big := strings.Repeat("x", maxField+1)
	wide := strings.Repeat(strings.Repeat("x", maxField/2)+",", 9)
	for name, tt := range map[string]struct{ row, want string }{
		"cell":        {"a," + big + "\n", "2!is longer than 1 MiB"},
		"quoted cell": {"a,\"" + big + "\"\n", "2!the quote opened on line 2 is not closed within 1 MiB"},
		"row":         {wide + "\n", "2!the row is longer than 4 MiB"},
		"quoted row":  {"\"a\"," + wide + "\n", "2!the row is longer than 4 MiB"},
	} {
		got := readAll(t, strings.NewReader("a,b\n"+tt.row+"1,2\n"))
		if len(got) != 3 || !strings.HasPrefix(got[1], tt.want) || got[2] != "3|1|2" {
			for i := range got {
				got[i] = got[i][:min(len(got[i]), 80)]
			}
			t.Errorf("%s: %q", name, got)
		}
	}
}

// endless is the text behind a quote that is never closed, as long as one likes.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range n {
		p[i] = 'x'
		if i%100 == 99 {
			p[i] = '\n'
		}
	}
	e.left -= n
	return n, nil
}

func TestUnclosedQuoteDoesNotFillMemory(t *testing.T) {
	for name, src := range map[string]io.Reader{
		"quote":  io.MultiReader(strings.NewReader("a,b\n1,\"2\n"), &endless{200 << 20}),
		"quotes": io.MultiReader(strings.NewReader("a,b\n1,\"2\n"), &endless{50 << 20}, strings.NewReader("\"\n1,\"2\n"), &endless{50 << 20}),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := newCSVReader(src)
		faults := ""
		for {
			rec, err := r.next()
			if err != nil {
				break
			}
			if rec.fault != "" && faults == "" {
				faults = rec.fault
			}
		}
		runtime.ReadMemStats(&after)
		if !strings.Contains(faults, "opened on line 2") {
			t.Errorf("%s: %q", name, faults)
		}
		if len(r.buf) > 4*maxRecord {
			t.Errorf("%s: the buffer grew to %d MiB", name, len(r.buf)>>20)
		}
	}
}

func TestGuardRoundTrip(t *testing.T) {
	for _, s := range []string{"", "a", "=1", "'=1", "''=1", "'", "''", "-", "+44 20 7946", "@x", "\tx", "\rx", "'a", "it's", "'-'"} {
		g := Guarded(s)
		if back := unguarded(g); back != s {
			t.Errorf("%q was written %q and read %q", s, g, back)
		}
		if g != "" && formulaSign(g[0]) {
			t.Errorf("%q is written %q: a spreadsheet would run it", s, g)
		}
	}
}

// FuzzReader: never a panic, what encoding/csv reads we read alike, and what we write for people comes back.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\nb\",c\r\n", "a\"b,c\n", "\"a\"b\n1,\"2", "\xef\xbb\xbfx,\xff\x00\n", "'=a,''-b\n", "a\rb,c\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := newCSVReader(bytes.NewReader(b))
		var rows [][]string
		line, clean := 0, true
		for {
			rec, err := r.next()
			if err != nil {
				clean = clean && err == io.EOF
				break
			}
			if rec.line <= line {
				t.Fatalf("a row of line %d follows one of line %d", rec.line, line)
			}
			line = rec.line
			if rec.fault != "" {
				clean = false
				continue
			}
			rows = append(rows, slices.Clone(rec.fields))
		}
		if r.off > int64(len(b)) || r.line > bytes.Count(b, []byte{'\n'})+2 {
			t.Fatalf("%d bytes, line %d, of %d bytes", r.off, r.line, len(b))
		}
		if !clean {
			return
		}
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		for _, row := range rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, Guarded(c))
			}
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		back := newCSVReader(&out)
		for i, want := range rows {
			rec, err := back.next()
			if err != nil || rec.fault != "" || !slices.Equal(rec.fields, want) {
				t.Fatalf("row %d %q came back %q (%v %s)", i, want, rec.fields, err, rec.fault)
			}
		}
	})
}
