"""Terraform's own blocks: backends, modules, providers, variables."""

KINDS: dict[str, str] = {}
