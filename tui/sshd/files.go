package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"

	gossh "golang.org/x/crypto/ssh"

	"homeward/tui/cli"
)

// The files that a command over the socket names are its caller's: the server, which may run in a narrower place, asks for
// each over a channel of its own, and the client opens those that stand on its command line.

// fileChannel is the type of such a channel.
const fileChannel = "file@homeward"

// fileAsked is what the server asks for.
type fileAsked struct {
	Op   string // look, open, create
	Path string
}

// fileFound is the answer to look.
type fileFound struct {
	There, Plain, Folder bool
	Size                 uint64
	Place                string
}

// The requests on a channel to a new file.
const (
	fileKeep = "keep"
	fileDrop = "drop"
)

// remoteFiles are the files of a client.
type remoteFiles struct {
	ctx  context.Context
	conn gossh.Conn
}

var _ cli.Files = remoteFiles{}

// open asks for a channel. A refusal carries the client's own words.
func (f remoteFiles) open(op, path string) (gossh.Channel, <-chan *gossh.Request, error) {
	if err := f.ctx.Err(); err != nil {
		return nil, nil, err
	}
	ch, reqs, err := f.conn.OpenChannel(fileChannel, gossh.Marshal(fileAsked{op, path}))
	var refused *gossh.OpenChannelError
	if errors.As(err, &refused) {
		err = errors.New(refused.Message)
	}
	return ch, reqs, err
}

// Look says what a path names at the client's.
func (f remoteFiles) Look(path string) (cli.FileInfo, error) {
	ch, reqs, err := f.open("look", path)
	if err != nil {
		return cli.FileInfo{}, err
	}
	go gossh.DiscardRequests(reqs)
	defer ch.Close() //nolint:errcheck // read to its end
	b, err := io.ReadAll(io.LimitReader(ch, 1<<20))
	if err != nil {
		return cli.FileInfo{}, err
	}
	var at fileFound
	if err := gossh.Unmarshal(b, &at); err != nil {
		return cli.FileInfo{}, errGone
	}
	return cli.FileInfo{There: at.There, Plain: at.Plain, Folder: at.Folder, Size: int64(at.Size), Place: at.Place}, nil
}

// Open reads a file of the client's. One that breaks off is an error, never a shorter file.
func (f remoteFiles) Open(path string) (io.ReadCloser, error) {
	ch, reqs, err := f.open("open", path)
	if err != nil {
		return nil, err
	}
	r := &remoteReader{Channel: ch, whole: make(chan string, 1)}
	go func() {
		defer close(r.whole)
		for req := range reqs {
			var p struct{ Problem string }
			if req.Type == fileKeep && gossh.Unmarshal(req.Payload, &p) == nil {
				r.whole <- p.Problem
			}
			if req.WantReply {
				_ = req.Reply(true, nil)
			}
		}
	}()
	return r, nil
}

type remoteReader struct {
	gossh.Channel
	whole chan string // "" once all of it was sent, or why not
	ended error       // how the reading ended
}

func (r *remoteReader) Read(b []byte) (int, error) {
	if r.ended != nil {
		return 0, r.ended
	}
	n, err := r.Channel.Read(b)
	if err == nil || n > 0 {
		return n, nil
	}
	r.ended = err
	if err == io.EOF {
		switch why, said := <-r.whole; {
		case !said:
			r.ended = errGone
		case why != "":
			r.ended = errors.New(why)
		}
	}
	return 0, r.ended
}

// Create prepares a new file at the client's.
func (f remoteFiles) Create(path string) (cli.NewFile, error) {
	ch, reqs, err := f.open("create", path)
	if err != nil {
		return nil, err
	}
	go gossh.DiscardRequests(reqs)
	return &remoteFile{ch}, nil
}

type remoteFile struct{ ch gossh.Channel }

func (f *remoteFile) Write(b []byte) (int, error) { return f.ch.Write(b) }

// Keep has the client make the file durable and name it, and waits until it has.
func (f *remoteFile) Keep(replace bool) error { return f.finish(fileKeep, replace) }

// Drop has the client take it away.
func (f *remoteFile) Drop() error { return f.finish(fileDrop, false) }

func (f *remoteFile) finish(how string, replace bool) error {
	defer f.ch.Close() //nolint:errcheck // answered by then
	if err := f.ch.CloseWrite(); err != nil {
		return errGone
	}
	if _, err := f.ch.SendRequest(how, true, gossh.Marshal(struct{ Replace bool }{replace})); err != nil {
		return errGone
	}
	// The answer to a request is yes or no; why not comes as data.
	why, err := io.ReadAll(io.LimitReader(f.ch, 1<<16))
	switch {
	case err != nil:
		return errGone
	case string(why) == kept:
		return nil
	}
	return fmt.Errorf("%s", why)
}

// kept is the client's word for a file that is whole and named, or gone as wanted.
const kept = "\x00kept"
