// Package sheet reads the rows of an Excel workbook (.xlsx) one by one, each cell as the text it shows: a date by its
// cell's format and with that format's precision, a number without the noise of its storage, text as it is.
//
// It stands on archive/zip and encoding/xml. The best kept library for whole workbooks, excelize v2.11, was tried in their
// place, by its iterator and by its whole sheets. It overlooks checksums; of a row that comes twice it keeps one; a cell under
// the name of another row is gone; shared text whose number is none is the first text there is; a kind it does not know is a
// number; a cell without a format takes its column's; a formula without a result and one whose result is empty are the same;
// and a row with one cell in the last column costs three megabytes. None of this is an error to it, nor seen from outside
// without reading every mark of the sheet, which is what this package does. Here a damaged part is an error, nothing touches a
// disk, and a file that asks for more than the limits below is refused before it has cost more than that.
package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
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
	maxDepth   = 256 // marks in marks
	maxCells   = 2_000_000
	maxRow     = 1_048_576
	maxColumn  = 16_384
	maxMerged  = 100_000
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
	merged   map[int][]Merge
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
	b := &Book{parts: map[string]*zip.File{}, merged: map[int][]Merge{}}
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
			if slices.ContainsFunc(b.Tabs, func(t Tab) bool { return strings.EqualFold(t.Name, attr(el, "name")) }) {
				return damaged("it has two sheets with the name %q", attr(el, "name"))
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
		at := link{path.Base(attr(el, "Type")), partName(target)}
		if _, twice := out[attr(el, "Id")]; twice {
			return damaged("%s names two parts %q", part, attr(el, "Id"))
		}
		switch at.kind {
		case "officeDocument", "styles", "sharedStrings":
			if first := out.ofKind(at.kind); first != "" && first != at.part {
				return damaged("it has the part %s twice", at.kind)
			}
		}
		out[attr(el, "Id")] = at
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
