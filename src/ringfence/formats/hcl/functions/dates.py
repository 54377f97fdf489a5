"""Functions of moments in time, as RFC 3339 writes them."""

import re
from datetime import datetime, timedelta

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.values import EvaluationError, Value

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_SPAN = re.compile(r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(h|ms|m|s|us|µs|ns)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = re.compile(r"'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+")


def _moment(text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise EvaluationError(f"{text[:40]!r} is no moment in RFC 3339")
    fraction = (found[3] or "")[:7]
    return datetime.fromisoformat(
        f"{found[1]}T{found[2]}{fraction.ljust(7, '0') if fraction else ''}{found[4].replace('Z', '+00:00')}"
    )


def _add(moment: str, span: str) -> Value:
    sign, rest = (-1, span[1:]) if span.startswith("-") else (1, span.removeprefix("+"))
    parts = list(_SPAN.finditer(rest)) if len(rest) < 100 else []
    if rest != "0" and (not parts or "".join(one.group() for one in parts) != rest):
        raise EvaluationError(f"{span[:40]!r} is no span of time")
    seconds = sum(float(one[1]) * _UNITS[one[2]] for one in parts)
    try:
        moved = _moment(moment) + timedelta(seconds=sign * seconds)
    except OverflowError:
        raise EvaluationError("it lies too far away") from None
    return moved.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _compare(one: str, other: str) -> Value:
    first, second = _moment(one), _moment(other)
    return (first > second) - (first < second)


def _format(layout: str, text: str) -> Value:
    moment, made = _moment(text), list[str]()
    for found in _PARTS.finditer(layout):
        said = found.group()
        if said.startswith("'"):
            if len(said) < 2 or not said.endswith("'"):
                raise EvaluationError("a quote is not closed")
            made.append(said[1:-1].replace("''", "'") if len(said) > 2 else "'")
        else:
            made.append(_part(said, moment) if found[1] else said)
    return "".join(made)


def _part(sign: str, moment: datetime) -> str:
    zone = moment.strftime("%z")
    hour = moment.hour % 12 or 12
    named = {
        "YYYY": f"{moment.year:04d}", "YY": f"{moment.year % 100:02d}",
        "MMMM": _MONTHS[moment.month - 1], "MMM": _MONTHS[moment.month - 1][:3],
        "MM": f"{moment.month:02d}", "M": str(moment.month),
        "DD": f"{moment.day:02d}", "D": str(moment.day),
        "EEEE": _DAYS[moment.weekday()], "EEE": _DAYS[moment.weekday()][:3],
        "hh": f"{moment.hour:02d}", "h": str(moment.hour), "HH": f"{hour:02d}", "H": str(hour),
        "AA": "AM" if moment.hour < 12 else "PM", "aa": "am" if moment.hour < 12 else "pm",
        "mm": f"{moment.minute:02d}", "m": str(moment.minute), "ss": f"{moment.second:02d}", "s": str(moment.second),
        "ZZZZZ": f"{zone[:3]}:{zone[3:5]}", "ZZZZ": zone[:5], "ZZZ": "UTC" if zone == "+0000" else zone[:5],
        "Z": "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:5]}",
    }  # fmt: skip
    if sign not in named:
        raise EvaluationError(f"{sign[:40]!r} stands for nothing in a date")
    return named[sign]


TABLE = {
    "formatdate": Function(body=_format, takes="ss"),
    "timeadd": Function(body=_add, takes="ss"),
    "timecmp": Function(body=_compare, takes="ss"),
}
