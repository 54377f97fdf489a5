"""What the type of a variable adds to its value: attributes that an object may leave out, and what they are then."""

from collections.abc import Callable

from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.syntax import Call, Expression, HclSyntaxError, Literal, Object
from ringfence.formats.hcl.values import Value

#: Types are nested no deeper than that here.
_MAX_DEPTH = 20


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
    """The value with what `optional(…)` in its type says of attributes that are left out, or null."""
    if not isinstance(said, Call) or not said.arguments or depth == 0:
        return value
    inner = said.arguments[0]
    if said.name == "optional":
        return completed(value, inner, evaluated, depth)
    if said.name == "object" and isinstance(inner, Object) and isinstance(value, dict):
        return value | {
            name: _attribute(value.get(name), one, evaluated, depth - 1)
            for name, one in inner.entries
            if isinstance(name, str) and (name in value or _is_optional(one))
        }
    if said.name == "map" and isinstance(value, dict):
        return {key: completed(one, inner, evaluated, depth - 1) for key, one in value.items()}
    if said.name in ("list", "set") and isinstance(value, list):
        return type(value)(completed(one, inner, evaluated, depth - 1) for one in value)
    return value


def _is_optional(said: Expression) -> bool:
    return isinstance(said, Call) and said.name == "optional"


def _attribute(value: Value, said: Expression, evaluated: Callable[[Expression], Value], depth: int) -> Value:
    """One attribute of an object; null where it is left out without a default."""
    if value is None and isinstance(said, Call) and _is_optional(said) and len(said.arguments) > 1:
        value = evaluated(said.arguments[1])
    return completed(value, said, evaluated, depth)
