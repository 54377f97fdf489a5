"""What the bounded-* controls share: when a number is no bound at all.

A limit fails in three ways: it is absent, it is zero or less (which most platforms read as
"unlimited"), or it is so high that nothing ever reaches it.
"""

from collections.abc import Iterator

from ringfence.controls.control import Fault
from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bound:
    """`default` is set where there is no limit; above `ceiling` a limit bounds nothing. The field's unit."""

    default: int
    ceiling: int


def unbounded(path: str, value: int | None, bound: Bound) -> Iterator[Fault]:
    """The fault at `path`, if `value` is not a bound."""
    if value is None:
        yield Fault(path=path, found="no limit", want=bound.default)
    elif value <= 0:
        yield Fault(path=path, found=f"{value}, which means no limit", want=bound.default)
    elif value > bound.ceiling:
        yield Fault(path=path, found=f"{value}, above the ceiling of {bound.ceiling}", want=bound.ceiling)
