package domain

import "testing"

func TestHeadKey(t *testing.T) {
	for header, want := range map[string]string{
		"Niche Occ No": "niche occ no", "Date/Time Reported Missing": "date time reported missing", "D.O.B.": "dob", "DateOfBirth": "date of birth",
		"police_ref": "police ref", "NHS Number": "nhs no", "Occurrence #": "occurrence no", "CLA (Y/N)": "cla yn", "  ": "", "Child's Reference": "child s ref",
		"DOB": "dob", "Tel. No.": "phone no", "MisPer ID": "misper id",
	} {
		if got := HeadKey(header); got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
}

// A head stands for one column: two could not be told apart. Each is written as it is compared.
func TestHeadsStandForOneColumn(t *testing.T) {
	of := map[string]Column{}
	for c := range NumColumns {
		if columns[c].heads == "" {
			t.Errorf("%s has no head", c)
		}
		for _, h := range c.Heads() {
			if HeadKey(h) != h || h == "" {
				t.Errorf("%s: %q is compared as %q", c, h, HeadKey(h))
			}
			if other, ok := of[h]; ok {
				t.Errorf("%q stands for %s and %s", h, other, c)
			}
			of[h] = c
		}
	}
}
