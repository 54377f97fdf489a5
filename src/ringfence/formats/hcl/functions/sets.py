"""Functions of sets."""

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.functions.collections import listed, unknown_of
from ringfence.formats.hcl.kinds import as_set, key_of, same_kind
from ringfence.formats.hcl.values import MAX_ITEMS, EvaluationError, Set, TooMuchError, Value, Work


def _union(work: Work, *sets: Value) -> Value:
    return unknown_of(work, *sets) or as_set([item for one in sets for item in listed(one)], work)


def _alike(sets: tuple[list[Value], ...]) -> list[list[Value]]:
    """The sets with items of one kind."""
    alike = iter(same_kind([item for one in sets for item in one]))
    return [[next(alike) for _ in one] for one in sets]


def _intersection(work: Work, *sets: list[Value]) -> Value:
    first, *others = _alike(sets)
    keys = [{key_of(item) for item in other} for other in others]
    return as_set([item for item in first if all(key_of(item) in other for other in keys)], work)


def _subtract(work: Work, one: list[Value], other: list[Value]) -> Value:
    kept, gone = _alike((one, other))
    keys = {key_of(item) for item in gone}
    return as_set([item for item in kept if key_of(item) not in keys], work)


def _product(work: Work, *sets: Value) -> Value:
    if len(sets) < 2:
        raise EvaluationError("at least two sets are needed")
    if unknown := unknown_of(work, *sets):
        return unknown
    size = 1
    for one in sets:
        size *= len(listed(one))
        if size > MAX_ITEMS:
            raise TooMuchError("a product of sets is too large")
    work.spend(size * len(sets))
    found: list[list[Value]] = [[]]
    for one in sets:
        alike = same_kind(listed(one))
        found = [[*before, item] for before in found for item in alike]
    return Set(found) if all(isinstance(one, Set) for one in sets) else list(found)


TABLE = {
    "setintersection": Function(body=_intersection, takes="ll*", counts=True),
    "setproduct": Function(body=_product, takes="a*", partly=True, counts=True),
    "setsubtract": Function(body=_subtract, takes="ll", counts=True),
    "setunion": Function(body=_union, takes="aa*", partly=True, counts=True),
}
