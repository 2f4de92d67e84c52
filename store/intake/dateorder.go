package intake

import (
	"fmt"
	"strings"

	"homeward/domain"
)

// A date of three numbers may begin with its day or with its month. Ours begin with the day; a map names another order. A file of the
// other order is read without a word wherever the day is 12 or less, so one value that fits only the other order is told.

// order is which of two numbers comes first in a date.
type order int

const (
	noOrder order = iota // no date of three numbers, or day and month are the same
	dayFirst
	monthFirst
	orders
)

func (o order) String() string { return [orders]string{"", "day first", "month first"}[o] }

// numbersOf gives the first two numbers of a date of three that ends in its year, with or without a time behind it.
func numbersOf(cell string) (first, second int, ok bool) {
	var n [3]int
	rest, sign := strings.TrimSpace(cell), byte(0)
	for i := range n {
		digits := 0
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' && digits < 5 {
			n[i] = n[i]*10 + int(rest[digits]-'0')
			digits++
		}
		switch {
		case i < 2 && (digits == 0 || digits > 2 || len(rest) == digits):
			return 0, 0, false
		case i == 2:
			return n[0], n[1], digits == 2 || digits == 4
		case i == 1 && rest[digits] != sign:
			return 0, 0, false
		}
		if sign = rest[digits]; sign != '/' && sign != '.' && sign != '-' {
			return 0, 0, false
		}
		rest = rest[digits+1:]
	}
	return 0, 0, false
}

// onlyOrder is the order a date can have: one of its numbers is no month. Of both that it could have it is noOrder.
func onlyOrder(first, second int) order {
	switch {
	case first > 12 && second >= 1 && second <= 12:
		return dayFirst
	case second > 12 && first >= 1 && first <= 12:
		return monthFirst
	}
	return noOrder
}

// orderOf is that of a layout, from a 23 November as it writes it.
func orderOf(written string) order {
	first, second, ok := numbersOf(written)
	if !ok {
		return noOrder
	}
	return onlyOrder(first, second)
}

// order says in which order a cell is read, or could be alone where it is not read; and why it is refused, "" where it is not: a map
// whose layouts begin with the month means no date by its day.
func (m *Map) order(cell string) (o order, refused string) {
	first, second, ok := numbersOf(cell)
	if !ok || first == second {
		return noOrder, ""
	}
	only, read := onlyOrder(first, second), dayFirst
	if m != nil {
		months, days := []string{}, false
		for _, l := range m.Layouts {
			if l.reads(strings.TrimSpace(cell)) {
				return l.order, ""
			}
			days = days || l.order == dayFirst
			if l.order == monthFirst {
				months = append(months, l.String())
			}
		}
		if len(months) > 0 && !days {
			return only, fmt.Sprintf("“%s” is not written as the map says (%s), and read with its day first it may be another day", shorten(strings.TrimSpace(cell)), strings.Join(months, ", "))
		}
	}
	if only != noOrder {
		read = only
	}
	return read, ""
}

// ordered is the first cell of a column that is of an order.
type ordered struct {
	of     domain.Column
	order  order
	column string // as the file calls it
	cell   string
}

// ordersSeen are the first values of each order in a column.
type ordersSeen [domain.NumColumns][orders]struct {
	ordered
	line int
}

func (s *ordersSeen) note(line int, list []ordered) {
	for _, o := range list {
		if first := &s[o.of][o.order]; first.line == 0 {
			first.ordered, first.line = o, line
		}
	}
}

// mixed are the notes about columns with values of both orders.
func (s *ordersSeen) mixed() (notes []string) {
	for _, of := range s {
		if d, m := of[dayFirst], of[monthFirst]; d.line != 0 && m.line != 0 {
			notes = append(notes, fmt.Sprintf("%s: line %d has “%s”, which is day first, and line %d has “%s”, which is month first: look whether each is the day that is meant; a map says the order for the whole file (dates)",
				d.column, d.line, shorten(d.cell), m.line, shorten(m.cell)))
		}
	}
	return notes
}
