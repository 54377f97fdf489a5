"""The text of an audited file for print: its lines, where an offset stands, and what edits change.

Lines end with "\\n"; a "\\r" before it is not shown. Lines and columns count from 1, offsets from 0.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringfence.formats.document import Edit, applied


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a diff: `sign` is " ", "-" or "+"; `number` is that in the old text, for "+" that in the new one."""

    sign: str
    number: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Hunk:
    """Lines that stand together; `old` and `new` are the numbers of its first line before and after."""

    old: int
    new: int
    lines: tuple[Line, ...]

    @property
    def header(self) -> str:
        """As `diff -u` writes it: `@@ -4,2 +4,3 @@`."""
        old = sum(line.sign != "+" for line in self.lines)
        new = sum(line.sign != "-" for line in self.lines)
        return f"@@ -{self.old},{old} +{self.new},{new} @@"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """The lines from `first` to before `end` become `lines`."""

    first: int
    end: int
    lines: list[str]


class Source:
    """A file's text with its lines found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)
        #: How many lines there are; what stands behind the last line end counts where it is not empty.
        self.count = len(self._starts) - (self._starts[-1] == len(text))

    def line(self, number: int) -> str:
        """A line without its end; "" where there is none of this number."""
        return self._lines(number, number + 1)[0].removesuffix("\r") if 1 <= number <= self.count else ""

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def hunks(self, edits: Iterable[Edit], context: int = 1) -> tuple[Hunk, ...]:
        """What the edits change, with that many unchanged lines around it. Raises ValueError where two overlap."""
        groups = list[list[_Change]]()
        for change in self._changes(edits):
            if groups and change.first - groups[-1][-1].end <= 2 * context:
                groups[-1].append(change)
            else:
                groups.append([change])
        shift, hunks = 0, list[Hunk]()
        for group in groups:
            hunks.append(self._hunk(group, context, shift))
            shift += sum(len(one.lines) - (one.end - one.first) for one in group)
        return tuple(hunks)

    def _hunk(self, group: list[_Change], context: int, shift: int) -> Hunk:
        begin = at = max(1, group[0].first - context)
        lines, first_shift = list[Line](), shift
        for change in group:
            lines += self._signed(" ", at, change.first)
            lines += self._signed("-", change.first, change.end)
            lines += [
                Line(sign="+", number=change.first + shift + i, text=one.removesuffix("\r"))
                for i, one in enumerate(change.lines)
            ]
            shift += len(change.lines) - (change.end - change.first)
            at = change.end
        lines += self._signed(" ", at, min(at + context, self.count + 1))
        return Hunk(old=begin, new=begin + first_shift, lines=tuple(lines))

    def _signed(self, sign: str, first: int, end: int) -> list[Line]:
        return [Line(sign=sign, number=n, text=self.line(n)) for n in range(first, end)]

    def _changes(self, edits: Iterable[Edit]) -> Iterator[_Change]:
        """The edits as changes of whole lines; those that touch the same line are one, and none changes nothing."""
        for edits_of_lines in self._together(edits):
            change = self._change(edits_of_lines)
            if change.lines or change.end > change.first:
                yield change

    def _together(self, edits: Iterable[Edit]) -> Iterator[list[Edit]]:
        together = list[Edit]()
        for edit in sorted(set(edits), key=lambda one: (one.start, one.end)):
            if together and self.at(edit.start)[0] > self.at(max(one.end for one in together))[0]:
                yield together
                together = []
            together.append(edit)
        if together:
            yield together

    def _change(self, edits: list[Edit]) -> _Change:
        first, end = self.at(edits[0].start)[0], self.at(max(one.end for one in edits))[0] + 1
        base = self._starts[first - 1]
        moved = [Edit(start=one.start - base, end=one.end - base, text=one.text) for one in edits]
        old = self._lines(first, end)
        new = _split(applied(self.text[base : self._begin(end)], moved))
        before = _common(old, new)
        behind = _common(old[before:][::-1], new[before:][::-1])
        return _Change(first=first + before, end=first + len(old) - behind, lines=new[before : len(new) - behind])

    def _lines(self, first: int, end: int) -> list[str]:
        return _split(self.text[self._starts[first - 1] : self._begin(end)])

    def _begin(self, line: int) -> int:
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _common(left: list[str], right: list[str]) -> int:
    """How many lines are the same from the beginning on."""
    return next(
        (i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )
