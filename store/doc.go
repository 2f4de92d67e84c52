// Package store keeps homeward's records in one bbolt file: records, indexes and the audit line of an act in one
// transaction, behind one door ([Desk.Do]).
//
// What it promises: an act that was answered is on the disk; a record that was damaged on the disk is reported and never
// shown; a log that was cut, edited or rolled back is found out (its head is also kept beside the database, in X.db.head);
// nothing a decision refuses leaves a trace. Read transactions are short, bytes of the file never leave them.
package store
