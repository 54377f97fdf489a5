"""Files that say only a part of a service: only that part is judged."""

from ringfence import dataclasses
from ringfence.formats.compose.scalars import Reading
from ringfence.model import Limits
from ringfence.models.service import SELinux, Service

_NESTED = {"limits": Limits, "selinux": SELinux}
_FIELDS = tuple(
    f"{one.name}.{inner.name}" if inner is not None else one.name
    for one in dataclasses.fields(Service)
    for inner in (dataclasses.fields(_NESTED[one.name]) if one.name in _NESTED else (None,))
)
#: What a place says under another name than its field's.
_UNDER = {"environment": "environment.variables", "logging": "logging.max_bytes"}


def said_only(reading: Reading, file: str) -> None:
    """All that does not stand in a file becomes unknown; for "", what stands in no file."""
    here = {path for path, nodes in reading.at.items() if not file or reading.project.files.file_of(nodes[0]) == file}
    reading.unknown |= reading.at.keys() - here
    said = {path.partition("[")[0] for path in here}
    reading.unknown |= {field for field in _FIELDS if _UNDER.get(field, field) not in said}
