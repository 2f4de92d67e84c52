package sshd_test

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"homeward/tui/cli"
	"homeward/tui/sshd"
)

const stranger = 65534 // an account that owns nothing here

// A command joins a socket only where it and its folder are proven to be the database owner's; whatever else stands there is
// named, and the command goes on without it.
func TestOnlyTheOwnersSocketIsJoined(t *testing.T) {
	root := os.Getuid() == 0
	for name, c := range map[string]struct {
		root     bool // only root can set it up
		database int  // the account that owns it; -1: there is none
		folder   int  // the account that owns the folder
		mode     fs.FileMode
		listener int // the account that listens; -1: the socket is left over
		link     bool
		want     string // in the reason; "": it is taken for the server
	}{
		"one's own":                                {mode: 0o755},
		"in a folder others can write to":          {mode: 0o777, want: "chmod go-w"},
		"a link":                                   {mode: 0o755, link: true, want: "it is a link"},
		"no database, one's own process":           {mode: 0o755, database: -1},
		"root's of another's database":             {root: true, mode: 0o755, database: stranger, folder: stranger},
		"another's, on their own database":         {root: true, mode: 0o755, database: stranger, folder: stranger, listener: stranger},
		"another's, on root's database":            {root: true, mode: fs.ModeSticky | 0o777, listener: stranger, want: "it belongs to"},
		"in another's folder":                      {root: true, mode: 0o755, folder: stranger, want: "its folder"},
		"no database, somebody else answers":       {root: true, mode: fs.ModeSticky | 0o777, database: -1, listener: stranger, want: "it belongs to"},
		"a shared folder where all have their own": {root: true, mode: fs.ModeSticky | 0o777},
		"in a folder its group can write to":       {root: true, mode: 0o775, folder: stranger, database: stranger},
	} {
		t.Run(name, func(t *testing.T) {
			if c.root && !root {
				t.Skip("only root can be two accounts")
			}
			dir := openFolder(t)
			db := filepath.Join(dir, "x.db")
			socket := db + ".sock"
			if c.link {
				socket = filepath.Join(dir, "elsewhere")
			}
			if c.database >= 0 {
				write(t, db, "")
			}
			if root && c.database >= 0 {
				own(t, db, c.database)
			}
			if err := os.Chmod(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			listenAs(t, dir, socket, c.listener)
			if c.link {
				if err := os.Symlink(socket, db+".sock"); err != nil {
					t.Fatal(err)
				}
			}
			if root {
				own(t, dir, c.folder)
			}
			if err := os.Chmod(dir, c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := sshd.Dial(t.Context(), db)
			var no *cli.NotJoined
			switch refused := errors.As(err, &no); {
			case err == nil:
				t.Fatal("a listener that hangs up was taken for a server that answers")
			case c.want == "" && refused:
				t.Errorf("refused: %v", err)
			case c.want != "" && (!refused || !strings.Contains(no.Why, c.want)):
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// A command goes to its own database, and says why it does not use the socket in the way.
func TestAPretenderIsNotFollowed(t *testing.T) {
	t.Parallel()
	dir := openFolder(t)
	h := &site{TB: t, dir: dir, log: &heard{}}
	h.db, h.config = filepath.Join(dir, "x.db"), filepath.Join(dir, "none.toml")
	write(t, h.config, "")
	if s := h.ran(h.here("import", "-"), night(3)); s.status != 3 {
		t.Fatalf("%+v", s)
	}
	listenAs(t, dir, filepath.Join(dir, "elsewhere"), 0)
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), h.db+".sock"); err != nil {
		t.Fatal(err)
	}
	s := h.ran(h.here("queue", "--format", "csv"), "")
	if s.status != 0 || strings.Count(s.out, "NIGHT") != 3 || !strings.Contains(s.err, "is not used: it is a link to somewhere else. Remove it") {
		t.Errorf("%+v", s)
	}
}

// openFolder is a folder that every account can reach.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func own(t *testing.T, path string, account int) {
	t.Helper()
	if err := os.Lchown(path, account, account); err != nil {
		t.Fatal(err)
	}
}

// listenAs has a process of an account listen on a socket, for as long as the test lasts.
func listenAs(t *testing.T, dir, socket string, account int) {
	t.Helper()
	cmd := exec.CommandContext(context.Background(), os.Args[0])
	cmd.Env = []string{"HOMEWARD_TEST_LISTEN=" + socket}
	if account != 0 {
		cmd.Path = copied(t, os.Args[0], filepath.Join(dir, "listener"))
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(account), Gid: uint32(account)}}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("it does not listen")
	}
}
