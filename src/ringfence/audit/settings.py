"""What an audit is asked to do, whatever it was that asked."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ringfence import dataclasses
from ringfence.audit.select import Selection
from ringfence.audit.waivers import Entry
from ringfence.controls.control import Fault
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.formats import quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`assume` settles what fixes would otherwise assume, by name; `previews`: work out each finding's fix;
    `heeds_comments`: what a file's own comments accept is accepted."""

    selection: Selection
    today: date
    waivers: tuple[Entry, ...]
    assume: Mapping[str, Any]
    exclude: tuple[str, ...]
    previews: bool
    heeds_comments: bool = True

    def settled(self, fault: Fault, model: object) -> Fault:
        """The fault of a model with the value that the user settled, where there is one."""
        if fault.assumes not in self.assume:
            return fault
        value = self.assume[fault.assumes]
        if fault.assumes == "tmpfs":
            from ringfence.controls.read_only_root import scratch

            return dataclasses.replace(fault, appends=scratch(model, value))
        return dataclasses.replace(fault, want=value)


def _size(text: str) -> int | None:
    return quantity.docker_bytes(text) or quantity.kubernetes_bytes(text)


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _paths(text: str) -> tuple[str, ...] | None:
    """Absolute paths with commas between them; none at all where there is only a comma."""
    found = tuple(one.strip() for one in text.split(",") if one.strip())
    good = all(re.fullmatch(r"(/[\w.@+-]+)+/?", one) for one in found)
    return found if good and (found or text == ",") else None


#: What can be settled, and how it is read.
ASSUMPTIONS: Mapping[str, Callable[[str], Any]] = {
    "memory": _size,
    "cpus": lambda text: quantity.cpu_millis(text) or quantity.kubernetes_millis(text),
    "pids": _count,
    "open-files": _count,
    "log-size": _size,
    "user": _count,
    "group": _count,
    "tmpfs": _paths,
}


def assumed(words: Mapping[str, str]) -> dict[str, Any]:
    """Values for assumptions from their texts. Raises UsageError for an unknown name and for no such amount."""
    found = dict[str, Any]()
    for name, text in words.items():
        if name not in ASSUMPTIONS:
            raise UsageError(f"nothing is assumed of {name!r}", hint=f"choose from: {', '.join(ASSUMPTIONS)}")
        value = ASSUMPTIONS[name](text.strip())
        if name == "tmpfs" and value is None:
            raise UsageError(f"{text!r} is no list of paths", hint="for example tmpfs=/tmp,/var/lib/app")
        if value is None or (isinstance(value, int) and value <= 0):
            raise UsageError(f"{text!r} is no amount for {name}", hint="for example memory=512m, cpus=0.5, user=1000")
        found[name] = value
    return found
