package parts

import (
	"fmt"
	"slices"
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
		for _, p := range append([]blueprint.At[int]{c.Port}, c.Ports...) {
			if first, twice := byPort[p.V]; twice && p.V > 0 {
				out = append(out, Found(CodeSamePort, p.Range, fmt.Sprintf("Port %d is listened on twice", p.V), "The containers of a task share one address. Give one of them another port.", first))
			}
			byPort[p.V] = p.Range
		}
		out = append(out, MovingTag(c.Image)...)
	}
	if len(containers) > 0 && !essential {
		out = append(out, Found(CodeNotEssential, at, "No container is essential", "A task ends with its essential containers. Leave `essential` out for one of them."))
	}
	return out
}

// MovingTag warns of an image whose tag does not stay where it is.
func MovingTag(image blueprint.Value[string]) diag.List {
	if name, ok := image.Known(); !ok || !moves(name) {
		return nil
	}
	return diag.List{Warn(CodeMovingTag, image.Range, "The image's tag moves",
		"A deployment starts when the image changes, and a rollback goes back to the one before: with a tag that moves both run whatever it points to. Write a tag that never moves, or a digest.")}
}

// CodeShares is containers that reserve more than their task has.
const CodeShares diag.Code = "BG2060"

// share is one kind of what containers reserve of their task.
type share struct {
	name, unit string
	has        blueprint.At[int]
	of         func(blueprint.Container) blueprint.At[int]
}

// SharesFit refuses containers that reserve more than their task has; more are those that the engine adds. ECS refuses the definition.
func (s *Site) SharesFit(more ...blueprint.Container) diag.List {
	t := s.In.Service.Task
	if t == nil {
		return nil
	}
	var out diag.List
	for _, kind := range []share{
		{"cpu", "CPU units", t.CPU, func(c blueprint.Container) blueprint.At[int] { return c.CPU }},
		{"memory", "MiB", t.Memory, func(c blueprint.Container) blueprint.At[int] {
			if c.MemoryReservation.V > 0 {
				return c.MemoryReservation
			}
			return c.Memory
		}},
	} {
		sum := 0
		var last blueprint.At[int]
		for _, c := range append(slices.Clone(t.Containers), more...) {
			if at := kind.of(c); at.V > 0 {
				sum, last = sum+at.V, at
			}
		}
		if sum > kind.has.V {
			out = append(out, Found(CodeShares, last.Range, fmt.Sprintf("The containers reserve %d %s, and the task has %d", sum, kind.unit, kind.has.V),
				"ECS refuses such a task definition. Give the task more "+kind.name+", or the containers less.", kind.has.Range))
		}
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
