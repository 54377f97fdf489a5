"""Where a value stands: paths in plain data, and the line in a JSON text that is known to be sound."""

import re
from json import JSONDecoder

from ringfence.tomltext import Path

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()


def line_of(text: str, path: Path) -> int:
    """The line (1-based) of the member or element at `path`, else of its nearest ancestor.

    `text` has passed `strictjson.loads`, which bounds what the decoder does here.
    """
    at = place = _skip(text, 0)
    for part in path:
        found = _child(text, at, part)
        if found is None:
            break
        place, at = found
    return text.count("\n", 0, place) + 1


def step_into(value: object, part: str | int) -> object:
    """The member or element `part` of a table or array; None where there is none. Indices may be text."""
    if isinstance(value, dict):
        return value.get(str(part))
    if isinstance(value, list) and str(part).isdecimal() and int(part) < len(value):
        return value[int(part)]
    return None


def indexed(value: object, path: Path) -> Path:
    """A path whose indices into arrays may be text, with numbers there, as `value` wants it."""
    steps: list[str | int] = []
    for part in path:
        step = int(part) if isinstance(value, list) and str(part).isdecimal() else part
        steps.append(step)
        value = step_into(value, step)
    return tuple(steps)


def _child(text: str, at: int, wanted: str | int) -> tuple[int, int] | None:
    """(where the name or element begins, where its value begins) in the container at `at`."""
    if text[at] not in "{[":
        return None
    in_object, index = text[at] == "{", 0
    at = _skip(text, at + 1)
    while text[at] not in "}]":
        begun, name = at, index
        if in_object:
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if name == wanted:
            return begun, at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        at = _skip(text, at + 1) if text[at] == "," else at
        index += 1
    return None


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
