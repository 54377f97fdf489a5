"""Texts that Terraform takes for a bool."""

ON = (True, "true", "1")
OFF = (False, "false", "0")
