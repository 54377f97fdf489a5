"""Expressions that are looked for in every line of a text, and the words without which they find nothing.

A word is looked for a hundred times faster than an expression. Which words one needs is read from itself, so that
nobody has to keep two lists alike; it is compiled when the first text has one of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as of  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ringfence.secrets.needles import Needles


class _Part:
    """One of the expressions that stand for the same."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._read: Any = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        self._read = parser.parse(self.pattern, re.IGNORECASE)
        return tuple(sorted(_needed(self._read) or ()))

    @cached_property
    def needs(self) -> frozenset[str]:
        """The words, as a set."""
        return frozenset(self.words)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        read, self._read = self._read, None  # reading it costs as much as what follows
        found: re.Pattern[str] = compiler.compile(read or self.pattern, re.IGNORECASE)
        return found

    def may_be_in(self, low: str) -> bool:
        return not self.words or any(word in low for word in self.words)


class Expression:
    """Several expressions that stand for the same; capitals and small letters are too."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self.parts = tuple(_Part(one) for one in patterns)
        self.pattern = "|".join(patterns)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words in small letters, one of which stands in every text in which it finds something; () for any text."""
        each = [part.words for part in self.parts]
        return tuple(sorted({word for words in each for word in words})) if all(each) else ()

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it is."""
        low = text.lower()
        found = [part.compiled.search(text) for part in self.parts if part.may_be_in(low)]
        return min((one for one in found if one is not None), key=lambda one: one.start(), default=None)

    def match(self, text: str) -> re.Match[str] | None:
        """Whether the text begins with it."""
        return next((one for part in self.parts if (one := part.compiled.match(text)) is not None), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of them is."""
        low = text.lower()
        for part in self.parts:
            if part.may_be_in(low):
                yield from part.compiled.finditer(text)


class Pieces:
    """Pieces of one text in small letters, and in which of them a word stands: hundreds of expressions ask for it."""

    def __init__(self, lows: Iterable[str]) -> None:
        some = tuple(lows)
        self._whole = "\n".join(some)
        self._ends = tuple(accumulate(len(one) + 1 for one in some))
        self._looked, self._places = _looked_for(self._whole)
        self._at = dict[str, tuple[int, ...]]()
        self._narrowed = dict[int, Narrowed]()

    def __len__(self) -> int:
        return len(self._ends)

    def narrowed(self, expression: Expression) -> "Narrowed":
        """What of an expression can be here, and where."""
        found = self._narrowed.get(id(expression))
        if found is None:
            found = self._narrowed[id(expression)] = Narrowed(expression, self)
        return found

    def holding(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces in which a word stands."""
        found = self._at.get(word)
        if found is None:
            places = self._places.get(word) if word in self._looked else _places(word, self._whole)
            found = self._at[word] = tuple(dict.fromkeys(bisect_right(self._ends, at) for at in places or ()))
        return found

    def may_hold(self, part: _Part) -> bool:
        """Whether one of the words of an expression is anywhere."""
        return not (self._looked >= part.needs and self._places.keys().isdisjoint(part.needs))


def _places(word: str, whole: str) -> list[int]:
    """Where a word stands."""
    found, at = list[int](), whole.find(word)
    while at >= 0:
        found.append(at)
        at = whole.find(word, at + 1)
    return found


def _looked_for(whole: str) -> tuple[frozenset[str], dict[str, list[int]]]:
    """The words that were looked for in a text, and where those of them stand that are in it."""
    if _known.of < len(_ALL):
        _known.of = len(_ALL)
        _known.words = frozenset(word for one in _ALL for part in one.parts for word in part.words)
        _known.others = tuple(word for word in _known.words if not word.isascii())
        _known.needles = Needles(sorted(_known.words.difference(_known.others)))
    if _known.needles is None:
        return frozenset(), {}
    places = _known.needles.places(whole.encode("ascii", "replace"))
    if not whole.isascii():
        letters = {one for one in whole if one > "\x7f"}
        for word in _known.others:
            if letters.issuperset(one for one in word if one > "\x7f") and (found := _places(word, whole)):
                places[word] = found
    return _known.words, places


class _Known:
    """The words of all expressions that were made so far."""

    of = 0
    words: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    needles: Needles | None = None


_known = _Known()
_ALL = list[Expression]()


class Narrowed:
    """What of an expression can be in the pieces of one text."""

    def __init__(self, expression: Expression, pieces: Pieces) -> None:
        self._held = dict[int, list[re.Pattern[str]]]()
        self._everywhere = list[re.Pattern[str]]()
        self._most = len(pieces)
        for part in expression.parts:
            if not part.words:
                self._everywhere.append(part.compiled)
                continue
            if not pieces.may_hold(part):
                continue
            for number in {number for word in part.words for number in pieces.holding(word)}:
                self._held.setdefault(number, []).append(part.compiled)

    def __bool__(self) -> bool:
        return bool(self._held or self._everywhere)

    def may_be_at(self, number: int) -> bool:
        """Whether it can be in a piece."""
        return number in self._held or bool(self._everywhere)

    def numbers(self) -> Sequence[int]:
        """The pieces in which it can be, in their order."""
        return range(self._most) if self._everywhere else sorted(self._held)

    def search(self, number: int, text: str) -> re.Match[str] | None:
        """The first place in a piece, whose text is given."""
        first = None
        for compiled in (*self._everywhere, *self._held.get(number, ())):
            found = compiled.search(text)
            if found is not None and (first is None or found.start() < first.start()):
                first = found
        return first


def either(*patterns: str) -> Expression:
    """Any of them, whatever the case."""
    _ALL.append(Expression(patterns))
    return _ALL[-1]


def _needed(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The best set of words of which one is in everything that a sequence matches; None where there is none."""
    found, run = list[frozenset[str]](), ""
    for kind, value in sequence:
        if kind is of.LITERAL:
            run += chr(value).lower()
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        inner = _needed_of(kind, value)
        if inner:
            found.append(inner)
    if run:
        found.append(frozenset({run}))
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _needed_of(kind: object, value: Any) -> frozenset[str] | None:
    if kind is of.SUBPATTERN:
        return _needed(value[3])
    if kind is of.ATOMIC_GROUP:
        return _needed(value)
    if kind in (of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT):
        return _needed(value[2]) if value[0] else None
    if kind is of.BRANCH:
        each = [_needed(one) for one in value[1]]
        return frozenset().union(*(one for one in each if one)) if all(each) else None
    return None
