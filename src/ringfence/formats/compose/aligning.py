"""What has become of the elements of a list of the model."""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def aligned(
    old: tuple[_T, ...], new: tuple[_T, ...], fits: Callable[[_T, _T], bool]
) -> tuple[list[_T | None], tuple[_T, ...]]:
    """Each old element as it is now (None: it is gone), and what was added behind.

    Elements keep their order; `fits` says whether one may have changed into another.
    """
    now = list[_T | None]()
    at = 0
    for index, one in enumerate(old):
        stays = at < len(new) and (new[at] == one or (fits(one, new[at]) and new[at] not in old[index + 1 :]))
        now.append(new[at] if stays else None)
        at += stays
    return now, new[at:]


def same(old: object, new: object) -> bool:
    """For elements that do not change."""
    return old == new
