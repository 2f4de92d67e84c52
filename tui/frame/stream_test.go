package frame_test

import (
	"testing"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// What the library writes for a story ends up as the frame the model draws.
func TestStreamShowsTheFrame(t *testing.T) {
	x := &sample{}
	s := tuitest.Run(t, 120, 40, x.build(frame.Runtime{Now: tuitest.Now, Delay: widgets.NoDelay}))
	s.Rest()
	for _, keys := range [][]string{{"j", "j", "G"}, {"g", "c"}, {"n"}, {"n"}, {"esc", "ctrl+p"}, {"esc"}} {
		s.Press(keys...)
		s.Rest()
	}
	d := tuitest.New(t, 120, 40, (&sample{}).build)
	d.Press("j", "j", "G", "g", "c", "n", "n", "esc", "ctrl+p", "esc")
	if got, want := s.Text(), d.Frame(); got != want {
		t.Errorf("the terminal shows\n%s\nwant\n%s", got, want)
	}
	n := len(s.Rest())
	if more := len(s.Rest()) - n; more != 0 {
		t.Errorf("%d bytes while nothing happens", more)
	}
	s.Press("q")
	if _, err := s.Wait(); err != nil {
		t.Error(err)
	}
}
