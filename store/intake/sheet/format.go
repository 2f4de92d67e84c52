package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// format is what a number format shows.
type format struct {
	date    bool // a day
	month   bool // a month or year without a day
	clock   bool // hours and minutes
	seconds bool
	elapsed bool   // hours that go beyond 24
	digits  string // a pattern of noughts and signs between, as telephone numbers have; "" for none
}

// builtIn is the format code of a number that stands for one (ECMA-376, 18.8.30).
func builtIn(id int) string {
	switch {
	case id == 14, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return "dd/mm/yyyy"
	case id == 15:
		return "d-mmm-yy"
	case id == 16:
		return "d-mmm"
	case id == 17:
		return "mmm-yy"
	case id == 18, id == 20, id == 32, id == 34:
		return "hh:mm"
	case id == 19, id == 21, id == 33, id == 35:
		return "hh:mm:ss"
	case id == 22:
		return "dd/mm/yyyy hh:mm"
	case id == 45, id == 47:
		return "mm:ss"
	case id == 46:
		return "[h]:mm:ss"
	case id == 1:
		return "0"
	}
	return ""
}

// readFormat reads a format code; only its first part, that of numbers above zero, is looked at.
func readFormat(code string) format {
	var f format
	if strings.HasPrefix(strings.ToLower(code), "general") {
		return f
	}
	signs, pattern := codeSigns(code)
	for i := 0; i < len(signs); {
		n := 1
		for i+n < len(signs) && signs[i+n] == signs[i] {
			n++
		}
		switch signs[i] {
		case 'd':
			f.date = true
		case 'y':
			f.month = true
		case 'h', 'p': // p stands for am/pm
			f.clock = true
		case 's':
			f.seconds = true
		case 'H':
			f.clock, f.elapsed = true, true
		case 'm':
			before, after := strings.TrimRight(signs[:i], "p"), signs[i+n:]
			if strings.HasSuffix(before, "h") || strings.HasSuffix(before, "H") || strings.HasPrefix(after, "s") {
				f.clock = true
			} else {
				f.month = true
			}
		}
		i += n
	}
	if f.seconds {
		f.clock = true
	}
	if f == (format{}) {
		f.digits = pattern
	}
	return f
}

// codeSigns are the signs of a format code that stand for a part of a date or time, in order; H is hours that go beyond 24,
// p am/pm. pattern is the code where it is noughts and signs between alone.
func codeSigns(code string) (signs, pattern string) {
	var out, digits strings.Builder
	plain := true
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case c == ';':
			i = len(code)
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				i = len(code)
				break
			}
			digits.WriteString(code[i+1 : i+1+end])
			i += end + 1
		case c == '\\' && i+1 < len(code):
			i++
			digits.WriteByte(code[i])
		case (c == '_' || c == '*') && i+1 < len(code):
			i++
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				i = len(code)
				break
			}
			switch in := strings.ToLower(code[i+1 : i+end]); {
			case in != "" && strings.Trim(in, "h") == "":
				out.WriteByte('H')
			case in != "" && (strings.Trim(in, "m") == "" || strings.Trim(in, "s") == ""):
				out.WriteByte('H')
				if in[0] == 's' {
					out.WriteByte('s')
				}
			}
			i += end
		case strings.HasPrefix(strings.ToLower(code[i:]), "am/pm"):
			out.WriteByte('p')
			i += 4
		case strings.HasPrefix(strings.ToLower(code[i:]), "a/p"):
			out.WriteByte('p')
			i += 2
		case (c == 'E' || c == 'e') && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			plain = false
			i++
		default:
			switch low := c | 0x20; low {
			case 'd', 'y', 'h', 's', 'm':
				out.WriteByte(low)
				plain = false
			default:
				if c != '0' && c != ' ' && c != '-' && c != '/' {
					plain = plain && !strings.ContainsRune("#?.,%@", rune(c))
				}
				digits.WriteByte(c)
			}
		}
	}
	if plain && strings.Count(digits.String(), "0") > 1 {
		pattern = digits.String()
	}
	return out.String(), pattern
}

// number is what a number shows by its format.
func number(value string, f format, from1904 bool, name string) Cell {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return Cell{Text: value, Fault: "cell " + name + " is to hold a number and holds “" + value + "”: type it anew"}
	}
	switch {
	case f.elapsed:
		seconds := int64(math.Round(min(math.Abs(x), 1e9) * 86400))
		return Cell{Text: strconv.FormatInt(seconds/3600, 10) + ":" + two(seconds/60%60), Number: true}
	case f.date, f.month, f.clock:
		return moment(x, f, from1904, name)
	}
	text := plainNumber(value, x)
	if f.digits != "" {
		text = patterned(text, f.digits)
	}
	return Cell{Text: text, Number: true}
}

// plainNumber writes a number with the fifteen digits that a spreadsheet shows, never with an exponent.
func plainNumber(value string, x float64) string {
	if value != "" && strings.Trim(value, "0123456789") == "" {
		return value
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	if err != nil {
		short = x
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// patterned puts the digits of a whole number in the place of a pattern's noughts.
func patterned(text, pattern string) string {
	if strings.Trim(text, "0123456789") != "" {
		return text
	}
	out := []byte{}
	left := len(text)
	for i := len(pattern) - 1; i >= 0; i-- {
		switch {
		case pattern[i] != '0':
			out = append(out, pattern[i])
		case left > 0:
			left--
			out = append(out, text[left])
		default:
			out = append(out, '0')
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return text[:left] + string(out)
}

func two(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

// moment is the day or time that a number stands for, as far as its format shows it: rounded to the second, because the
// fraction of a day is not exact, and cut to the minute where no seconds are shown.
func moment(x float64, f format, from1904 bool, name string) Cell {
	bad := func(why string) Cell {
		return Cell{Text: plainNumber("", x), Fault: "cell " + name + " " + why}
	}
	if x < 0 || x >= 2958466 {
		return bad("has a date's format and a number that is no date: type the date anew")
	}
	seconds := int64(math.Round(x * 86400))
	days, rest := seconds/86400, seconds%86400
	if f.clock && !f.date && !f.month {
		return Cell{Text: clock(rest, f), Date: true}
	}
	if !f.date {
		return bad("shows a month or year without a day: give the cell a format with day, month and year")
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 0 || days == 60:
		return bad("shows a day that there never was: type the date anew, or empty the cell")
	case days < 60: // the calendar of spreadsheets has a 29 February 1900
		base = base.AddDate(0, 0, 1)
	}
	text := base.AddDate(0, 0, int(days)).Format(time.DateOnly)
	if f.clock {
		text += " " + clock(rest, f)
	}
	return Cell{Text: text, Date: true}
}

func clock(seconds int64, f format) string {
	s := two(seconds/3600) + ":" + two(seconds/60%60)
	if f.seconds {
		s += ":" + two(seconds%60)
	}
	return s
}

// dayAndTime is a cell that holds its date as text of ISO 8601, as far as its format shows it.
func dayAndTime(value string, f format, name string) Cell {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		t, err := time.Parse(layout, strings.TrimSuffix(value, "Z"))
		if err != nil {
			continue
		}
		switch {
		case f.clock && !f.date:
			return Cell{Text: clock(int64(t.Hour()*3600+t.Minute()*60+t.Second()), f), Date: true}
		case f.clock || f == (format{}) && layout != "2006-01-02":
			t = t.Round(time.Second)
			return Cell{Text: t.Format(time.DateOnly) + " " + clock(int64(t.Hour()*3600+t.Minute()*60+t.Second()), f), Date: true}
		}
		return Cell{Text: t.Format(time.DateOnly), Date: true}
	}
	return Cell{Text: value, Fault: "cell " + name + " is to hold a date and holds “" + value + "”: type it anew"}
}
