# Bad on purpose: a rule that has something to find only where old versions of terraform are admitted.
terraform {
  required_version = ">= 1.0"

  backend "remote" {
    organization = "example"

    workspaces {
      prefix = "orders-"
    }
  }
}

output "workspace" {
  description = "Workspace that terraform runs in."
  value       = terraform.workspace
}
