package report

import (
	"html/template"
	"strings"
)

// pageStyle is the look of everything printable: A4, readable on a telephone, and nothing fetched from anywhere.
const pageStyle = `
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
html { font: 11pt/1.45 system-ui, "Segoe UI", Arial, sans-serif; color: #111; background: #fff; -webkit-text-size-adjust: 100%; }
body { max-width: 180mm; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.12rem; margin: 1.4rem 0 .4rem; border-bottom: .5pt solid #777; break-after: avoid; }
h3 { font-size: 1rem; margin: .8rem 0 .15rem; break-after: avoid; }
p { margin: .35rem 0; }
.notice { border: 1.5pt solid #111; padding: .3rem .6rem; font-weight: 700; }
dl { margin: 0; }
.fact { display: grid; grid-template-columns: minmax(9rem, 30%) 1fr; gap: 0 .8rem; padding: .1rem 0; break-inside: avoid; }
dt { color: #444; } dd { margin: 0; }
dd, td, .own, .words { unicode-bidi: isolate; }
.note, .foot, .prompt { color: #444; font-size: .9rem; }
.own { margin: .2rem 0; padding-left: .7rem; border-left: 2pt solid #999; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border: .5pt solid #777; padding: .2rem .4rem; text-align: left; vertical-align: top; }
.foot { margin-top: 1.6rem; border-top: .5pt solid #777; padding-top: .4rem; }
@media (max-width: 40rem) { .fact { display: block; padding: .2rem 0; } }
@media print { body { padding: 0; max-width: none; } a { color: inherit; } }
`

// pageHead begins every page. The policy in it lets a browser load and run nothing, whatever somebody wrote into a record.
const pageHead = `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{{.Title}}</title>
<style>{{style}}</style>
</head>
`

// page makes a template of a body; the head stands before it.
func page(name, body, style string) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{"style": func() template.CSS { return template.CSS(pageStyle + style) }})
	return template.Must(t.Parse(pageHead + body)) // the bodies are constants: a test renders each
}

// render writes a page. The templates are constants of this package and their data plain texts, so that an error is a fault of
// the program; it is given, not swallowed.
func render(t *template.Template, data any) (string, error) {
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return "", err
	}
	return b.String(), nil
}
