package domain

// Preview is what an act would do: the records before and after it.
type Preview struct {
	Refused  *Refusal
	Touched  []Touched
	Summary  string
	Warnings []string
}

// Before and After look records up as they stand without and with the act, over what a Reader has beside them.
func (f *Preview) Before(r Reader) Records {
	return f.over(r, func(t Touched) Record { return t.Before })
}

// After looks records up as the act would leave them.
func (f *Preview) After(r Reader) Records {
	return f.over(r, func(t Touched) Record { return t.After })
}

func (f *Preview) over(r Reader, side func(Touched) Record) Records {
	return func(id ID) (Record, error) {
		for _, t := range f.Touched {
			if t.ID == id {
				return side(t), nil
			}
		}
		return ReadRecord(r, id)
	}
}

// UnknownOutcome is the error of a commit that reported failure and may have happened all the same; Kept says what a
// look at the reopened database found (STORAGE, Commit errors).
type UnknownOutcome struct {
	Kept bool
	Err  error
}

// Error tells the person which it was.
func (u *UnknownOutcome) Error() string {
	if u.Kept {
		return "the disk reported an error, but the change was kept: " + u.Err.Error()
	}
	return "the disk reported an error and the change was not kept: " + u.Err.Error()
}

// Unwrap gives the disk's error.
func (u *UnknownOutcome) Unwrap() error { return u.Err }
