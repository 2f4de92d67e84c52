package tuitest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Main builds the real program, tells where it is, runs the tests of a package, and takes the program away again. It gives
// the exit status: TestMain ends with it.
func Main(m *testing.M, tell func(binary string)) (status int) {
	dir, err := os.MkdirTemp("", "homeward-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	binary := filepath.Join(dir, "homeward")
	if out, err := exec.Command("go", "build", "-o", binary, "homeward").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	tell(binary)
	return m.Run()
}

// Account is the name of the account that runs the tests, as the program knows it.
func Account() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return fmt.Sprint("uid ", os.Getuid())
}

// Left is what a command left behind.
type Left struct {
	Status   int
	Out, Err string
}

// Finish runs a command to its end. One that cannot be started, or takes longer than limit, ends the test.
func Finish(t testing.TB, cmd *exec.Cmd, stdin string, limit time.Duration) Left {
	t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errOut
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	stop()
	left := Left{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("%v hangs\n%s\n%s", cmd.Args, left.Out, left.Err)
	case err != nil && !errors.As(err, &exit):
		t.Fatalf("%v: %v\n%s\n%s", cmd.Args, err, left.Out, left.Err)
	}
	return left
}
