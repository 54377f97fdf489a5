"""Flags and words of instructions, with variables filled in, and where each stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.formats.dockerfile.lines import Raw
from ringfence.formats.dockerfile.words import Lookup, exec_form, exec_spans, filled, split

_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=((?:[^\s\"']|\"[^\"]*\"|'[^']*')*))?(?:\s+|$)")
_WITH_FLAGS = frozenset({"RUN", "COPY", "ADD", "FROM", "HEALTHCHECK"})
_UNFILLED = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL"})
_VARIABLE = re.compile(r"\$(?:\w+|\{[^{}]*\})(?:/(?:tcp|udp|sctp))?")
_HEREDOC = re.compile(r"[0-9]*<<-?[^<]+")


class Word(NamedTuple):
    """A word, and where it stands in the file. `literal`: nothing was filled into it."""

    text: str
    start: int
    end: int
    literal: bool

    @property
    def unknown(self) -> bool:
        """Whether all of it, or of the value behind its `=`, is a variable that is not known."""
        value = self.text.partition("=")[2] if "=" in self.text else self.text
        return value.startswith("$") and _VARIABLE.fullmatch(value) is not None


def flags(raw: Raw, lookup: Lookup) -> tuple[list[Word], int]:
    """The `--name=value` at the beginning as `name=value`, and where the rest of the body begins."""
    found, at = list[Word](), 0
    if raw.keyword in _WITH_FLAGS:
        while (match := _FLAG.match(raw.body, at)) is not None:
            value, _ = filled(match[2] or "", lookup)
            end = match.end(2) if match[2] is not None else match.end(1)
            found.append(Word(f"{match[1]}={value}", *raw.span(match.start(), end), "$" not in (match[2] or "")))
            at = match.end()
    return found, at


def words(raw: Raw, begin: int, lookup: Lookup, escape: str) -> list[Word]:
    """The words of an instruction, as `ringfence.models.build.Instruction` describes them."""
    if begin >= len(raw.body):
        return []
    reader = _Words(raw, begin, lookup, escape)
    if raw.keyword in ("ENV", "LABEL"):
        return list(reader.pairs())
    if raw.keyword == "ARG":
        return list(reader.split())
    if raw.keyword in ("ADD", "COPY"):
        return list(reader.paths())
    if raw.keyword == "EXPOSE":
        return [_port(word) for word in reader.split(fields=True)]
    return [reader.whole()]


def _port(word: Word) -> Word:
    port, slash, protocol = word.text.rpartition("/")
    text = f"{port}/{protocol.lower()}" if slash and port else f"{word.text}/tcp"
    return word._replace(text=text)


class _Words:
    def __init__(self, raw: Raw, begin: int, lookup: Lookup, escape: str) -> None:
        self._raw = raw
        self._begin = begin
        self._rest = raw.body[begin:]
        self._lookup = lookup
        self._escape = escape

    def whole(self) -> Word:
        """All of it as one word; the texts of shells are not filled in by the builder."""
        if self._raw.keyword in _UNFILLED:
            return self._word(self._rest, 0, len(self._rest))
        return self._filled(self._rest, 0)

    def split(self, *, fields: bool = False) -> Iterator[Word]:
        """Words by blanks; with `fields` a variable may hold several."""
        for said, offset in split(self._rest, self._escape):
            word = self._filled(said, offset)
            if fields and not word.literal and len(word.text.split()) > 1:
                yield from (word._replace(text=one) for one in word.text.split())
            else:
                yield word

    def paths(self) -> Iterator[Word]:
        """Sources and target, in an array or as words; a here-document is none of them."""
        array = exec_form(self._rest)
        if array is None:
            yield from (word for word in self.split(fields=True) if not self._is_heredoc(word))
            return
        for said, (start, end) in zip(array, exec_spans(self._rest), strict=True):
            yield self._word(filled(said, self._lookup, self._escape)[0], start, end)

    def pairs(self) -> Iterator[Word]:
        """`NAME=value …`, or the older `NAME value` as one."""
        found = split(self._rest, self._escape)
        if found and "=" not in found[0][0] and len(found) > 1:
            value = self._rest[found[1][1] :]
            said = f"{found[0][0]}={filled(value, self._lookup, self._escape)[0]}"
            yield self._word(said, 0, len(self._rest))
            return
        for said, offset in found:
            yield self._filled(said, offset)

    def _is_heredoc(self, word: Word) -> bool:
        return bool(self._raw.heredocs) and _HEREDOC.fullmatch(word.text) is not None

    def _filled(self, said: str, offset: int) -> Word:
        text, _ = filled(said, self._lookup, self._escape)
        return self._word(text, offset, offset + len(said))

    def _word(self, text: str, start: int, end: int) -> Word:
        literal = "$" not in self._rest[start:end]
        return Word(text, *self._raw.span(self._begin + start, self._begin + end), literal)
