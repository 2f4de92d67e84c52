package domain

// PlaceKinds are the kinds of place (DOMAIN §6).
func PlaceKinds() []string { return []string{"school", "family_centre", "youth_club", "home", "other"} }
