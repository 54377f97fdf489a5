"""What aws does, resource by resource."""

KINDS: dict[str, str] = {}
