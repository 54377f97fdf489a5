"""Writers: limits, logs, restarts."""

import re
from collections.abc import Callable
from typing import Any

from ringfence.formats import quantity
from ringfence.formats.compose.resources import LIMITS, PLACES
from ringfence.formats.compose.scalars import Keys, Where
from ringfence.formats.compose.writer import Writer
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamlread import entries, text
from ringfence.formats.yamltree import Mapping, resolved

#: How an amount is written in a deployment (a text) and at the top.
_SAID: dict[str, Callable[[int], Any]] = {
    "memory_bytes": quantity.docker_text,
    "cpu_millis": quantity.cpus_text,
    "processes": int,
    "open_files": int,
}


#: What makes of a deployment more than edits can move without a loss: comments, anchors, aliases, tags, merges.
_KEPT = re.compile(r"[#&*!]|<<")


def _limits(writer: Writer) -> None:
    moved = _moved(writer)
    for field in moved:
        writer.put(_SAID[field](getattr(writer.new.limits, field)), *PLACES[field][1])
    if moved:
        writer.drop(Where(LIMITS, None))
    for field, said in _SAID.items():
        if field in moved:
            continue
        old, new = getattr(writer.old.limits, field), getattr(writer.new.limits, field)
        if old != new:
            with writer.attempt(f"limits.{field}"):
                _limit(writer, field, None if new is None else said(new))


def _moved(writer: Writer) -> list[str]:
    """The limits that leave the deployment for the top of the service; empty where they stay.

    Only there can docker-compose before version 2 bound processes, and version 2 refuses a bound at the top beside
    other limits of a deployment. What has more in its deployment is for a swarm, which reads nothing else.
    """
    reading, limits = writer.reading, writer.new.limits
    said = entries(reading.node(*LIMITS))
    if not said or not {"memory", "cpus"} >= said.keys() or limits.processes in (None, writer.old.limits.processes):
        return []
    if set(entries(reading.node("deploy"))) != {"resources"} or reading.pair(*PLACES["processes"][1]) is not None:
        return []
    lines = writer.lines("deploy")
    if not lines or _KEPT.search(lines):
        return []
    amounts = {field: getattr(limits, field) for field in ("memory_bytes", "cpu_millis", "processes")}
    known = all(f"limits.{field}" not in reading.unknown for field in amounts)
    return [field for field, amount in amounts.items() if amount is not None] if known else []


def _limit(writer: Writer, field: str, said: Any) -> None:
    standing = [keys for keys in PLACES[field] if writer.reading.pair(*keys) is not None]
    if said is None:
        for where in writer.places(f"limits.{field}"):
            writer.drop(where)
    elif standing == [("cpu_quota",)]:
        raise CannotEdit("it follows from cpu_quota and cpu_period")
    elif field == "open_files" and _is_pair(writer):
        _pair(writer, said)
    else:
        for keys in standing or [_place(writer, field)]:
            if keys != ("cpu_quota",):
                writer.put(said, *keys)


def _place(writer: Writer, field: str) -> Keys:
    """Where a new limit goes: with the others of a deployment, or at the top of the service.

    Compose refuses a limit at the top beside limits of a deployment that do not say the same.
    """
    deployed = writer.reading.node("deploy", "resources", "limits") is not None
    return PLACES[field][0] if deployed and field != "open_files" else PLACES[field][1]


def _is_pair(writer: Writer) -> bool:
    return isinstance(resolved(writer.reading.node("ulimits", "nofile")), Mapping)


def _pair(writer: Writer, hard: int) -> None:
    soft = text(writer.reading.node("ulimits", "nofile", "soft")) or ""
    writer.put(hard, "ulimits", "nofile", "hard")
    if not soft.isdecimal() or int(soft) > hard:
        writer.put(hard, "ulimits", "nofile", "soft")


def _logging(writer: Writer) -> None:
    old, new = writer.old.logging, writer.new.logging
    if new.driver != old.driver or writer.reading.pair("logging") is None:
        writer.put(new.driver, "logging", "driver")
    if new.max_bytes == old.max_bytes:
        return
    if new.max_bytes is None:
        for where in writer.places("logging.max_bytes"):
            writer.drop(where)
        return
    writer.put(quantity.docker_text(new.max_bytes), "logging", "options", "max-size")
    if writer.reading.pair("logging", "options", "max-file") is None:
        writer.put("3", "logging", "options", "max-file")


def _restart(writer: Writer) -> None:
    for where in writer.places("restart"):
        if where.keys[0] == "deploy" and where.keys[-1] == "restart_policy":
            writer.drop(where)  # it would count, and has no word for some policies
    writer.put(writer.new.restart, "restart")


WRITERS: dict[str, Callable[[Writer], None]] = {"limits": _limits, "logging": _logging, "restart": _restart}
