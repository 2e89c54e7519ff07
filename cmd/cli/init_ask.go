package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"bluegen/generator/bootstrap"
)

// errNoAnswer is standard input that ended, or an interrupt, at a question.
func errNoAnswer() error { return errors.New("the questions were not answered, nothing was written") }

// answered holds what the flags said to the model, asks for the rest where somebody can answer, and makes sure of a name.
func (a *app) answered(ctx context.Context, o initOptions, answers bootstrap.Answers, folder string) (bootstrap.Answers, error) {
	for _, q := range bootstrap.Questions() {
		said, ok := answers[q.Name]
		if !ok {
			continue
		}
		wrong, remedy := q.Complaint(answers, said)
		if useless := q.Useless(answers); wrong == "" && useless != "" && said != bootstrap.None {
			wrong, remedy = "--"+q.Name+" is of no use: "+useless, "Leave it out, or change the other answer."
		}
		if wrong != "" {
			return nil, &usageError{verb: o.verb, message: wrong, hint: remedy}
		}
	}
	if a.io.Questions && !o.yes {
		if err := a.ask(ctx, o, answers, folder); err != nil {
			return nil, err
		}
	}
	if answers["name"] == "" {
		answers["name"] = suggested(folder)
	}
	if answers["name"] == "" {
		return nil, &usageError{verb: o.verb, message: fmt.Sprintf("the folder's name %q makes no name of a service", folder), hint: "Say one with --name."}
	}
	return answers, nil
}

// ask asks what no flag has answered.
func (a *app) ask(ctx context.Context, o initOptions, answers bootstrap.Answers, folder string) error {
	lines := a.lines(ctx)
	for _, q := range bootstrap.Questions() {
		_, said := answers[q.Name]
		choices := q.Choices(answers)
		if said || q.Useless(answers) != "" || len(choices) == 1 || o.from != "" && q.Name != "name" {
			continue
		}
		fallback := q.Default(answers)
		if q.Name == "name" {
			fallback = suggested(folder)
		}
		answer, err := a.askOne(ctx, lines, q, answers, fallback)
		if err != nil {
			return err
		}
		answers[q.Name] = answer
	}
	return nil
}

// askOne asks until the answer is one that the model takes.
func (a *app) askOne(ctx context.Context, lines <-chan string, q bootstrap.Question, answers bootstrap.Answers, fallback string) (string, error) {
	for _, c := range q.Choices(answers) {
		fmt.Fprint(a.io.Err, strings.TrimRight(fmt.Sprintf("  %-12s %s", c.Word, c.About), " ")+"\n")
	}
	several := ""
	if q.Many {
		several = ", with commas between several"
	}
	for {
		offer := ""
		if fallback != "" {
			offer = " [" + clean(fallback) + "]"
		}
		fmt.Fprintf(a.io.Err, "%s%s%s: ", q.Text, several, offer)
		var answer string
		select {
		case <-ctx.Done():
			fmt.Fprintln(a.io.Err)
			return "", errNoAnswer()
		case line, ok := <-lines:
			if !ok {
				fmt.Fprintln(a.io.Err)
				return "", errNoAnswer()
			}
			answer = strings.TrimSpace(line)
		}
		if answer == "" {
			answer = fallback
		}
		wrong, remedy := q.Complaint(answers, answer)
		if wrong == "" {
			return answer, nil
		}
		fmt.Fprint(a.io.Err, wrap(clean(wrong+". "+remedy), "  ", a.style().columns))
	}
}

// lines reads standard input beside the questions, so that an interrupt ends one that nobody answers.
func (a *app) lines(ctx context.Context) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		in := bufio.NewScanner(io.LimitReader(a.io.In, mostInput))
		for in.Scan() {
			select {
			case out <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// suggested is the name of a service that the name of a folder makes, "" where it makes none.
func suggested(folder string) string {
	name := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(folder), "-"), "-")
	name = strings.TrimLeft(name, "0123456789-")
	if wrong, _ := bootstrap.Questions()[0].Complaint(nil, name); wrong != "" {
		return ""
	}
	return name
}
