package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"time"

	"homeward/domain"
)

// Inside is what only the process that has a database open can tell doctor of it, and of itself. It holds nothing of any child.
type Inside struct {
	Database string `json:"database"` // names it in its audit head and in the names of its backups
	Format   int    `json:"format"`
	// Encrypted says that it is.
	Encrypted bool      `json:"encrypted"`
	Records   int       `json:"records"`
	Lines     uint64    `json:"lines"`  // of the audit log
	Latest    time.Time `json:"latest"` // the latest time among the newest lines of the log, by the machine's clock; zero: there is none
	Made      time.Time `json:"made"`
	Backup    time.Time `json:"backup"` // the newest backup; zero: none
	// Failing is since when the backups a server makes by itself fail, zero while they do not, and Why.
	Failing time.Time `json:"failing"`
	Why     string    `json:"why"`
	// Wrong is what is the matter with the open database.
	Wrong []string `json:"wrong"`

	// Of the server, where one tells.
	PID     int    `json:"pid"`
	Account string `json:"account"`
	Config  string `json:"config"` // path of its configuration, "" for none
	Listen  string `json:"listen"` // address and port of SSH
	Cores   string `json:"cores"`  // see [CoreDumps]
}

// latestOf is how many of the newest lines of the log are looked at for the latest time.
const latestOf = 500

// Inside looks at the open database. It writes nothing.
func (s *Store) Inside(ctx context.Context) (in Inside, err error) {
	err = s.view(ctx, func(t *txn) error {
		return guarded(func() error {
			m, err := readMeta(t.tx, s.knows)
			if err != nil {
				return err
			}
			in.Encrypted = m.sealing != (sealing{})
			in.Database, in.Format, in.Records, in.Lines = m.database, m.format, m.records, m.head.count
			if in.Latest, err = t.latest(m.head.count, latestOf); err != nil {
				return err
			}
			for key, at := range map[string]*time.Time{metaMade: &in.Made, metaBackup: &in.Backup} {
				v, err := t.lookUp(inMeta, []byte(key))
				if err != nil {
					return err
				}
				if len(v) == 8 {
					*at = time.Unix(int64(binary.BigEndian.Uint64(v)), 0)
				}
			}
			return nil
		})
	})
	if f := s.backupFailed.Load(); f != nil {
		in.Failing, in.Why = f.since, f.why
	}
	in.Wrong = s.notices
	if gone := s.Still(); gone != nil {
		in.Wrong = append(in.Wrong, gone.Error())
	}
	return in, err
}

// latest is the latest time among so many lines of the log up to one, by the machine's clock.
func (t *txn) latest(upTo, lines uint64) (latest time.Time, err error) {
	for seq := upTo; seq > 0 && upTo-seq < lines; seq-- {
		at, err := t.lineTime(seq)
		if err != nil {
			return latest, err
		}
		if at.After(latest) {
			latest = at
		}
	}
	return latest, nil
}

// lineTime is when a line of the log was written, by the machine's clock.
func (t *txn) lineTime(seq uint64) (time.Time, error) {
	l, _, err := t.line(seq)
	if err != nil {
		return time.Time{}, err
	}
	if l == nil {
		return time.Time{}, missingLine(changeID(seq))
	}
	at := l.When
	if !l.Machine.IsZero() {
		at = l.Machine
	}
	return time.Unix(at.Unix(), 0), nil
}

// Inside is the same of a served database, with what the server knows of itself.
func (v *Served) Inside(ctx context.Context, listen string) (Inside, error) {
	in, err := v.Store.Inside(ctx)
	in.Wrong = in.Wrong[:len(in.Wrong):len(in.Wrong)]
	if v.stopped() != nil && err != nil {
		in.Wrong, err = append(in.Wrong, err.Error()), nil
	}
	in.PID, in.Account, in.Listen, in.Cores = os.Getpid(), Account(), listen, CoreDumps()
	if in.Config = v.Config().Path; in.Config != "" {
		if whole, err := filepath.Abs(in.Config); err == nil {
			in.Config = whole
		}
	}
	return in, err
}

// moment is a time as the record has it, zero for none.
func moment(t time.Time) domain.Moment {
	if t.IsZero() {
		return 0
	}
	return domain.At(t)
}

// newer is the later of two times.
func newer(a, b time.Time) time.Time {
	if cmp.Compare(a.Unix(), b.Unix()) < 0 {
		return b
	}
	return a
}
