// Package sheet reads the rows of an Excel workbook (.xlsx) one by one, each cell as the text it shows: a date by its
// cell's format and with that format's precision, a number without the noise of its storage, text as it is.
//
// It stands on archive/zip and encoding/xml. A library for whole workbooks gives neither the kind nor the format of a cell
// row by row, takes the end of a damaged sheet for the end of the file, and writes large parts, children's data among them,
// into temporary files. Here a damaged part is an error, nothing touches a disk, and a file that asks for more than the
// limits below is refused before it has cost more than that.
package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// What a workbook may ask for. A sheet of twenty years' episodes stays within them; the CSV of a larger one has no limit.
const (
	MaxFile    = 64 << 20  // bytes of the file
	maxParts   = 10_000    // files in the archive
	maxSheet   = 256 << 20 // bytes of a sheet, unpacked
	maxStrings = 64 << 20  // bytes of the text that cells share
	maxOther   = 16 << 20  // bytes of any other part
	maxRatio   = 300       // times that a part may shrink
	maxToken   = 4 << 20   // bytes between two marks
	maxTokens  = 24_000_000
	maxCells   = 2_000_000
	maxRow     = 1_048_576
	maxColumn  = 16_384
)

// Tab is one sheet of a workbook.
type Tab struct {
	Name   string
	Hidden bool
	part   string
}

// Book is an open workbook.
type Book struct {
	Tabs []Tab

	parts    map[string]*zip.File // by name, folded
	strings  []string
	formats  []format // of a cell's style
	from1904 bool
}

// errTooLarge says what is too large and what helps.
func errTooLarge(what string) error {
	return fmt.Errorf("the spreadsheet is too large: %s; save the sheet as “CSV UTF-8 (comma delimited)” and import that", what)
}

// damaged is an error of the file as a whole.
func damaged(format string, args ...any) error {
	return fmt.Errorf("the spreadsheet is damaged (%s): open it in the program that wrote it, save it anew and import that", fmt.Sprintf(format, args...))
}

// Open reads what is known of a workbook beside its rows. Its errors are fit for a person.
func Open(src io.ReaderAt, size int64) (*Book, error) {
	if size > MaxFile {
		return nil, errTooLarge(fmt.Sprintf("the file has more than %d MiB", MaxFile>>20))
	}
	if err := fewParts(io.NewSectionReader(src, 0, size)); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(src, size)
	if err != nil {
		return nil, damaged("its end is missing or not what it should be")
	}
	b := &Book{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if b.parts[name] != nil {
			return nil, damaged("it holds %q twice", f.Name)
		}
		b.parts[name] = f
	}
	root, err := b.related("", "_rels/.rels")
	if err != nil {
		return nil, err
	}
	main := root.ofKind("officeDocument")
	if main == "" || b.parts[main] == nil {
		return nil, b.otherKind()
	}
	if !strings.HasSuffix(main, ".xml") || !strings.HasPrefix(path.Base(main), "workbook") {
		return nil, b.otherKind()
	}
	return b, b.read(main)
}

// fewParts counts the entries of the archive's directory before anything is made of them.
func fewParts(r io.Reader) error {
	mark := []byte("PK\x01\x02")
	buf := make([]byte, 64<<10)
	kept, n := 0, 0
	for {
		got, err := r.Read(buf[kept:])
		n += bytes.Count(buf[:kept+got], mark)
		if n > maxParts {
			return errTooLarge(fmt.Sprintf("it is an archive of more than %d files", maxParts))
		}
		tail := min(kept+got, len(mark)-1)
		copy(buf, buf[kept+got-tail:kept+got])
		kept = tail
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// partName is the name of a part as names are compared.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

// otherKind says what an archive is that holds no workbook.
func (b *Book) otherKind() error {
	const save = "save it as “Excel workbook (.xlsx)” or as “CSV UTF-8 (comma delimited)”"
	switch {
	case b.parts["xl/workbook.bin"] != nil:
		return errors.New("the file is a binary Excel workbook (.xlsb): " + save)
	case b.parts["word/document.xml"] != nil:
		return errors.New("the file is a Word document, whatever its name says: put its table into a spreadsheet and " + save)
	case b.parts["ppt/presentation.xml"] != nil:
		return errors.New("the file is a PowerPoint presentation, whatever its name says: put its table into a spreadsheet and " + save)
	case b.parts["content.xml"] != nil:
		return errors.New("the file is an OpenDocument file (.ods): " + save)
	}
	return errors.New("the file is an archive (zip) and no spreadsheet: unpack it and name the file that is in it")
}

// read takes in the workbook's list of sheets, its shared text and its formats.
func (b *Book) read(main string) error {
	links, err := b.related(path.Dir(main), path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"))
	if err != nil {
		return err
	}
	err = b.each(main, maxOther, func(d *decoder, el xml.StartElement) error {
		switch el.Name.Local {
		case "workbookPr":
			b.from1904 = isTrue(attr(el, "date1904"))
		case "sheet":
			at, ok := links[attr(el, "id")]
			if !ok || b.parts[at.part] == nil {
				return damaged("the sheet %q is not in it", attr(el, "name"))
			}
			if at.kind == "worksheet" { // a chart has no rows
				b.Tabs = append(b.Tabs, Tab{Name: attr(el, "name"), Hidden: attr(el, "state") == "hidden" || attr(el, "state") == "veryHidden", part: at.part})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.Tabs) == 0 {
		return errors.New("the workbook has no sheet with rows: name another file")
	}
	if part := links.ofKind("styles"); part != "" {
		if err := b.readFormats(part); err != nil {
			return err
		}
	}
	if part := links.ofKind("sharedStrings"); part != "" {
		return b.readStrings(part)
	}
	return nil
}

// link is what a part refers to.
type link struct{ kind, part string }

type links map[string]link

func (l links) ofKind(kind string) string {
	for _, at := range l {
		if at.kind == kind {
			return at.part
		}
	}
	return ""
}

// related reads the list of what a part refers to; folder is the part's.
func (b *Book) related(folder, part string) (links, error) {
	out := links{}
	if b.parts[part] == nil {
		return out, nil
	}
	return out, b.each(part, maxOther, func(_ *decoder, el xml.StartElement) error {
		if el.Name.Local != "Relationship" || attr(el, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attr(el, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		out[attr(el, "Id")] = link{path.Base(attr(el, "Type")), partName(target)}
		return nil
	})
}

// readStrings reads the text that cells share.
func (b *Book) readStrings(part string) error {
	total := 0
	return b.each(part, maxStrings, func(d *decoder, el xml.StartElement) error {
		if el.Name.Local != "si" {
			return nil
		}
		s, err := d.richText("si")
		if total += len(s) + 16; err == nil && total > maxStrings {
			err = errTooLarge(fmt.Sprintf("the text of its cells has more than %d MiB", maxStrings>>20))
		}
		b.strings = append(b.strings, s)
		return err
	})
}

// readFormats reads how the numbers of cells are shown.
func (b *Book) readFormats(part string) error {
	named := map[int]string{}
	inCells := false
	return b.each(part, maxOther, func(_ *decoder, el xml.StartElement) error {
		switch el.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(el, "numFmtId")); err == nil {
				named[id] = attr(el, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(attr(el, "numFmtId"))
				code, ok := named[id]
				if !ok {
					code = builtIn(id)
				}
				b.formats = append(b.formats, readFormat(code))
			}
		}
		return nil
	})
}

// decoder reads the marks of one part within its limits.
type decoder struct {
	*xml.Decoder
	meter  *meter
	what   string
	tokens int
}

// open begins to read a part.
func (b *Book) open(part string, most int64) (*decoder, io.Closer, error) {
	f := b.parts[part]
	if f == nil {
		return nil, nil, damaged("%s is not in it", part)
	}
	if f.Flags&1 != 0 {
		return nil, nil, errPassword()
	}
	size := int64(min(f.UncompressedSize64, 1<<60)) //nolint:gosec // within
	if size > most || size > 1<<20 && size/maxRatio > int64(min(f.CompressedSize64, 1<<60)) {
		return nil, nil, errTooLarge(fmt.Sprintf("unpacked, a part of it has %d MiB", size>>20))
	}
	from, err := f.Open()
	if err != nil {
		return nil, nil, damaged("%s cannot be unpacked", part)
	}
	m := &meter{src: from, most: most, size: size}
	return &decoder{Decoder: xml.NewDecoder(m), meter: m, what: part}, from, nil
}

// each shows every mark that opens in a part.
func (b *Book) each(part string, most int64, see func(*decoder, xml.StartElement) error) (err error) {
	d, end, err := b.open(part, most)
	if err != nil {
		return err
	}
	defer end.Close() //nolint:errcheck // only read
	for {
		t, err := d.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if el, ok := t.(xml.StartElement); ok {
			if err := see(d, el); err != nil {
				return err
			}
		}
	}
}

// next is the next mark or text; io.EOF behind a part that is whole.
func (d *decoder) next() (xml.Token, error) {
	if d.tokens++; d.tokens > maxTokens {
		return nil, errTooLarge("a part of it has too many cells")
	}
	t, err := d.Token()
	d.meter.since = 0
	switch {
	case err == nil, err == io.EOF && d.meter.ended:
		return t, err
	case d.meter.tooLarge:
		return nil, errTooLarge("a cell or part of it has no end in sight")
	}
	return nil, damaged("%s breaks off or is not what it should be", d.what)
}

// richText is the text up to the end of an element, without the reading aids of East Asian text.
func (d *decoder) richText(until string) (string, error) {
	var s strings.Builder
	in, aid := false, 0
	for {
		t, err := d.next()
		switch {
		case err == io.EOF:
			return "", damaged("%s breaks off", d.what)
		case err != nil:
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh":
				aid++
			case "t":
				in = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "rPh":
				aid--
			case "t":
				in = false
			case until:
				return unescaped(s.String()), nil
			}
		case xml.CharData:
			if in && aid == 0 {
				if s.Len()+len(t) > maxToken {
					return "", errTooLarge("a cell of it holds more text than a cell can")
				}
				s.Write(t)
			}
		}
	}
}

// meter holds a part to its limits.
type meter struct {
	src         io.Reader
	most, size  int64
	read, since int64
	ended       bool
	tooLarge    bool
}

// Read is that of [io.Reader].
func (m *meter) Read(p []byte) (int, error) {
	if m.read > m.most || m.since > maxToken {
		m.tooLarge = true
		return 0, errors.New("too large")
	}
	n, err := m.src.Read(p)
	m.read += int64(n)
	m.since += int64(n)
	m.ended = err == io.EOF
	return n, err
}

func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }

func errPassword() error {
	return errors.New("the spreadsheet is protected by a password: open it in Excel, take the password off (File, Info, Protect Workbook, Encrypt with Password) and save it")
}

// unescaped puts the signs that XML cannot hold in the place of how Excel writes them: _x000D_ for a carriage return.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if len(s)-i >= 7 && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if c, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && (c < 0x20 || c == '_') {
				out.WriteByte(byte(c))
				i += 6
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}
