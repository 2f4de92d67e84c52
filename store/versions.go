package store

import (
	"encoding/binary"
	"fmt"
)

// A file has two numbers. They stand in its meta bucket, and a program refuses a file where either is above its own.
//
// fileFormat says which buckets there are, what their keys and index entries look like, and so which migrations a file has
// been through. Raise it with a migration.
//
// recordSchema says which fields the types have that are kept in envelopes: records, lines of the log, answers to acts,
// drafts. It is stamped into every envelope. Raise it with a field or a stage more; tests hold both against the number. There is
// nothing to migrate: an older envelope lacks the field and reads as zero.
//
// What an older program does:
//   - With a file of a newer format, or one that holds envelopes of a newer record schema, it refuses at opening: written by
//     a newer homeward. A file takes on the record schema in the commit that puts the first envelope stamped with it: one
//     that a newer program has only read stays open to the older one.
//   - A program from before there were two numbers knows the format alone. It reads a file of format 3 up to the first
//     envelope that is stamped above 3, and refuses there: written by a newer homeward. It writes to none whose log ends with
//     such a line. So it never misreads and never drops a field, and a field more needs no newer format.
//   - A field that no number announced is refused where it is met ([decode]), as a newer homeward's, and never called damage.
//
// A file without a record schema in its meta bucket was written when one number was both, up to 3.
const (
	fileFormat       = 6
	recordSchema     = 6
	lastSharedNumber = 3 // the highest file format that was the record schema too
)

// versions are the two numbers: those of a file, or those a program writes.
type versions struct{ format, records int }

// ownVersions are those this program writes.
func ownVersions() versions { return versions{fileFormat, recordSchema} }

// Formats are the numbers of the files this program writes: the file format and the record schema.
func Formats() (file, records int) { return fileFormat, recordSchema }

// refuse says that a file of newer numbers than these is not to be read: ErrNewer.
func (v versions) refuse(file versions, path string) error {
	switch {
	case file.format > v.format:
		return &Problem{Kind: ErrNewer, Path: path, Text: fmt.Sprintf(
			"written by a newer homeward (format %d, this one knows %d): use the newer program", file.format, v.format)}
	case file.records > v.records:
		return &Problem{Kind: ErrNewer, Path: path, Text: fmt.Sprintf(
			"written by a newer homeward (records of schema %d, this one knows %d): use the newer program", file.records, v.records)}
	}
	return nil
}

// versionBytes is a number as the meta bucket has it.
func versionBytes(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
