"""Texts by a pattern with `%` verbs, as Terraform's format() makes them."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from ringfence.formats.hcl.encodings import json_text
from ringfence.formats.hcl.values import (
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    Work,
    cost,
    decimal_of,
    join_unknown,
    text_of,
    to_bool,
    to_number,
    to_text,
)

_VERB = re.compile(r"%(?:%|([ +\-0#]*)([0-9]*)(?:\.([0-9]*))?(?:\[([0-9]{1,4})\])?([a-zA-Z]))", re.ASCII)
_WIDEST = 10_000


def formatted(pattern: str, arguments: list[Value], work: Work) -> Value:
    """The pattern with the arguments in it; unknown ones stay as pieces. Raises EvaluationError."""
    used = 0
    pieces = list[Value]()
    following = 0
    done = 0
    for found in _verbs(pattern):
        work.spend()
        pieces.append(pattern[done : found.start()])
        done = found.end()
        if found.group() == "%%":
            pieces.append("%")
            continue
        index = int(found[4]) - 1 if found[4] else following
        if not 0 <= index < len(arguments):
            raise EvaluationError(f"there are not enough arguments for {found.group()!r}")
        following = index + 1
        used = max(used, following)
        pieces.append(_said(found, arguments[index], work))
    if used < len(arguments):
        raise EvaluationError("there are too many arguments")
    pieces.append(pattern[done:])
    text = text_of(pieces)
    work.spend(cost(text))
    return text


def _verbs(pattern: str) -> Iterator[re.Match[str]]:
    at = 0
    while (at := pattern.find("%", at)) >= 0:
        found = _VERB.match(pattern, at)
        if found is None:
            raise EvaluationError("a verb of a format is not complete")
        yield found
        at = found.end()


def _said(found: re.Match[str], value: Value, work: Work) -> Value:
    flags, verb = found[1], found[5]
    width, precision = _number(found[2], 0), _number(found[3], -1)
    if verb not in "vtbdoxXeEfgGsq":
        raise EvaluationError(f"format() knows no verb {verb!r}")
    if isinstance(value, Unknown):
        plain = verb in "sv" and not width and precision < 0
        return value if plain else join_unknown([value], work)
    if value is None:
        return Unknown(why="format() of null")
    text = _text(verb, flags, precision, value, work)
    if isinstance(text, Unknown):
        return text
    if verb == "t":
        return text
    return _padded(text, flags, width, number=(text[-1:].isdigit() and not isinstance(value, str)) or verb in "dbeEfgG")


def _number(text: str | None, default: int) -> int:
    number = default if not text else int(text) if len(text) < 6 else _WIDEST + 1
    if number > _WIDEST:
        raise TooMuchError("a text is too long")
    return number


def _text(verb: str, flags: str, precision: int, value: Value, work: Work) -> str | Unknown:
    if verb == "v":
        return _default(flags, value, work)
    if verb in "sq":
        text = to_text(value)
        text = text if precision < 0 else text[:precision]
        return text if verb == "s" else json.dumps(text, ensure_ascii=False)
    if verb == "t":
        return "true" if to_bool(value) else "false"
    number = to_number(value)
    if verb in "dboxX":
        if not isinstance(number, int):
            raise EvaluationError("a whole number is needed")
        text = format(number, ("#" if "#" in flags and verb != "d" else "") + verb)
        return _signed(text.replace("0o", "0"), flags)
    return _signed(_float(verb, precision, number), flags)


def _default(flags: str, value: Value, work: Work) -> str | Unknown:
    if isinstance(value, list | dict) or "#" in flags:
        from ringfence.formats.hcl.values import references_in

        references = references_in([value], work)
        return json_text(value) if references is None else Unknown(references=references)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _float("g", -1, value)
    return to_text(value)


def _float(verb: str, precision: int, number: int | float) -> str:
    if verb == "f":
        return format(decimal_of(number), f".{6 if precision < 0 else precision}f")
    if verb in "gG" and precision < 0:
        return _shortest(decimal_of(number), verb)
    return format(float(number), f".{6 if precision < 0 else precision}{verb}")


def _shortest(number: Decimal, verb: str) -> str:
    """As few digits as say it; an exponent below -4 and from 21 or, where that is less, the digits on."""
    sign, digits, _ = number.normalize().as_tuple()
    exponent = number.adjusted() if number else 0
    if -4 <= exponent < max(len(digits) if len(digits) > 21 else 21, 21) and exponent < 6:
        return format(number.normalize(), "f")
    if -4 <= exponent < 6:
        return format(number.normalize(), "f")
    said = "".join(map(str, digits))
    mantissa = said[0] + ("." + said[1:] if len(said) > 1 else "")
    return (
        f"{'-' if sign else ''}{mantissa}{'e' if verb == 'g' else 'E'}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    )


def _signed(text: str, flags: str) -> str:
    if text.startswith("-"):
        return text
    return "+" + text if "+" in flags else " " + text if " " in flags else text


def _padded(text: str, flags: str, width: int, *, number: bool) -> str:
    missing = width - len(text)
    if missing <= 0:
        return text
    if "-" in flags:
        return text + " " * missing
    if "0" in flags:
        sign = text[:1] if number and text[:1] in ("-", "+", " ") else ""
        return sign + "0" * missing + text[len(sign) :]
    return " " * missing + text
