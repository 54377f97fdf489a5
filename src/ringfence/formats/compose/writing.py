"""From one model of a service to another: one small writer for each field, or for fields that stand together.

What a writer cannot do it says in one sentence: a value that another file brings, one that a variable decides, or
one that somebody has to choose. The other fields are written without it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ringfence import dataclasses
from ringfence.formats.compose import (
    write_network,
    write_privileges,
    write_resources,
    write_storage,
    write_texts,
)
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.compose.storage import Storage
from ringfence.formats.compose.writer import Left, Writer
from ringfence.formats.document import Edit, Patch, Subject
from ringfence.formats.yamledit import CannotEdit
from ringfence.models.service import Service

if TYPE_CHECKING:
    from ringfence.formats.compose.file import ComposeFile

Write = Callable[[Writer], None]

_WRITERS: dict[str, Write] = {
    **write_privileges.WRITERS,
    **write_storage.WRITERS,
    **write_network.WRITERS,
    **write_resources.WRITERS,
    **write_texts.WRITERS,
}


def patch(file: "ComposeFile", reading: Reading, storage: Storage, subject: Subject, wanted: object) -> Patch:
    """The edits of `file` after which the service is read as `wanted`."""
    old = subject.model
    if not (isinstance(old, Service) and isinstance(wanted, Service)):
        raise ValueError("a Compose file holds services only")
    changed = [one.name for one in dataclasses.fields(Service) if getattr(old, one.name) != getattr(wanted, one.name)]
    if file.project.own.get(old.name) is None:
        return Patch(edits=(), left=tuple((field, f"it stands in {_home(file, reading)}") for field in changed))

    def written(fields: Iterable[str]) -> tuple[tuple[Edit, ...], Left]:
        return _written(Writer(file, reading, storage, old, wanted), fields)

    try:
        edits, left = written(changed)
    except CannotEdit:
        edits, left = _one_by_one(written, changed)
    return Patch(edits=edits, left=tuple(left))


def _home(file: "ComposeFile", reading: Reading) -> str:
    return file.project.files.file_of(reading.head)


def _written(writer: Writer, fields: Iterable[str]) -> tuple[tuple[Edit, ...], Left]:
    """The edits for some fields. Raises CannotEdit where they cannot be made together."""
    groups = dict[Write, list[str]]()
    for field in fields:
        groups.setdefault(_WRITERS.get(field, _decision), []).append(field)
    for write, names in groups.items():
        try:
            write(writer)
        except CannotEdit as why:
            writer.left += [(name, str(why)) for name in names]
    return writer.done(), writer.left


def _one_by_one(
    written: Callable[[Iterable[str]], tuple[tuple[Edit, ...], Left]], fields: list[str]
) -> tuple[tuple[Edit, ...], Left]:
    """As many fields as can be written together, in their order."""
    kept, refused = list[str](), list[tuple[str, str]]()
    for field in fields:
        try:
            written([*kept, field])
            kept.append(field)
        except CannotEdit as why:
            refused.append((field, str(why)))
    edits, left = written(kept)
    return edits, [*left, *refused]


def _decision(writer: Writer) -> None:
    raise CannotEdit("somebody has to decide what should stand there")
