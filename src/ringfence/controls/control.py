"""What a control is: a record and one pure function.

A control's file has, in this order: a docstring (why; a bad and a good example, which the
tests run and the docs publish), the function `faults`, and the record `CONTROL`.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

from ringfence.dataclasses import dataclass
from ringfence.model import Workload


class Severity(StrEnum):
    """How bad it is when the control does not hold."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Scope(StrEnum):
    """What kind of thing a control judges."""

    PLUGIN = "plugin"


@dataclass(frozen=True)
class Decision:
    """The wanted value cannot be known without a person's decision; `question` says which."""

    question: str


class _Remove:
    def __repr__(self) -> str:
        return "REMOVE"


#: The element at an indexed path must go.
REMOVE = _Remove()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A place in a model where a control does not hold.

    `path` is the model path (`limits.memory_bytes`, `mounts[0].source`); `found` says in a few
    words what stands there; `want` is the value that makes it hold, or a `Decision`.
    `want=REMOVE` drops the element that an indexed path names.
    """

    path: str
    found: str
    want: object


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a rule comes from: a benchmark's item, a standard's section, a CWE."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Control:
    """One security rule.

    `since` is the policy version from which it holds. `guards` are the model's fields that it
    judges, without indices (`limits.memory_bytes`, `mounts`); every fault's path lies within them.
    `unsafe_fix` marks a rule whose fix can break what runs today.
    """

    id: str
    title: str
    severity: Severity
    since: int
    scopes: frozenset[Scope]
    guards: tuple[str, ...]
    references: tuple[Reference, ...]
    unsafe_fix: bool
    faults: Callable[[Workload], Iterator[Fault]]
