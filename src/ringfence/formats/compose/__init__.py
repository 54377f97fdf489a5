"""Docker Compose files, after the Compose Specification.

What a file leads to (overrides, includes, extended services) is read with it; a service is judged where it
stands, with all that is merged into it. What Compose does in silence stands in facts.py.
"""

from ringfence.controls.control import Scope
from ringfence.formats.compose.recognise import by_content, by_name
from ringfence.formats.document import Document, Read

SCOPE = Scope.COMPOSE


def claims(name: str, head: str) -> bool:
    """Whether a file is Compose's: by its name, or because it has services with images and is nothing else."""
    return by_name(name) or ("services" in head and by_content(head))


def load(text: str, file: str, read: Read) -> Document:
    """Read a Compose file. Never raises for what it holds."""
    from ringfence.formats.compose.file import ComposeFile

    return ComposeFile(text, file, read)
