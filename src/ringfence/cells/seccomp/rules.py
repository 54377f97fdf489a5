"""Reads allow.toml and numbers.toml into what each system call number is answered.

Strict: an unknown key, a call named twice, a call without a number or a number without a call
is a ValueError, so that a slip in the list cannot quietly allow anything. Knows nothing of BPF.
"""

import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_WORD = 0xFFFFFFFF


class Answer(Enum):
    """What the kernel does with a call, whatever its arguments are."""

    ALLOW = "allow"
    EPERM = "eperm"
    ENOSYS = "enosys"
    KILL = "kill"


@dataclass(frozen=True, kw_only=True)
class Test:
    """The low 32 bits of argument `arg`, cut to `mask`, must be one of `values`."""

    arg: int
    mask: int
    values: tuple[int, ...]


#: Allowed if all tests of one of the alternatives hold, else EPERM.
Condition = tuple[tuple[Test, ...], ...]
Verdict = Answer | Condition


def verdicts(arch: str, *, network: bool) -> dict[int, Verdict]:
    """The answer to each listed number of an architecture; every other number is ENOSYS."""
    named = by_name(read("allow.toml"), network=network)
    numbers = read("numbers.toml")
    if named.keys() != numbers.keys():
        raise ValueError(f"allow.toml and numbers.toml differ in {sorted(named.keys() ^ numbers.keys())}")
    found = {numbers[name][arch]: verdict for name, verdict in named.items() if arch in numbers[name]}
    if len(found) != sum(arch in numbers[name] for name in named):
        raise ValueError(f"numbers.toml gives one {arch} number to two calls")
    return found


def by_name(document: dict[str, Any], *, network: bool) -> dict[str, Verdict]:
    """The answer to each call that the list names."""
    _only(document, {"allow", "deny"}, "allow.toml")
    found: dict[str, Verdict] = {}
    for group in document["allow"]:
        _only(group, {"reason", "calls", "network", "when"}, "an allow group")
        wanted = network or not group.get("network", False)
        _add(found, group, _verdict(group) if wanted else Answer.EPERM)
    for group in document["deny"]:
        _only(group, {"reason", "calls"}, "a deny group")
        _add(found, group, Answer.EPERM)
    return found


def read(name: str) -> dict[str, Any]:
    """One of the two files."""
    return tomllib.loads((_HERE / name).read_text("utf-8"))


def _only(table: dict[str, Any], keys: set[str], what: str) -> None:
    if unknown := table.keys() - keys:
        raise ValueError(f"{what} has unknown keys {sorted(unknown)}")


def _add(found: dict[str, Verdict], group: dict[str, Any], verdict: Verdict) -> None:
    if not group["reason"]:
        raise ValueError(f"no reason is given for {group['calls']}")
    for name in group["calls"]:
        if name in found:
            raise ValueError(f"{name} is named twice")
        found[name] = verdict


def _verdict(group: dict[str, Any]) -> Verdict:
    if "when" not in group:
        return Answer.ALLOW
    condition = tuple(tuple(_test(key, table) for key, table in way.items()) for way in group["when"])
    if not condition or not all(condition):
        raise ValueError(f"an empty condition for {group['calls']}")
    return condition


def _test(key: str, table: dict[str, Any]) -> Test:
    _only(table, {"is", "ignoring", "without"}, key)
    arg = ("arg0", "arg1", "arg2", "arg3", "arg4", "arg5").index(key)
    if "without" in table:
        _only(table, {"without"}, key)
        return Test(arg=arg, mask=_union(table["without"]), values=(0,))
    mask = _WORD & ~_union(table.get("ignoring", {}))
    values = tuple(sorted(set(table["is"].values())))
    if not values or any(value & ~mask for value in values):
        raise ValueError(f"{key} can never be one of {table['is']}")
    return Test(arg=arg, mask=mask, values=values)


def _union(bits: dict[str, int]) -> int:
    mask = 0
    for bit in bits.values():
        mask |= bit
    if mask & ~_WORD:
        raise ValueError(f"{sorted(bits)} do not fit 32 bits")
    return mask
