"""What an audit is asked to do, whatever it was that asked."""

from collections.abc import Callable, Mapping
from datetime import date

from ringfence import dataclasses
from ringfence.audit.select import Selection
from ringfence.audit.waivers import Entry
from ringfence.controls.control import Fault
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.formats import quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`assume` settles what fixes would otherwise assume, by name; `previews`: work out each finding's fix."""

    selection: Selection
    today: date
    waivers: tuple[Entry, ...]
    assume: Mapping[str, int]
    exclude: tuple[str, ...]
    previews: bool

    def settled(self, fault: Fault) -> Fault:
        """The fault with the value that the user settled, where there is one."""
        if fault.assumes in self.assume:
            return dataclasses.replace(fault, want=self.assume[fault.assumes])
        return fault


def _size(text: str) -> int | None:
    return quantity.docker_bytes(text) or quantity.kubernetes_bytes(text)


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


#: What can be settled, and how it is read.
ASSUMPTIONS: Mapping[str, Callable[[str], int | None]] = {
    "memory": _size,
    "cpus": lambda text: quantity.cpu_millis(text) or quantity.kubernetes_millis(text),
    "pids": _count,
    "open-files": _count,
    "log-size": _size,
    "user": _count,
    "group": _count,
}


def assumed(words: Mapping[str, str]) -> dict[str, int]:
    """Values for assumptions from their texts. Raises UsageError for an unknown name and for no such amount."""
    found = dict[str, int]()
    for name, text in words.items():
        if name not in ASSUMPTIONS:
            raise UsageError(f"nothing is assumed of {name!r}", hint=f"choose from: {', '.join(ASSUMPTIONS)}")
        value = ASSUMPTIONS[name](text.strip())
        if value is None or value <= 0:
            raise UsageError(f"{text!r} is no amount for {name}", hint="for example memory=512m, cpus=0.5, user=1000")
        found[name] = value
    return found
