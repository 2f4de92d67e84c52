// Package domain is what a missing children team does: its records, its clocks, its decisions and who may take them.
//
// It uses the standard library only, does no I/O and has no clock of its own: every decision reads what it needs from a
// [World] and answers with an [Outcome] (the records as they shall be) or a [Refusal]. The store keeps outcomes, the
// screens and commands show them; neither decides anything.
//
// The package stands on five floors, and the name of a file begins with its own: words and time (word_), the records made of
// them (record_), the rules over records (rule_), the acts that change records by the rules (act_), and the preview, which
// takes acts without keeping them (preview_). Nothing uses a floor above its own. Package view stands above with what people
// look at, package report with the documents that leave. A closed list is one table: what depends on a word is a column of
// its row.
//
// Rules name their source: S0 to S4 are the guidance documents, "DOMAIN §n" the team's page of rules. Where the sources
// are silent the comment says assumption, and the value is a [Policy] setting.
package domain
