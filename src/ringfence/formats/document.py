"""What every format of files gives to the auditor: subjects with places, and patches.

A format is a module with `SCOPE`, `claims(name, head)` and `load(text, file, read)`. It states the facts of its
platform and knows no control. Offsets count characters of the text; lines and columns count from 1.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, runtime_checkable

from ringfence.controls.control import Fault, Scope
from ringfence.dataclasses import dataclass

#: Gives the text of another file by its path relative to the root of the audit; None where it is not there,
#: outside the tree, too large or no text. One that can also list folders is a `Files`.
Read = Callable[[str], str | None]


@runtime_checkable
class Files(Protocol):
    """A `Read` over a tree, for formats whose files are read together. `held` is theirs, to keep things in for one
    audit."""

    held: dict[str, Any]

    def __call__(self, path: str) -> str | None:
        """The text of a file."""
        ...

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder ("" for the root)."""
        ...

    def folders(self, ends: tuple[str, ...]) -> list[str]:
        """The folders of the audit in which there are files with such names."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A stretch of a file. The end is exclusive in its column."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Put `text` where the characters from `start` to `end` (exclusive) stood."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """Something that could not be examined: where, and why, in one sentence."""

    place: Place
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One thing to judge: a model, what to call it ("service web"), and the model paths whose value the file does not
    let us know. A fault at or below an unknown path is never reported; an unknown path holds anything."""

    scope: Scope
    name: str
    model: object
    unknown: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """Edits that lead from a subject's model to another, and what the format could not write: (path, why)."""

    edits: tuple[Edit, ...]
    left: tuple[tuple[str, str], ...]


class Document(Protocol):
    """A file that was read. Never raises for a broken one: what could not be read is in `unread`."""

    @property
    def text(self) -> str:
        """The file as it is."""
        ...

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All that can be judged."""
        ...

    @property
    def unread(self) -> tuple[Unread, ...]:
        """All that cannot."""
        ...

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands; for what the file does not say, the nearest thing that it belongs to."""
        ...

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The smallest edits after which this subject is read as `wanted`."""
        ...


@runtime_checkable
class Asking(Protocol):
    """A document that knows what decides at a model path: a question of its own, or what the file calls the path."""

    def asks(self, subject: Subject, path: str, question: str) -> str:
        """A control's question, in the words of this kind of file."""
        ...


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. Raises ValueError where two overlap."""
    pieces, done = list[str](), 0
    for edit in sorted(set(edits), key=lambda one: (one.start, one.end)):
        if edit.start < done:
            raise ValueError("two edits overlap")
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def is_unknown(path: str, unknown: frozenset[str]) -> bool:
    """Whether a path or something it lies in is unknown, or all that it holds is."""
    if not unknown:
        return False
    return any(path == one or path.startswith((one + ".", one + "[")) for one in unknown)


def is_guess(fault: Fault, unknown: frozenset[str]) -> bool:
    """Whether a fault is about something that is not known, or rests on that."""
    return is_unknown(fault.path, unknown) or any(is_unknown(one, unknown) for one in fault.rests_on)
