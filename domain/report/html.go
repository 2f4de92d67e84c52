package report

const copyBody = `<body>
<h1>{{.Title}}</h1>
{{range .Notices}}<p class="notice">{{.}}</p>
{{end}}<dl>
{{range .Head}}{{template "entry" .}}{{end}}</dl>
{{range .Blocks}}<h2>{{.Title}}</h2>
<dl>
{{range .Entries}}{{template "entry" .}}{{end}}</dl>
{{end}}<div class="foot">
{{range .Foot}}<p>{{.}}</p>
{{end}}</div>
</body>
</html>
{{define "entry"}}<div class="fact"><dt>{{.Title}}</dt><dd>
{{- if .Rows}}<div class="table"><table><tr>{{range .Columns}}<th>{{.}}</th>{{end}}</tr>
{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</table></div>
{{- else if .Lines}}{{if .Long}}{{range .Lines}}{{if .}}<p class="own">{{.}}</p>{{end}}{{end}}{{else}}{{range $i, $l := .Lines}}{{if $i}}<br>{{end}}{{$l}}{{end}}{{end}}
{{- else}}–{{end}}{{if .Note}} <span class="note">({{.Note}})</span>{{end}}</dd></div>
{{end}}`

// HTML writes a copy as one page without anything beside it: styles are in it, it loads and runs nothing, and everything
// somebody wrote is escaped. names gives a person's name for a login.
func HTML(c *Copy, names func(login string) string) (string, error) {
	return render(page("copy", copyBody, ""), documentOf(c, names))
}
