package domain

import (
	"cmp"
	"slices"
	"strings"
)

// changeRisk notes another level of risk: since when is not said.
func (e *Episode) changeRisk(level string, at Moment, by string) {
	if len(e.Risks) == 0 && e.Risk != "" {
		e.Risks = append(e.Risks, Risk{Level: e.Risk, At: e.Made, From: e.RiskFrom})
	}
	e.Risk, e.RiskFrom = level, 0
	e.Risks = append(e.Risks, Risk{Level: level, At: at, By: by})
}

// changeCategory notes another category: since when is not said.
func (e *Episode) changeCategory(category string, at Moment, by string) {
	if len(e.Categories) == 0 && e.Category != "" {
		e.Categories = append(e.Categories, CategoryChange{Category: e.Category, At: e.Made, From: e.CategoryFrom})
	}
	e.Category, e.CategoryFrom = category, 0
	e.Categories = append(e.Categories, CategoryChange{Category: category, At: at, By: by})
}

// correctCategory says that the category of now was another from the beginning of it.
func (e *Episode) correctCategory(category string) {
	e.Category = category
	if n := len(e.Categories); n > 0 {
		e.Categories[n-1].Category = category
	}
}

// changedFrom notes since when the category or the risk of now holds; for any other time it does nothing.
func (e *Episode) changedFrom(col Column, from Moment) {
	switch col {
	case ColCategoryFrom:
		if n := len(e.Categories); n > 0 {
			e.Categories[n-1].From = from
		}
	case ColRiskFrom:
		if n := len(e.Risks); n > 0 {
			e.Risks[n-1].From = from
		}
	default: // no change of either
	}
}

// shownValue is what a column of times, or of a list's words, holds, in words; "" of any other, which is free text.
func (e *Episode) shownValue(col Column) string {
	var v string
	switch m := e.Moment(col); {
	case columns[col].moment == nil && col != ColRisk && col != ColCategory:
		return ""
	case columns[col].moment != nil:
		v = m.String()
	default:
		v = Words(e.Value(col))
	}
	return cmp.Or(v, "blank")
}

// movedWords say what became of a column: "returned Sun 22 Nov 2026 10:00 → blank", "risk high → medium", or its name alone.
func movedWords(col Column, was, is string) string {
	name := Words(strings.TrimSuffix(strings.TrimSuffix(col.String(), "_time"), "_at"))
	if columns[col].moment == nil {
		name = Words(col.String())
	}
	if was == "" || was == is {
		return name
	}
	return name + " " + was + " → " + is
}

// lowered notes that a later row made the risk lower than it was, until somebody has seen it; it says whether it is lower. One
// that rises again to what it was is nothing to see.
func (e *Episode) lowered(was string) bool {
	if i := slices.IndexFunc(e.Told, riskTold); i >= 0 {
		was = cmp.Or(e.Told[i].Known, was)
	}
	e.Told = slices.DeleteFunc(e.Told, riskTold)
	if len(e.Told) == 0 {
		e.Told = nil
	}
	if !HigherRisk(was, e.Risk) {
		return false
	}
	e.Told = append(e.Told, Mismatch{Column: ColRisk.String(), Known: was, Said: e.Risk, Episode: e.ID})
	return true
}

// RiskLowered says that a later row made the risk lower, and that nobody has seen it yet.
func (e *Episode) RiskLowered() bool {
	return slices.ContainsFunc(e.Told, func(m Mismatch) bool { return riskTold(m) && e.Taken(m) })
}

// Taken says that what the source says otherwise was taken over; else what a person set stays.
func (e *Episode) Taken(m Mismatch) bool {
	col, ok := ColumnNamed(m.Column)
	return ok && e.Value(col) == m.Said
}

func riskTold(m Mismatch) bool { return m.Column == ColRisk.String() }
