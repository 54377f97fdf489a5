"""Functions of numbers."""

import math
from string import ascii_lowercase, ascii_uppercase, digits

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.values import EvaluationError, TooMuchError, Value

_DIGITS = digits + ascii_lowercase + ascii_uppercase


def _of_float(number: float) -> int | float:
    if not math.isfinite(number):
        raise TooMuchError("a number is too large")
    return int(number) if number == int(number) else number


def _pow(base: int | float, power: int | float) -> Value:
    return _of_float(math.pow(base, power))


def _log(number: int | float, base: int | float) -> Value:
    return _of_float(math.log(number) / math.log(base))


def _signum(number: int) -> Value:
    return (number > 0) - (number < 0)


def _parseint(text: Value, base: int) -> Value:
    said = text if isinstance(text, str) else ""
    if not 2 <= base <= 62:
        raise EvaluationError("the base must lie between 2 and 62")
    sign, plain = (-1, said[1:]) if said.startswith("-") else (1, said.removeprefix("+"))
    allowed = _DIGITS[:base]
    if base <= 36:
        plain = plain.lower()
    if not plain or any(one not in allowed for one in plain):
        raise EvaluationError(f"{said[:40]!r} is no number of base {base}")
    if len(plain) > 600:
        raise TooMuchError("a number is too large")
    value = 0
    for one in plain:
        value = value * base + allowed.index(one)
    return sign * value


def _most(*numbers: int | float) -> Value:
    return max(numbers)


def _least(*numbers: int | float) -> Value:
    return min(numbers)


TABLE = {
    "abs": Function(body=abs, takes="n"),
    "ceil": Function(body=math.ceil, takes="n"),
    "floor": Function(body=math.floor, takes="n"),
    "log": Function(body=_log, takes="nn"),
    "max": Function(body=_most, takes="n*"),
    "min": Function(body=_least, takes="n*"),
    "parseint": Function(body=_parseint, takes="ai"),
    "pow": Function(body=_pow, takes="nn"),
    "signum": Function(body=_signum, takes="i"),
}
