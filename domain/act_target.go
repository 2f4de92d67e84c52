package domain

// readReferral finds the referral an act names.
func readReferral(w Reader, ref string) (Record, error) {
	id, ok := KindReferral.ParseKind(ref)
	if !ok {
		return nil, notFound("referral", "there is no referral %q (they look like R12)", ref)
	}
	r, err := w.Referral(id)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, notFound("referral", "there is no referral %s", id)
	}
	return r, nil
}

// readInterview finds the interview an act names.
func readInterview(w Reader, ref string) (Record, error) {
	id, ok := KindInterview.ParseKind(ref)
	if !ok {
		return nil, notFound("interview", "there is no interview %q (they look like I12)", ref)
	}
	v, err := w.Interview(id)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, notFound("interview", "there is no interview %s", id)
	}
	return v, nil
}

func readFollowUp(w Reader, ref string) (Record, error) {
	id, ok := KindFollowUp.ParseKind(ref)
	if !ok {
		return nil, notFound("followup", "there is no follow-up %q (they look like F12)", ref)
	}
	f, err := w.FollowUp(id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, notFound("followup", "there is no follow-up %s", id)
	}
	return f, nil
}

// readCluster finds the cluster an act names.
func readCluster(w Reader, ref string) (Record, error) {
	id, ok := KindCluster.ParseKind(ref)
	if !ok {
		return nil, notFound("cluster", "there is no cluster %q (they look like CL12)", ref)
	}
	cl, err := w.Cluster(id)
	if err != nil {
		return nil, err
	}
	if cl == nil {
		return nil, notFound("cluster", "there is no cluster %s", id)
	}
	return cl, nil
}

// readEpisode finds an episode by police reference or E-number.
func readEpisode(w Reader, ref string) (Record, error) {
	e, err := episodeNamed(w, ref)
	if err != nil {
		return nil, err
	}
	if id, ok := KindEpisode.ParseKind(ref); e == nil && ok {
		if e, err = w.Episode(id); err != nil {
			return nil, err
		}
	}
	if e != nil {
		return e, nil
	}
	return nil, notFound("episode", "there is no episode %q", ref)
}

// childIn finds the child that a field of an act names.
func childIn(w Reader, field, ref string) (Record, error) {
	child, err := ChildNamed(w, ref)
	if err != nil {
		return nil, err
	}
	if child == nil {
		return nil, notFound(field, "there is no child %q", ref)
	}
	return child, nil
}
