"""What a control is: a record and one pure function.

A control's file has, in this order: a docstring (why; a bad and a good example, which the
tests run and the docs publish), the function `faults`, and the record `CONTROL`.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from ringfence.dataclasses import dataclass


class Severity(StrEnum):
    """How bad it is when the control does not hold."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Scope(StrEnum):
    """Where the things stand that a control judges."""

    PLUGIN = "plugin"
    COMPOSE = "compose"
    DOCKERFILE = "dockerfile"
    KUBERNETES = "kubernetes"
    TERRAFORM = "terraform"
    AGENT = "agent"
    TEXT = "text"


class Standard(StrEnum):
    """Selections of controls, as `ringfence audit --profile` names them.

    DEFAULT is what we think everybody should fix; BASELINE and RESTRICTED are the Pod Security Standards, each
    with all that it demands; CIS is the CIS Docker Benchmark, and as a profile
    every benchmark of CIS; NSA the NSA/CISA Kubernetes Hardening Guide; CIS_AWS,
    CIS_AZURE and CIS_GCP are the CIS Foundations Benchmarks of the three clouds.
    """

    DEFAULT = "default"
    BASELINE = "baseline"
    RESTRICTED = "restricted"
    CIS = "cis"
    NSA = "nsa"
    CIS_AWS = "cis-aws"
    CIS_AZURE = "cis-azure"
    CIS_GCP = "cis-gcp"


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
    `want=REMOVE` drops the element that an indexed path names. `severity` is set where this fault weighs
    less or more than its control says. `assumes` names the assumption that `want` makes ("memory", "user"), which a
    user may settle; "" where nothing is assumed. `appends` is what goes with `want` so that the workload still works:
    (the path of a list, a new element of it). `rests_on` are other paths that this fault would not be there without:
    where one of them is not known, it would be a guess.
    """

    path: str
    found: str
    want: object
    severity: Severity | None = None
    assumes: str = ""
    appends: tuple[tuple[str, Any], ...] = ()
    rests_on: tuple[str, ...] = ()

    @property
    def assumption(self) -> str:
        """What is assumed, in words: "memory = 536870912"; "" where nothing is."""
        if self.assumes == "tmpfs":
            paths = ", ".join(one.target for _, one in self.appends)
            return f"tmpfs = {paths}" if paths else ""
        return f"{self.assumes} = {self.want}" if self.assumes else ""


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
    `unsafe_fix` marks a rule whose fix can break what runs today: it shuts out who came in, has a thing made anew, or
    is refused where something else is missing. `models` names the types that `faults` takes (by name, so that a
    plugin's call does not import what a cluster has), `standards` the selections it belongs to;
    `exempt` are the paths that one of these does not ask for, though the control does. `examples` are those that a
    family of controls makes for its page, in the form of a docstring.
    """

    id: str
    title: str
    severity: Severity
    since: int
    scopes: frozenset[Scope]
    guards: tuple[str, ...]
    references: tuple[Reference, ...]
    unsafe_fix: bool
    faults: Callable[[Any], Iterator[Fault]]
    models: tuple[str, ...] = ("Workload",)
    standards: frozenset[Standard] = frozenset({Standard.DEFAULT})
    exempt: tuple[tuple[Standard, str], ...] = ()
    examples: str = ""

    def takes(self, model: object) -> bool:
        """Whether `faults` can judge this model: its type, or one that it is derived from, is among `models`."""
        shape = type(model)
        names = _NAMES.get(shape) or _NAMES.setdefault(shape, frozenset(one.__name__ for one in shape.__mro__))
        return not names.isdisjoint(self.models)


_NAMES: dict[type, frozenset[str]] = {}
