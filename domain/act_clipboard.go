package domain

// Clipboard is the right to copy out of a screen, in the table of rights. It is no act: it changes nothing, but it is a copy
// that leaves and is recorded as one.
const Clipboard = "clipboard"

// MayCopy refuses who may copy nothing of a child out: auditors read, and a restricted child is for those named. The error is a
// Forbidden refusal.
func MayCopy(s *Settings, actor Actor, c *Child) error {
	if !c.OpenTo(s, actor.Login) {
		return closedTo(s, c)
	}
	if _, ok := actor.Role.May(Clipboard); !ok {
		return forbidden("%s may copy nothing out", actor.Role.A())
	}
	return nil
}
