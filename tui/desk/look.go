package desk

import (
	"slices"
	"strings"

	"homeward/tui/widgets"
)

// Look is how a list is shown: what a saved view keeps. What is as it comes is blank.
type Look struct {
	Filter string   `json:"filter,omitempty"`
	Sort   string   `json:"sort,omitempty"`
	Layout string   `json:"layout,omitempty"`
	Hidden []string `json:"hidden,omitempty"` // columns
}

// layouts are the names of split, list and full, in the order of the screens' own.
func layouts() []string { return []string{"", "list", "full"} }

// LookOf is the look of a list with a filter, the n-th layout and the n-th of its orders; the first of each is how it comes.
func LookOf(f *widgets.Filter, layout, order int, orders []string) Look {
	l := Look{Filter: f.Value(), Layout: layouts()[layout]}
	if order > 0 {
		l.Sort = orders[order]
	}
	return l
}

// Put sets the filter and says which layout and which order a look has; one it does not know is the first.
func (l Look) Put(f *widgets.Filter, orders []string) (layout, order int) {
	f.Set(l.Filter)
	return max(0, slices.Index(layouts(), l.Layout)), max(0, slices.Index(orders, l.Sort))
}

func (l Look) equal(o Look) bool {
	return l.Filter == o.Filter && l.Sort == o.Sort && l.Layout == o.Layout && slices.Equal(l.Hidden, o.Hidden)
}

// words say a look in a line.
func (l Look) words() string {
	var parts []string
	if l.Filter != "" {
		parts = append(parts, l.Filter)
	}
	if l.Sort != "" {
		parts = append(parts, "by "+l.Sort)
	}
	if l.Layout != "" {
		parts = append(parts, l.Layout)
	}
	if len(l.Hidden) > 0 {
		parts = append(parts, "without "+strings.Join(l.Hidden, ", "))
	}
	return strings.Join(parts, "; ")
}
