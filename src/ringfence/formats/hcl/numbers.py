"""Functions of numbers."""

import math
from collections.abc import Callable

from ringfence.formats.hcl.values import (
    EvaluationError,
    TooMuchError,
    Value,
    decimal_of,
    number_of,
    to_number,
    to_text,
    to_whole,
)


def _float(number: float) -> int | float:
    if math.isnan(number) or math.isinf(number):
        raise TooMuchError("a number is too large")
    return int(number) if number == int(number) else number


def _pow(base: Value, power: Value) -> Value:
    one, other = to_number(base), to_number(power)
    if abs(one) > 1e15 or abs(other) > 1000:
        raise TooMuchError("a number is too large")
    return number_of(decimal_of(one) ** decimal_of(other)) if isinstance(other, int) else _float(float(one) ** other)


def _log(number: Value, base: Value) -> Value:
    return _float(math.log(to_number(number), to_number(base)))


def _signum(number: Value) -> Value:
    value = to_number(number)
    return (value > 0) - (value < 0)


def _parseint(text: Value, base: Value) -> Value:
    said, whole = to_text(text), to_whole(base)
    if len(said) > 600 or not 2 <= whole <= 62:
        raise EvaluationError("no such number")
    if whole > 36:
        raise TooMuchError("numbers of so large a base are not worked out")
    return int(said, whole)


def _chosen(pick: str, *values: Value) -> Value:
    numbers = [to_number(one) for one in values]
    if not numbers:
        raise EvaluationError("at least one number is needed")
    return max(numbers) if pick == "max" else min(numbers)


KNOWN: dict[str, Callable[..., Value]] = {
    "abs": lambda n: abs(to_number(n)),
    "ceil": lambda n: math.ceil(to_number(n)),
    "floor": lambda n: math.floor(to_number(n)),
    "max": lambda *n: _chosen("max", *n),
    "min": lambda *n: _chosen("min", *n),
    "pow": _pow,
    "log": _log,
    "signum": _signum,
    "parseint": _parseint,
}
