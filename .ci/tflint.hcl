# What bluegen writes is held to every rule of tflint's ruleset for the Terraform language; it comes with the binary, so nothing is
# downloaded. Each module is read on its own.
tflint {
  required_version = ">= 0.64"
}

config {
  call_module_type = "none"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# The preset does not switch on what is off by default: this rule.
rule "terraform_module_shallow_clone" {
  enabled = true
}
