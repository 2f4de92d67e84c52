package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// decoder reads the marks of one part within its limits.
type decoder struct {
	*xml.Decoder
	meter  *meter
	what   string
	tokens int
	depth  int // marks that are open
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
	switch t.(type) {
	case xml.StartElement:
		d.depth++
	case xml.EndElement:
		d.depth--
	}
	switch {
	case d.depth > maxDepth:
		return nil, damaged("%s holds marks in marks without end", d.what)
	case err == nil, err == io.EOF && d.meter.ended:
		return t, err
	case d.meter.tooLarge:
		return nil, errTooLarge("a cell or part of it has no end in sight")
	}
	return nil, damaged("%s breaks off or is not what it should be", d.what)
}

// richText is the text up to the end of an element, without the reading aids of East Asian text.
func (d *decoder) richText(until string) (string, error) {
	s, err := d.text(until, true)
	return unescaped(s), err
}

// plain is the text of an element.
func (d *decoder) plain(until string) (string, error) { return d.text(until, false) }

// text is what stands up to the end of an element; of rich text only in its runs, and without reading aids.
func (d *decoder) text(until string, rich bool) (string, error) {
	var s strings.Builder
	in, aid := !rich, 0
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
			switch {
			case rich && t.Name.Local == "rPh":
				aid++
			case rich && t.Name.Local == "t":
				in = true
			}
		case xml.EndElement:
			switch {
			case rich && t.Name.Local == "rPh":
				aid--
			case rich && t.Name.Local == "t":
				in = false
			case t.Name.Local == until:
				return s.String(), nil
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
