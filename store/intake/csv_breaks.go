package intake

import "errors"

// bareReturns are the fault of a row in a file of line feeds in which a carriage return stands alone: whether a row ends
// there cannot be known.
const bareReturns = "a bare carriage return is in the row: whether it ends there cannot be known; put the cell in quotes, or save the file as “CSV UTF-8 (comma delimited)”"

func errReturns() error {
	return errors.New("the lines end in bare carriage returns, which is not CSV: save the file as “CSV UTF-8 (comma delimited)”")
}

// endsInReturns says that the lines of a file end in bare carriage returns, as an old Macintosh writes them: its first
// line break outside quotes is one.
func (r *csvReader) endsInReturns() bool {
	quoted, seen := false, 0
	for {
		for i, c := range r.buf[r.pos+seen : r.end] {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '\n':
				return false
			case c == '\r':
				at := r.pos + seen + i + 1
				if at == r.end && r.fill() {
					at = r.pos + seen + i + 1 // what is not read yet may have moved
				}
				return at >= r.end || r.buf[at] != '\n'
			}
		}
		seen = r.end - r.pos
		if seen > maxRecord || !r.fill() {
			return false
		}
	}
}
