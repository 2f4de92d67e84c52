package local

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"homeward/domain"
	"homeward/store"
	"homeward/store/keyring"
	"homeward/tui/cli"
	"homeward/tui/sshd"
)

// Sealed says that a server of an encrypted database has no key and nobody to ask: somebody must give one over SSH.
func (k *Keys) Sealed(p cli.Place, site *store.Site) bool {
	f, err := store.Keys(site.Path)
	return err == nil && f != nil && k.Unlocker(p).Empty()
}

// gateWithin is how long somebody has to type a passphrase.
const gateWithin = 2 * time.Minute

// WaitUnsealed answers over SSH until one of the people of the configuration has given a passphrase.
func (k *Keys) WaitUnsealed(ctx context.Context, p cli.Place, site *store.Site, listen string, log *slog.Logger) error {
	c := site.Config
	host := c.Serve.HostKey
	if host == "" {
		host = site.Path + ".hostkey"
	}
	g := &sshd.Gate{Listen: listen, HostKey: host, Within: gateWithin, Tries: c.Serve.Tries, Log: log,
		Owner: func(wire []byte) (string, error) {
			login, ok := c.OwnerOf(wire)
			if !ok {
				return "", errors.New("the key belongs to nobody in the configuration")
			}
			who, err := domain.ActorFor(&c.Settings, time.Now(), "", login)
			return who.Login, err
		},
		Try: func(passphrase string) error {
			f, err := store.Keys(site.Path)
			if err != nil {
				return err
			}
			if _, err := f.Open(keyring.Key{Passphrase: passphrase}); err != nil {
				return err
			}
			k.Unlocker(p).Give(passphrase)
			return nil
		}}
	return g.Wait(ctx, func(address string) {
		log.Warn("the database is encrypted and there is no key: nobody can work until somebody who has a passphrase gives it over SSH", "address", address)
	})
}
