package intake

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// maxKept is how much of a stream is held, compressed: some millions of rows.
const maxKept = 256 << 20

// keptStream remembers a stream while it is read. Nothing of it touches a disk.
type keptStream struct {
	src    io.Reader
	packed bytes.Buffer
	to     *flate.Writer
	err    error // that ended it, io.EOF included

	tooLong bool
}

func errTooLong() error {
	return errors.New("the stream is longer than can be held until its end is known: write it to a file and name that")
}

// from begins to read and remember a stream.
func (k *keptStream) from(src io.Reader) io.Reader {
	k.src = src
	k.to, _ = flate.NewWriter(&k.packed, flate.BestSpeed) // only the level can be wrong
	return k
}

// Read is that of [io.Reader].
func (k *keptStream) Read(p []byte) (int, error) {
	if k.err != nil {
		return 0, k.err
	}
	n, err := k.src.Read(p)
	_, _ = k.to.Write(p[:n]) // into memory
	if k.tooLong = k.packed.Len() > maxKept; k.tooLong {
		err = errTooLong()
	}
	if k.err = err; err != nil {
		_ = k.to.Close() // into memory
	}
	return n, err
}

// again is the stream once more, to where it ended, with the error that ended it.
func (k *keptStream) again() io.Reader {
	return &endOf{flate.NewReader(bytes.NewReader(k.packed.Bytes())), k.err}
}

// endOf ends with another error than its source does.
type endOf struct {
	src io.Reader
	err error
}

// Read is that of [io.Reader].
func (e *endOf) Read(p []byte) (int, error) {
	n, err := e.src.Read(p)
	if err != nil {
		err = e.err
	}
	return n, err
}

// fileTwice gives a file or stream as often as it is needed. A stream is kept, compressed, while it is read for the first time.
type fileTwice struct {
	src   io.Reader
	seek  io.Seeker // nil for a stream
	at    int64     // where the file began
	kept  keptStream
	begun bool
}

func newFileTwice(src io.Reader) *fileTwice {
	s := &fileTwice{src: src}
	if seek, ok := src.(io.Seeker); ok {
		if at, err := seek.Seek(0, io.SeekCurrent); err == nil {
			s.seek, s.at = seek, at
		}
	}
	return s
}

// open begins to read: the first time from the source itself, later once more the same.
func (s *fileTwice) open() (io.Reader, error) {
	first := !s.begun
	s.begun = true
	switch {
	case s.seek != nil && first:
		return s.src, nil
	case s.seek != nil:
		_, err := s.seek.Seek(s.at, io.SeekStart)
		return s.src, err
	case first:
		return s.kept.from(s.src), nil
	case s.kept.tooLong:
		return nil, errTooLong()
	}
	return s.kept.again(), nil
}
