package schemas

import "testing"

// Opening reads the table of features and no schema.
func BenchmarkOpen(b *testing.B) {
	c := constraints(b, ">= 6.66, < 7.0")
	for b.Loop() {
		if _, err := Open("aws", c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFirstUse(b *testing.B) {
	c := constraints(b, ">= 6.66, < 7.0")
	for b.Loop() {
		v, err := Open("aws", c)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Resource("aws_ecs_service"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFirstUseOfTwoMajors(b *testing.B) {
	c := constraints(b, ">= 5.100, < 7.0")
	for b.Loop() {
		v, err := Open("aws", c)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Resource("aws_ecs_service"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSecondUse(b *testing.B) {
	v := view(b, "aws", ">= 6.66, < 7.0")
	for b.Loop() {
		if _, err := v.Resource("aws_ecs_service"); err != nil {
			b.Fatal(err)
		}
		v.Rules("aws_ecs_service", "deployment_configuration.strategy")
	}
}
