"""Reads the JSON that an index says: bounded, strict, and one sentence for what is wrong."""

import json
from collections.abc import Mapping

from ringfence.errors import IndexUntrusted
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

_LIMITS = JsonLimits(max_bytes=32 << 20, max_depth=24, max_items=2_000_000, max_digits=20)


def json_bytes(value: object) -> bytes:
    """One spelling of plain data."""
    return (
        json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
    ).encode()


class Reading:
    """One object of a document; each question names the member, and raises IndexUntrusted for another kind."""

    def __init__(self, found: Mapping[str, object], place: str) -> None:
        self._found = found
        self._place = place

    @classmethod
    def of(cls, data: bytes, place: str) -> "Reading":
        """The object that a whole document is."""
        try:
            found = loads(data, limits=_LIMITS)
        except StrictJsonError as error:
            raise IndexUntrusted(f"{place}: {error.message}") from None
        if not isinstance(found, dict):
            raise IndexUntrusted(f"{place} is no JSON object")
        return cls(found, place)

    def text(self, name: str, default: str | None = None) -> str:
        """A text of at most 100,000 characters."""
        found = self._found.get(name, default)
        if not isinstance(found, str) or len(found) > 100_000:
            raise self._wrong(name, "a text")
        return found

    def number(self, name: str, *, low: int = 0, high: int = 2**53) -> int:
        """A whole number within bounds."""
        found = self._found.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self._wrong(name, f"a whole number from {low} to {high}")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; none where it is not there."""
        found = self._found.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self._wrong(name, "a list of texts")
        return tuple(found)

    def mapping(self, name: str) -> Mapping[str, object]:
        """An object as it is; empty where it is not there."""
        found = self._found.get(name, {})
        if not isinstance(found, dict):
            raise self._wrong(name, "an object")
        return found

    def mapping_of_texts(self) -> dict[str, str]:
        """The whole object, every member of which is a text."""
        return {name: self.text(name) for name in self._found}

    def mappings(self, name: str) -> list[Mapping[str, object]]:
        """A list of objects."""
        found = self._found.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self._wrong(name, "a list of objects")
        return list(found)

    def tables(self, name: str) -> dict[str, "Reading"]:
        """An object of objects."""
        found = self.mapping(name)
        if not all(isinstance(each, dict) for each in found.values()):
            raise self._wrong(name, "an object of objects")
        return {key: Reading(each, f"{self._place}, {name}/{key[:80]}") for key, each in found.items()}  # type: ignore[arg-type]

    def _wrong(self, name: str, wanted: str) -> IndexUntrusted:
        return IndexUntrusted(f"{self._place}: {name!r} has to be {wanted}")
