# Bad on purpose: every rule of tflint's ruleset has something to find here, but for one, which is beside it.
terraform {
  required_providers {
    unused = {
      source  = "hashicorp/random"
      version = "~> 3.0"
    }
  }
}

// A comment of the other form.
variable "untyped" {}

locals {
  name       = "orders"
  duplicate  = { a = 1, a = 2 }
  empty      = local.duplicate == []
  deprecated = lookup(local.duplicate, "a")
}

resource "aws_instance" "Name-Of-Another-Kind" {
  ami  = "${local.name}"
  tags = { first = aws_instance.Name-Of-Another-Kind.*.id.0, empty = local.empty, deprecated = local.deprecated }
}

module "deep" {
  source = "git::https://git.example.com/network.git?ref=v1.2.0"
}

module "unpinned" {
  source = "git::https://git.example.com/network.git?ref=main"
}

module "registry" {
  source = "terraform-aws-modules/vpc/aws"
}

output "undocumented" {
  value = var.untyped
}
