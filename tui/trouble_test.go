package tui_test

import (
	"os"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// Everybody's header says when nothing can be kept any more, because the database's file is gone, and when it can again.
func TestNothingIsKeptInTheHeader(t *testing.T) {
	x := threeBack(t)
	dee, tom := x.sit("dee", 120, 40), x.sit("amira", 80, 24)
	look := func(d time.Duration) {
		t.Helper()
		x.clock(tuitest.Now().Add(d), dee, tom)
		dee.hear()
		tom.hear()
	}
	if err := os.Rename(x.store.Path(), x.store.Path()+".away"); err != nil {
		t.Fatal(err)
	}
	look(time.Minute)
	dee.Sees("nothing is kept: file gone").Golden("file-gone-120x40")
	tom.Sees("nothing is kept: file gone").Golden("file-gone-80x24")
	if err := os.Rename(x.store.Path()+".away", x.store.Path()); err != nil {
		t.Fatal(err)
	}
	look(2 * time.Minute)
	dee.SeesNot("nothing is kept")
	tom.SeesNot("nothing is kept")
}
