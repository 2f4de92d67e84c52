package report

// The letters that come with the program, in words a child of ten reads. What they say is from the guidance: why to talk and
// that it is voluntary (S0, S1), what is shared and what is not, and that it is talked about first (S1, S4), a place that feels
// safe and somebody of one's own choice (S1, S4), a carer's own time and what they know (S2), the helplines (S0).

// LetterToChild is the template of the letter to a child.
func LetterToChild() string {
	return `{{.Date}}

Hello{{if .Name}} {{.Name}}{{end}},

We are glad that you are back.
{{if .Worker}}My name is {{.Worker}}. I listen to children who have been away ({{.Team}}{{if .Authority}}, {{.Authority}}{{end}}).{{else}}We listen to children who have been away ({{.Team}}{{if .Authority}}, {{.Authority}}{{end}}).{{end}}

# Why talk to us

We would like to listen to you: what was going on before, what it was like, and how you are now. Perhaps something is wrong and needs to change. Perhaps you only want somebody to hear it.
You are not in trouble with us. You do not have to talk to us, you choose what to tell, and you can stop whenever you like. If you say no now, you can still say yes later.

# Where, and with whom

We meet where you feel safe: at school, in a youth club, in a family centre, or somewhere else that you choose. We talk with you alone. If you would rather talk with somebody you know already, tell us who.

# What stays between us, and what does not

What you tell us is private as far as we can keep it so. We always say first what we write down and who will see it. What matters for helping you goes to the people who look out for you, like a social worker. What your parents or carers hear from us, we agree with you.
There is one thing we cannot keep to ourselves: that you or somebody else was hurt, or is in danger. Then we have to pass it on. We tell you before we do.

# How to reach us

{{if .Reach}}{{.Reach}}{{else}}______________________________{{end}}
A text is fine, and so is asking somebody to ring for you.

# Somebody to talk to, day or night

- Runaway Helpline: 116 000. Call or text. It is free, at any hour.
- Childline: 0800 1111. It is free too.
- If you are in danger now: 999.

{{if .Worker}}{{.Worker}}
{{end}}{{.Team}}
`
}

// LetterToCarer is the template of the letter to a parent or carer.
func LetterToCarer() string {
	return `{{.Date}}

Dear parent or carer{{if .Name}} of {{.Name}}{{end}},

{{if .Worker}}my name is {{.Worker}}. I talk with children who are back after being missing ({{.Team}}{{if .Authority}}, {{.Authority}}{{end}}).{{else}}we talk with children who are back after being missing ({{.Team}}{{if .Authority}}, {{.Authority}}{{end}}).{{end}}

# Why we write

Every child who was missing is offered a conversation once they are back, with somebody who listens: about what led to it, what happened, and what would help now. It is there to help, not to blame anybody. Talking to us is their own choice. If they say no at first, we ask again another day.

# How we talk

We talk with your child alone, in a place where they feel safe. That helps them to say what is hard to say.
We would like to hear you too, at a time of your own: what you have noticed, what worries you, what you think would help. You can tell us this also if your child does not want to talk to us.

# What we tell you

What your child tells us is private as far as we can keep it so. We agree with them what we pass on to you. If somebody was hurt or is in danger, we have to act on it, and tell those who can help.

# How to reach us

{{if .Reach}}{{.Reach}}{{else}}______________________________{{end}}

# Help at any hour

- Runaway Helpline, for your child and for you: 116 000. Call or text, free, 24 hours.
- Childline, for your child: 0800 1111, free.
- If your child is missing again, or somebody is in danger: 999.

{{if .Worker}}{{.Worker}}
{{end}}{{.Team}}
`
}
