//go:build !linux

package store

func undumpable() error { return nil }

func dumpable() bool { return false }
