package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

func (c *configuration) readme() tf.File { return parts.Markdown("README.md", "# "+c.d.name) }
