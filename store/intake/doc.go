// Package intake reads the files that other systems send (the referral CSV, the SSDA903 Missing file) and takes their
// rows in through a [view.Desk], the same door every other decision goes through.
//
// The file is never held in memory: rows are read and checked ahead of the decisions by one goroutine with bounded
// queues, decided in batches, and each batch is durable before the next begins. So a run may be stopped at any batch and
// a second run of the same file finishes it.
package intake
