"""A Dockerfile's text as instructions: parser directives, comments, continued lines and here-documents.

Offsets count characters of the text, lines from 1. Nothing here knows what an instruction means, but for which of them
may have here-documents and that ONBUILD leads another. Bounded: instructions, and how long one may be.
"""

import re
from bisect import bisect_right

from ringfence.dataclasses import dataclass
from ringfence.formats.dockerfile.words import exec_form, split, unquoted

MAX_INSTRUCTIONS = 10_000
MAX_BODY = 256 * 1024

_DIRECTIVES = frozenset({"syntax", "escape", "check"})
_KEYWORD = re.compile(r"([A-Za-z]+)(?=\s|$)")
_HEREDOC = re.compile(r"[0-9]*<<(-?)([^<]+)")
_HEREDOC_VERBS = frozenset({"RUN", "COPY", "ADD"})


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A here-document: where its text begins, without the line of its delimiter behind it, and where that begins."""

    start: int
    end: int


@dataclass(slots=True)
class Raw:
    """One instruction as written. `keyword` is upper case; `body` is what follows it, lines joined, comments gone.

    `start` and `end` are offsets of the whole instruction, here-documents too, without its last line end; `line` is its
    first line. An ONBUILD instruction has the keyword of what it triggers. `open`: the text ends within it.
    """

    keyword: str
    body: str
    line: int
    start: int
    end: int
    keyword_start: int
    heredocs: list[Heredoc]
    onbuild: bool
    open: bool
    pieces: list[int]
    offsets: list[int]

    def offset(self, at: int) -> int:
        """The offset in the file of a place in the body."""
        piece = bisect_right(self.pieces, at) - 1
        return self.offsets[piece] + at - self.pieces[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the file of a stretch of the body that is not empty."""
        return self.offset(start), self.offset(end - 1) + 1


@dataclass(slots=True)
class Parsed:
    """All instructions, and what could not be read: (line, why)."""

    instructions: list[Raw]
    problems: list[tuple[int, str]]
    escape: str


def parse(text: str) -> Parsed:
    """Take a text apart. Never raises."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._at = 0
        self._result = Parsed([], [], "\\")

    def parse(self) -> Parsed:
        """All instructions, in their order."""
        self._directives()
        while self._at < len(self._lines):
            stripped = self._lines[self._at].strip().lstrip("\ufeff")
            if not stripped or stripped.startswith("#"):
                self._at += 1
            elif len(self._result.instructions) >= MAX_INSTRUCTIONS:
                self._problem(self._at, f"there are more than {MAX_INSTRUCTIONS} instructions")
                break
            else:
                self._instruction()
        return self._result

    def _problem(self, index: int, message: str) -> None:
        self._result.problems.append((index + 1, message))

    def _directives(self) -> None:
        """`# name=value` on the first lines, up to the first line that is none."""
        seen = set[str]()
        for index, line in enumerate(self._lines):
            hash_, _, rest = line.lstrip("\ufeff").partition("#")
            name, equals, value = rest[:1000].partition("=")
            name, value = name.strip().lower(), value.strip()
            if hash_.strip() or not equals or name not in _DIRECTIVES:
                return
            if name in seen:
                self._problem(index, f"the directive {name} stands here twice")
            elif name == "escape" and value in ("\\", "`"):
                self._result.escape = value
            elif name == "escape":
                self._problem(index, "the escape character can be a backslash or a backquote only")
            seen.add(name)

    def _instruction(self) -> None:
        first, length, ends = self._at, 0, False
        parts, pieces, offsets = list[str](), list[int](), list[int]()
        while self._at < len(self._lines) and not ends:
            line = self._lines[self._at].rstrip("\r")
            stripped = line.strip()
            if self._at == first or (stripped and not stripped.startswith("#")):
                said = self._continued(line)
                ends = said is None
                said = line if said is None else said
                parts.append(said)
                pieces.append(length)
                offsets.append(self._starts[self._at])
                length += len(said)
            self._at += 1
        if length > MAX_BODY:
            self._problem(first, f"the instruction is longer than {MAX_BODY} characters")
            return
        self._take(first, "".join(parts), pieces, offsets, ends)

    def _continued(self, line: str) -> str | None:
        """The line without the escape character that continues it; None where it ends. Two of them continue nothing."""
        said, escape = line.rstrip(" \t"), self._result.escape
        if not said.endswith(escape) or said[-2:-1] == escape:
            return None
        return said[:-1]

    def _take(self, first: int, whole: str, pieces: list[int], offsets: list[int], ends: bool) -> None:
        lead = len(whole) - len(whole.lstrip("\ufeff \t\v\f\r\xa0"))
        match = _KEYWORD.match(whole, lead)
        onbuild = match is not None and match[1].upper() == "ONBUILD"
        if match is not None and onbuild:
            behind = match.end() + len(whole[match.end() :]) - len(whole[match.end() :].lstrip())
            match = _KEYWORD.match(whole, behind) or match
        if match is None:
            if whole.strip():
                self._problem(first, f"this is no instruction: {whole.strip()[:40]!r}")
            return
        body = whole[match.end() :].strip()
        shift = whole.index(body, match.end()) if body else match.end()
        last = self._at - 1
        raw = Raw(
            keyword=match[1].upper(),
            body=body,
            line=first + 1,
            start=offsets[0] + lead,
            end=self._starts[last] + len(self._lines[last].rstrip("\r")),
            keyword_start=_moved(pieces, offsets, match.start(1)),
            heredocs=[],
            onbuild=onbuild,
            open=not ends,
            pieces=[piece - shift for piece in pieces],
            offsets=offsets,
        )
        if raw.keyword in _HEREDOC_VERBS and "<<" in body and exec_form(body) is None:
            self._heredocs(raw)
        self._result.instructions.append(raw)

    def _heredocs(self, raw: Raw) -> None:
        for word, _ in split(raw.body):
            match = _HEREDOC.fullmatch(word)
            if match is None:
                continue
            start = self._starts[self._at]
            end = self._delimiter(unquoted(match[2]), tabs=bool(match[1]))
            if end is None:
                self._problem(raw.line - 1, f"the here-document {unquoted(match[2])[:40]} does not end")
                raw.open = True
                end = self._starts[-1] - 1
            raw.heredocs.append(Heredoc(min(start, end), end))
            raw.end = max(end, self._starts[self._at] - 1)
            if raw.end > end and self._lines[self._at - 1].endswith("\r"):
                raw.end -= 1

    def _delimiter(self, delimiter: str, *, tabs: bool) -> int | None:
        """Go behind the line that is the delimiter, and give where that begins; None where there is none."""
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip("\r")
            self._at += 1
            if (line.lstrip("\t") if tabs else line) == delimiter:
                return self._starts[self._at - 1]
        return None


def _moved(pieces: list[int], offsets: list[int], at: int) -> int:
    piece = bisect_right(pieces, at) - 1
    return offsets[piece] + at - pieces[piece]
