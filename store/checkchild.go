package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"homeward/store/keyring"
)

// A damaged file can make its reader crash on a fault or run for ever. So a check runs in a child process: the visible
// command calls [CheckInChild], which starts a hidden one, which calls [CheckToPipe].

// CheckLimit is how long a check in a child may take before the file counts as damaged.
const CheckLimit = 10 * time.Minute

// largestReport is how much of a child's output is read.
const largestReport = 4 << 20

// pipeReport is what the child tells its parent.
type pipeReport struct {
	Report  CheckReport `json:"report"`
	Problem string      `json:"problem,omitempty"` // which of the errors, by problemName
	Path    string      `json:"path,omitempty"`
	Text    string      `json:"text,omitempty"`
	PID     int         `json:"pid,omitempty"`
}

// problemKinds are the errors of [Check] that come through the pipe as themselves.
func problemKinds() map[string]error {
	return map[string]error{"missing": ErrMissing, "held": ErrHeld, "foreign": ErrForeign, "newer": ErrNewer, "permission": ErrNoPermission}
}

// CheckToPipe checks in this process and writes the result for the parent. The hidden command ends with status 0 when it
// gives nil.
func CheckToPipe(ctx context.Context, out io.Writer, path string, o CheckOptions) error {
	r, err := Check(ctx, path, o)
	p := pipeReport{Report: r}
	if err != nil {
		p.Problem, p.Text = "other", err.Error()
		var problem *Problem
		if errors.As(err, &problem) {
			p.Path, p.Text, p.PID = problem.Path, problem.Text, problem.PID
		}
		for name, kind := range problemKinds() {
			if errors.Is(err, kind) {
				p.Problem = name
			}
		}
	}
	return json.NewEncoder(out).Encode(p)
}

// CheckInChild runs the hidden command (this program's own path and its arguments) and gives what it found. A child that
// crashes, or takes longer than limit, is damage. rings are the data keys at hand. The errors are those of [Check].
func CheckInChild(ctx context.Context, self string, args []string, limit time.Duration, rings []*keyring.Ring) (CheckReport, error) {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(timed, self, args...)
	cmd.WaitDelay = time.Second
	cmd.Stdin = bytes.NewReader(ringBytes(rings)) // never an argument, which others on this machine can read
	out, complaints := &capped{limit: largestReport}, &capped{limit: 4 << 10}
	cmd.Stdout, cmd.Stderr = out, complaints
	err := cmd.Run()
	if ctx.Err() != nil {
		return CheckReport{}, ctx.Err()
	}
	var p pipeReport
	if err == nil && json.Unmarshal(out.Bytes(), &p) == nil {
		return p.Report, p.err()
	}
	var exit *exec.ExitError
	switch {
	case timed.Err() != nil:
		return damagedReport(fmt.Sprintf("reading it did not end within %s", limit)), nil
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return CheckReport{}, fmt.Errorf("the check could not be run: %s", bytes.TrimSpace(complaints.Bytes()))
	case err == nil || errors.As(err, &exit):
		return damagedReport("reading it made the check crash"), nil
	}
	return CheckReport{}, fmt.Errorf("the check could not be run: %w", err)
}

func damagedReport(how string) CheckReport {
	return CheckReport{Findings: []Finding{{"file", "damaged: " + how + ": " + restoreAdvice}}}
}

func (p *pipeReport) err() error {
	if p.Problem == "" {
		return nil
	}
	if kind, ok := problemKinds()[p.Problem]; ok {
		return &Problem{Kind: kind, Path: p.Path, Text: p.Text, PID: p.PID}
	}
	return errors.New(p.Text)
}

// capped keeps the beginning of what is written to it.
type capped struct {
	bytes.Buffer
	limit int
}

func (c *capped) Write(b []byte) (int, error) {
	if room := c.limit - c.Len(); room > 0 {
		c.Buffer.Write(b[:min(len(b), room)])
	}
	return len(b), nil
}
