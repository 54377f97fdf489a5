"""A Dockerfile's text as instructions: parser directives, comments, continuations and here-documents.

Offsets count characters of the text, lines from 1. Bounded: instructions, and the length of each.
"""

import re
from bisect import bisect_right

from ringfence.dataclasses import dataclass

MAX_INSTRUCTIONS = 10_000
MAX_BODY = 512 * 1024

_DIRECTIVE = re.compile(r"#\s*([A-Za-z]+)\s*=\s*(.*?)\s*$")
_HEREDOC = re.compile(r"(?<![<\\])<<(-?)([\"']?)([A-Za-z_][A-Za-z0-9_.]*)\2(?![<])")
_HEREDOC_VERBS = frozenset({"RUN", "COPY", "ADD"})


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A here-document's text without its delimiter, and the offset at which it begins."""

    text: str
    offset: int


@dataclass(slots=True)
class Raw:
    """One instruction as written. `keyword` is upper case; `body` is what follows it, lines joined, comments gone.

    `start` and `end` are offsets of the whole instruction without its last newline; `line` is its first line. `onbuild`
    instructions have the keyword of what they trigger.
    """

    keyword: str
    body: str
    line: int
    start: int
    end: int
    keyword_start: int
    heredocs: list[Heredoc]
    onbuild: bool
    _starts: list[int]
    _offsets: list[int]

    def offset(self, at: int) -> int:
        """The offset in the file of a place in the body."""
        piece = bisect_right(self._starts, at) - 1
        return self._offsets[piece] + at - self._starts[piece]


@dataclass(slots=True)
class Parsed:
    """All instructions, and what could not be read: (line, why)."""

    instructions: list[Raw]
    problems: list[tuple[int, str]]


def parse(text: str) -> Parsed:
    """Take a text apart. Never raises."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._escape = "\\"
        self._at = 0
        self._result = Parsed([], [])

    def parse(self) -> Parsed:
        self._directives()
        while self._at < len(self._lines):
            stripped = self._lines[self._at].strip(" \t\r\ufeff")
            if not stripped or stripped.startswith("#"):
                self._at += 1
            elif len(self._result.instructions) >= MAX_INSTRUCTIONS:
                self._result.problems.append((self._at + 1, f"there are more than {MAX_INSTRUCTIONS} instructions"))
                break
            else:
                self._instruction()
        return self._result

    def _directives(self) -> None:
        for line in self._lines:
            match = _DIRECTIVE.match(line.lstrip("\ufeff").rstrip("\r"))
            if match is None:
                return
            if match[1].lower() == "escape" and match[2] in ("\\", "`"):
                self._escape = match[2]

    def _instruction(self) -> None:
        first = self._at
        pieces, starts, offsets = list[str](), list[int](), list[int]()
        length = 0
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip("\r")
            if self._at > first and (not line.strip() or line.lstrip().startswith("#")):
                self._at += 1
                continue
            body = line.rstrip(" \t")
            goes_on = body.endswith(self._escape) and not (self._escape == "\\" and body.endswith("\\\\"))
            said = body[:-1] if goes_on else line
            starts.append(length)
            offsets.append(self._starts[self._at])
            pieces.append(said)
            length += len(said)
            self._at += 1
            if not goes_on or length > MAX_BODY:
                break
        self._take(first, "".join(pieces), starts, offsets)

    def _take(self, first: int, whole: str, starts: list[int], offsets: list[int]) -> None:
        onbuild = False
        lead = len(whole) - len(whole.lstrip(" \t\ufeff"))
        match = re.compile(r"([A-Za-z]+)(?:[ \t]+|$)").match(whole, lead)
        if match and match[1].upper() == "ONBUILD":
            onbuild = True
            match = re.compile(r"([A-Za-z]+)(?:[ \t]+|$)").match(whole, match.end())
        last = self._at - 1
        end = self._starts[last] + len(self._lines[last].rstrip("\r"))
        if match is None:
            self._result.problems.append((first + 1, f"this is no instruction: {whole.strip()[:40]!r}"))
            return
        shift = match.end()
        inner = [max(0, start - shift) for start in starts]
        moved = [offset + max(0, shift - start) for start, offset in zip(starts, offsets, strict=True)]
        keep = bisect_right(starts, shift) - 1
        raw = Raw(
            keyword=match[1].upper(),
            body=whole[shift:],
            line=first + 1,
            start=offsets[0] + (lead if starts[0] == 0 else 0),
            end=end,
            keyword_start=offsets[0] + match.start(1),
            heredocs=[],
            onbuild=onbuild,
            _starts=inner[keep:],
            _offsets=moved[keep:],
        )
        if raw.keyword in _HEREDOC_VERBS and "<<" in raw.body:
            self._heredocs(raw)
        self._result.instructions.append(raw)

    def _heredocs(self, raw: Raw) -> None:
        for match in _HEREDOC.finditer(raw.body):
            begin = self._at
            while self._at < len(self._lines):
                line = self._lines[self._at].rstrip("\r")
                if (line.lstrip("\t") if match[1] else line) == match[3]:
                    break
                self._at += 1
            else:
                self._result.problems.append((raw.line, f"the here-document {match[3]} does not end"))
            offset = self._starts[begin]
            raw.heredocs.append(Heredoc(self._text[offset : self._starts[min(self._at, len(self._lines))]], offset))
            self._at = min(self._at + 1, len(self._lines))
            raw.end = self._starts[self._at] - 1
