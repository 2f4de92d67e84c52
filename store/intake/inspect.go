package intake

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// inspect refuses what encoding/csv would let through: text that is not UTF-8, a NUL, a cell beyond the cap. The cells
// of a row in another encoding are turned into readable UTF-8 all the same, so that the rejects can be mended.
func inspect(rec *record, raw []byte) {
	if rec.fault != "" {
		return
	}
	if !utf8.Valid(raw) {
		latin := looksWindows1252(raw)
		for i, f := range rec.fields {
			if utf8.ValidString(f) {
				continue
			}
			if rec.fault == "" {
				rec.at = i
				rec.fault = fmt.Sprintf("is not UTF-8 (byte 0x%X)", badByte(f))
				if latin {
					rec.fault += "; it looks like Windows-1252: save the file as “CSV UTF-8 (comma delimited)”, or check the letters of this row in the rejects"
				}
			}
			rec.fields[i] = readable([]byte(f))
		}
		return
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		for i, f := range rec.fields {
			if strings.IndexByte(f, 0) < 0 {
				continue
			}
			if rec.fault == "" {
				rec.at, rec.fault = i, "holds a NUL byte: the file is damaged, or is no text"
			}
			rec.fields[i] = strings.ReplaceAll(f, "\x00", "\ufffd")
		}
		return
	}
	if len(raw) > maxField {
		for i, f := range rec.fields {
			if len(f) > maxField {
				rec.at, rec.fault = i, fmt.Sprintf("is longer than %d MiB: no cell is", maxField>>20)
				rec.fields[i] = ""
			}
		}
	}
}

// badByte is the first byte of s that is no UTF-8.
func badByte(s string) byte {
	for i, c := range s {
		if c == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return s[i]
			}
		}
	}
	return 0
}

// looksWindows1252 says that every byte that is no UTF-8 is a letter or mark of that code page.
func looksWindows1252(b []byte) bool {
	for len(b) > 0 {
		c, n := utf8.DecodeRune(b)
		if c == utf8.RuneError && n == 1 {
			switch b[0] {
			case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
				return false
			}
		}
		b = b[n:]
	}
	return true
}

// readable turns bytes into UTF-8: as Windows-1252 where they look like it, else with a mark for what cannot be read.
func readable(b []byte) string {
	if utf8.Valid(b) {
		return strings.ReplaceAll(string(b), "\x00", "\ufffd")
	}
	high := []rune("€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ") // 0x80 to 0x9F
	latin := looksWindows1252(b)
	var s strings.Builder
	for len(b) > 0 {
		c, n := utf8.DecodeRune(b)
		switch {
		case c == 0:
			c = '\ufffd'
		case c != utf8.RuneError || n != 1 || !latin:
		case b[0] < 0xa0:
			c = high[b[0]-0x80]
		default:
			c = rune(b[0])
		}
		s.WriteRune(c)
		b = b[n:]
	}
	return s.String()
}
