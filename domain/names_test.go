package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"
	"unicode/utf8"

	"homeward/domain"

	"pgregory.net/rapid"
)

func TestTwoSpellingsOfOneNameFoldAlike(t *testing.T) {
	for _, same := range [][]string{
		{"O’Neill-Smith", "oneill smith", "O'NEILL  SMITH", " O`Neill Smith ", "OʼNeill-Smith"},
		{"Zoë", "zoe", "ZOË", "Zoe\u0308"},
		{"Zélie", "Ze\u0301lie", "zelie"},
		{"Łukasz", "lukasz", "ŁUKASZ"},
		{"Søren Åberg", "soren aberg"},
		{"Weiß", "WEISS", "weiss"},
		{"Æthelred Œuvre", "aethelred oeuvre"},
		{"Şükrü Ğ", "sukru g"},
		{"Ana-Maria", "Ana Maria", "ana, maria"},
	} {
		for _, s := range same {
			if domain.Fold(s) != domain.Fold(same[0]) {
				t.Errorf("%q folds to %q, %q to %q", s, domain.Fold(s), same[0], domain.Fold(same[0]))
			}
		}
	}
	for _, differ := range [][2]string{{"Ann", "Anne"}, {"Ivy Stone", "Stone Ivy"}, {"山田", "山本"}, {"K1", "K2"}} {
		if domain.Fold(differ[0]) == domain.Fold(differ[1]) {
			t.Errorf("%q and %q fold alike", differ[0], differ[1])
		}
	}
}

// Each accented letter of the western alphabets folds to the plain one.
func TestAccentsComeOffTheRightLetter(t *testing.T) {
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ",
		"l": "ĺļľŀł", "n": "ñńņň", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			if got := domain.Fold("x" + string(r) + "x"); got != "x"+plain+"x" {
				t.Errorf("%c folds to %q, should be %s", r, strings.Trim(got, "x"), plain)
			}
			if upper := strings.ToUpper(string(r)); utf8.RuneCountInString(upper) == 1 && domain.Fold(upper) != plain {
				t.Errorf("%s folds to %q, should be %s", upper, domain.Fold(upper), plain)
			}
		}
	}
}

func TestFoldingAgainChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.String().Draw(r, "name")
		f := domain.Fold(s)
		if domain.Fold(f) != f || strings.TrimSpace(f) != f || strings.Contains(f, "  ") {
			r.Fatalf("%q folds to %q, and that to %q", s, f, domain.Fold(f))
		}
		if domain.Fold("  "+s+"\t") != f {
			r.Fatalf("space round %q counts", s)
		}
	})
}

func TestANamesKeyKeepsGivenAndFamilyApart(t *testing.T) {
	if domain.NameKey("", "") != "" || domain.NameKey(" ", "-") != "" {
		t.Error("no name has a key")
	}
	if domain.NameKey("Ivy", "Stone") == domain.NameKey("Stone", "Ivy") || domain.NameKey("Ivy May", "Stone") == domain.NameKey("Ivy", "May Stone") {
		t.Error("two children have one key")
	}
	if domain.NameKey("ZOË", "O'Neill") != domain.NameKey("zoe", "oneill") {
		t.Error("one child has two keys")
	}
}

func TestFindingAChildByAnyOfItsWords(t *testing.T) {
	c := &domain.Child{ID: domain.NewID(domain.KindChild, 7), Ref: "K-20/77", GivenName: "Zoë", FamilyName: "O'Neill", KnownAs: "Bee", Placement: "Oak House"}
	c.Card.Phones = []domain.Line{{Text: "07700 900123"}, {Text: "07700 900666", Removed: true}}
	c.Card.Carers = []domain.Line{{Text: "Ann Stone"}}
	c.Card.CarerPhones = []domain.Line{{Text: "020-7946-0000"}}
	line := domain.SearchLine(c)
	for query, want := range map[string]bool{
		"zoe": true, "ONEILL zo": true, "bee": true, "k-20/77": true, "C7": true, "oak": true, "stone ann": true,
		"07700900123": true, "07700 900 123": true, "(07700) 900-123": true, "900123": true, "02079460000": true, "020 7946": true,
		"zoe 900123": true, "max": false, "zoe max": false, "07700900999": false, "07700900666": false,
	} {
		got := true
		for _, w := range domain.SearchWords(query) {
			got = got && strings.Contains(line, w)
		}
		if got != want {
			t.Errorf("%q finds her: %v", query, got)
		}
	}
	if w := domain.SearchWords("  "); len(w) != 0 {
		t.Errorf("nothing asked for is %q", w)
	}
}

func TestDayAndMonthSwapped(t *testing.T) {
	for d, want := range map[domain.Date]domain.Date{20110314: 20110314, 20110312: 20111203, 20111203: 20110312, 20110505: 20110505} {
		if got := domain.SwapDay(d); got != want {
			t.Errorf("%v swapped is %v", d, got)
		}
	}
}

func TestNumbersReadBack(t *testing.T) {
	kinds := map[domain.Kind]string{domain.KindChild: "C", domain.KindEpisode: "E", domain.KindReferral: "R", domain.KindCluster: "CL",
		domain.KindInterview: "I", domain.KindFollowUp: "F", domain.KindAttempt: "A", domain.KindImport: "B", domain.KindChange: "X", domain.KindNoted: "N"}
	rapid.Check(t, func(r *rapid.T) {
		k := rapid.SampledFrom([]domain.Kind{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).Draw(r, "kind")
		n := rapid.Uint64Range(1, 1<<48).Draw(r, "number")
		id := domain.NewID(k, n)
		if id.Kind() != k || id.Number() != n || !strings.HasPrefix(id.String(), kinds[k]) {
			r.Fatalf("%v is %v %d", id, id.Kind(), id.Number())
		}
		for _, s := range []string{id.String(), strings.ToLower(id.String())} {
			if back, ok := domain.ParseID(s); !ok || back != id {
				r.Fatalf("%s reads back as %v", s, back)
			}
			if _, ok := k.ParseKind(s); !ok {
				r.Fatalf("%s is no %s", s, k.Word())
			}
		}
		if next := domain.NewID(k, n+1); next <= id {
			r.Fatalf("%v is not after %v", next, id)
		}
	})
	for _, s := range []string{"", "E", "12", "E0", "E012", "E-1", "E 1", "E1 ", "Q1", "E1x", "E1.5", "E99999999999999999999", "EE1"} {
		if id, ok := domain.ParseID(s); ok {
			t.Errorf("%q is read as %v", s, id)
		}
	}
	if _, ok := domain.KindReferral.ParseKind("E1"); ok {
		t.Error("E1 is a referral")
	}
}
