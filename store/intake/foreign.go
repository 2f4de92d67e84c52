package intake

import (
	"bytes"
	"errors"
)

// headBytes are read of a file to see what it is.
const headBytes = 4096

const saveAs = "save it as “CSV UTF-8 (comma delimited)” or as “Excel workbook (.xlsx)” and import that"

// noTable says what a file is that is neither CSV nor a workbook, whatever its name says, and what helps; nil for any other.
func noTable(head []byte) error {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	begins := func(marks ...string) bool {
		for _, m := range marks {
			if bytes.HasPrefix(text, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return errors.New("the file is an old Excel workbook (.xls), or one that is protected by a password: open it in Excel, take off the password if it has one, and " + saveAs)
	case bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return errors.New("the file is an archive with nothing to read in it: name the file that holds the rows")
	case begins("%pdf"):
		return errors.New("the file is a PDF: ask the source for the same as a spreadsheet or CSV")
	case begins("{\\rtf"):
		return errors.New("the file is a text document (RTF): put its table into a spreadsheet and " + saveAs)
	case begins("<!doctype html", "<html", "<table", "<meta", "<head"):
		return errors.New("the file is a web page, as some systems write one and call it .xls: open it in Excel and " + saveAs)
	case begins("<?xml"):
		return errors.New("the file is XML and no table: open it in Excel and " + saveAs)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")), begins("7z\xbc\xaf", "rar!"):
		return errors.New("the file is an archive: unpack it and name the file that is in it")
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return errors.New("the file is a database: name the file that the source sent")
	}
	return nil
}
