package view

import "homeward/domain"

// State is what every session of the team shows of one moment: the queue, the clusters and what colleagues asked. It depends on what is recorded,
// on the settings and on the minute, not on who looks, so all sessions are handed the same one. Nobody may change what it
// holds.
type State struct {
	// Last is the newest line of the log that it knows of: what changed since has a higher number.
	Last  domain.ID
	Queue *Queue
	// Clusters are the suggestions and clusters as of the same moment; ClustersErr says why they could not be read. The
	// queue is shown all the same.
	Clusters    []ClusterRow
	ClustersErr error
	// Questions are what is asked of colleagues and not answered.
	Questions []Question
}

// ReadState reads it. An error is the queue's.
func ReadState(r domain.Reader) (*State, error) {
	q, err := ReadQueue(r)
	if err != nil {
		return nil, err
	}
	q.arranged = q.Arranged() // once for all sessions: a thousand rows are most of a megabyte
	s := &State{Queue: q}
	if s.Questions, _, err = ReadQuestions(r, domain.At(r.Now())); err != nil {
		return nil, err
	}
	if s.Clusters, s.ClustersErr = ReadClusters(r); s.Clusters == nil {
		s.Clusters = []ClusterRow{}
	}
	return s, nil
}
