package domain

// Noted reads one.
func (w *Sandbox) Noted(id ID) (*Noted, error) {
	if n, ok := here[*Noted](w, id); ok {
		return n, nil
	}
	return w.Reader.Noted(id)
}

// NotedNamed finds a spelling, here or in the base.
func (w *Sandbox) NotedNamed(key string) (ID, error) {
	for id, r := range w.records {
		if n, ok := r.(*Noted); ok && n.Key() == key {
			return id, nil
		}
	}
	id, err := w.Reader.NotedNamed(key)
	if _, changed := w.records[id]; changed {
		return 0, err // it is gone here: a spelling keeps its name
	}
	return id, err
}

// AllNoted are those of the base and those made here.
func (w *Sandbox) AllNoted() ([]ID, error) {
	base, err := w.Reader.AllNoted()
	ids, err := w.list(base, err, func(r Record) bool { _, ok := r.(*Noted); return ok })
	return Once(ids), err
}
