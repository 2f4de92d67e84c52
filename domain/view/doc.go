// Package view is what people look at: the queue, who is missing, timelines, clusters, follow-ups, my day, the review, the
// audit log. It reads records through a [domain.Reader], derives what a screen or a list shows of them by domain's rules,
// and changes nothing. Desk and Intake are what a screen asks of the store.
package view
