package ecs

import (
	"fmt"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// nfs is the port of a file system's mount targets.
const nfs = 2049

// storageRules: what is mounted is there, and within reach.
func storageRules(d *deployment) diag.List {
	task := d.In.Service.Task
	if task == nil {
		return nil
	}
	var out diag.List
	for _, c := range task.Containers {
		out = append(out, mountRules(c, task.Volumes)...)
	}
	for _, e := range task.Volumes {
		efs := e.V.EFS
		if efs == nil {
			continue
		}
		if efs.AccessPointARN.Said() && efs.RootDirectory.V != "/" {
			out = append(out, parts.Found(CodeAccessPoint, efs.RootDirectory.Range, "The access point says the folder already", "ECS refuses another folder beside an access point. Take root_directory away.", efs.AccessPointARN.Range))
		}
		if group := d.In.Network.SecurityGroup; group != nil && !reaches(group, nfs) {
			out = append(out, parts.Warn(CodeMountPort, efs.Range, "The tasks cannot reach their file system",
				fmt.Sprintf("Their security group lets nothing out to port %d, and a task that cannot mount does not start. Add a destination with that port to egress_to.", nfs), group.Range))
		}
	}
	return out
}

func mountRules(c blueprint.Container, volumes []blueprint.Entry[blueprint.Volume]) diag.List {
	var out diag.List
	byPath := map[string]hcl.Range{}
	for _, m := range c.Mounts {
		if !slices.ContainsFunc(volumes, func(e blueprint.Entry[blueprint.Volume]) bool { return e.Key.V == m.Volume.V }) {
			names := make([]string, 0, len(volumes))
			for _, e := range volumes {
				names = append(names, e.Key.V)
			}
			detail := "The task has no volumes. Add it: `volumes: {" + m.Volume.V + ": {}}`."
			if len(names) > 0 {
				detail = "The task has " + parts.Names(names) + "."
			}
			out = append(out, parts.Found(CodeMount, m.Volume.Range, "The task has no volume "+m.Volume.V, detail))
		}
		if first, twice := byPath[m.Path.V]; twice {
			out = append(out, parts.Found(CodeMount, m.Path.Range, "Two volumes at "+m.Path.V, "The one would hide the other. Give one of them another path.", first))
		}
		byPath[m.Path.V] = m.Path.Range
	}
	return out
}

func reaches(group *blueprint.SecurityGroup, port int) bool {
	return slices.ContainsFunc(group.EgressTo, func(e blueprint.Egress) bool { return e.Port.V == port })
}
