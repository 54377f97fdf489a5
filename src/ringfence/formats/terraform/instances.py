"""What `count` and `for_each` make of a block."""

from typing import TYPE_CHECKING, NamedTuple

from ringfence.formats.hcl import Unknown, evaluate
from ringfence.formats.hcl.body import Block
from ringfence.formats.hcl.values import Value
from ringfence.formats.terraform.numbers import whole
from ringfence.formats.terraform.resource import Names, shown_key

if TYPE_CHECKING:
    from ringfence.formats.terraform.module import Module


class Made(NamedTuple):
    """The instances of a block: names for its expressions, and the key for its address. `complete`: these are all."""

    some: list[tuple[Names, str]]
    complete: bool


def instances(block: Block, module: "Module") -> Made:
    """The instances of a block; one that stands for all where nobody can say how many there are."""
    attributes = block.body.attributes
    if "count" in attributes:
        return _counted(evaluate(attributes["count"].expression, module), module)
    if "for_each" not in attributes:
        return Made([(Names(module, {}), "")], True)
    each = evaluate(attributes["for_each"].expression, module)
    pairs = items(each)
    if pairs is None or (not pairs and module.is_asked_for(block.source.text, attributes["for_each"].expression)):
        one = Unknown(references=each.references if isinstance(each, Unknown) else frozenset())
        return Made([(Names(module, {"each": {"key": one, "value": one}}), "")], False)
    taken = pairs[: module.budget.room(len(pairs))]
    some = [
        (Names(module, {"each": {"key": key, "value": value}}), shown_key(key) if isinstance(key, str) else "")
        for key, value in taken
    ]
    return Made(some, len(taken) == len(pairs) and all(isinstance(key, str) for key, _ in pairs))


def _counted(count: Value, module: "Module") -> Made:
    if isinstance(count, str):
        said = whole(count)
        count = said if said is not None and said >= 0 else count
    if isinstance(count, bool) or not isinstance(count, int | float):
        return Made([(Names(module, {"count": {"index": Unknown()}}), "")], False)
    taken = module.budget.room(max(int(count), 0))
    some = [(Names(module, {"count": {"index": index}}), f"[{index}]" if count > 1 else "") for index in range(taken)]
    return Made(some, taken >= int(count))


def items(collection: Value) -> list[tuple[Value, Value]] | None:
    """Keys and values of what a `for_each` runs over; None where it is not known."""
    if isinstance(collection, dict):
        return [(key, value) for key, value in collection.items()]
    if isinstance(collection, list):
        return [
            (value, value) if isinstance(value, str | Unknown) else (index, value)
            for index, value in enumerate(collection)
        ]
    return [] if collection is None else None
