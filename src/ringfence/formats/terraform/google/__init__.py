"""What google does, resource by resource."""

KINDS: dict[str, str] = {}
