package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"homeward/domain"
	"homeward/store"
	"homeward/store/seed"
	"homeward/tui/tuitest"
)

// demoFiles is the made-up team as files: made once, because its past is hundreds of acts.
var demoFiles = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "homeward-demo-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "demo.db")
	s, clock := seed.Team("nobody"), seed.NewClock(tuitest.Now())
	st, err := store.Open(path, store.Options{Settings: &s, Clock: clock.Now})
	if err != nil {
		return nil, err
	}
	if err := seed.Fill(context.Background(), func(a domain.Actor) view.Desk { return st.Desk(a) }, &s, clock, 20, 3); err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, suffix := range []string{"", ".head"} {
		if files[suffix], err = os.ReadFile(path + suffix); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// demo opens a copy of the made-up team.
func demo(t testing.TB, s *domain.Settings, clock *seed.Clock) *store.Store {
	t.Helper()
	files, err := demoFiles()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	for suffix, content := range files {
		if err := os.WriteFile(path+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	st, err := store.Open(path, store.Options{Settings: s, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}
