package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// joint stands for a space that must not become the end of a line; it is nobody's letter.
const joint = "\uE000"

// mostJoined bounds the code that is kept on one line.
const mostJoined = 40

// markdown prints the Markdown that the catalogue is written in: paragraphs and items are wrapped, code and tables stay as
// they are and are set off.
func (s style) markdown(text string) string {
	var out strings.Builder
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for len(lines) > 0 {
		var block string
		n := 1
		switch {
		case lines[0] == "":
			block = "\n"
		case strings.HasPrefix(lines[0], "```"):
			inside := while(lines[1:], func(line string) bool { return !strings.HasPrefix(line, "```") })
			block = indented(lines[1 : 1+inside])
			n = min(inside+2, len(lines))
		case strings.HasPrefix(lines[0], "    "):
			block = lines[0] + "\n"
		case strings.HasPrefix(lines[0], "|"):
			n = while(lines, func(line string) bool { return strings.HasPrefix(line, "|") })
			block = table(lines[:n])
		default:
			n = 1 + while(lines[1:], continues)
			block = s.paragraph(strings.Join(lines[:n], " "))
		}
		out.WriteString(block)
		lines = lines[n:]
	}
	return out.String()
}

// marker is what begins an item of a list.
func marker(line string) string {
	return regexp.MustCompile(`^([-*]|\d+\.) +`).FindString(line)
}

// continues reports whether a line belongs to the paragraph or the item above it.
func continues(line string) bool {
	return line != "" && line[0] != '|' && !strings.HasPrefix(line, "```") && marker(line) == ""
}

// while counts the lines at the front that are as asked.
func while(lines []string, is func(string) bool) int {
	if n := slices.IndexFunc(lines, func(line string) bool { return !is(line) }); n >= 0 {
		return n
	}
	return len(lines)
}

func indented(lines []string) string {
	var out strings.Builder
	for _, line := range lines {
		out.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	}
	return out.String()
}

// paragraph wraps text, and an item below what follows its marker. Short code stays on one line.
func (s style) paragraph(text string) string {
	code := regexp.MustCompile("`[^`]+`")
	mark := marker(text)
	text = code.ReplaceAllStringFunc(text[len(mark):], func(span string) string {
		if len(span) > mostJoined {
			return span
		}
		return strings.ReplaceAll(span, " ", joint)
	})
	wrapped := strings.ReplaceAll(wrap(text, strings.Repeat(" ", len(mark)), s.columns), joint, " ")
	wrapped = mark + wrapped[len(mark):]
	if !s.colour {
		return wrapped
	}
	return code.ReplaceAllStringFunc(wrapped, func(span string) string { return "\x1b[36m" + strings.Trim(span, "`") + "\x1b[0m" })
}

// table prints rows in columns, without the line below the head.
func table(rows []string) string {
	var cells [][]string
	var widths []int
	for _, row := range rows {
		if strings.Trim(row, "|-: ") == "" {
			continue
		}
		var line []string
		for i, cell := range strings.Split(strings.Trim(row, "|"), "|") {
			cell = strings.TrimSpace(cell)
			line = append(line, cell)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(cell))
		}
		cells = append(cells, line)
	}
	var out strings.Builder
	for _, line := range cells {
		text := "   "
		for i, cell := range line {
			text += fmt.Sprintf(" %s%s ", cell, strings.Repeat(" ", widths[i]-textWidth(cell)))
		}
		out.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	return out.String()
}
