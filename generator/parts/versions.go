package parts

import (
	"strings"

	"bluegen/generator/tf"

	"github.com/hashicorp/go-version"
)

// Versions that a configuration is written for: the root has upper bounds, modules have floors.
type Versions struct {
	Terraform string           // the constraint as the blueprint has it
	AWS       string           // the constraint as the blueprint has it
	AWSFloor  *version.Version // the lowest version that it admits
}

// The archive provider: output_file_mode and base64sha256 are old, 2.7 is the first for Terraform 1.x on every platform that we name.
const (
	archiveFloor = ">= 2.7"
	archiveRoot  = ">= 2.7, < 3.0"
)

// Root is the root's terraform block; archive says that some module zips a source.
func (v Versions) Root(archive bool) *tf.Block { return v.block(archiveRoot, v.AWS, archive) }

func (v Versions) floors(archive bool) *tf.Block {
	return v.block(archiveFloor, ">= "+Short(v.AWSFloor), archive)
}

func (v Versions) block(archive, aws string, withArchive bool) *tf.Block {
	return tf.NewBlock("terraform", nil,
		tf.Set("required_version", tf.String(v.Terraform)),
		tf.Nested("required_providers",
			tf.When(withArchive, tf.Set("archive", provider("archive", archive))),
			tf.Set("aws", provider("aws", aws)),
		),
	)
}

func provider(name, constraint string) tf.Expr {
	return tf.Fields(tf.F("source", tf.String("hashicorp/"+name)), tf.F("version", tf.String(constraint)))
}

// Short is a version without trailing zeros: 6.66.0 is 6.66, 7.0.0 is 7.0.
func Short(v *version.Version) string {
	s := v.Segments()
	text := v.String()
	if len(s) == 3 && s[2] == 0 {
		text = strings.TrimSuffix(text, ".0")
	}
	return text
}
