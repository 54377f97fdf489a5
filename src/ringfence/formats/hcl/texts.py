"""Functions of texts. Regular expressions are Terraform's RE2: what Python could take for ever over is not worked out."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from ringfence.formats.hcl.values import (
    MAX_TEXT,
    EvaluationError,
    TooMuchError,
    Unknown,
    Value,
    number_text,
    text_of,
    to_number,
    to_text,
    to_whole,
)

_VERB = re.compile(r"%(?:(%)|(?:\[(\d{1,3})\])?([-+# 0]*)(\d{0,4})(?:\.(\d{1,4}))?([vtbcdoxXeEfgGsq#]))")
# A repeated group or two repetitions in a row can take exponential or quadratic time in Python.
_RISKY = re.compile(r"\)[*+{]|[*+?}][*+{]|\\[1-9]|\(\?[<!=P#]")
_MAX_PATTERN = 200
_MAX_SUBJECT = 20_000


def formatted(template: Value, *arguments: Value) -> Value:
    """format(): a text with pieces where an argument is unknown."""
    if isinstance(template, Unknown):
        return Unknown(references=template.references)
    said, pieces, at, number = to_text(template), list[Value](), 0, 0
    for verb in _VERB.finditer(said):
        pieces.append(said[at : verb.start()])
        at = verb.end()
        if verb[1]:
            pieces.append("%")
            continue
        number = int(verb[2]) - 1 if verb[2] else number
        if number >= len(arguments):
            raise EvaluationError("format() lacks an argument")
        pieces.append(_shown(arguments[number], verb))
        number += 1
    return text_of([*pieces, said[at:]])


def _shown(value: Value, verb: re.Match[str]) -> Value:
    if isinstance(value, Unknown):
        plain = verb[6] in "sv" and not verb[4]
        return value if plain else Unknown(references=value.references)
    kind = verb[6]
    if int(verb[4] or 0) > 1000 or int(verb[5] or 0) > 100:
        raise TooMuchError("a text is too long")
    if kind == "v" and isinstance(value, list | dict):
        from ringfence.formats.hcl.encodings import json_text

        return json_text(value)
    if kind in "sv":
        text = to_text(value) if value is not None else "null"
        text = text[: int(verb[5])] if verb[5] else text
    elif kind == "q":
        from ringfence.formats.hcl.encodings import json_text

        text = json_text(to_text(value))
    elif kind == "t":
        text = to_text(value)
    elif kind == "d":
        text = number_text(int(to_number(value)))
        text = text.rjust(int(verb[4] or 0), "0") if "0" in verb[3] else text
    else:
        text = f"%{verb[3]}{verb[4]}{'.' + verb[5] if verb[5] else ''}{kind}" % to_number(value)
    width = int(verb[4] or 0)
    return text.ljust(width) if "-" in verb[3] else text.rjust(width)


def _formatlist(template: Value, *arguments: Value) -> Value:
    size = max((len(one) for one in arguments if isinstance(one, list)), default=1)
    return [formatted(template, *(one[n] if isinstance(one, list) else one for one in arguments)) for n in range(size)]


def joined(separator: Value, *lists: Value) -> Value:
    """join(): a text with pieces where an item is unknown."""
    if isinstance(separator, Unknown) or any(isinstance(one, Unknown) for one in lists):
        found = [one for one in (separator, *lists) if isinstance(one, Unknown)]
        return Unknown(references=frozenset().union(*(one.references for one in found)))
    pieces = list[Value]()
    for one in lists:
        for item in one if isinstance(one, list) else [one]:
            pieces += [separator, item] if pieces else [item]
    return text_of(pieces)


def _pattern(pattern: Value, subject: str) -> re.Pattern[str]:
    said = to_text(pattern)
    if len(said) > _MAX_PATTERN or len(subject) > _MAX_SUBJECT or _RISKY.search(said):
        raise TooMuchError("a regular expression that is not worked out")
    if said.count("*") + said.count("+") + said.count("{") > 3 and len(subject) > 500:
        raise TooMuchError("a regular expression that is not worked out")
    try:
        return re.compile(said)
    except (re.error, RecursionError, OverflowError):
        raise EvaluationError("the regular expression cannot be read") from None


def _captured(found: re.Match[str]) -> Value:
    if found.re.groupindex:
        return dict(found.groupdict())
    return list(found.groups()) if found.re.groups else found.group()


def _regex(pattern: Value, text: Value) -> Value:
    said = to_text(text)
    found = _pattern(pattern, said).search(said)
    if found is None:
        raise EvaluationError("the regular expression matches nothing")
    return _captured(found)


def _regexall(pattern: Value, text: Value) -> Value:
    said = to_text(text)
    return [_captured(found) for found in _pattern(pattern, said).finditer(said)]


def _replace(text: Value, old: Value, new: Value) -> Value:
    said, what, by = to_text(text), to_text(old), to_text(new)
    if len(what) > 1 and what.startswith("/") and what.endswith("/"):
        pattern = _pattern(what[1:-1], said)
        by = re.sub(r"\$\{?(\d+|[A-Za-z_]\w*)\}?", r"\\g<\1>", by.replace("\\", "\\\\"))
        return _bounded(pattern.sub(by, said))
    if said.count(what) * len(by) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return said.replace(what, by)


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return text


def _substr(text: Value, offset: Value, length: Value) -> Value:
    said, start, size = to_text(text), to_whole(offset), to_whole(length)
    start = max(len(said) + start, 0) if start < 0 else start
    return said[start:] if size < 0 else said[start : start + size]


def _title(text: Value) -> Value:
    return re.sub(r"(^|\s)(\S)", lambda m: m[1] + m[2].upper(), to_text(text))


def _indent(spaces: Value, text: Value) -> Value:
    said, size = to_text(text), to_whole(spaces)
    if size > 1000 or said.count("\n") * size > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return said.replace("\n", "\n" + " " * size)


def _chomp(text: Value) -> Value:
    return re.sub(r"(?:\r\n|\r|\n)+\Z", "", to_text(text))


def _trimmed(text: Value, characters: Value) -> Value:
    return to_text(text).strip(to_text(characters))


def _split(separator: Value, text: Value) -> Value:
    said, by = to_text(text), to_text(separator)
    return list(said.split(by)) if by else list(said)


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)")
_SPAN = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(h|ms|m|s|us|ns)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}


def _moment(text: Value) -> datetime:
    said = to_text(text)
    if not _MOMENT.fullmatch(said):
        raise EvaluationError("not a moment in RFC 3339")
    return datetime.fromisoformat(said.replace("Z", "+00:00"))


def _timeadd(moment: Value, span: Value) -> Value:
    said = to_text(span)
    sign = -1 if said.startswith("-") else 1
    rest = said.lstrip("+-")
    if not re.fullmatch(rf"(?:{_SPAN.pattern})+", rest):
        raise EvaluationError("not a span of time")
    seconds = sum(float(one[1]) * _UNITS[one[2]] for one in _SPAN.finditer(rest))
    return (_moment(moment) + timedelta(seconds=sign * seconds)).isoformat().replace("+00:00", "Z")


def _timecmp(one: Value, other: Value) -> Value:
    first, second = _moment(one), _moment(other)
    return (first > second) - (first < second)


KNOWN: dict[str, Callable[..., Value]] = {
    "upper": lambda t: to_text(t).upper(),
    "lower": lambda t: to_text(t).lower(),
    "title": _title,
    "chomp": _chomp,
    "indent": _indent,
    "trim": _trimmed,
    "trimprefix": lambda t, p: to_text(t).removeprefix(to_text(p)),
    "trimsuffix": lambda t, p: to_text(t).removesuffix(to_text(p)),
    "trimspace": lambda t: to_text(t).strip(),
    "strrev": lambda t: to_text(t)[::-1],
    "strcontains": lambda t, p: to_text(p) in to_text(t),
    "startswith": lambda t, p: to_text(t).startswith(to_text(p)),
    "endswith": lambda t, p: to_text(t).endswith(to_text(p)),
    "substr": _substr,
    "split": _split,
    "replace": _replace,
    "regex": _regex,
    "regexall": _regexall,
    "timeadd": _timeadd,
    "timecmp": _timecmp,
    "basename": lambda t: to_text(t).rstrip("/").rpartition("/")[2] or to_text(t)[:1],
    "dirname": lambda t: to_text(t).rpartition("/")[0] or ("/" if to_text(t).startswith("/") else "."),
}
PARTLY: dict[str, Callable[..., Value]] = {"format": formatted, "formatlist": _formatlist, "join": joined}
