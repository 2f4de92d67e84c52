package intake

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
)

// Map is how another system's file becomes ours: `[intake.map.NAME]` of the configuration.
type Map struct {
	// Columns gives, for a column of ours, the header or headers of theirs. Several (a date and a time in columns of
	// their own) are joined by a space, those of a reference by a slash. One header may serve several columns.
	Columns map[domain.Column][]string
	// Layouts are how their dates and times are written, beside the ways we read anyway; the first that fits is taken.
	Layouts []Layout
}

// headers are theirs for a column of ours; none of no map.
func (m *Map) headers(c domain.Column) []string {
	if m == nil {
		return nil
	}
	return m.Columns[c]
}

// Layout is one way of writing a date, with or without a time.
type Layout struct {
	text   string // as the configuration has it
	goForm string
	clock  bool // it has a time of day
	zone   bool // and an offset
	order  order
}

// String is the layout as it was written.
func (l Layout) String() string { return l.text }

// ParseLayout reads a layout: in letters (`dd/mm/yyyy hh:mm`, `d mmm yy`, `yyyy-mm-dd hh:mm:ss`) or as Go writes it
// (`02/01/2006 15:04`). The error says what is wrong with it.
func ParseLayout(s string) (Layout, error) {
	l := Layout{text: s, goForm: s}
	if !strings.Contains(s, "06") {
		form, err := fromLetters(s)
		if err != nil {
			return Layout{}, err
		}
		l.goForm = form
	}
	// What a layout can tell apart shows in a date written by it and read back.
	probe := time.Date(2019, time.November, 23, 16, 47, 0, 0, time.FixedZone("", 3600))
	back, err := time.Parse(l.goForm, probe.Format(l.goForm))
	if err != nil || back.Year() != 2019 || back.Month() != time.November || back.Day() != 23 {
		return Layout{}, fmt.Errorf("the date layout %q needs day, month and year, like dd/mm/yyyy hh:mm", s)
	}
	l.clock = back.Hour() != 0 || back.Minute() != 0
	if l.clock && (back.Hour() != 16 || back.Minute() != 47) {
		return Layout{}, fmt.Errorf("the date layout %q needs hours and minutes, or neither (with am or pm where hours go to 12)", s)
	}
	_, off := back.Zone()
	l.zone, l.order = off == 3600, orderOf(probe.Format(l.goForm))
	return l, nil
}

// fromLetters turns dd/mm/yyyy hh:mm into Go's form. mm is the month, and the minutes behind hours.
func fromLetters(s string) (string, error) {
	var out strings.Builder
	low := strings.ToLower(s)
	twelve := strings.Contains(low, "am/pm") || strings.Contains(low, "am") && strings.IndexByte(low, 'h') >= 0
	hours := false
	for i := 0; i < len(low); {
		n := 1
		for i+n < len(low) && low[i+n] == low[i] {
			n++
		}
		word := low[i : i+n]
		switch {
		case strings.HasPrefix(low[i:], "am/pm"):
			out.WriteString("PM")
			i += len("am/pm")
			continue
		case strings.HasPrefix(low[i:], "am"), strings.HasPrefix(low[i:], "pm"):
			out.WriteString("PM")
			i += 2
			continue
		case strings.HasPrefix(low[i:], "t") && n == 1:
			out.WriteString(s[i : i+1])
		case low[i] == 'z' && n == 1:
			out.WriteString("Z07:00")
		default:
			form, ok := letters(word, hours, twelve)
			switch {
			case ok:
				out.WriteString(form)
			case low[i] >= 'a' && low[i] <= 'z' || low[i] >= '0' && low[i] <= '9':
				return "", fmt.Errorf("the date layout %q has %q: use d, dd, m, mm, mmm, yy, yyyy, h, hh, mm, ss, am/pm and signs between", s, s[i:i+n])
			default:
				out.WriteString(s[i : i+n])
			}
		}
		hours = hours || low[i] == 'h'
		i += n
	}
	return out.String(), nil
}

func letters(word string, afterHours, twelve bool) (string, bool) {
	switch word {
	case "yyyy":
		return "2006", true
	case "yy":
		return "06", true
	case "mmmm":
		return "January", true
	case "mmm":
		return "Jan", true
	case "mm":
		if afterHours {
			return "04", true
		}
		return "01", true
	case "m":
		return "1", true
	case "dd":
		return "02", true
	case "d":
		return "2", true
	case "ddd":
		return "Mon", true
	case "dddd":
		return "Monday", true
	case "hh":
		if twelve {
			return "03", true
		}
		return "15", true
	case "h":
		if twelve {
			return "3", true
		}
		return "15", true
	case "ss":
		return "05", true
	}
	return "", false
}

// read gives a cell in the form in which our own columns have it; a cell that fits no layout stays as it is, to be read
// or refused like one of ours. day says that the column holds a date alone.
func (m *Map) read(cell string, day bool) string {
	if m == nil {
		return cell
	}
	if cell = strings.TrimSpace(cell); cell == "" {
		return cell
	}
	for _, l := range m.Layouts {
		t, err := time.Parse(l.goForm, cell)
		if err != nil {
			t, err = time.Parse(l.goForm, strings.ToUpper(cell)) // "4:47 pm"
		}
		switch {
		case err != nil:
			continue
		case day || !l.clock:
			return t.Format(time.DateOnly)
		case l.zone:
			return t.Format("2006-01-02T15:04:05Z07:00")
		}
		return t.Format("2006-01-02T15:04:05")
	}
	return cell
}

// timeColumn says whether a column holds a date or a time, and whether a date alone.
func timeColumn(c domain.Column) (when, day bool) {
	day = c.Kind() == domain.CellDate
	return day || c.IsTime(), day
}
