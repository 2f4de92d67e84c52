package domain

// WaysOfSeeing are how a child is seen at an interview.
func WaysOfSeeing() []string { return []string{"face_to_face", "video", "telephone"} }

// PlaceKinds are the kinds of place (DOMAIN §6).
func PlaceKinds() []string { return []string{"school", "family_centre", "youth_club", "home", "other"} }
