package report

import (
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"

	"homeward/domain/safe"
	"homeward/domain/spell"
)

// LetterFacts are what a letter may name. There is nothing of the episode, the record or the address in them, on purpose: a
// letter is opened by others.
type LetterFacts struct {
	Name      string // what the child likes to be called; "" where only a reference is known
	Worker    string // who writes
	Team      string
	Authority string
	Reach     string // how to reach the team, [team] reach
	Date      string // of the letter
	Booked    string // when to meet, "" where nothing is booked
	Place     string // where to meet
}

// letterFields are the names of LetterFacts, as a template writes them.
func letterFields() []string {
	return []string{"Name", "Worker", "Team", "Authority", "Reach", "Date", "Booked", "Place"}
}

// letterLimit is the most bytes a template may have.
const letterLimit = 64 << 10

// Letter is a template of plain words that was read and found sound.
type Letter struct{ t *template.Template }

// ParseLetter reads a letter's template: text with {{.Name}} and the like, and {{if .Booked}} … {{else}} … {{end}}. Everything
// else that text/template knows is refused, so that a letter that passes here can be written for any child: the error says
// where in the file, by its name and line.
func ParseLetter(name, text string) (*Letter, error) {
	if len(text) > letterLimit {
		return nil, fmt.Errorf("%s: is longer than a letter (%d bytes at most)", name, letterLimit)
	}
	t, err := template.New(name).Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, letterError(err)
	}
	if len(t.Templates()) > 1 {
		return nil, fmt.Errorf("%s: a letter has no templates within it ({{define}})", name)
	}
	if t.Tree == nil || strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("%s: is empty", name)
	}
	c := letterCheck{tree: t.Tree}
	if err := c.list(t.Root); err != nil {
		return nil, err
	}
	l := &Letter{t}
	for _, f := range []LetterFacts{{}, {"a", "b", "c", "d", "e", "f", "g", "h"}} {
		if _, err := l.words(f); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func letterError(err error) error {
	return fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "template: "))
}

// words fills the letter in.
func (l *Letter) words(f LetterFacts) (string, error) {
	for _, s := range []*string{&f.Name, &f.Worker, &f.Team, &f.Authority, &f.Reach, &f.Date, &f.Booked, &f.Place} {
		*s = safe.CleanLine(*s)
	}
	var b strings.Builder
	if err := l.t.Execute(&b, f); err != nil {
		return "", letterError(err)
	}
	return b.String(), nil
}

// letterCheck walks a template, the branches that a sample would not take too.
type letterCheck struct{ tree *parse.Tree }

func (c letterCheck) fail(n parse.Node, format string, args ...any) error {
	where, _ := c.tree.ErrorContext(n)
	return fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...))
}

func (c letterCheck) list(l *parse.ListNode) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		var err error
		switch n := n.(type) {
		case *parse.TextNode, *parse.CommentNode:
		case *parse.ActionNode:
			err = c.pipe(n.Pipe)
		case *parse.IfNode:
			if err = c.pipe(n.Pipe); err == nil {
				err = c.list(n.List)
			}
			if err == nil {
				err = c.list(n.ElseList)
			}
		default:
			err = c.fail(n, "a letter knows {{.Name}} and {{if}} … {{else}} … {{end}} only, not %s", safe.CleanLine(firstLine(n.String())))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

func (c letterCheck) pipe(p *parse.PipeNode) error {
	if len(p.Decl) > 0 {
		return c.fail(p, "a letter keeps no variables")
	}
	for _, cmd := range p.Cmds {
		for _, a := range cmd.Args {
			if err := c.arg(a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c letterCheck) arg(a parse.Node) error {
	switch a := a.(type) {
	case *parse.FieldNode:
		known := letterFields()
		for _, k := range known {
			if a.Ident[0] == k {
				if len(a.Ident) > 1 {
					return c.fail(a, ".%s has no parts: write {{.%s}}", k, k)
				}
				return nil
			}
		}
		return c.fail(a, "there is no .%s; the nearest is .%s; there are .%s", a.Ident[0], spell.Nearest(a.Ident[0], known), strings.Join(known, ", ."))
	case *parse.IdentifierNode:
		switch a.Ident {
		case "and", "or", "not", "eq", "ne":
			return nil
		}
		return c.fail(a, "a letter knows and, or, not, eq, ne; not %s", a.Ident)
	case *parse.PipeNode:
		return c.pipe(a)
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		return nil
	}
	return c.fail(a, "a letter names a field, like {{.Name}}; %s is none", safe.CleanLine(a.String()))
}

// letterPage is a letter as paragraphs.
type letterPage struct {
	Title  string
	Blocks []letterBlock
}

// letterBlock is a heading, a list or a paragraph.
type letterBlock struct {
	Heading string
	List    []string
	Lines   []string
}

const letterBody = `<body class="letter">
{{range .Blocks}}{{if .Heading}}<h2>{{.Heading}}</h2>
{{else if .List}}<ul>
{{range .List}}<li>{{.}}</li>
{{end}}</ul>
{{else}}<p class="words">{{range $i, $l := .Lines}}{{if $i}}<br>
{{end}}{{$l}}{{end}}</p>
{{end}}{{end}}</body>
</html>
`

const letterStyle = `
.letter { font-size: 12.5pt; line-height: 1.55; max-width: 150mm; }
.letter h2 { border: 0; font-size: 1.1rem; margin: 1.3rem 0 .2rem; }
.letter p { margin: .7rem 0; } .letter ul { margin: .4rem 0; padding-left: 1.2rem; }
`

// Page writes the letter as one printable page. In the template a blank line ends a paragraph, "# " begins a heading and "- "
// an item of a list; everything else is plain words, and nothing in them can become HTML.
func (l *Letter) Page(f LetterFacts) (string, error) {
	text, err := l.words(f)
	if err != nil {
		return "", err
	}
	p := letterPage{Title: "Letter"} // a browser prints the title: it names nobody
	var open *letterBlock
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(safe.CleanLine(strings.TrimRight(line, "\r\n")))
		heading, isHeading := strings.CutPrefix(line, "# ")
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case line == "":
			open = nil
			continue
		case isHeading:
			p.Blocks = append(p.Blocks, letterBlock{Heading: heading})
			open = nil
			continue
		case open == nil, isItem != (open.List != nil):
			p.Blocks = append(p.Blocks, letterBlock{})
			open = &p.Blocks[len(p.Blocks)-1]
		}
		if isItem {
			open.List = append(open.List, item)
		} else {
			open.Lines = append(open.Lines, line)
		}
	}
	return render(page("letter", letterBody, letterStyle), p)
}
