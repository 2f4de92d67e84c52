package intake

// A spreadsheet runs a cell that begins with one of these as a formula (STORAGE, Files that come in).
func formulaSign(c byte) bool {
	switch c {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}

// formula says whether a cell is one of those signs behind any number of apostrophes.
func formula(cell string) bool {
	for i := range len(cell) {
		if cell[i] != '\'' {
			return formulaSign(cell[i])
		}
	}
	return false
}

// Guarded is a cell as we write it into CSV for people: one that a spreadsheet would run is neutralised by an apostrophe
// in front. A cell that looks neutralised already gets one more, so that reading takes back exactly what writing put.
func Guarded(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}

// unguarded takes that apostrophe off again.
func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && formula(cell[1:]) {
		return cell[1:]
	}
	return cell
}
