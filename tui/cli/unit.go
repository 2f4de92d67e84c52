package cli

import _ "embed"

//go:embed homeward.service
var unitText string

// Unit is the unit of systemd for a server.
func Unit() string { return unitText }
