"""Differences between two models, and between two lists of one."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ringfence import dataclasses

_T = TypeVar("_T")


def changes(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The fields in which two models of one type differ: (path, old, new). Lists and sets are told as a whole."""
    for field in dataclasses.fields(old):
        here = f"{path}.{field.name}" if path else field.name
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if dataclasses.is_dataclass(before) and type(before) is type(after) and field.name != "image":
            yield from changes(before, after, here)
        else:
            yield here, before, after


def aligned(
    old: tuple[_T, ...], new: tuple[_T, ...], fits: Callable[[_T, _T], bool]
) -> tuple[list[_T | None], tuple[_T, ...]]:
    """What has become of each element of a list (None: it is gone), and what was added behind.

    Elements keep their order; `fits` says whether one may have changed into another.
    """
    kept = list[_T | None]()
    at = 0
    for index, one in enumerate(old):
        if at < len(new) and (new[at] == one or (fits(one, new[at]) and new[at] not in old[index + 1 :])):
            kept.append(new[at])
            at += 1
        else:
            kept.append(None)
    return kept, new[at:]
