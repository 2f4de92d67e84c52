package timeline

// plan says what of the page is drawn, and how high each part is. It follows from the size and the lines that the head
// would like alone.
type plan struct {
	head   int  // lines of the head
	title  bool // the line that names level and window
	major  bool // the larger divisions above the labels
	ruler  bool // the line below the labels
	legend bool
	lanes  int // rows of episodes
	marks  int // rows of what the team did: none, one with letters, three
	beside bool
	rule   bool // a line above the list
	list   int  // lines of the list
	detail int  // lines of the detail, when it stands below the list
}

// The heights from which more of the axis is drawn.
const (
	tall   = 32
	middle = 19
)

// besideWidth is the width from which list and detail stand next to each other.
const besideWidth = 112

// listWidth is how wide the list is where the detail stands beside it.
func listWidth(w int) int { return w * 58 / 100 }

// above is how many lines of the page stand above the list.
func (p plan) above() int {
	n := p.head + p.lanes + p.marks + 3 // labels, fortnights, cursor
	for _, on := range []bool{p.title, p.major, p.ruler, p.legend, p.rule} {
		if on {
			n++
		}
	}
	return n
}

func planFor(w, h, head int) plan {
	p := plan{lanes: 1, beside: w >= besideWidth}
	most := 2
	switch {
	case h >= tall:
		p.title, p.major, p.ruler, p.legend, p.lanes, p.marks, most, p.rule = true, true, true, true, 3, 3, 8, true
	case h >= middle:
		p.title, p.major, p.lanes, p.marks, most = true, true, 2, 1, 4
	}
	p.head = min(head, most)
	rest := max(0, h-p.above())
	p.list = rest
	if !p.beside && rest >= 5 {
		p.detail = rest*2/5 + 1
		p.list = rest - p.detail
	}
	return p
}
