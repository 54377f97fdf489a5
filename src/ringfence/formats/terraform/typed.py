"""What the type of a variable makes of its value: another kind, no doubles, attributes that an object may leave out."""

from collections.abc import Callable, Mapping

from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.kinds import as_set, same_kind
from ringfence.formats.hcl.syntax import Call, Expression, HclSyntaxError, Literal, Object, Variable
from ringfence.formats.hcl.values import (
    MAX_ITEMS,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    to_bool,
    to_number,
    to_text,
)

#: Types are nested no deeper than that here.
_MAX_DEPTH = 20
_PLAIN: Mapping[str, Callable[[Value], Value]] = {"bool": to_bool, "number": to_number, "string": to_text}
#: As it was until Terraform 0.11.
_OLDER = {"list": "list", "map": "map"}


def read(said: Expression) -> Expression:
    """A type; JSON writes it as a text."""
    if not isinstance(said, Literal) or not isinstance(said.value, str):
        return said
    try:
        return Parser(said.value, 0, inner=True).expression()
    except HclSyntaxError:
        return said


def completed(
    value: Value, said: Expression, evaluated: Callable[[Expression], Value], depth: int = _MAX_DEPTH
) -> Value:
    """The value in its type, with what `optional(…)` says of attributes that are left out, or null. A part that
    Terraform would refuse stays as it is."""
    if value is None or isinstance(value, Unknown) or depth == 0:
        return value
    if isinstance(said, Variable):
        return _collected(value, _OLDER[said.name]) if said.name in _OLDER else _plain(value, said.name)
    if not isinstance(said, Call) or not said.arguments:
        return value
    inner = said.arguments[0]
    if said.name == "optional":
        return completed(value, inner, evaluated, depth)
    if said.name == "object" and isinstance(inner, Object) and isinstance(value, dict):
        return {
            name: _attribute(value.get(name), one, evaluated, depth - 1)
            for name, one in inner.entries
            if isinstance(name, str) and (name in value or _is_optional(one))
        }
    if said.name == "map" and isinstance(value, dict):
        made = {key: completed(one, inner, evaluated, depth - 1) for key, one in value.items()}
        return _collected(made, "map") if _is_any(inner) else made
    if said.name in ("list", "set") and isinstance(value, list):
        items = [completed(one, inner, evaluated, depth - 1) for one in value]
        return _collected(items, said.name) if said.name == "set" or _is_any(inner) else items
    if said.name == "tuple" and isinstance(value, list) and inner.items is not None and len(inner.items) == len(value):
        return [completed(one, kind, evaluated, depth - 1) for one, kind in zip(value, inner.items, strict=True)]
    return value


def _plain(value: Value, kind: str) -> Value:
    try:
        return _PLAIN[kind](value) if kind in _PLAIN else value
    except (EvaluationError, TooMuchError):
        return value


def _collected(value: Value, kind: str) -> Value:
    """A collection whose items share a kind; a set is without doubles."""
    try:
        if kind == "set" and isinstance(value, list):
            return as_set(value, Work(MAX_ITEMS))
        if kind == "list" and isinstance(value, list):
            return same_kind(list(value))
        if kind == "map" and isinstance(value, dict):
            return dict(zip(value, same_kind(list(value.values())), strict=True))
    except (EvaluationError, TooMuchError):
        return value
    return value


def _is_any(said: Expression) -> bool:
    return isinstance(said, Variable) and said.name == "any"


def _is_optional(said: Expression) -> bool:
    return isinstance(said, Call) and said.name == "optional"


def _attribute(value: Value, said: Expression, evaluated: Callable[[Expression], Value], depth: int) -> Value:
    """One attribute of an object; null where it is left out without a default."""
    if value is None and isinstance(said, Call) and _is_optional(said) and len(said.arguments) > 1:
        value = evaluated(said.arguments[1])
    return completed(value, said, evaluated, depth)
