"""How much a service may use, and how much is set aside for it."""

from collections.abc import Callable

from ringfence import dataclasses
from ringfence.formats import quantity
from ringfence.formats.compose.facts import CPU_PERIOD, SILENT
from ringfence.formats.compose.interpolation import OPEN
from ringfence.formats.compose.scalars import Keys, Reading
from ringfence.model import Limits
from ringfence.models.service import Requests

LIMITS = ("deploy", "resources", "limits")
_RESERVED = ("deploy", "resources", "reservations")

#: Where a limit may stand; the first place counts.
PLACES: dict[str, tuple[Keys, ...]] = {
    "memory_bytes": ((*LIMITS, "memory"), ("mem_limit",)),
    "cpu_millis": ((*LIMITS, "cpus"), ("cpus",), ("cpu_quota",)),
    "processes": ((*LIMITS, "pids"), ("pids_limit",)),
    "open_files": (("ulimits", "nofile", "hard"), ("ulimits", "nofile")),
}


def limits(reading: Reading) -> Limits:
    """Upper bounds; a number that means no bound is kept as it is (`-1`, `0`)."""
    found = {
        "memory_bytes": _amount(reading, "limits.memory_bytes", PLACES["memory_bytes"], quantity.docker_bytes),
        "cpu_millis": _amount(reading, "limits.cpu_millis", PLACES["cpu_millis"][:2], quantity.cpu_millis),
        "processes": _amount(reading, "limits.processes", PLACES["processes"], _whole),
        "open_files": _amount(reading, "limits.open_files", PLACES["open_files"], _whole),
    }
    if found["cpu_millis"] is None and "limits.cpu_millis" not in reading.at:
        found["cpu_millis"] = _quota(reading)
    return dataclasses.replace(SILENT.limits, **found)


def requests(reading: Reading) -> Requests:
    """What a scheduler sets aside."""
    memory = ((*_RESERVED, "memory"), ("mem_reservation",))
    return Requests(
        memory_bytes=_amount(reading, "requests.memory_bytes", memory, quantity.docker_bytes),
        cpu_millis=_amount(reading, "requests.cpu_millis", ((*_RESERVED, "cpus"),), quantity.cpu_millis),
    )


def _amount(reading: Reading, path: str, places: tuple[Keys, ...], of: Callable[[str], int | None]) -> int | None:
    for keys in places:
        said = reading.text(reading.node(*keys))
        if said is None:
            continue
        reading.note_at(path, *keys)
        amount = None if OPEN in said.value else of(said.value)
        if amount is None:
            reading.unknown.add(path)
        return amount
    return None


def _quota(reading: Reading) -> int | None:
    """The rate that follows from `cpu_quota`, in every `cpu_period`."""
    quota = _amount(reading, "limits.cpu_millis", (("cpu_quota",),), _micros)
    period = reading.text(reading.node("cpu_period"))
    each = _micros(period.value) if period is not None else CPU_PERIOD
    if quota is None or not each:
        if quota is not None:
            reading.unknown.add("limits.cpu_millis")
        return None
    return quota * 1000 // each if quota > 0 else quota


def _whole(text: str) -> int | None:
    return int(text) if len(text) < 20 and text.lstrip("-").isascii() and text.lstrip("-").isdecimal() else None


def _micros(text: str) -> int | None:
    """Microseconds: a number of them, or a duration."""
    number = _whole(text)
    if number is not None:
        return number
    seconds = quantity.seconds(text)
    return None if seconds is None else int(seconds * 1_000_000)
