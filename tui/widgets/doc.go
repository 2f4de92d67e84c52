// Package widgets holds the parts that screens are built of: lists, forms,
// menus, confirmations, clocks, panes. They know nothing of children or
// referrals. A widget keeps its own state, is drawn by View(theme, w, h) and
// never larger than asked, and takes only text that is safe: a [Line] is made of
// safe.Text and styles, and [Say], [In] and [Tell] make one.
//
// # A list
//
//	l := widgets.NewList(s.Keys, func(r row) string { return r.ID },
//		widgets.Column[row]{Title: "Child", Min: 12, Max: 30, Cell: func(th *theme.Theme, r row) widgets.Line {
//			return widgets.Tell(th.Text, r.Name)
//		}},
//		widgets.Column[row]{Title: "Clock", Min: 18, Max: 24, Priority: 1, Cell: clock},
//	)
//	l.SetGroups([]widgets.Group[row]{{Key: "Urgent", Rows: urgent}, {Key: "Missing now", Fold: true, Folded: true, Rows: missing}})
//
// Cursor, selection and folds hold ids and survive every refresh. [List.Focused]
// is the row under the cursor, [List.Chosen] the rows an action is for.
//
// # A form
//
// Describe the fields and what becomes of the answers; frame.Form shows it.
// Submit runs in a command: a [*FieldError] it returns stands beside its field,
// any other error on top, and what was typed stays. Preview runs in a command
// too, once typing rests. Check is asked at each change and must be quick.
//
// Up to five choices stand open in a line, more are a list that typing makes
// shorter. A letter answers an empty choice only and never moves on; a second one
// straight after takes that back, since somebody is typing words.
//
// Text is typed in Bubbles' textinput and textarea, with their keys for words and
// line ends. Their ctrl+v is off: it would read the clipboard of the machine the
// program runs on. A field holds safe text only, 500 characters of a line and
// 20,000 in 500 lines of a note; what is over is not taken.
//
// # Time
//
// No widget owns a timer. Debounced work goes through a [Debounce] and the
// session's [Delay]; toasts go with the next key or minute.
package widgets
