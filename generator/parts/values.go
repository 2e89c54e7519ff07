package parts

import (
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// UseCluster is the cluster that runs the service.
func (s *Site) UseCluster(r *Root) tf.Expr {
	return Use(r, Wanted{
		Name: "cluster_arn", Key: "service.cluster", Type: cty.String,
		Description: "ARN of the ECS cluster that runs the service.",
		Sample:      cty.StringVal(SampleCluster()),
		Query:       ByName("aws_ecs_cluster", "cluster_name", "arn", SampleCluster()),
		Validation: &Validation{
			Condition: Matches("^arn:[^:]+:ecs:[^:]+:[0-9]{12}:cluster/"),
			Message:   "must be the ARN of an ECS cluster, not its name.",
			Wrong:     cty.StringVal("commerce"),
		},
	}, s.In.Service.Cluster)
}

// SampleCluster is what tests give for a cluster.
func SampleCluster() string { return ARN("ecs", "cluster/commerce") }

// UseRegion is where everything is made.
func (s *Site) UseRegion(r *Root) tf.Expr {
	return Use(r, Wanted{
		Name: "region", Key: "terraform.provider.region", Type: cty.String,
		Description: "Region where everything is made.",
		Sample:      cty.StringVal(Region),
	}, s.In.Terraform.Provider.Region)
}
