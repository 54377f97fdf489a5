"""What azure does, resource by resource."""

KINDS: dict[str, str] = {}
