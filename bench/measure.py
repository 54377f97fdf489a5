"""Shared by the benchmarks: repeat, and say median and 95th percentile."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Seconds of one thing, measured several times."""

    name: str
    seconds: list[float]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return sorted(self.seconds)[max(int(len(self.seconds) * 0.95) - 1, 0)]

    def row(self, floor: "Figure | None" = None) -> tuple[str, ...]:
        """name, median, p95, floor, ratio: times in milliseconds."""
        beside = (floor.name, f"{self.median / floor.median:.2f}x") if floor else ("", "")
        return (self.name, f"{self.median * 1e3:.2f} ms", f"{self.p95 * 1e3:.2f} ms", *beside)


def repeat(name: str, count: int, work: Callable[[], object]) -> Figure:
    """Time `work`, after one run that does not count."""
    work()
    seconds = []
    for _ in range(count):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return Figure(name, seconds)


def alternate(count: int, **works: Callable[[], object]) -> dict[str, Figure]:
    """Several things in turn, so that a machine that drifts drifts under all of them."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(count):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    return {name: Figure(name.replace("_", " "), values) for name, values in seconds.items()}


def rate(name: str, calls: int, seconds: float, floor: float | None = None) -> tuple[str, ...]:
    """A row of calls per second."""
    per_second = calls / seconds
    beside = ("pre-forked floor, one at a time", f"{per_second / floor:.2f}x") if floor else ("", "")
    return (name, f"{per_second:.0f} /s", "", *beside)
