package domain

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
