//go:build !unix

package tui

// noJob says why no shell would go on with this program once it was stopped.
func noJob() string { return "this system has no shell that would go on with it" }
