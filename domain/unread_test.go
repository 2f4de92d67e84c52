package domain_test

import (
	"testing"

	"homeward/domain"
)

// A date that cannot be read is refused with what is wrong with it.
func TestADateThatIsNoneSaysWhy(t *testing.T) {
	const date, stamp = "is not a date: write 2011-03-14, 14/03/2011 or 14 March 2011", "is not a time: write 2026-11-22 14:10, 22/11/2026 14:10, 22 Nov 2026 14:10 or the date alone"
	const blank = "; where it means that nothing is known, name it in blank_words under [intake] in the configuration"
	for _, c := range []struct{ col, cell, want string }{
		{"dob", "N/K", date + blank},
		{"returned_at", "tbc", stamp + blank},
		{"returned_at", "31/11/2011", "is not a time: November 2011 has no day 31"},
		{"dob", "2011-02-29", "is not a date: February 2011 has no day 29"},
		{"dob", "14/13/2011", "is not a date: there is no month 13; where the month comes first, say so in the map of the source (dates = [\"m/d/yyyy\"])"},
		{"missing_at", "22/11/2026 25:00", "is not a time: there is no hour 25, they run from 00 to 23"},
		{"missing_at", "2026-11-22T24:00", "is not a time: there is no hour 24, they run from 00 to 23"},
		{"missing_at", "2026-11-22 23:61", "is not a time: there is no minute 61"},
		{"dob", "3/4/2011", "is not a date without its leading zeros: write 03/04/2011, or name how the source writes dates in its map (dates = [\"d/m/yyyy hh:mm\"])"},
		{"missing_at", "3/4/2011 10:00", "is not a time without its leading zeros: write 03/04/2011, or name how the source writes dates in its map (dates = [\"d/m/yyyy hh:mm\"])"},
		{"dob", "2011-3-4", "is not a date without its leading zeros: write 2011-03-04, or name how the source writes dates in its map (dates = [\"d/m/yyyy hh:mm\"])"},
		{"dob", "14/03/11", date},
		{"missing_at", "46346.5", stamp},
		{"dob", "1/a/2011", date},
		{"dob", "-", date + blank},
		{"missing_at", "22/11/2026 9", stamp},
	} {
		row := domain.Row{domain.ColPoliceRef: "P1", domain.ColChildRef: "K1", domain.ColMissingAt: "2026-11-20"}
		col, _ := domain.ColumnNamed(c.col)
		row[col] = c.cell
		_, faults := domain.ReadRow(&row, newTeam(t).settings, moment(t, "2026-11-22 18:00").Time(), true)
		if len(faults) != 1 || faults[0].Reason != "“"+c.cell+"” "+c.want {
			t.Errorf("%s %q: %+v", c.col, c.cell, faults)
		}
	}
}
