package cli

import (
	"context"
	"io"
)

// input is a source that stops waiting when the program is told to end: a read from a terminal or a pipe goes on for as
// long as nothing comes, whatever signal arrives meanwhile, and the database would stay held with it.
type input struct {
	ctx  context.Context
	from io.Reader
	got  chan chunk
	rest []byte
	err  error
}

type chunk struct {
	data []byte
	err  error
}

func newInput(ctx context.Context, from io.Reader) *input {
	return &input{ctx: ctx, from: from}
}

// Read gives what has come, and the context's error once that is done.
func (in *input) Read(p []byte) (int, error) {
	if in.got == nil {
		in.got = make(chan chunk)
		go in.pump()
	}
	if len(in.rest) == 0 && in.err == nil {
		select {
		case c := <-in.got:
			in.rest, in.err = c.data, c.err
		case <-in.ctx.Done():
			return 0, in.ctx.Err()
		}
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	if len(in.rest) == 0 && in.err != nil {
		return n, in.err
	}
	return n, nil
}

// pump reads ahead by one piece. It ends with the source, with the context, or with the program.
func (in *input) pump() {
	for {
		b := make([]byte, 64<<10)
		n, err := in.from.Read(b)
		select {
		case in.got <- chunk{b[:n], err}:
		case <-in.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
