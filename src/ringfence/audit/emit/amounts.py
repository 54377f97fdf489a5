"""What a description says of user and limits, as numbers."""

from ringfence.audit.emit.description import Description
from ringfence.audit.settings import assumed
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError, RingfenceError


@dataclass(frozen=True, kw_only=True, slots=True)
class Amounts:
    """None where nothing was said."""

    user: int | None
    group: int | None
    memory_bytes: int | None
    cpu_millis: int | None
    processes: int | None


def amounts(one: Description, file: str) -> Amounts:
    """The numbers of a service. Raises ConfigError for what is none."""
    user, _, group = (one.user or "").partition(":")
    said = {"memory": one.memory, "cpus": one.cpus, "pids": one.processes, "user": user, "group": group or user}
    try:
        found = assumed({name: str(value) for name, value in said.items() if value})
    except RingfenceError as error:
        raise ConfigError(str(error), file=file) from None
    return Amounts(
        user=found.get("user"),
        group=found.get("group"),
        memory_bytes=found.get("memory"),
        cpu_millis=found.get("cpus"),
        processes=found.get("pids"),
    )
