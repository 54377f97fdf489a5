"""Docker Compose files, after the Compose Specification.

What a file leads to (overrides, includes, extended services) is read with it; a service is judged where it
stands, with all that is merged into it. What Compose does in silence stands in facts.py.
"""

import re

from ringfence.controls.control import Scope
from ringfence.formats.compose.file import ComposeFile
from ringfence.formats.document import Document, Read

SCOPE = Scope.COMPOSE

_NAME = re.compile(r"((docker-)?compose([._-][\w.-]+)?|[\w.-]+[._-](docker-)?compose)\.ya?ml", re.IGNORECASE)
_SERVICES = re.compile(r"""^(?:services|["']services["'])[ \t]*:[ \t]*(?:#.*|[&!]\S+[ \t]*|\{.*)?$""", re.MULTILINE)
_SERVICE_KEY = re.compile(
    r"""(?:^[ \t]+|[{,][ \t]*)["']?(image|build|extends|container_name)["']?[ \t]*:""", re.MULTILINE
)
_FLOW = re.compile(r"""^services[ \t]*:[ \t]*\{.*\b(image|build)\b""", re.MULTILINE)
_OTHERS = re.compile(
    r"""^["']?(apiVersion|kind|jobs|on|stages|pipelines|AWSTemplateFormatVersion|steps)["']?[ \t]*:""", re.MULTILINE
)


def claims(name: str, head: str) -> bool:
    """Whether a file is Compose's: by its name, or because it has services with images and is nothing else."""
    if _NAME.fullmatch(name):
        return True
    if "services" not in head or _SERVICES.search(head) is None or _OTHERS.search(head):
        return False
    return _SERVICE_KEY.search(head) is not None or _FLOW.search(head) is not None


def load(text: str, file: str, read: Read) -> Document:
    """Read a Compose file. Never raises for what it holds."""
    return ComposeFile(text, file, read)
