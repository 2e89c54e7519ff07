package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

func sampleFileSystem() string { return ARN("elasticfilesystem", "file-system/fs-0000000000000001") }
func sampleAccessPoint() string {
	return ARN("elasticfilesystem", "access-point/fsap-0000000000000001")
}

func useFileSystem(r *Root, e blueprint.Entry[blueprint.Volume]) tf.Expr {
	return Use(r, Wanted{
		Name: Ident(e.Key.V, "file_system_arn"), Key: "service.task.volumes." + e.Key.V + ".efs.file_system_arn", Type: cty.String,
		Description: "ARN of the file system of the volume " + e.Key.V + ".",
		Sample:      cty.StringVal(sampleFileSystem()),
		Query:       ByTags("aws_efs_file_system", "arn", tf.String(sampleFileSystem())),
		Validation:  validARN("elasticfilesystem", "file-system/", "a file system of EFS"),
	}, e.V.EFS.FileSystemARN)
}

func useAccessPoint(r *Root, e blueprint.Entry[blueprint.Volume]) tf.Expr {
	if !e.V.EFS.AccessPointARN.Said() {
		return nil
	}
	return Use(r, Wanted{
		Name: Ident(e.Key.V, "access_point_arn"), Key: "service.task.volumes." + e.Key.V + ".efs.access_point_arn", Type: cty.String,
		Description: "ARN of the access point of the volume " + e.Key.V + ".",
		Sample:      cty.StringVal(sampleAccessPoint()),
		Validation:  validARN("elasticfilesystem", "access-point/", "an access point of EFS"),
	}, e.V.EFS.AccessPointARN)
}

// ephemeralStorage is a module's block for more than the 20 GiB that every task has.
func (s *Site) ephemeralStorage(c *Child) tf.Item {
	if !s.moreStorage() {
		return nil
	}
	return tf.Nested("ephemeral_storage", tf.Set("size_in_gib", storageSize(c)))
}

func (s *Site) moreStorage() bool {
	return s.In.Service.Task != nil && s.In.Service.Task.EphemeralStorage.V > 0
}

func storageSize(c *Child) tf.Expr {
	return c.Number("ephemeral_storage_gib", "Ephemeral storage of a task in GiB.", 40)
}

// volumeVariable is a module's object of a file system; the name of a volume is part of the module, as its mounts are.
func volumeVariable(c *Child, e blueprint.Entry[blueprint.Volume]) *tf.Block {
	name, sample := mountInput(e)
	fields := sample.AsValueMap()
	if !e.V.EFS.AccessPointARN.Said() {
		fields["root_directory"] = cty.StringVal("/orders")
	}
	return c.Var(name, "The file system of the volume "+e.Key.V+".", cty.ObjectVal(fields))
}

// volumes are the blocks of a task definition, sorted by name. Traffic to a file system is always encrypted.
func (s *Site) volumes(c *Child) tf.Items {
	var out tf.Items
	if s.In.Service.Task == nil {
		return nil
	}
	for _, e := range s.In.Service.Task.Volumes {
		volume := tf.Nested("volume", tf.Set("name", tf.String(e.Key.V)))
		if e.V.EFS != nil {
			volume.Items = append(volume.Items, fileSystem(volumeVariable(c, e), *e.V.EFS))
		}
		out = append(out, volume.From(e.Key.Range))
	}
	return out
}

func fileSystem(v *tf.Block, in blueprint.EFSVolume) *tf.Block {
	id := func(arn string) tf.Expr {
		return tf.Fn("element", tf.Fn("split", tf.String("/"), v.Attr(arn)), tf.Int(1))
	}
	var accessPoint, root, iam tf.Expr
	if in.AccessPointARN.Said() {
		accessPoint = id("access_point_arn")
	} else {
		root = v.Attr("root_directory")
	}
	if in.IAM.V {
		iam = tf.String("ENABLED")
	}
	configuration := tf.Nested("efs_volume_configuration",
		tf.Set("file_system_id", id("file_system_arn")),
		tf.Set("root_directory", root),
		tf.Set("transit_encryption", tf.String("ENABLED")),
	)
	if accessPoint != nil || iam != nil {
		configuration.Items = append(configuration.Items, tf.Nested("authorization_config", tf.Set("access_point_id", accessPoint), tf.Set("iam", iam)))
	}
	return configuration
}

// StorageInputs are the root's inputs of what a task stores.
func (s *Site) StorageInputs(r *Root) []tf.Attr {
	var out []tf.Attr
	if s.moreStorage() {
		out = append(out, tf.Set("ephemeral_storage_gib", tf.Int(s.In.Service.Task.EphemeralStorage.V)))
	}
	for _, e := range s.fileSystems() {
		name, _ := mountInput(e)
		fields := mountArgument(r, e).(tf.Object)
		if !e.V.EFS.AccessPointARN.Said() {
			fields.Fields = append(fields.Fields, tf.F("root_directory", tf.String(e.V.EFS.RootDirectory.V)))
		}
		out = append(out, tf.Set(name, fields))
	}
	return out
}

func (s *Site) fileSystems() []blueprint.Entry[blueprint.Volume] {
	var out []blueprint.Entry[blueprint.Volume]
	for _, e := range s.In.Service.Task.Volumes {
		if e.V.EFS != nil {
			out = append(out, e)
		}
	}
	return out
}

// FileSystemNames are the volumes that are file systems, as code; nothing without any.
func (s *Site) FileSystemNames() []string {
	var out []string
	for _, e := range s.fileSystems() {
		out = append(out, Code(e.Key.V))
	}
	return out
}

// StorageFacts are what a module was given for storage, as its output shows it to the root's test.
func (s *Site) StorageFacts(c *Child) []tf.Field {
	var out []tf.Field
	if s.moreStorage() {
		out = append(out, tf.F("ephemeral_storage_gib", storageSize(c)))
	}
	for _, e := range s.fileSystems() {
		v := volumeVariable(c, e)
		out = append(out, tf.F(v.Labels[0], v.Attr()))
	}
	return out
}

// StorageWanted are the same as the blueprint has them.
func (s *Site) StorageWanted(r *Root) []tf.Field {
	var out []tf.Field
	for _, in := range s.StorageInputs(r) {
		out = append(out, tf.F(in.Name, in.Value))
	}
	return out
}

// AssertStorage compares a task definition's storage with what the module was given.
func (s *Site) AssertStorage(c *Child, definition *tf.Block) {
	if s.moreStorage() {
		c.Assert("The task must have its ephemeral storage.", tf.Equal(tf.First(definition.Attr("ephemeral_storage"), "size_in_gib"), storageSize(c)))
	}
	for _, e := range s.fileSystems() {
		volume := tf.Fn("one", tf.For{
			Name: "volume", Collection: definition.Attr("volume"), Value: tf.First(tf.It("volume", "efs_volume_configuration")),
			If: tf.Equal(tf.It("volume", "name"), tf.String(e.Key.V)),
		})
		facts := []tf.Expr{
			tf.Equal(tf.Dig(volume, "file_system_id"), tf.String("fs-0000000000000001")),
			tf.Equal(tf.Dig(volume, "transit_encryption"), tf.String("ENABLED")),
		}
		in := e.V.EFS
		if in.IAM.V {
			facts = append(facts, tf.Equal(tf.First(tf.Dig(volume, "authorization_config"), "iam"), tf.String("ENABLED")))
		}
		if in.AccessPointARN.Said() {
			facts = append(facts, tf.Equal(tf.First(tf.Dig(volume, "authorization_config"), "access_point_id"), tf.String("fsap-0000000000000001")))
		} else {
			facts = append(facts, tf.Equal(tf.Dig(volume, "root_directory"), tf.String("/orders")))
		}
		c.Assert("The volume "+e.Key.V+" must be its file system, encrypted on the way.", facts...)
	}
}
