"""One place where a value does not fit its schema, in words.

The worker gives facts (place, keyword, what was wanted, what was there); here they become sentences. Values
arrive already shortened, and not at all where the schema marks something as secret.
"""

from collections.abc import Mapping

from ringfence.dataclasses import dataclass
from ringfence.strictjson import pointer


@dataclass(frozen=True, slots=True)
class Violation:
    """`pointer` (RFC 6901) is empty for the whole value; `expected` is what the schema wants there."""

    pointer: str
    message: str
    expected: str

    def __str__(self) -> str:
        """The sentence with its place."""
        return f"{self.pointer[:300] or 'the whole value'}: {self.message}"


_EXPECTED = {
    "minimum": "a number of at least {}",
    "maximum": "a number of at most {}",
    "exclusiveMinimum": "a number greater than {}",
    "exclusiveMaximum": "a number less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "text of at least {} characters",
    "maxLength": "text of at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
    "pattern": "text that matches {!r}",
    "format": "text of the format {!r}",
    "const": "exactly {!r}",
    "required": "a member {!r}",
    "propertyNames": "member names that fit ({})",
    "uniqueItems": "items that are all different",
    "contains": "enough items that fit (contains)",
    "not": "a value that the schema does not exclude (not)",
    "unevaluatedItems": "no further items",
    "falseSchema": "nothing",
}
_ARTICLES = {"integer": "an integer", "object": "an object", "array": "an array", "null": "null"}
_REGEX_HINT = "patterns are linear regular expressions: no look-around, no back-references"


def from_fact(fact: Mapping[str, object]) -> Violation:
    """The violation that a fact of the worker states."""
    keyword, value, got = str(fact["keyword"]), fact["value"], str(fact["got"])
    path = fact["path"]
    place = pointer(tuple(path)) if isinstance(path, list) else ""
    if keyword in ("schema", "json"):
        return Violation(place, _about_schema(str(value)), "a sound schema" if keyword == "schema" else "JSON")
    expected = _expected(keyword, value)
    return Violation(place, _message(keyword, value, expected, got), expected)


def _expected(keyword: str, value: object) -> str:
    if keyword == "type":
        return _types(value)
    if keyword == "enum" and isinstance(value, list):
        return "one of " + ", ".join("…" if item == "…" else repr(item) for item in value)
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        return "no other members"
    if keyword in ("anyOf", "oneOf", "oneOfNotValid", "oneOfMultipleValid"):
        return _forms(keyword, value)
    template = _EXPECTED.get(keyword, f"a value that fits ({keyword})")
    return template.format(value)


def _message(keyword: str, value: object, expected: str, got: str) -> str:
    if keyword == "required":
        return f"the member {value!r} is missing"
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        names = ", ".join(repr(name) for name in value) if isinstance(value, list) else ""
        return f"members that are not allowed: {names}" if names else "members that are not allowed"
    if keyword == "falseSchema":
        return "nothing is allowed here"
    return f"expected {expected}, got {got}" if got else f"expected {expected}"


def _types(value: object) -> str:
    names = [str(name) for name in value] if isinstance(value, list) else [str(value)]
    return " or ".join(_ARTICLES.get(name, f"a {name}") for name in names)


def _forms(keyword: str, branches: object) -> str:
    """What anyOf or oneOf wants: the types, where every branch failed for its type."""
    if not isinstance(branches, list):
        return f"a value that fits ({keyword})"
    if keyword.startswith("oneOf") and sum(branch is None for branch in branches) > 1:
        return "a value that fits one form only (oneOf)"
    if branches and all(branches):
        return " or ".join(dict.fromkeys(_types(branch) for branch in branches))
    return f"one of {len(branches)} forms, and fits none"


def _about_schema(said: str) -> str:
    if 'is not a "regex"' in said:
        return f"{said} ({_REGEX_HINT})"
    return said.replace(". Adjust configuration to ignore unrecognized formats", "")
