"""The secrets of a file that is too large to be held: read window by window, each with what stands around it."""

import codecs
from bisect import bisect_right
from typing import IO

from ringfence.dataclasses import dataclass
from ringfence.secrets.scan import MAX_FOUND, scan

#: Bytes of one file that are searched.
MAX_BYTES = 1 << 30
_WINDOW = 4 << 20
#: Characters at the edges of a window in which the next one looks again: more than the longest secret, or a line of settings.
_OVERLAP = 1 << 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A secret by its lines and columns, which count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    """What was found, and whether that is all: `bytes` were read, of `whole` the file was; `listed` unless there was more."""

    found: tuple[Located, ...]
    whole: bool
    listed: bool


def search(stream: IO[bytes], name: str, encoding: str = "utf-8") -> Searched:
    """Search a stream from where it is, in memory for some windows whatever its lines are."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    found = list[Located]()
    window = _Window()
    left = MAX_BYTES
    while True:
        raw = stream.read(min(_WINDOW, left))
        left -= len(raw)
        last = not raw or not left
        window.take(decoder.decode(raw, last), last=last)
        found += window.secrets(name)
        if last or len(found) >= MAX_FOUND:
            whole = not stream.read(1)
            return Searched(
                found=tuple(found[:MAX_FOUND]), whole=whole or bool(raw and left), listed=len(found) < MAX_FOUND
            )


class _Window:
    """A stretch of a text, with the place of its first character, and the part of it that is not yet judged."""

    def __init__(self) -> None:
        self._text, self._line, self._column = "", 1, 1
        self._low = self._high = 0

    def take(self, text: str, *, last: bool) -> None:
        """Go on: what was judged is let go, but for what may belong to what comes."""
        keep = max(self._high - _OVERLAP, 0)
        gone = self._text[:keep]
        lines = gone.count("\n")
        self._line += lines
        self._column = keep - gone.rfind("\n") if lines else self._column + keep
        self._text = self._text[keep:] + text
        self._low = self._high - keep
        self._high = len(self._text) if last else max(len(self._text) - _OVERLAP, self._low)

    def secrets(self, name: str) -> list[Located]:
        """The secrets that begin in the part that is not yet judged."""
        inside = [one for one in scan(self._text, name) if self._low <= one.start < self._high]
        if not inside:
            return []
        starts, at = [0], 0
        while (at := self._text.find("\n", at) + 1) > 0:
            starts.append(at)

        def place(offset: int) -> tuple[int, int]:
            which = bisect_right(starts, offset) - 1
            return self._line + which, offset - starts[which] + (1 if which else self._column)

        located = list[Located]()
        for one in inside:
            (line, column), (end_line, end_column) = place(one.start), place(one.end)
            located.append(Located(line=line, column=column, end_line=end_line, end_column=end_column, kind=one.kind))
        return located
