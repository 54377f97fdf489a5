"""Any text: what stands in it that should not stand in any file."""

import re
from bisect import bisect_right
from typing import IO

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Patch, Place, Read, Subject, Unread
from ringfence.models.text import HeldSecret, Text
from ringfence.secrets.scan import Found, scan
from ringfence.secrets.stream import MAX_BYTES, Located, search
from ringfence.secrets.values import is_random

SCOPE = Scope.TEXT


def claims(name: str, head: str) -> bool:
    """Every text is one."""
    return True


def load(text: str, file: str, read: Read) -> Document:
    """Look through a text. Never raises for what it holds."""
    return TextFile(text, file, scan(text, file))


class TextFile:
    """A text and the places of its secrets."""

    scope = SCOPE

    def __init__(self, text: str, file: str, found: list[Found]) -> None:
        self.text, self.file, self._found = text, file, found
        self._starts = list[int]()
        held = tuple(HeldSecret(kind=one.kind, example=is_example(text, file, one)) for one in found)
        subject = Subject(scope=SCOPE, name="text", model=Text(name=file, secrets=held), unknown=frozenset())
        self.subjects: tuple[Subject, ...] = (subject,) if found else ()
        self.unread: tuple[Unread, ...] = ()

    @property
    def secrets(self) -> list[str]:
        """The secrets themselves, to be taken out of what is said."""
        return [self.text[one.start : one.end] for one in self._found]

    def place(self, subject: Subject, path: str) -> Place:
        """Where a secret stands."""
        index = path.removeprefix("secrets[").partition("]")[0]
        found = self._found[int(index)]
        (line, column), (end_line, end_column) = self._position(found.start), self._position(found.end)
        return Place(file=self.file, line=line, column=column, end_line=end_line, end_column=end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        if not self._starts:
            self._starts, at = [0], 0
            while (at := self.text.find("\n", at) + 1) > 0:
                self._starts.append(at)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what a program needs instead is a decision."""
        return Patch(edits=(), left=(("secrets", "rotate it, and take it from the environment or a secret store"),))


def is_example(text: str, file: str, found: Found) -> bool:
    """Whether somebody thought it up, in code that a skill, a command or rules show an agent."""
    if found.kind not in _THOUGHT_UP or not _TOLD.search(file):
        return False
    if is_random(text[found.start : found.end], strict=False):
        return False
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    fences = _FENCE.findall(text, 0, found.start)
    return line.count("`") % 2 == 1 or len(fences) % 2 == 1 or (bool(fences) and fences[-1] != "")


_THOUGHT_UP = ("a password", "a key or token", "a password in an address")
_TOLD = re.compile(
    r"(?:(?:^|/)(?:skills?(?:-\w+)?|agents|commands|rules|prompts|\.claude|\.cursor)/.*|(?:^|[/-])(?:SKILL|CLAUDE|AGENTS))\.mdc?$"
)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)`*[ \t]*(\w*)", re.MULTILINE)


def load_large(stream: IO[bytes], file: str, encoding: str) -> "LargeText":
    """Look through a text that is too large to be held. What was not searched is in its `unread`."""
    searched = search(stream, file, encoding)
    place = Place(file=file, line=1, column=1, end_line=1, end_column=1)
    unread = list[Unread]()
    if not searched.listed:
        said = f"it holds more than {len(searched.found)} secrets: what is behind them is not searched"
        unread.append(Unread(place=place, message=said))
    elif not searched.whole:
        said = f"it is larger than {MAX_BYTES // 1024**2} MiB: what is behind that is not searched for secrets"
        unread.append(Unread(place=place, message=said))
    return LargeText(file, searched.found, tuple(unread))


class LargeText:
    """The places of the secrets of a text that is not kept. Only the configuration can waive them."""

    scope, text = SCOPE, ""

    def __init__(self, file: str, found: tuple[Located, ...], unread: tuple[Unread, ...]) -> None:
        self.file, self.unread, self._found = file, unread, found
        model = Text(name=file, secrets=tuple(HeldSecret(kind=one.kind, example=False) for one in found))
        subject = Subject(scope=SCOPE, name="text", model=model, unknown=frozenset())
        self.subjects: tuple[Subject, ...] = (subject,) if found else ()

    def place(self, subject: Subject, path: str) -> Place:
        """Where a secret stands."""
        one = self._found[int(path.removeprefix("secrets[").partition("]")[0])]
        return Place(file=self.file, line=one.line, column=one.column, end_line=one.end_line, end_column=one.end_column)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what a program needs instead is a decision."""
        return Patch(edits=(), left=(("secrets", "rotate it, and take it from the environment or a secret store"),))
