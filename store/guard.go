package store

import (
	"fmt"
	"runtime/debug"
)

// Reading a damaged file through bbolt can panic, or fault where the file ends before its map. Both become an error
// here: a person is told to restore from backup and other sessions live on.

// onFault makes a memory fault of this goroutine a panic, which a guard can catch, until the returned function is called.
func onFault() (restore func()) {
	was := debug.SetPanicOnFault(true)
	return func() { debug.SetPanicOnFault(was) }
}

// guard turns a panic into damage. Deferred directly.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = damageOf(r)
	}
}

// damageOf is what was met with a panic.
func damageOf(r any) error {
	if f, ok := r.(*flaw); ok {
		return f
	}
	return flawf("reading it failed with %q", fmt.Sprint(r))
}

// guarded runs f; a panic or fault in it is damage.
func guarded(f func() error) (err error) {
	defer onFault()()
	defer guard(&err)
	return f()
}
