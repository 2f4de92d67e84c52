package desk

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Look is how a list is shown: what a saved view keeps. What is as it comes is blank.
type Look struct {
	Filter string   `json:"filter,omitempty"`
	Sort   string   `json:"sort,omitempty"`
	Layout string   `json:"layout,omitempty"`
	Hidden []string `json:"hidden,omitempty"` // columns
}

// layouts are the names of the layouts in a look, in their order.
func layouts() []string { return []string{"", "list", "full"} }

// Look is how the list is shown now.
func (l *ListPage[R, D]) Look() Look {
	out := Look{Filter: l.Filter.Value(), Layout: layouts()[l.Layout], Hidden: slices.Clone(l.Hidden)}
	if l.c.TwoLayouts && l.Layout == DetailOnly {
		out.Layout = ""
	}
	if l.Order > 0 {
		out.Sort = l.c.Orders[l.Order]
	}
	return out
}

// Take shows the list so. A layout, an order or a column it does not know is as it comes.
func (l *ListPage[R, D]) Take(look Look) tea.Cmd {
	if l.c.Home != nil {
		l.c.Home()
	}
	l.Filter.Set(look.Filter)
	l.Layout = Layout(max(0, slices.Index(layouts(), look.Layout)))
	if l.c.TwoLayouts && l.Layout == DetailOnly {
		l.Layout = Split
	}
	l.Order = max(0, slices.Index(l.c.Orders, look.Sort))
	l.Hidden = slices.DeleteFunc(slices.Clone(look.Hidden), func(name string) bool { return !slices.Contains(l.c.MayHide, name) })
	return l.filtered(false)
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
