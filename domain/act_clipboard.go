package domain

// Clipboard is the right to copy out of a screen, in the table of rights. It is no act: it changes nothing, but it is a copy
// that leaves and is recorded as one.
const Clipboard = "clipboard"

// MayCopy refuses who may copy nothing out: auditors read. The error is a Forbidden refusal.
func MayCopy(actor Actor) error {
	if _, ok := actor.Role.May(Clipboard); !ok {
		return forbidden("%s may copy nothing out", actor.Role.A())
	}
	return nil
}
