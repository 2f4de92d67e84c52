package report

const formStyle = `
.field { margin: .5rem 0 .7rem; break-inside: avoid; }
.field h3 { margin: 0; } .field p { margin: .1rem 0; }
.line { height: 1.9rem; border-bottom: .5pt solid #888; }
.ticks { list-style: none; margin: .2rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; }
.ticks li::before { content: ""; display: inline-block; width: .8em; height: .8em; border: .8pt solid #111; margin-right: .4em; vertical-align: -.05em; }
.grid td { height: 2.1rem; }
.asked { font-weight: 400; font-size: .85rem; color: #444; }
.called { font-size: 1.25rem; font-weight: 700; margin: 0 0 .4rem; }
`

const formBody = `<body>
<h1>{{.Title}}</h1>
<p class="called words">{{.Called}}</p>
{{range .Warnings}}<p class="notice">{{.}}</p>
{{end}}<dl>
{{range .Head}}{{template "known" .}}{{end}}</dl>
<h2>What it is about</h2>
<dl>
{{range .Episodes}}{{template "known" .}}{{end}}</dl>
{{if .Last}}<h2>Last time</h2>
<dl>
{{range .Last}}{{template "known" .}}{{end}}</dl>
{{end}}<p class="prompt">Listen first. * is asked for when the record is submitted; “not asked” and “did not want to say” are answers.</p>
{{range .Sections}}<section>
<h2>{{.Title}}</h2>
{{if and .Each $.Several}}<p class="prompt">Once for all of it. Where one time was different, write which.</p>
{{end}}{{range .Fields}}<div class="field">
<h3>{{.Title}}{{if .Asked}} <span class="asked">*</span>{{end}}</h3>
{{if .Prompt}}<p class="prompt">{{.Prompt}}</p>
{{end}}{{if .Options}}<ul class="ticks">{{range .Options}}<li>{{.}}</li>{{end}}</ul>
{{end}}{{if .Other}}<p class="prompt">other:</p><div class="line"></div>
{{end}}{{if .Columns}}{{$cols := .Columns}}<div class="table"><table class="grid"><tr>{{range .Columns}}<th>{{.}}</th>{{end}}</tr>
{{range .Blank}}<tr>{{range $cols}}<td></td>{{end}}</tr>
{{end}}</table></div>
{{else}}{{range .Blank}}<div class="line"></div>
{{end}}{{end}}</div>
{{end}}</section>
{{end}}<div class="foot">
<p>{{.LeftOff}}</p>
<p>{{.Lost}}</p>
</div>
</body>
</html>
{{define "known"}}<div class="fact"><dt>{{.Title}}</dt><dd>{{range $i, $l := .Lines}}{{if $i}}<br>{{end}}{{$l}}{{end}}</dd></div>
{{end}}`
