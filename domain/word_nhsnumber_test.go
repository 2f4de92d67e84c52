package domain_test

import (
	"fmt"
	"testing"

	"homeward/domain"
)

// Of any nine digits at most one tenth makes an NHS number, and a slip in one digit or a swap of two neighbours makes none.
func TestNHSNumberIsHeldAgainstItsCheckDigit(t *testing.T) {
	for in, want := range map[string]string{
		"9434765919": "943 476 5919", "943 476 5919": "943 476 5919", "943-476-5919": "943 476 5919", " 4010232137 ": "401 023 2137",
		"9434765918": "", "943476591": "", "94347659190": "", "943 476 591x": "", "": "", "9434765a19": "",
	} {
		if got, ok := domain.NHSNumber(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
	for body := 400000000; body < 400002000; body++ {
		var valid []string
		for check := range 10 {
			if s, ok := domain.NHSNumber(fmt.Sprintf("%d%d", body, check)); ok {
				valid = append(valid, s)
			}
		}
		if len(valid) > 1 {
			t.Fatalf("%d has the check digits %v", body, valid)
		}
		if valid == nil {
			continue
		}
		d := []byte(valid[0][:3] + valid[0][4:7] + valid[0][8:])
		for i := range d {
			slip := append([]byte{}, d...)
			slip[i] = '0' + (slip[i]-'0'+1)%10
			if _, ok := domain.NHSNumber(string(slip)); ok {
				t.Errorf("%s is a slip of %s", slip, d)
			}
			if i > 0 && d[i] != d[i-1] {
				swap := append([]byte{}, d...)
				swap[i], swap[i-1] = d[i-1], d[i]
				if _, ok := domain.NHSNumber(string(swap)); ok {
					t.Errorf("%s is %s with two digits swapped", swap, d)
				}
			}
		}
	}
}
