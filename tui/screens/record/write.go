package record

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// section is the one that is written, and where what is typed in it belongs.
func (v *screen) section() *domain.SheetSection { return &domain.Sections()[v.sec] }

// scope is the episode for which the section is written: only some are written for single ones.
func (v *screen) scope() string {
	if v.section().Each {
		return v.episode
	}
	return ""
}

func (v *screen) place(field string) place { return place{v.scope(), v.section().Name, field} }

// typing is the answer that is typed in now, the zero place when none is.
func (v *screen) typing() place {
	if !v.writing || v.at >= len(v.slots) {
		return place{}
	}
	return v.place(v.slots[v.at].field.Name)
}

// write begins to write at a section.
func (v *screen) write(sec int) tea.Cmd {
	v.writing, v.others = true, nil
	v.attend()
	v.enter(sec, 0)
	return nil
}

// enter goes to a section's slot; from is an index, negative from the end.
func (v *screen) enter(sec, from int) {
	v.sec, v.top = sec, 0
	v.lay()
	if from < 0 {
		from = len(v.slots) + from
	}
	v.stand(from)
}

// lay finds what can be stood on in the section now.
func (v *screen) lay() {
	v.slots = slotsOf(v.section(), func(f string) domain.Value { return v.sheet.at(v.place(f)) })
}

// stand moves to a slot and opens its entry.
func (v *screen) stand(at int) {
	v.settleDue()
	v.at = max(0, min(at, len(v.slots)-1))
	sl := v.slots[v.at]
	v.entry = sl.entry(v.sheet.at(v.place(sl.field.Name)), v.p.SaidField)
}

// isDue says that a slot is by when an action of the plan is to be done.
func (s slot) isDue() bool { return s.kind == cell && s.field.Name == "actions" && s.col.Name == "due" }

// settleDue makes a day of what was typed for one, when it is left: it means the same next week.
func (v *screen) settleDue() {
	if v.entry == nil || v.at >= len(v.slots) || !v.slots[v.at].isDue() {
		return
	}
	sl := v.slots[v.at]
	p := v.place(sl.field.Name)
	if day, err := domain.Dated(v.entry.Value(), v.s.Now()); err == nil && sl.get(v.sheet.at(p)) == v.entry.Value() {
		v.sheet.put(p, sl.set(v.sheet.at(p), day))
	}
}

// refresh lays the slots anew, stays where it was, and shows what somebody else saved where nothing is typed over it.
func (v *screen) refresh() {
	was := ""
	if v.at < len(v.slots) {
		was = v.slots[v.at].id()
	}
	v.lay()
	for i, sl := range v.slots {
		if sl.id() != was {
			continue
		}
		v.at = i
		if v.entry != nil && v.entry.Value() != strings.TrimSpace(sl.get(v.sheet.at(v.place(sl.field.Name)))) {
			v.stand(i)
		}
		return
	}
	v.stand(v.at)
}

// writeKey handles a key while the sheet is written.
func (v *screen) writeKey(k tea.KeyPressMsg) tea.Cmd {
	action := strings.TrimPrefix(v.s.Keys.Action(keymap.Writing, k.String()), "writing.")
	if action != "" {
		return v.writeAction(action)
	}
	return v.slotKey(k)
}

func (v *screen) writeAction(action string) tea.Cmd {
	switch action {
	case "next_field":
		return v.move(+1)
	case "previous_field":
		return v.move(-1)
	case "next_section":
		return v.turn(+1)
	case "previous_section":
		return v.turn(-1)
	case "next_empty":
		return v.nextEmpty()
	case "episode":
		return v.nextEpisode()
	case "save":
		if len(v.sheet.changed()) == 0 {
			return v.s.Toast(widgets.Info, "Everything is saved.")
		}
		return v.save()
	case "not_asked":
		return v.stands(domain.NotAsked)
	case "not_said":
		return v.stands(domain.NotSaid)
	case "delete_row":
		return v.deleteRow()
	case "afresh":
		return v.afresh()
	case "urgent":
		return v.links.Urgent(v.v.Child)
	case "help":
		return v.s.ShowHelp()
	case "read":
		return v.leave()
	}
	return nil
}

// slotKey hands a key to what is typed in; what it has no use for moves.
func (v *screen) slotKey(k tea.KeyPressMsg) tea.Cmd {
	sl := v.slots[v.at]
	key := k.String()
	if v.entry == nil { // the line below the rows
		switch {
		case key == "enter" || key == "space":
			return v.addRow()
		case k.Text != "":
			return tea.Batch(v.addRow(), v.slotKey(k))
		}
	} else {
		before := v.entry.Value()
		if sl.note() || key != "enter" && key != "up" && key != "down" {
			if v.entry.Key(k) {
				if v.entry.Value() != before {
					return v.typed()
				}
				if now := v.sheet.at(v.place(sl.field.Name)); before == "" && sl.kind == whole && standsFor(now.Text) && (key == "backspace" || key == "delete") {
					v.sheet.put(v.place(sl.field.Name), domain.Value{})
					return v.touched()
				}
				return nil
			}
		}
	}
	if v.entry != nil {
		before := v.entry.Value()
		if v.entry.Choose(key) {
			var cmd tea.Cmd
			if v.entry.Value() != before {
				cmd = v.typed()
			}
			if key == "enter" {
				cmd = tea.Batch(cmd, v.move(+1))
			}
			return cmd
		}
	}
	switch key {
	case "enter", "down":
		return v.move(+1)
	case "up":
		return v.move(-1)
	}
	return nil
}

// typed puts what stands in the entry into the sheet.
func (v *screen) typed() tea.Cmd {
	sl := v.slots[v.at]
	p := v.place(sl.field.Name)
	v.sheet.put(p, sl.set(v.sheet.at(p), v.entry.Value()))
	if sl.field.Kind == domain.FieldMulti {
		v.refresh() // "other" opens a line for its words
	}
	return v.touched()
}

func (v *screen) paste(text string) tea.Cmd {
	if !v.writing || v.at >= len(v.slots) {
		return nil
	}
	var cmd tea.Cmd
	if v.entry == nil {
		cmd = v.addRow()
	}
	v.entry.Paste(text)
	return tea.Batch(cmd, v.typed())
}

// move goes to the next or previous slot, across the ends of the section.
func (v *screen) move(by int) tea.Cmd {
	to := v.at + by
	switch {
	case to >= len(v.slots):
		return v.turn(+1)
	case to < 0:
		cmd := v.turn(-1)
		v.stand(len(v.slots) - 1)
		return cmd
	}
	v.stand(to)
	return nil
}

// turn goes to another section; what was written in this one is saved.
func (v *screen) turn(by int) tea.Cmd {
	n := len(domain.Sections())
	cmd := v.save()
	v.enter((v.sec+by+n)%n, 0)
	return cmd
}

// nextEmpty goes to the next field in which nothing stands, in the sections' order and round the end.
func (v *screen) nextEmpty() tea.Cmd {
	all := domain.Sections()
	for step := range len(all) + 1 {
		i := (v.sec + step) % len(all)
		scope := ""
		if all[i].Each {
			scope = v.episode
		}
		at := func(f string) domain.Value { return v.sheet.at(place{scope, all[i].Name, f}) }
		for j, sl := range slotsOf(&all[i], at) {
			if step == 0 && j <= v.at || step == len(all) && j > v.at || sl.kind == cell || sl.kind == other || !tidied(at(sl.field.Name)).Blank() {
				continue
			}
			var cmd tea.Cmd
			if i != v.sec {
				cmd = v.save()
			}
			if i != v.sec {
				v.enter(i, j)
			} else {
				v.stand(j)
			}
			return cmd
		}
	}
	return v.s.Toast(widgets.Good, "Nothing is empty.")
}

// nextEpisode turns to writing for the next episode, and at the end for all of them again.
func (v *screen) nextEpisode() tea.Cmd {
	switch eps := v.v.Episodes; {
	case len(eps) < 2:
		return v.s.Toast(widgets.Info, "The interview covers one episode.")
	case !v.section().Each:
		return v.s.Toast(widgets.Info, v.section().Title+" is written once for all.")
	case v.episode == "":
		v.episode = eps[0].ID.String()
	default:
		next := ""
		for i, e := range eps[:len(eps)-1] {
			if e.ID.String() == v.episode {
				next = eps[i+1].ID.String()
			}
		}
		v.episode = next
	}
	field := v.slots[v.at].field.Name
	v.lay()
	for i, sl := range v.slots {
		if sl.field.Name == field {
			v.stand(i)
			return nil
		}
	}
	v.stand(0)
	return nil
}

// stands answers with a word that stands for no answer, and goes on.
func (v *screen) stands(word string) tea.Cmd {
	sl := v.slots[v.at]
	f := sl.field
	if f.Options != nil {
		has := false
		for _, o := range f.Options {
			has = has || o == word
		}
		if !has || f.Kind != domain.FieldChoice {
			return v.s.Toast(widgets.Info, f.Title+": leave it blank instead.")
		}
	}
	if sl.kind != whole {
		return v.s.Toast(widgets.Info, "That is for a whole answer.")
	}
	v.sheet.put(v.place(f.Name), domain.Value{Text: word})
	v.stand(v.at)
	return tea.Batch(v.touched(), v.move(+1))
}

// addRow opens one more row and stands in its first column.
func (v *screen) addRow() tea.Cmd {
	f := v.slots[v.at].field
	p := v.place(f.Name)
	now := v.sheet.at(p)
	rows := append([]map[string]string{}, now.Rows...)
	v.sheet.put(p, domain.Value{Rows: append(rows, map[string]string{})})
	at := v.at // the first cell of the new row takes the place of this line
	v.lay()
	v.stand(at)
	return nil
}

// deleteRow takes the row away that one stands in.
func (v *screen) deleteRow() tea.Cmd {
	sl := v.slots[v.at]
	if sl.kind != cell {
		return v.s.Toast(widgets.Info, "No row is focused.")
	}
	p := v.place(sl.field.Name)
	now := v.sheet.at(p)
	rows := append([]map[string]string{}, now.Rows[:sl.row]...)
	v.sheet.put(p, domain.Value{Rows: append(rows, now.Rows[sl.row+1:]...)})
	first := v.at
	for first > 0 && v.slots[first-1].kind == cell && v.slots[first-1].field == sl.field && v.slots[first-1].row == sl.row {
		first--
	}
	v.lay()
	v.stand(first)
	return v.touched()
}

// afresh throws away what is typed and not saved, after asking.
func (v *screen) afresh() tea.Cmd {
	n := len(v.sheet.changed())
	if n == 0 {
		return v.s.Toast(widgets.Info, "Everything is saved: there is nothing to throw away.")
	}
	return v.s.Open(v.askAfresh(n), func(result any) tea.Cmd {
		if result != true {
			return nil
		}
		v.sheet.edits, v.wrong, v.others, v.back = map[place]edit{}, "", nil, 0
		v.lay()
		v.stand(v.at)
		return v.touched()
	})
}

// leave goes to reading; what was written is saved.
func (v *screen) leave() tea.Cmd {
	v.settleDue()
	cmd := v.save()
	for p := range v.sheet.edits { // rows that were opened and stayed blank
		if !v.sheet.unsaved(p) {
			delete(v.sheet.edits, p)
		}
	}
	v.writing, v.entry, v.went = false, nil, true
	v.rest()
	return cmd
}
