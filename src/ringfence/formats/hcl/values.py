"""The values of HCL expressions, known, unknown and partly known, and how Terraform turns one kind into another.

A list, tuple or set is a list (a set is a `Set`, sorted, without doubles); a map or object is a dict. Whole numbers are
int, others float. What a text does not let us know is an `Unknown` that says where it comes from.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from ringfence.dataclasses import dataclass

#: Longest text and largest collection that an expression may make, and largest whole number (Terraform keeps 512 bits).
MAX_TEXT = 1_000_000
MAX_ITEMS = 100_000
MAX_BITS = 2048
CHARS_A_STEP = 20

NOTHING: frozenset[str] = frozenset()


class EvaluationError(Exception):
    """What Terraform refuses: a wrong type, a missing key, a division by zero. `try` and `can` catch it."""


class TooMuchError(Exception):
    """An expression that is larger than what is worth evaluating."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """A value that the files do not say.

    `references`: the addresses it comes from ("aws_s3_bucket.b", "var.x", "data.aws_ami.a", "module.m").
    `pieces`: a template's parts, known and unknown, neighbouring texts joined; None where it is no such text.
    `decoded`: what jsonencode or yamlencode was given; None where it is no such text.
    `options`: the values of which it is one, where a condition that is not known decides; None where that is not all.
    `why`: a short reason.
    """

    references: frozenset[str] = NOTHING
    pieces: "tuple[str | Unknown, ...] | None" = None
    decoded: "Value" = None
    options: "tuple[Value, ...] | None" = None
    why: str = ""


class Set(list["Value"]):
    """A set: sorted as Terraform shows it, without doubles. In a `for` its keys are its values."""

    __slots__ = ()


Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | Unknown | None"


class Work:
    """Counts what an evaluation costs. Raises TooMuchError when it is spent."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take so many steps from what is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError("it takes too many steps")


def cost(value: Value) -> int:
    """The steps that a value costs which is made or read as a whole, without what is in its items."""
    if isinstance(value, Unknown):
        return sum(len(piece) // CHARS_A_STEP for piece in value.pieces or () if isinstance(piece, str))
    return len(value) // CHARS_A_STEP if isinstance(value, str) else len(value) if isinstance(value, list | dict) else 0


def number_text(number: int | float) -> str:
    """A number as Terraform prints it: `3`, `0.5`, never with an exponent."""
    if isinstance(number, int):
        return str(number)
    return format(Decimal(repr(number)), "f")


def number_of(exact: Decimal) -> int | float:
    """A decimal as int where it is whole, else as float. Raises TooMuchError for what is too large."""
    if not exact.is_finite() or exact.adjusted() > MAX_BITS // 4:
        raise TooMuchError("a number is too large")
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def decimal_of(number: int | float) -> Decimal:
    """The decimal that a number was written as."""
    return Decimal(number) if isinstance(number, int) else Decimal(repr(number))


def kind(value: Value) -> str:
    """What a value is called in messages."""
    if value is None:
        return "null"
    names: tuple[tuple[type, str], ...] = (
        (bool, "bool"), (int, "number"), (float, "number"), (str, "string"),
        (Set, "set"), (list, "list"), (dict, "object"),
    )  # fmt: skip
    return next((name for one, name in names if isinstance(value, one)), "unknown value")


def to_text(value: Value) -> str:
    """A known value as a string. Raises EvaluationError for null and for collections."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    raise EvaluationError(f"a string is needed, not {kind(value)}")


def to_number(value: Value) -> int | float:
    """A known value as a number; texts of decimal digits count. Raises EvaluationError."""
    if isinstance(value, str):
        return parse_number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EvaluationError(f"a number is needed, not {kind(value)}")
    return value


def parse_number(text: str) -> int | float:
    """The number that a text writes. Raises EvaluationError."""
    plain = text[1:] if text[:1] in ("-", "+") else text
    if not plain or len(plain) > 400 or not plain[0].isascii() or not (plain[0].isdigit() or plain[0] == "."):
        raise EvaluationError("a number is needed")
    mantissa, _, exponent = plain.lower().partition("e")
    if "_" in plain or not mantissa.replace(".", "", 1).isdigit() or len(exponent.lstrip("+-")) > 4:
        raise EvaluationError("a number is needed")
    try:
        return number_of(Decimal(text))
    except ArithmeticError:
        raise EvaluationError("a number is needed") from None


def to_bool(value: Value) -> bool:
    """A known value as a bool; "true", "false", "1" and "0" count. Raises EvaluationError."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in ("true", "1", "false", "0"):
        return value in ("true", "1")
    raise EvaluationError(f"a bool is needed, not {kind(value)}")


def to_whole(value: Value) -> int:
    """A known value as a whole number. Raises EvaluationError."""
    number = to_number(value)
    if not isinstance(number, int):
        raise EvaluationError("a whole number is needed")
    return number


def follow(value: Value, path: Iterable[str | int]) -> Value:
    """What stands at a path of keys and indexes in a value; what comes of an unknown is unknown.

    Raises LookupError where there is no such thing: `try()` and `can()` see it.
    """
    for key in path:
        value = _step(value, key)
    return value


def _step(value: Value, key: str | int) -> Value:
    if isinstance(value, Unknown):
        return Unknown(references=value.references, why=value.why)
    if isinstance(value, dict):
        return value[key if isinstance(key, str) else str(key)]
    if isinstance(value, list) and not isinstance(value, Set):
        index = int(key) if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 10 else key
        if isinstance(index, int) and 0 <= index < len(value):
            return value[index]
    raise LookupError(f"{kind(value)} has no {key!r}")


def references_in(values: Iterable[Value], work: Work) -> frozenset[str] | None:
    """The references of every unknown in the values, however deep; None where all is known."""
    found, waiting, seen = set[str](), list(values), False
    while waiting:
        work.spend()
        value = waiting.pop()
        if isinstance(value, Unknown):
            seen = True
            found |= value.references
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return frozenset(found) if seen else None


def join_unknown(values: Iterable[Value], work: Work, why: str = "") -> Unknown:
    """One unknown that comes from all of the values' unknowns."""
    values = list(values)
    whys = [why] if why else [one.why for one in values if isinstance(one, Unknown) and one.why]
    return Unknown(references=references_in(values, work) or NOTHING, why=whys[0] if whys else "")


def text_of(pieces: Iterable[Value]) -> Value:
    """A text from its pieces: a str when all are known, else an Unknown with pieces and references.

    Raises EvaluationError where a piece can be no text, TooMuchError where it is too long.
    """
    parts, run, size = list["str | Unknown"](), list[str](), 0
    for piece in pieces:
        for part in (piece.pieces or (piece,)) if isinstance(piece, Unknown) else (to_text(piece),):
            if isinstance(part, str):
                size += len(part)
                run.append(part)
                if size > MAX_TEXT:
                    raise TooMuchError("a text is too long")
                continue
            if any(run):
                parts.append("".join(run))
            run.clear()
            parts.append(part)
    if not parts:
        return "".join(run)
    if any(run):
        parts.append("".join(run))
    unknown = [part for part in parts if isinstance(part, Unknown)]
    references = frozenset[str]().union(*(one.references for one in unknown))
    return Unknown(references=references, pieces=tuple(parts), why=unknown[0].why)


def equal(left: Value, right: Value, work: Work) -> bool | None:
    """Whether two values are the same; None where an unknown decides it."""
    work.spend()
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        return _all(equal(left[key], right[key], work) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return None if references_in([left, right], work) is not None and _any_set(left, right) else False
        return _all(equal(one, other, work) for one, other in zip(left, right, strict=True))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return (isinstance(left, str) is isinstance(right, str)) and left == right


def _any_set(left: Value, right: Value) -> bool:
    return isinstance(left, Set) or isinstance(right, Set)


def _all(answers: Iterable[bool | None]) -> bool | None:
    unsure = False
    for answer in answers:
        if answer is False:
            return False
        unsure |= answer is None
    return None if unsure else True
