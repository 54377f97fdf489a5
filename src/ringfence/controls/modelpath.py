"""Paths into the model: `limits.memory_bytes`, `mounts[0].source`, `capabilities[NET_RAW]`.

A path is field names joined by dots, each followed by any number of `[index]`: a number in a tuple, the element
itself (a word) in a set. Models are frozen, so writing gives a new model. A path that the model does
not have is a defect of the control that named it: ValueError, never a silent nothing.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from ringfence import dataclasses

# An element comes from a file, so it may be any text; it can only be the last step.
_PATH = re.compile(r"([a-z_]+(?:\[[0-9]+\])*(?:\.[a-z_]+(?:\[[0-9]+\])*)*)(?:\[(.*)\])?", re.DOTALL)
_STEP = re.compile(r"\[([0-9]+)\]|([a-z_]+)")


class Element(str):
    """A step to an element of a set, which is named by itself."""

    __slots__ = ()


Step = str | int
_T = TypeVar("_T")


def steps(path: str) -> tuple[Step, ...]:
    """`mounts[0].source` is ("mounts", 0, "source"). Raises ValueError where it is no path."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"not a model path: {path!r}")
    found: list[Step] = [int(index) if index else field for index, field in _STEP.findall(match[1])]
    return tuple(found) if match[2] is None else (*found, Element(match[2]))


def field_of(path: str) -> str:
    """The path without its indices: `mounts[0].source` is `mounts.source`."""
    return ".".join(step for step in steps(path) if isinstance(step, str) and not isinstance(step, Element))


def from_the_end(paths: Iterable[str]) -> list[tuple[Step, ...]]:
    """The distinct places, in an order in which each can be removed without moving the next."""
    places = {steps(path) for path in paths}
    return sorted(places, key=lambda place: [(str(type(step)), step) for step in place], reverse=True)


def is_within(path: str, guard: str) -> bool:
    """Whether `path` names what `guard` names, or something inside it."""
    field = field_of(path)
    return field == guard or field.startswith(guard + ".")


def replaced(model: _T, at: tuple[Step, ...], value: object) -> _T:
    """A copy of `model` with `value` at the place. Raises ValueError for an unknown place."""
    head, rest = at[0], at[1:]
    inner = replaced(_child(model, head), rest, value) if rest else value
    _child(model, head)
    if isinstance(head, int):
        items = list(_elements(model))
        items[head] = inner
        return tuple(items)  # type: ignore[return-value]
    return dataclasses.replace(model, **{head: inner})  # type: ignore[type-var]


def removed(model: _T, at: tuple[Step, ...]) -> _T:
    """A copy of `model` without the element at an indexed place."""
    index = at[-1]
    container: object = model
    for step in at[:-1]:
        container = _child(container, step)
    if isinstance(container, frozenset) and str(index) in container:
        return replaced(model, at[:-1], container - {str(index)})
    if not isinstance(index, int):
        raise ValueError(f"only an element can be removed, not the field {index!r}")
    _child(container, index)
    items = list(_elements(container))
    del items[index]
    return replaced(model, at[:-1], tuple(items))


def appended(model: _T, path: str, element: object) -> _T:
    """A copy of `model` with one element more in a list."""
    at = steps(path)
    container: object = model
    for step in at:
        container = _child(container, step)
    return replaced(model, at, (*_elements(container), element))


def _child(part: object, step: Step) -> object:
    if isinstance(step, int):
        items = _elements(part)
        if step >= len(items):
            raise ValueError(f"the model has no element {step} there")
        return items[step]
    names = {field.name for field in dataclasses.fields(part)} if dataclasses.is_dataclass(part) else set()
    if step not in names:
        raise ValueError(f"the model has no field {step!r} there")
    return getattr(part, step)


def _elements(part: object) -> tuple[object, ...]:
    if not isinstance(part, tuple):
        raise ValueError(f"an index needs a list, and this is a {type(part).__name__}")
    return part
