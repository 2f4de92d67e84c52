package store

import (
	"cmp"
	"fmt"

	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
)

// noLogin names somebody whose [[user]] has no login, which is a fault of its own.
const noLogin = "a [[user]] without a login"

// userKeys reads a person's public keys. One that cannot be read is told at once: it would be found missing by somebody who
// stands before a closed door.
func (l *loader) userKeys(i int, u domain.User) {
	for n, line := range u.Keys {
		at := fmt.Sprintf("user[%d].keys", i)
		key, _, options, rest, err := gossh.ParseAuthorizedKey([]byte(line))
		switch {
		case err != nil || len(rest) > 0:
			l.fail(at, "key %d of %s is no line of a .pub file: ssh-ed25519 AAAA… name", n+1, u.Login)
		case len(options) > 0:
			l.fail(at, "key %d of %s begins with %q: options are not followed here, so leave them out", n+1, u.Login, options[0])
		default:
			wire := string(key.Marshal())
			if other, ok := l.c.keyOf[wire]; ok && other != u.Login {
				l.fail(at, "key %d of %s belongs to %s already: who acts would not be known", n+1, u.Login, cmp.Or(other, noLogin))
				continue
			}
			if l.c.keyOf == nil {
				l.c.keyOf = map[string]string{}
			}
			l.c.keyOf[wire] = u.Login
		}
	}
}

// OwnerOf finds whose public key it is, given as it goes over the wire.
func (c *Config) OwnerOf(wire []byte) (login string, ok bool) {
	login, ok = c.keyOf[string(wire)]
	return login, ok
}

// HasKeys says whether anybody can come in over SSH.
func (c *Config) HasKeys() bool { return len(c.keyOf) > 0 }
