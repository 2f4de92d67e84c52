package domain

import "fmt"

// NotThere is the error of a record that another one speaks of and that the database does not have: something outside the
// program has damaged it. in is the record that speaks of it; zero where a list or an index does.
func NotThere(id, in ID) error {
	if in == 0 {
		return fmt.Errorf("%s %s is not there: have the database checked", id.Kind().Word(), id)
	}
	return fmt.Errorf("%s %s of %s is not there: have the database checked", id.Kind().Word(), id, in)
}
