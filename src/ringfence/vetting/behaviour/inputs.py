"""Arguments for a method from its schema: the author's examples, the least, the full, and some by chance.

Seeded, so that the same plugin is called alike each time. What is made is held against the schema by who calls.
"""

import random
from collections.abc import Iterator, Mapping

_DEPTH = 8
_FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "email": "a@example.com",
    "hostname": "example.com",
    "uri": "https://example.com/a",
    "url": "https://example.com/a",
    "uri-reference": "/a",
    "uuid": "6f0d2b0e-6a3c-4c1e-9a3b-2f4f5f0a1b2c",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "regex": "a+",
    "json-pointer": "/a",
    "duration": "P1D",
}
_WORDS = ("notes.txt", "alpha", "1 + 1", "select 1", "../up", "a b c", "{}", "https://example.com/")


def arguments(schema: Mapping[str, object], seed: int = 1) -> Iterator[dict[str, object]]:
    """Objects that may fit a schema, the author's first."""
    for example in _listed(schema, "examples"):
        if isinstance(example, dict):
            yield example
    for number, full in ((0, False), (1, True), (2, True), (3, True)):
        made = _Maker(schema, random.Random(seed + number), full=full).value(schema, 0)  # noqa: S311
        if isinstance(made, dict):
            yield made


def _listed(schema: Mapping[str, object], key: str) -> list[object]:
    found = schema.get(key)
    return found if isinstance(found, list) else []


class _Maker:
    """Makes values of one root schema. `full`: optional members too."""

    def __init__(self, root: Mapping[str, object], chance: random.Random, *, full: bool) -> None:
        self._root = root
        self._chance = chance
        self._full = full

    def value(self, schema: object, depth: int) -> object:
        """A value that may fit."""
        if not isinstance(schema, dict) or depth > _DEPTH:
            return None if depth > _DEPTH else "alpha"
        if isinstance(schema.get("$ref"), str):
            return self.value(self._referred(str(schema["$ref"])), depth + 1)
        if "const" in schema:
            return schema["const"]
        for key in ("enum", "examples"):
            if found := _listed(schema, key):
                return self._chance.choice(found)
        if "default" in schema and not self._full:
            return schema["default"]
        for key in ("anyOf", "oneOf", "allOf"):
            if found := _listed(schema, key):
                picked = found[0] if key == "allOf" else self._chance.choice(found)
                merged = {one: value for one, value in schema.items() if one != key}
                return self.value(merged | picked if isinstance(picked, dict) else merged, depth + 1)
        return self._typed(schema, depth)

    def _referred(self, pointer: str) -> object:
        found: object = self._root
        for part in pointer.removeprefix("#").strip("/").split("/"):
            if part:
                found = found.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
        return found

    def _typed(self, schema: dict[str, object], depth: int) -> object:
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = kind[0] if kind else None
        if kind is None:
            kind = "object" if "properties" in schema else "array" if "items" in schema else "string"
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind in ("integer", "number"):
            return self._number(schema, whole=kind == "integer")
        if kind == "boolean":
            return self._chance.random() < 0.5
        return None if kind == "null" else self._text(schema)

    def _object(self, schema: dict[str, object], depth: int) -> dict[str, object]:
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        required = [one for one in _listed(schema, "required") if isinstance(one, str)]
        names = dict.fromkeys([*required, *(properties if self._full else ())])
        return {name: self.value(properties.get(name, {}), depth + 1) for name in names}

    def _array(self, schema: dict[str, object], depth: int) -> list[object]:
        least = schema.get("minItems")
        count = max(int(least) if isinstance(least, int) else 0, 1 if self._full else 0)
        return [self.value(schema.get("items", {}), depth + 1) for _ in range(min(count, 50))]

    def _number(self, schema: dict[str, object], *, whole: bool) -> int | float:
        low, high = (
            schema.get("minimum", schema.get("exclusiveMinimum")),
            schema.get("maximum", schema.get("exclusiveMaximum")),
        )
        least = low if isinstance(low, int | float) else 0
        most = high if isinstance(high, int | float) else least + 100
        least = least + 1 if "exclusiveMinimum" in schema else least
        step = schema.get("multipleOf")
        if isinstance(step, int) and step > 0:
            return (int(least) + step - 1) // step * step
        return self._chance.randint(int(least), max(int(most), int(least))) if whole else float(least)

    def _text(self, schema: dict[str, object]) -> str:
        said = _FORMATS.get(str(schema.get("format")), "")
        if not said and isinstance(schema.get("pattern"), str):
            said = _matching(str(schema["pattern"]))
        said = said or self._chance.choice(_WORDS)
        least, most = schema.get("minLength"), schema.get("maxLength")
        if isinstance(least, int) and len(said) < least:
            said = (said + "a" * min(least, 10_000))[: max(least, len(said))]
        return said[:most] if isinstance(most, int) else said


def _matching(pattern: str) -> str:
    """A text that a simple pattern takes; one of these, or nothing."""
    import re

    tries = (
        "alpha",
        "a",
        "abc",
        "A",
        "0",
        "1",
        "123",
        "a1",
        "a-b",
        "a.b",
        "1.0.0",
        "2026-01-31",
        "#aabbcc",
        "0" * 40,
        "0" * 64,
        "a/b",
        "a@b.c",
        "/a",
        "en",
        "EN",
    )
    for one in tries:
        try:
            if re.search(pattern[:500], one):
                return one
        except re.error:
            return ""
    return ""
