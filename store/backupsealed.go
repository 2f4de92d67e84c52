package store

import (
	"context"

	bolt "go.etcd.io/bbolt"
)

// sealedBackup copies an encrypted database for which there is no key. Its log cannot say so.
func sealedBackup(ctx context.Context, path, file string, check Checker) (c Copied, err error) {
	db, _, err := openBolt(path, Read, MaxWait)
	if err != nil {
		return c, err
	}
	defer db.Close() //nolint:errcheck // opened for reading
	return c, named(path, newBackup(ctx, file, check, func(temp string) (err error) {
		c, err = copyOpen(ctx, db, temp)
		return err
	}, func() error { return nil }))
}

func copyOpen(ctx context.Context, db *bolt.DB, temp string) (Copied, error) {
	c, err := copyBolt(ctx, db, ownVersions(), temp)
	c.Unsaid = true
	return c, err
}
