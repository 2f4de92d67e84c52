package domain

import (
	"slices"
	"sort"
	"strings"
	"sync"
)

// actRow is one act with everything that depends on which act it is. Its name is the act's own, and an auditor takes none.
type actRow struct {
	new func() Act // an empty one

	// How far each role may go with it (DOMAIN §12); what "own" means is the act's own method, else its referral is
	// assigned to the actor.
	coordinator, practitioner, supervisor right
	program                               bool // only the program itself takes it: no script may name it

	// What must hold of the record it names, whatever else the act says ([Why]). The referral must be in one of the stages,
	// which a refusal puts as "it is signed off" only while it is to approve; why asks what else must hold of a record.
	stages func() []Stage
	only   string
	why    func(r Reader, t Record) error
	// follows says what the act comes after: at a time before that it is refused.
	follows func(r Reader, a Act, t Record) (followed, error)

	// beside says that it only adds what happened, as true beside what a colleague did meanwhile as alone: two telephone
	// calls were two calls. Any other act would silently take the place of what was decided between one's looking and one's
	// saving: it carries the version that was seen, and the second to save gets a conflict.
	beside   bool
	will     string // what a form says that it will do, behind "This will"; "" of those only the program takes
	doing    Doing  // what it is to have its form open; "": deciding
	several  bool   // it may be taken for all rows that are selected at once
	finishes bool   // it ends what a list asked for: the cursor goes on to the next

	// quotes says that what it comes to repeats words that somebody typed: a list of the log leaves them out.
	quotes bool

	// comesIn says that it brings in what a source or a caller tells, about whomever: it is taken of a restricted child too.
	comesIn bool

	name string // the act's own, filled in where the table is made
}

// acts are the closed list (INTERFACES, Acts), in the order of a child's story.
func acts() []actRow {
	stage := func(s ...Stage) func() []Stage { return func() []Stage { return s } }
	return []actRow{
		{new: func() Act { return &NewReferral{} }, will: "take the referral in", coordinator: yes, supervisor: yes, beside: true, comesIn: true},
		{new: func() Act { return &BeginImport{} }, coordinator: yes, supervisor: yes, beside: true, program: true},
		{new: func() Act { return &ImportRow{} }, coordinator: yes, supervisor: yes, beside: true, comesIn: true, program: true}, // a row knows its own episode
		{new: func() Act { return &EndImport{} }, coordinator: yes, supervisor: yes, beside: true, program: true},
		{new: func() Act { return &TakeBackRow{} }, coordinator: yes, supervisor: yes, beside: true, program: true}, // checks for itself whether anything rests on it
		{new: func() Act { return &EndTakeBack{} }, coordinator: yes, supervisor: yes, beside: true, program: true},

		{new: func() Act { return &EditChild{} }, will: "change the card", coordinator: yes, practitioner: own, supervisor: yes, doing: Editing},
		{new: func() Act { return &Join{} }, will: "make one child of the two", coordinator: yes, supervisor: yes},
		{new: func() Act { return &Different{} }, will: "keep the two apart", coordinator: yes, supervisor: yes, beside: true}, // whatever their cards say
		{new: func() Act { return &Restrict{} }, will: "restrict the child’s records", supervisor: yes, doing: Editing},
		{new: func() Act { return &Unrestrict{} }, will: "open the child’s records to the team again", supervisor: yes, doing: Editing, why: restrictedChild, follows: afterRestricted},
		{new: func() Act { return &ConfirmChild{} }, will: "confirm that it is this child", coordinator: yes, supervisor: yes, why: takenToBe, follows: afterMissing},
		{new: func() Act { return &MoveEpisode{} }, will: "move the episode to another child", coordinator: yes, supervisor: yes, doing: Editing, follows: afterMissing},
		{new: func() Act { return &EditEpisode{} }, will: "change the episode", coordinator: yes, practitioner: own, supervisor: yes, doing: Editing},
		{new: func() Act { return &EndEpisode{} }, will: "end the episode without a return", coordinator: yes, supervisor: yes, finishes: true, why: endable, follows: afterMissing},
		{new: func() Act { return &ChildDied{} }, will: "record that the child died", coordinator: yes, supervisor: yes, why: diedAlready},
		{new: func() Act { return &ChildLives{} }, will: "take back that the child died", coordinator: yes, supervisor: yes, why: diedRecorded, follows: afterDeath},
		{new: func() Act { return &Duplicate{} }, will: "make the episode a duplicate of the other", coordinator: yes, supervisor: yes, doing: Editing, follows: afterMissing},
		{new: func() Act { return &SetFlag{} }, will: "set the flag", coordinator: yes, supervisor: yes, doing: Editing, follows: afterMissing},
		{new: func() Act { return &ClearFlag{} }, will: "clear the flag", coordinator: yes, supervisor: yes, doing: Editing, follows: afterFlag},

		{new: func() Act { return &Accept{} }, will: "accept the referral", coordinator: yes, supervisor: yes, several: true, finishes: true,
			stages: stage(StageNew), only: "it can be accepted", follows: afterSteps},
		{new: func() Act { return &Reassign{} }, will: "change who is responsible", coordinator: yes, supervisor: yes,
			stages: openStages, only: "who is responsible changes", follows: afterSteps},
		{new: func() Act { return &RecordChoice{} }, will: "record what the child was asked and chose", coordinator: yes, practitioner: yes, supervisor: yes, beside: true,
			stages: beforeDone, only: "the child's choice is recorded", follows: afterMissing},
		{new: func() Act { return &TellFrontDoor{} }, will: "record that the front door was told", coordinator: yes, practitioner: own, supervisor: yes, beside: true, follows: afterMissing},
		{new: func() Act { return &TellByCarer{} }, will: "keep what the carer told", coordinator: yes, practitioner: yes, supervisor: yes, beside: true, follows: afterMissing},
		{new: func() Act { return &Assign{} }, will: "give the referral to them", coordinator: yes, practitioner: own, supervisor: yes, several: true,
			stages: openStages, only: "it is assigned", follows: afterSteps},
		{new: func() Act { return &HandOverCaseload{} }, will: "hand over all that they hold", coordinator: yes, supervisor: yes, beside: true}, // of what is held by then, whatever was seen before
		{new: func() Act { return &DecideNotRequired{} }, will: "ask for sign-off that no interview is required", coordinator: yes, supervisor: yes, finishes: true,
			stages: outstandingStages, only: "it can be called not required", follows: afterSteps},
		{new: func() Act { return &SignOff{} }, will: "answer the decision", supervisor: own, several: true, finishes: true,
			stages: stage(StageToApprove), only: "it is signed off", follows: afterDecision},
		{new: func() Act { return &LogContact{} }, will: "record the attempt", coordinator: yes, practitioner: yes, supervisor: yes, beside: true, doing: Ringing,
			stages: openStages, only: "it takes another attempt", why: openFollowUp, follows: afterMissing},
		{new: func() Act { return &StrikeContact{} }, will: "strike the attempt", coordinator: own, practitioner: own, supervisor: own, beside: true, follows: afterAttempt}, // whatever else was tried
		{new: func() Act { return &Book{} }, will: "book the interview", coordinator: yes, practitioner: own, supervisor: yes, doing: Arranging,
			stages: outstandingStages, only: "it can be booked", why: ofTheLiving, follows: afterSteps},
		{new: func() Act { return &MissedBooking{} }, will: "record that the booking was missed", coordinator: yes, practitioner: own, supervisor: yes, doing: Arranging,
			stages: stage(StageBooked), only: "a booking is missed", why: ofTheLiving, follows: afterBooked},
		{new: func() Act { return &LogChase{} }, will: "record that they were chased", coordinator: yes, practitioner: own, supervisor: yes, beside: true, quotes: true,
			stages: beforeStages, only: "it is chased", follows: afterMissing},
		{new: func() Act { return &WriteNote{} }, will: "leave the note", coordinator: yes, practitioner: yes, supervisor: yes, beside: true, follows: afterMissing},
		{new: func() Act { return &AnswerNote{} }, will: "answer the question", coordinator: own, practitioner: own, supervisor: yes, follows: afterAsked},
		{new: func() Act { return &MarkSeen{} }, will: "mark it as seen", coordinator: yes, practitioner: yes, supervisor: yes, beside: true, several: true, why: somethingNew, follows: afterMoved},
		{new: func() Act { return &GiveLateReason{} }, will: "give the reason late", coordinator: yes, practitioner: own, supervisor: yes, follows: afterMissing},
		{new: func() Act { return &Close{} }, will: "close the referral without an interview", coordinator: yes, practitioner: own, supervisor: yes, finishes: true,
			stages: openStages, only: "it can be closed", follows: afterSteps},
		{new: func() Act { return &Reopen{} }, will: "reopen the referral", coordinator: yes, supervisor: yes,
			stages: endedStages, only: "it can be reopened", why: all(ofNoDuplicate, ofTheLiving, ofTheLocated), follows: afterDecision},

		{new: func() Act { return &AcceptCluster{} }, will: "make one interview of the episodes", coordinator: yes, supervisor: yes},
		{new: func() Act { return &DismissCluster{} }, will: "leave each episode an interview of its own", coordinator: yes, supervisor: yes, finishes: true},
		{new: func() Act { return &AddToCluster{} }, will: "add the episode to the one interview", coordinator: yes, supervisor: yes, why: changeableCluster, follows: afterAccepted},
		{new: func() Act { return &LeaveOut{} }, will: "leave the episode out of the one interview", coordinator: yes, supervisor: yes, why: memberToSpare, follows: afterAccepted},
		{new: func() Act { return &BreakUp{} }, will: "break the one interview up again", coordinator: yes, supervisor: yes, why: changeableCluster, follows: afterAccepted},

		{new: func() Act { return &Held{} }, will: "record that the interview was held", coordinator: own, practitioner: own, supervisor: yes,
			stages: outstandingStages, only: "the interview can be recorded as held", why: ofTheLiving, follows: afterMissing},
		{new: func() Act { return &Unheld{} }, will: "take back that the interview was held", coordinator: own, practitioner: own, supervisor: yes, quotes: true,
			why: all(ofItsOwn, heldInterview, unsigned), follows: afterHeld},
		{new: func() Act { return &CorrectHeld{} }, will: "correct how the interview was held", coordinator: own, practitioner: own, supervisor: yes, quotes: true,
			why: all(ofItsOwn, heldInterview, unsigned), follows: afterHeld},
		{new: func() Act { return &SaveInterview{} }, will: "save the record", coordinator: own, practitioner: own, supervisor: yes, doing: Writing, why: recordUnsubmitted},
		{new: func() Act { return &SubmitInterview{} }, will: "submit the record for sign-off", coordinator: own, practitioner: own, supervisor: yes,
			why: all(ofItsOwn, heldInterview, recordIn(StageToWriteUp, "its record can be submitted")), follows: afterHeld},
		{new: func() Act { return &ApproveInterview{} }, will: "sign the record off", supervisor: own, finishes: true,
			why: all(ofItsOwn, recordIn(StageToSignOff, "its record is signed off or sent back")), follows: afterSubmitted},
		{new: func() Act { return &SendBack{} }, will: "send the record back", supervisor: own, finishes: true,
			why: all(ofItsOwn, recordIn(StageToSignOff, "its record is signed off or sent back")), follows: afterSubmitted},
		{new: func() Act { return &ShareInterview{} }, will: "share the copy", coordinator: yes, practitioner: own, supervisor: yes, quotes: true, why: all(ofItsOwn, heldInterview), follows: afterHeld},
		{new: func() Act { return &Merge{} }, will: "make one thing of the two that were named", coordinator: yes, supervisor: yes, beside: true, quotes: true}, // two spellings of one, whatever else is said of them

		{new: func() Act { return &AddFollowUp{} }, will: "raise the follow-up", coordinator: yes, practitioner: yes, supervisor: yes, beside: true},
		{new: func() Act { return &FinishFollowUp{} }, will: "finish the follow-up", coordinator: yes, practitioner: own, supervisor: yes, finishes: true, quotes: true, why: openFollowUp, follows: afterRaised},
		{new: func() Act { return &RedateFollowUp{} }, will: "give the follow-up another due time", coordinator: yes, practitioner: own, supervisor: yes, why: plannedFollowUp, follows: afterRaised},
		{new: func() Act { return &DropFollowUp{} }, will: "drop the follow-up", coordinator: yes, practitioner: own, supervisor: yes, quotes: true, why: plannedFollowUp, follows: afterRaised},

		{new: func() Act { return &Undo{} }, will: "undo the change", coordinator: own, practitioner: own, supervisor: own, beside: true},     // checks for itself whether anything rests on it
		{new: func() Act { return &Redo{} }, will: "do the change again", coordinator: own, practitioner: own, supervisor: own, beside: true}, // likewise
	}
}

// actsByName is the table by the acts' names. It is made once and never changed.
var actsByName = sync.OnceValue(func() map[string]*actRow {
	out := map[string]*actRow{}
	for _, row := range acts() {
		row.name = row.new().Name()
		out[row.name] = &row
	}
	return out
})

// rowOf an act; the zero row for an act that is none of the table's: nobody may take it.
func rowOf(act string) *actRow {
	if row := actsByName()[act]; row != nil {
		return row
	}
	return &actRow{}
}

// newAct gives an empty act of a name to decode into; nil when there is none a script may name.
func newAct(name string) Act {
	if row := rowOf(name); row.new != nil && !row.program {
		return row.new()
	}
	return nil
}

// ActNames are the names of the acts a script may use, in alphabetical order.
func ActNames() []string {
	var out []string
	for name, row := range actsByName() {
		if !row.program {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

// Overwrites says that an act would take the place of what others did meanwhile, so that it is to carry the version of the
// record its form was opened with.
func Overwrites(a Act) bool { return !rowOf(a.Name()).beside }

// Quotes says that what an act comes to, by its name, repeats words that somebody typed.
func Quotes(act string) bool { return rowOf(act).quotes }

// DoingOf says what it is to have the form of an act open.
func DoingOf(a Act) Doing {
	if d := rowOf(a.Name()).doing; d != "" {
		return d
	}
	return Deciding
}

// WillDo says what an act will do, in the future tense: "This will book the interview".
func WillDo(a Act) string {
	if s, ok := a.(interface{ will() string }); ok {
		return "This will " + s.will()
	}
	return "This will " + rowOf(a.Name()).will
}

// Does says what an act, by its name, does: "book the interview"; the name's own words where it is none.
func Does(act string) string {
	if will := rowOf(act).will; will != "" {
		return will
	}
	return Words(strings.ReplaceAll(act, ".", " "))
}

// ForSeveral says that an act, by its name, may be taken for all rows that are selected at once; the others ask for one
// child at a time.
func ForSeveral(act string) bool { return rowOf(act).several }

// Finishes says that one of the acts ends what a list asked for, so that the cursor goes on to the next row.
func Finishes(acts []Envelope) bool {
	return slices.ContainsFunc(acts, func(e Envelope) bool { return rowOf(e.Act.Name()).finishes })
}
