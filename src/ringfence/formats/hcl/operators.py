"""What HCL's operators and conditionals make of values."""

from collections.abc import Callable
from decimal import Decimal, localcontext

from ringfence.formats.hcl.kinds import same_kind
from ringfence.formats.hcl.values import (
    MAX_BITS,
    EvaluationError,
    Set,
    TooMuchError,
    Unknown,
    Value,
    Work,
    decimal_of,
    equal,
    join_unknown,
    kind,
    number_of,
    to_bool,
    to_number,
    to_text,
)

#: Decimal digits that arithmetic keeps, as many as Terraform's 512 bits hold.
DIGITS = 154
_DEPTH = 20
_MOST_OPTIONS = 8
_MOST_ITEMS = 64


def binary(operator: str, left: Value, right: Value, work: Work) -> Value:
    """`left operator right`. Raises EvaluationError."""
    if operator in ("&&", "||"):
        return _logic(operator == "||", left, right, work)
    if operator in ("==", "!="):
        same = _compared(left, right, work)
        return join_unknown([left, right], work) if same is None else same is (operator == "==")
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return join_unknown([left, right], work)
    return _ARITHMETIC[operator](to_number(left), to_number(right))


def certain(operator: str, left: Value) -> bool | None:
    """What `left operator …` is whatever stands on the right; None where that counts."""
    if operator in ("&&", "||") and not isinstance(left, Unknown) and to_bool(left) is (operator == "||"):
        return operator == "||"
    return None


def unary(operator: str, value: Value, work: Work) -> Value:
    """`-value` or `!value`. Raises EvaluationError."""
    if isinstance(value, Unknown):
        return join_unknown([value], work)
    return not to_bool(value) if operator == "!" else -to_number(value)


def _logic(decides: bool, left: Value, right: Value, work: Work) -> Value:
    sides = [side if isinstance(side, Unknown) else to_bool(side) for side in (left, right)]
    if decides in [side for side in sides if isinstance(side, bool)]:
        return decides
    if all(isinstance(side, bool) for side in sides):
        return not decides
    return join_unknown(sides, work)


def _compared(left: Value, right: Value, work: Work) -> bool | None:
    for one, other in ((left, right), (right, left)):
        pieces = one.pieces if isinstance(one, Unknown) and one.pieces and len(one.pieces) > 1 else None
        if pieces and (other is None or (isinstance(other, str) and not may_be(pieces, other))):
            return False
    if isinstance(left, list | dict) and isinstance(right, list | dict) and not left and not right:
        return None  # an empty list of some type is not the same as `[]`
    return equal(left, right, work)


def may_be(pieces: tuple[str | Unknown, ...], text: str) -> bool:
    """Whether a partly known text can be this one."""
    known = [piece for piece in pieces if isinstance(piece, str)]
    first, last = pieces[0], pieces[-1]
    if sum(map(len, known)) > len(text):
        return False
    if isinstance(first, str) and not text.startswith(first):
        return False
    return not isinstance(last, str) or text.endswith(last)


def _exact(calculate: Callable[[Decimal, Decimal], Decimal], left: int | float, right: int | float) -> int | float:
    with localcontext() as context:
        context.prec = DIGITS
        try:
            return number_of(calculate(decimal_of(left), decimal_of(right)))
        except ArithmeticError:
            raise TooMuchError("a number is too large") from None


def _times(left: int | float, right: int | float) -> int | float:
    if isinstance(left, int) and isinstance(right, int):
        if left.bit_length() + right.bit_length() > MAX_BITS:
            raise TooMuchError("a number is too large")
        return left * right
    return _exact(lambda one, other: one * other, left, right)


def _divide(left: int | float, right: int | float) -> int | float:
    if right == 0:
        raise TooMuchError("a division by zero is infinite")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return _exact(lambda one, other: one / other, left, right)


def _modulo(left: int | float, right: int | float) -> int | float:
    if right == 0:
        return left
    if isinstance(left, int) and isinstance(right, int):
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    return _exact(lambda one, other: one % other, left, right)


_ARITHMETIC: dict[str, Callable[[int | float, int | float], int | float | bool]] = {
    "+": lambda one, other: _exact(lambda a, b: a + b, one, other),
    "-": lambda one, other: _exact(lambda a, b: a - b, one, other),
    "*": _times,
    "/": _divide,
    "%": _modulo,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def either(condition: Unknown, one: Value, other: Value, work: Work, depth: int = 0) -> Value:
    """What is certain of a value that is one of two, which a condition decides."""
    if equal(one, other, work):
        return one
    if depth < _DEPTH and isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return {key: either(condition, one[key], other[key], work, depth + 1) for key in one}
    if depth < _DEPTH and type(one) is list and type(other) is list and len(one) == len(other):
        return [either(condition, left, right, work, depth + 1) for left, right in zip(one, other, strict=True)]
    options = (*_options(one), *_options(other))
    return Unknown(
        references=join_unknown([condition, one, other], work).references,
        options=options if len(options) <= _MOST_OPTIONS else None,
        why=condition.why,
    )


def any_of(some: list[Value], key: Unknown, work: Work) -> Value:
    """What is certain of one of some values, where which one it is is not known. Of very many nothing is."""
    if len(some) > _MOST_ITEMS:
        return join_unknown([key, *some], work)
    found, *rest = some
    for one in rest:
        found = either(key, found, one, work)
    return found


def _options(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, Unknown) and value.options is not None else (value,)


def unified(value: Value, other: Value, work: Work, depth: int = 0) -> Value:
    """A value in the type that it shares with the other arm of its conditional. Raises EvaluationError."""
    work.spend()
    if value is None or other is None or isinstance(value, Unknown) or isinstance(other, Unknown) or depth > 20:
        return value
    if isinstance(value, list) and isinstance(other, list):
        return _unified_lists(value, other, work, depth)
    if isinstance(value, dict) and isinstance(other, dict):
        shared = {
            key: unified(item, other[key], work, depth + 1) if key in other else item for key, item in value.items()
        }
        return shared if value.keys() == other.keys() else _one_kind(shared, other)
    kinds = {kind(value), kind(other)}
    if len(kinds) == 1:
        return value
    if "string" in kinds and kinds <= {"string", "number", "bool"}:
        return to_text(value)
    raise EvaluationError("the arms of a conditional are of different types")


def _unified_lists(value: list[Value], other: list[Value], work: Work, depth: int) -> Value:
    if len(value) == len(other) and type(value) is list and type(other) is list:
        return [unified(one, two, work, depth + 1) for one, two in zip(value, other, strict=True)]
    try:
        made = same_kind([*value, *other])[: len(value)]
    except EvaluationError:
        return value
    return Set(made) if isinstance(value, Set) and isinstance(other, Set) else made


def _one_kind(value: dict[str, Value], other: dict[str, Value]) -> Value:
    try:
        made = same_kind([*value.values(), *other.values()])
    except EvaluationError:
        return value
    return dict(zip(value, made, strict=False))
