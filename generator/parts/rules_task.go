package parts

import (
	"fmt"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// size is the memory that Fargate pairs with a number of CPU units, in MiB.
type size struct {
	cpu            int
	from, to, step int
}

// sizes are Fargate's table for Linux. 256 units also have 512 MiB; the steps from 1 GiB are whole GiB.
func sizes() []size {
	return []size{
		{256, 512, 2048, 512}, {512, 1024, 4096, 1024}, {1024, 2048, 8192, 1024}, {2048, 4096, 16384, 1024},
		{4096, 8192, 30720, 1024}, {8192, 16384, 61440, 4096}, {16384, 32768, 122880, 8192},
	}
}

func (s size) has(memory int) bool {
	if s.cpu == 256 && memory == 1536 {
		return false
	}
	return memory >= s.from && memory <= s.to && (memory-s.from)%s.step == 0
}

func (s size) words() string {
	if s.cpu == 256 {
		return "512, 1024 or 2048"
	}
	return fmt.Sprintf("%d to %d in steps of %d", s.from, s.to, s.step)
}

// TaskRules want one source of the task, a size that Fargate has, containers that can be told apart.
func (s *Site) TaskRules() diag.List {
	in := s.In.Service
	if in.Task == nil {
		return s.noTask()
	}
	var out diag.List
	if in.TaskDefinition.Said() {
		out = append(out, Found(CodeTaskTwice, in.TaskDefinition.Range, "Both task and task_definition are said",
			"`task` is made by this configuration, `task_definition` exists already. Keep one of them.", in.Task.Range))
	}
	for _, size := range sizes() {
		if size.cpu == in.Task.CPU.V && !size.has(in.Task.Memory.V) {
			out = append(out, Found(CodeFargateSize, in.Task.Memory.Range, fmt.Sprintf("Fargate has no task of %d CPU units and %d MiB", size.cpu, in.Task.Memory.V),
				fmt.Sprintf("With %d units memory is %s.", size.cpu, size.words()), in.Task.CPU.Range))
		}
	}
	return append(out, containerRules(in.Task.Containers, in.Task.Range)...)
}

func (s *Site) noTask() diag.List {
	in := s.In.Service
	if in.TaskDefinition.Said() {
		return nil
	}
	detail := "Write `task` with its containers."
	if s.In.ECS != nil {
		detail = "Write `task` with its containers, or `task_definition` with one that exists."
	}
	return diag.List{Found(CodeTaskTwice, in.Range, "The service has nothing to run", detail)}
}

func containerRules(containers []blueprint.Container, at hcl.Range) diag.List {
	var out diag.List
	byName, byPort := map[string]hcl.Range{}, map[int]hcl.Range{}
	essential := false
	for _, c := range containers {
		essential = essential || c.Essential.V
		if first, twice := byName[c.Name.V]; twice {
			out = append(out, Found(CodeSameContainer, c.Name.Range, fmt.Sprintf("Two containers are called %s", c.Name.V), "Names tell them apart. Rename one of them.", first))
		}
		byName[c.Name.V] = c.Name.Range
		if first, twice := byPort[c.Port.V]; twice && c.Port.V > 0 {
			out = append(out, Found(CodeSamePort, c.Port.Range, fmt.Sprintf("Two containers listen on port %d", c.Port.V), "The containers of a task share one address. Give one of them another port.", first))
		}
		byPort[c.Port.V] = c.Port.Range
		if image, ok := c.Image.Known(); ok && moves(image) {
			out = append(out, Warn(CodeMovingTag, c.Image.Range, "The image's tag moves",
				"A deployment starts when the image changes, and a rollback goes back to the one before: with a tag that moves both run whatever it points to. Write a tag that never moves, or a digest."))
		}
	}
	if len(containers) > 0 && !essential {
		out = append(out, Found(CodeNotEssential, at, "No container is essential", "A task ends with its essential containers. Leave `essential` out for one of them."))
	}
	return out
}

// moves: no tag, or latest; a digest never does.
func moves(image string) bool {
	if strings.Contains(image, "@") {
		return false
	}
	name := image[strings.LastIndex(image, "/")+1:]
	_, tag, tagged := strings.Cut(name, ":")
	return !tagged || tag == "latest"
}
