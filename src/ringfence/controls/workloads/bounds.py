"""What the bounded-* controls share: when a number is no bound at all.

A limit fails in three ways: it is absent, it is zero or less (which most platforms read as
"unlimited"), or it is so high that nothing ever reaches it.
"""

from collections.abc import Iterator

from ringfence.controls.control import Fault, Severity
from ringfence.dataclasses import dataclass
from ringfence.model import Workload


@dataclass(frozen=True, kw_only=True)
class Bound:
    """`default` is set where there is no limit; above `ceiling` a limit bounds nothing. The field's unit."""

    default: int
    ceiling: int
    service: int = 0
    assumes: str = ""


def unbounded(path: str, value: int | None, bound: Bound, workload: Workload) -> Iterator[Fault]:
    """The fault at `path`, if `value` is not a bound.

    The ceiling is one for a plugin's call: a service is as large as its work, and only has to have a limit.
    """
    service = is_service(workload)
    severity = Severity.MEDIUM if service else None
    assumes = bound.assumes if service else ""
    default = bound.service if service else bound.default
    if value is None:
        yield Fault(path=path, found=f"no limit on {_WHAT[path]}", want=default, severity=severity, assumes=assumes)
    elif value <= 0:
        found = f"{value}, which means no limit"
        yield Fault(path=path, found=found, want=default, severity=severity, assumes=assumes)
    elif value > bound.ceiling and not service:
        yield Fault(path=path, found=f"{value}, above the ceiling of {bound.ceiling}", want=bound.ceiling)


_WHAT = {
    "limits.cpu_millis": "processor time",
    "limits.cpu_seconds": "processor time in all",
    "limits.memory_bytes": "memory",
    "limits.open_files": "open files",
    "limits.output_bytes": "output",
    "limits.processes": "processes",
    "limits.result_bytes": "the result",
    "limits.scratch_bytes": "temporary space",
    "limits.wall_millis": "the time it may take",
}


def is_service(workload: Workload) -> bool:
    """Whether it is more than a plugin's call (asked without importing the models of services, for a call's sake)."""
    return type(workload) is not Workload
