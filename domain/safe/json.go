package safe

import (
	"encoding/json"
	"strings"
)

// AppendJSON writes a text as a JSON string. Plain text, which nearly every cell is, goes without a detour; letters with a
// meaning in HTML stay as they are, for a person to read. What is no UTF-8 becomes U+FFFD.
func AppendJSON(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
			var sb strings.Builder
			enc := json.NewEncoder(&sb)
			enc.SetEscapeHTML(false)
			if enc.Encode(s) != nil {
				return append(b, `""`...) // cannot be: a text is always a JSON string
			}
			return append(b, JSON([]byte(strings.TrimSuffix(sb.String(), "\n")))...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
