"""Amounts as platforms write them: memory, processor time, durations.

Every function gives None for a text that is no such amount: whether that is an error is the format's affair.
"""

import re
from decimal import Decimal

MAX_CHARS = 40

# go-units: a number, a space, a letter, and "b", "i" or "ib" behind it.
_DOCKER = re.compile(r"(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)) ?([bkmgtp]?)i?b?", re.IGNORECASE)
_DOCKER_UNITS = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50}
_KUBERNETES = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([eE][+-]?[0-9]{1,3})|([KMGTPE]i|[numkMGTPE]))?")
_SUFFIXES = {
    **{f"{letter}i": Decimal(2) ** (10 * power) for power, letter in enumerate("KMGTPE", 1)},
    **{letter: Decimal(10) ** (3 * power) for power, letter in enumerate("kMGTPE", 1)},
    "m": Decimal("1e-3"),
    "u": Decimal("1e-6"),
    "n": Decimal("1e-9"),
}
_CPUS = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_MOST = 2**63 - 1


def docker_bytes(text: str) -> int | None:
    """Bytes of a size as Docker and Compose write it: `512m`, `1.5gb`, `1073741824`; units are powers of 1024."""
    match = _DOCKER.fullmatch(text.strip()) if len(text) <= MAX_CHARS else None
    if match is None:
        return None
    return _bounded(Decimal(match[1]) * _DOCKER_UNITS[match[2].lower()])


def docker_text(amount: int) -> str:
    """A size as Compose writes it, in the largest unit that keeps it exact: `512m`."""
    for unit in "gmk":
        if amount and amount % _DOCKER_UNITS[unit] == 0:
            return f"{amount // _DOCKER_UNITS[unit]}{unit}"
    return f"{amount}b"


def kubernetes(text: str) -> Decimal | None:
    """A Kubernetes quantity: `64Mi`, `500m`, `1e3`, `0.5`."""
    match = _KUBERNETES.fullmatch(text.strip()) if len(text) <= MAX_CHARS else None
    if match is None:
        return None
    number = Decimal(match[1] + (match[2] or ""))
    return number * _SUFFIXES[match[3]] if match[3] else number


def kubernetes_bytes(text: str) -> int | None:
    """Whole bytes of a Kubernetes quantity, rounded up as Kubernetes does."""
    number = kubernetes(text)
    return None if number is None else _bounded(number.to_integral_value("ROUND_CEILING"))


def kubernetes_millis(text: str) -> int | None:
    """Thousandths of a Kubernetes quantity (of a processor, say), rounded up."""
    number = kubernetes(text)
    return None if number is None else _bounded((number * 1000).to_integral_value("ROUND_CEILING"))


def kubernetes_text(amount: int) -> str:
    """Bytes as Kubernetes writes them, in the largest binary unit that keeps them exact: `64Mi`."""
    for suffix in ("Gi", "Mi", "Ki"):
        unit = int(_SUFFIXES[suffix])
        if amount and amount % unit == 0:
            return f"{amount // unit}{suffix}"
    return str(amount)


def cpu_millis(text: str) -> int | None:
    """Thousandths of a processor from Compose's `cpus`: `0.5` is 500."""
    match = _CPUS.fullmatch(text.strip()) if len(text) <= MAX_CHARS else None
    if match is None:
        return None
    return _bounded((Decimal(match[0]) * 1000).to_integral_value("ROUND_CEILING"))


def cpus_text(millis: int) -> str:
    """Thousandths of a processor as Compose's `cpus`: 500 is `0.5`."""
    whole, rest = divmod(millis, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def seconds(text: str) -> float | None:
    """Seconds of a duration such as `1m30s` or `500ms`."""
    text = text.strip()
    parts = _PART.findall(text) if len(text) <= MAX_CHARS else []
    if not parts or "".join(number + unit for number, unit in parts) != text:
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _bounded(number: Decimal) -> int:
    return int(max(min(number, Decimal(_MOST)), Decimal(-_MOST)))
