"""Patches: from the difference of two models to edits of the text, one small writer for each field.

A writer raises `CannotEdit` with the reason where a manifest cannot say what is wanted, or where saying it needs a
decision; the reason goes into `Patch.left`, and the other fields are written without it.
"""

from collections.abc import Callable
from typing import Any

from ringfence.formats.document import Edit, Patch, is_unknown
from ringfence.formats.kubernetes import contextwriting, objectwriting, podwriting
from ringfence.formats.kubernetes.align import changes
from ringfence.formats.kubernetes.containers import Container
from ringfence.formats.kubernetes.held import Held
from ringfence.formats.kubernetes.target import Edits, Target, Write
from ringfence.formats.yamledit import CannotEdit

_POD: dict[str, Write] = {**contextwriting.WRITERS, **podwriting.WRITERS}

_Change = tuple[str, Any, Any]


class _Refused(Exception):
    """One field cannot be written; `path` is "" where the fields cannot be written together."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def patch(held: Held, wanted: Any, begin: Callable[[], Edits]) -> Patch:
    """The smallest edits after which this subject is read as `wanted`, and what cannot be written."""
    found = list(changes(held.subject.model, wanted))
    left = list[tuple[str, str]]()
    while True:
        try:
            return Patch(edits=_written(held, wanted, begin, found), left=tuple(left))
        except _Refused as refused:
            if not refused.path:
                return _one_by_one(held, wanted, begin, found, left)
            left.append((refused.path, str(refused)))
            found = [change for change in found if change[0] != refused.path]


def _one_by_one(
    held: Held, wanted: Any, begin: Callable[[], Edits], found: list[_Change], left: list[tuple[str, str]]
) -> Patch:
    """As many fields as can be written together, in their order."""
    kept, edits = list[_Change](), tuple[Edit, ...]()
    for change in found:
        try:
            edits = _written(held, wanted, begin, [*kept, change])
            kept.append(change)
        except _Refused as refused:
            left.append((change[0], str(refused)))
    return Patch(edits=edits, left=tuple(left))


def _written(held: Held, wanted: Any, begin: Callable[[], Edits], found: list[_Change]) -> tuple[Edit, ...]:
    """The edits for some fields. Raises _Refused."""
    edits = begin()
    target = Target(held, wanted, edits) if isinstance(held, Container) else None
    object_ = objectwriting.Change(held, edits)
    path = ""
    try:
        for path, old, new in found:
            if path in held.places and is_unknown(path, held.subject.unknown):
                raise CannotEdit("what stands there is not known")
            if target is None:
                objectwriting.write(object_, path, wanted, old, new)
            elif path in _POD:
                _POD[path](target, old, new)
            else:
                raise CannotEdit("no field of a pod says it, or what it should say is a decision")
        path = ""
        return edits.done()
    except CannotEdit as reason:
        raise _Refused(path, str(reason)) from None
