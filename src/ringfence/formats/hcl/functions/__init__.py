"""Terraform's functions, by name: what each takes, and what it gives.

The tables of the themes say for each function what it takes, one letter an argument: `s` text, `n` number, `i` whole
number, `b` bool, `l` list or set, `m` map, `a` anything. Behind a letter, `?`: may be null; `-`: may be left out;
`*`: as often as wanted. Arguments are turned into what is needed as Terraform does it.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from ringfence.dataclasses import dataclass
from ringfence.formats.hcl.values import (
    MAX_ITEMS,
    MAX_TEXT,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    cost,
    join_unknown,
    kind,
    references_in,
    to_bool,
    to_number,
    to_text,
    to_whole,
)

_THEMES = (
    "addresses",
    "collections",
    "conversions",
    "dates",
    "digests",
    "encoding",
    "numbers",
    "patterns",
    "sets",
    "texts",
)
#: What depends on when, where or by whom it is run, or on files.
_OUTSIDE = frozenset(
    "abspath bcrypt filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256"
    " filesha512 issensitive plantimestamp rsadecrypt timestamp type uuid".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """A function. `partly`: it takes unknown arguments too and keeps what is known; others are unknown with them.
    `counts`: its first argument is the Work that it may spend.
    """

    body: Callable[..., Value]
    takes: str
    partly: bool = False
    counts: bool = False


@cache
def table() -> dict[str, Function]:
    """All functions that are worked out."""
    found = dict[str, Function]()
    for theme in _THEMES:
        found.update(import_module(f"{__name__}.{theme}").TABLE)
    return found


def call(name: str, arguments: list[Value], work: Work) -> Value:
    """A function's value; unknown for one that cannot be worked out. Raises EvaluationError and TooMuchError."""
    function = table().get(name)
    if function is None:
        why = "depends on where it runs" if name in _OUTSIDE else "is not known here"
        return join_unknown(arguments, work, f"{name}() {why}")
    kinds = _kinds(function.takes, len(arguments))
    if kinds is None:
        raise EvaluationError(f"{name}() does not take {len(arguments)} arguments")
    work.spend(1 + sum(map(cost, arguments)))
    if not function.partly and references_in(arguments, work) is not None:
        return join_unknown(arguments, work, f"{name}() of something unknown")
    taken = [_taken(argument, letters, name) for argument, letters in zip(arguments, kinds, strict=True)]
    try:
        value = function.body(work, *taken) if function.counts else function.body(*taken)
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        raise EvaluationError(f"{name}(): {error}"[:200]) from None
    work.spend(cost(value))
    if (isinstance(value, list | dict) and len(value) > MAX_ITEMS) or (
        isinstance(value, str) and len(value) > MAX_TEXT
    ):
        raise TooMuchError(f"{name}() gives too much")
    return value


@cache
def _letters(takes: str) -> tuple[str, ...]:
    found = list[str]()
    for one in takes:
        if one.isalpha():
            found.append(one)
        else:
            found[-1] += one
    return tuple(found)


def _kinds(takes: str, count: int) -> list[str] | None:
    """The letters of each argument; None where there are too few or too many."""
    letters = list(_letters(takes))
    if letters and "*" in letters[-1]:
        last = letters.pop()
        letters += [last] * (count - len(letters))
    needed = sum("-" not in one for one in letters)
    return letters[:count] if needed <= count <= len(letters) else None


def _taken(value: Value, letters: str, name: str) -> Value:
    if isinstance(value, Unknown):
        return value
    if value is None:
        if "?" in letters:
            return None
        raise EvaluationError(f"{name}() does not take null")
    convert = _CONVERSIONS[letters[0]]
    try:
        return convert(value)
    except EvaluationError as error:
        raise EvaluationError(f"{name}(): {error}") from None


def _list(value: Value) -> Value:
    if isinstance(value, list):
        return value
    raise EvaluationError(f"a list is needed, not {kind(value)}")


def _map(value: Value) -> Value:
    if isinstance(value, dict):
        return value
    raise EvaluationError(f"a map is needed, not {kind(value)}")


_CONVERSIONS: dict[str, Callable[[Value], Value]] = {
    "s": to_text,
    "n": to_number,
    "i": to_whole,
    "b": to_bool,
    "l": _list,
    "m": _map,
    "a": lambda value: value,
}
