package frame

import (
	"context"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// keysOf feeds pieces to a guarded terminal reader and returns what it made of
// them.
func keysOf(t *testing.T, pieces ...string) []uv.Event {
	t.Helper()
	r, w := io.Pipe()
	g := GuardInput(r).(*guarded)
	g.rest = 60 * time.Millisecond // set before the first byte is written
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	events := make(chan uv.Event, 100)
	done := make(chan error, 1)
	go func() { done <- uv.NewTerminalReader(g, "xterm-256color").StreamEvents(ctx, events) }()
	for _, p := range pieces {
		if p == "" {
			time.Sleep(250 * time.Millisecond)
			continue
		}
		if _, err := io.WriteString(w, p); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	close(events)
	var out []uv.Event
	for e := range events {
		out = append(out, e)
	}
	return out
}

func TestPasteEnds(t *testing.T) {
	tests := []struct {
		name   string
		pieces []string
		paste  string
		key    string
	}{
		{"whole", []string{"\x1b[200~hello\x1b[201~j"}, "hello", "j"},
		{"mark in two pieces", []string{"\x1b[200~hello\x1b[2", "01~j"}, "hello", "j"},
		{"begin in two pieces", []string{"\x1b[20", "0~hello\x1b[201~", "j"}, "hello", "j"},
		{"mark never comes", []string{"\x1b[200~hello", "", "\x03"}, "hello", "ctrl+c"},
		{"mark cut off", []string{"\x1b[200~hello\x1b[20", "", "j"}, "hello", "j"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var paste, key string
			for _, e := range keysOf(t, tt.pieces...) {
				switch e := e.(type) {
				case uv.PasteEvent:
					paste = e.Content
				case uv.KeyPressEvent:
					key = tea.KeyPressMsg(e).String()
				}
			}
			if paste != tt.paste || key != tt.key {
				t.Errorf("paste %q, key %q", paste, key)
			}
		})
	}
}

func TestLoneEscIsNotHeld(t *testing.T) {
	r, w := io.Pipe()
	g := GuardInput(r)
	go func() { _, _ = io.WriteString(w, "\x1b") }()
	buf := make([]byte, 8)
	got := make(chan int, 1)
	go func() { n, _ := g.Read(buf); got <- n }()
	select {
	case n := <-got:
		if n != 1 {
			t.Errorf("%d bytes", n)
		}
	case <-time.After(900 * time.Millisecond):
		t.Error("esc waits")
	}
	_ = w.Close()
}
