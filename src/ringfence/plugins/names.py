"""What a plugin may be called, and what it asks for by name."""

import re

PLUGIN = re.compile(r"[a-z][a-z0-9-]{0,62}")
PERMISSION = re.compile(r"[a-z][a-z0-9_-]{0,62}")


def is_plugin(text: str) -> bool:
    """Whether a text has the form of a plugin's name."""
    return PLUGIN.fullmatch(text) is not None


def is_permission(text: str) -> bool:
    """Whether a text has the form of the name of something that is asked for."""
    return PERMISSION.fullmatch(text) is not None
