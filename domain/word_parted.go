package domain

// How an episode parted from a cluster. One left out is not offered to it again; the others may be, once they are
// outstanding again.
const (
	PartedLeftOut     = "left_out"
	PartedWithdrawn   = "withdrawn"
	PartedNotRequired = "not_required"
	PartedDuplicate   = "duplicate"
	PartedNotBack     = "not_back" // its return was taken back: the child is found and not back
	// PartedHeldWithout is one that waited for a sign-off while the interview of the others was held, and is owed its own.
	PartedHeldWithout = "held_without"
	// PartedMoved is one that turned out to be another child's, PartedMovedAfter one after the interview was held.
	PartedMoved      = "moved"
	PartedMovedAfter = "moved_after"
)
