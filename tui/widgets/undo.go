package widgets

// history is what a text was, for taking back and doing again. Letters typed one after the other are one step.
type history struct {
	past, next []string
	run        bool // the step that was noted last goes on
}

// stepsMost is how many steps are kept.
const stepsMost = 200

// note keeps what a text was before a change; more says that another letter may go on with the step.
func (h *history) note(was, is string, more bool) {
	if was == is {
		h.run = h.run && more
		return
	}
	if !more || !h.run {
		h.past = append(h.past, was)
		h.past = h.past[max(0, len(h.past)-stepsMost):]
	}
	h.next, h.run = nil, more
}

// turn gives the text a step back or forth, and says whether a key asked for it; without a step it stays as it is.
func (h *history) turn(key, is string) (text string, asked bool) {
	from, to := &h.past, &h.next
	switch key {
	case "ctrl+z":
	case "ctrl+y":
		from, to = to, from
	default:
		return is, false
	}
	n := len(*from)
	if n == 0 {
		return is, true
	}
	text = (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, is)
	h.run = false
	return text, true
}
