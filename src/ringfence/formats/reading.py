"""Readers: from the plain data of a parsed document to the parts of a model, or a sentence and a place.

A reader takes a value, its place in the document, and what a base model has at that place; it
gives the model's value or raises `Wrong`, which knows the place. Nothing here knows a file's
syntax or the meaning of a key, and nothing has a default: a key is there, inherited from the
base, declared optional, or missing and said to be.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

#: A place in a document: keys, and indices from 0.
At = tuple[str | int, ...]
#: (value, its place, what the base has there) -> the model's value
Reader = Callable[[Any, At, Any], Any]


class Wrong(Exception):
    """A value that does not fit; becomes a ConfigError once its line is known."""

    def __init__(self, at: At, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.hint = hint


def kind(words: str, *types: type) -> Reader:
    """A value of one of these exact types (so a bool is no integer); `words` name them."""

    def read(value: Any, at: At, base: Any) -> Any:
        if type(value) not in types:
            raise expected(words, value, at)
        return value

    return read


def number_or(word: str) -> Reader:
    """An integer, or the word that stands for None."""

    def read(value: Any, at: At, base: Any) -> int | None:
        if value == word:
            return None
        if type(value) is not int:
            raise expected(f'an integer or "{word}"', value, at)
        return value

    return read


def one_of(enum: type[StrEnum]) -> Reader:
    """One of an enumeration's words."""

    def read(value: Any, at: At, base: Any) -> StrEnum:
        if value not in list(enum):
            raise expected("one of " + ", ".join(f'"{one}"' for one in enum), value, at)
        return enum(value)

    return read


def listed(read_item: Reader, make: Callable[[list[Any]], Any]) -> Reader:
    """A list, which never inherits: `make` gets all items read."""

    def read(value: Any, at: At, base: Any) -> Any:
        if not isinstance(value, list):
            raise expected("a list", value, at)
        return make([read_item(item, (*at, index), None) for index, item in enumerate(value)])

    return read


def table(make: Callable[..., Any], readers: Mapping[str, Reader], optional: frozenset[str] = frozenset()) -> Reader:
    """A table with exactly these keys; `make` is called with the values by name.

    A key that is not there is taken from the base; without one it is None if `optional`.
    """

    def read(value: Any, at: At, base: Any) -> Any:
        if not isinstance(value, dict):
            raise expected("a table", value, at)
        for key in sorted(value.keys() - readers.keys()):
            raise unknown(key, readers, at)
        found = dict[str, Any]()
        for key, reader in readers.items():
            inherited = getattr(base, key, None)
            if key in value:
                found[key] = reader(value[key], (*at, key), inherited)
            elif base is not None or key in optional:
                found[key] = inherited
            else:
                raise Wrong(at, f"`{dotted((*at, key))}` is missing", "a profile states every key")
        return make(**found)

    return read


def expected(words: str, value: object, at: At) -> Wrong:
    """Say what should stand there, and what does."""

    return Wrong(at, f"`{dotted(at)}` must be {words}, not {str(value)[:60]!r}")


def unknown(key: str, readers: Mapping[str, Reader], at: At) -> Wrong:
    """Say that no such key exists here, and which comes near."""
    import difflib

    near = difflib.get_close_matches(key, readers, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "known here: " + ", ".join(readers)
    return Wrong((*at, key), f"unknown key `{dotted((*at, key))}`", hint)


def dotted(at: At) -> str:
    """`mounts[0].source`, as a person would write it."""

    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")
