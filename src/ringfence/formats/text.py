"""Any text: what stands in it that should not stand in any file."""

from bisect import bisect_right

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Patch, Place, Read, Subject, Unread
from ringfence.models.text import HeldSecret, Text
from ringfence.secrets.scan import Found, scan

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
        model = Text(name=file, secrets=tuple(HeldSecret(kind=one.kind) for one in found))
        subject = Subject(scope=SCOPE, name="text", model=model, unknown=frozenset())
        self.subjects: tuple[Subject, ...] = (subject,) if found else ()
        self.unread: tuple[Unread, ...] = ()

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
