"""The text of an audited file for print: its lines, where an offset stands, and what edits change.

Lines end with "\\n"; a "\\r" before it is not shown. Lines and columns count from 1, offsets from 0. What was found
to be a secret is never shown: a report goes to logs and mailboxes that the file itself does not go to.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ringfence.dataclasses import dataclass
from ringfence.formats.document import Edit, Place, applied


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


# `NAME=`, `NAME: ` or `- NAME=` before a value; the value is what must be hidden.
_NAMED = re.compile(r"""[\s-]*["']?([\w.-]+)["']?(?:=|:\s)\s*["']?""")
# A shorter secret is hidden where it stands, but not wherever else the same few letters do.
_SHORTEST = 4
# So many secrets of a file are also hidden in lines that a fix would add, which costs a search each.
_MOST_WORDS = 500
# A file may be one line of megabytes, with a finding at every word of it.
_LONGEST = 1000
_LONGEST_CHANGE = 64 * 1024


class Source:
    """A file's text with its lines found once. Lines that it gives have "*" for every character that is hidden."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._hidden = list[tuple[int, int]]()
        self._words = set[str]()
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)
        #: How many lines there are; what stands behind the last line end counts where it is not empty.
        self.count = len(self._starts) - (self._starts[-1] == len(text))

    def hide(self, secrets: Iterable[tuple[Place, frozenset[str]]]) -> None:
        """Secrets stand there: show at most a name, of those given with each, that the value is assigned to."""
        for place, names in secrets:
            for number in range(max(1, place.line), min(place.end_line, self.count) + 1):
                first, end = self._span(number)
                start = first + place.column - 1 if number == place.line else first
                end = min(end, first + place.end_column - 1) if number == place.end_line else end
                named = _NAMED.match(self.text, start, end) if number == place.line else None
                start = named.end() if named and named[1] in names else start
                if start < end:
                    self._hidden.append((start, end))
        self.hide_spans(())

    def hide_spans(self, spans: Iterable[tuple[int, int]]) -> None:
        """The same, from offset to offset."""
        for start, end in spans:
            lines = self.text[start:end].split("\n")
            for line in lines:
                self._hidden.append((start, start + len(line)))
                start += len(line) + 1
        self._hidden = _merged([one for one in self._hidden if one[0] < one[1]])
        words = (self.text[start:end].strip("\"' ") for start, end in self._hidden[:_MOST_WORDS])
        self._words = {word for word in words if len(word) >= _SHORTEST}

    def line(self, number: int, around: int = 0) -> tuple[str, int]:
        """A line without its end, "" where there is none of this number; of a long one the part around a column, and
        how many characters of it are left out before."""
        if not 1 <= number <= self.count:
            return "", 0
        first, end = self._span(number)
        begin = max(first, first + around - _LONGEST // 4) if end - first > _LONGEST else first
        end = min(end, begin + _LONGEST)
        pieces, at = list[str](), begin
        for index in range(max(0, bisect_right(self._hidden, (begin, 0)) - 1), len(self._hidden)):
            start, stop = self._hidden[index]
            start, stop = max(start, at), min(stop, end)
            if start >= end:
                break
            if start < stop:
                pieces += [self.text[at:start], "*" * (stop - start)]
                at = stop
        return self._without_words("".join([*pieces, self.text[at:end]])), begin - first

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
                Line(
                    sign="+",
                    number=change.first + shift + i,
                    text=self._without_words(one.removesuffix("\r"))[:_LONGEST],
                )
                for i, one in enumerate(change.lines)
            ]
            shift += len(change.lines) - (change.end - change.first)
            at = change.end
        behind = self._signed(" ", at, min(at + context, self.count + 1))
        while behind and not behind[-1].text.strip():
            behind.pop()
        lines += behind
        return Hunk(old=begin, new=begin + first_shift, lines=tuple(lines))

    def _span(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, its line end left out."""
        first, end = self._starts[number - 1], self._begin(number + 1)
        if end > first and self.text[end - 1] == "\n":
            end -= 1
        return first, end - (end > first and self.text[end - 1] == "\r")

    def _without_words(self, line: str) -> str:
        for word in self._words:
            if word in line:
                line = line.replace(word, "*" * len(word))
        return line

    def _signed(self, sign: str, first: int, end: int) -> list[Line]:
        return [Line(sign=sign, number=n, text=self.line(n)[0]) for n in range(first, end)]

    def _changes(self, edits: Iterable[Edit]) -> Iterator[_Change]:
        """The edits as changes of whole lines; those that touch the same line are one, and none changes nothing."""
        for edits_of_lines in self._together(edits):
            change = self._change(edits_of_lines)
            if change.lines or change.end > change.first:
                yield change

    def _together(self, edits: Iterable[Edit]) -> Iterator[list[Edit]]:
        together, last = list[Edit](), 0
        for edit in sorted(set(edits), key=lambda one: (one.start, one.end)):
            if together and self.at(edit.start)[0] > last:
                yield together
                together = []
            together.append(edit)
            last = max(last, self.at(edit.end)[0])
        if together:
            yield together

    def _change(self, edits: list[Edit]) -> _Change:
        first, end = self.at(edits[0].start)[0], self.at(max(one.end for one in edits))[0] + 1
        base = self._starts[first - 1]
        if self._begin(end) - base > _LONGEST_CHANGE:
            return _Change(first=first, end=first, lines=["... (the changed lines are too long to show)"])
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


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, those that overlap as one."""
    merged = list[tuple[int, int]]()
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _common(left: list[str], right: list[str]) -> int:
    """How many lines are the same from the beginning on."""
    return next(
        (i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )
