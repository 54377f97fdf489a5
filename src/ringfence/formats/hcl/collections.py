"""Functions of lists, sets and maps. Those in PARTLY keep unknown items as they are."""

from collections.abc import Callable
from functools import reduce

from ringfence.formats.hcl.values import (
    MAX_ITEMS,
    EvaluationError,
    Set,
    TooMuchError,
    Unknown,
    Value,
    to_bool,
    to_number,
    to_text,
    to_whole,
)


def _sort_key(value: Value) -> tuple[int, str, float]:
    if isinstance(value, bool):
        return 0, str(value), 0.0
    if isinstance(value, int | float):
        return 1, "", float(value)
    return (2, value, 0.0) if isinstance(value, str) else (3, repr(value)[:1000], 0.0)


def as_set(values: list[Value]) -> Set:
    """A set of values: sorted, without doubles; unknown ones stay, each."""
    found = list[Value]()
    for one in values:
        if one not in found or isinstance(one, Unknown):
            found.append(one)
    return Set(sorted(found, key=_sort_key))


def _unknown(*values: Value) -> Unknown | None:
    """Where an argument as a whole is unknown, so is the result."""
    found = [one for one in values if isinstance(one, Unknown)]
    return Unknown(references=frozenset[str]().union(*(one.references for one in found))) if found else None


def _list(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    raise EvaluationError("a list is needed")


def _map(value: Value) -> dict[str, Value]:
    if isinstance(value, dict):
        return value
    raise EvaluationError("a map is needed")


def _merge(*maps: Value) -> Value:
    if maybe := _unknown(*maps):
        return maybe
    return reduce(
        lambda one, other: {**one, **other}, (_map(one) for one in maps if one is not None), dict[str, Value]()
    )


def _concat(*lists: Value) -> Value:
    return _unknown(*lists) or [item for one in lists for item in _list(one)]


def _flatten(value: Value) -> Value:
    if maybe := _unknown(value):
        return maybe
    found, waiting = list[Value](), list(reversed(_list(value)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        else:
            found.append(one)
        if len(found) + len(waiting) > MAX_ITEMS:
            raise TooMuchError("a list is too long")
    return found


def _compact(value: Value) -> Value:
    return _unknown(value) or [one for one in _list(value) if one not in (None, "")]


def _distinct(value: Value) -> Value:
    if maybe := _unknown(value):
        return maybe
    found = list[Value]()
    for one in _list(value)[:2000]:
        if one not in found or isinstance(one, Unknown):
            found.append(one)
    return found


def _length(value: Value) -> Value:
    if isinstance(value, Unknown):
        return Unknown(references=value.references)
    if isinstance(value, str | list | dict):
        if isinstance(value, Set) and any(isinstance(one, Unknown) for one in value):
            return Unknown()
        return len(value)
    raise EvaluationError("only a text or a collection has a length")


def _lookup(value: Value, key: Value, *default: Value) -> Value:
    if maybe := _unknown(value, key):
        return maybe
    name = to_text(key)
    if name in _map(value):
        return _map(value)[name]
    if default:
        return default[0]
    raise EvaluationError(f"the map has no {name!r}")


def _element(value: Value, index: Value) -> Value:
    if maybe := _unknown(value, index):
        return maybe
    some = _list(value)
    if not some or to_whole(index) < 0:
        raise EvaluationError("there is no such element")
    return some[to_whole(index) % len(some)]


def _keys(value: Value) -> Value:
    return _unknown(value) or list[Value](sorted(_map(value)))


def _values(value: Value) -> Value:
    return _unknown(value) or [_map(value)[key] for key in sorted(_map(value))]


def _zipmap(keys: Value, values: Value) -> Value:
    if maybe := _unknown(keys, values):
        return maybe
    names = _list(keys)
    if maybe := _unknown(*names):
        return maybe
    if len(names) != len(_list(values)):
        raise EvaluationError("as many keys as values are needed")
    return dict(zip(map(to_text, names), _list(values), strict=True))


def _coalesce(*values: Value) -> Value:
    for one in values:
        if isinstance(one, Unknown):
            return one
        if one not in (None, ""):
            return one
    raise EvaluationError("there is no value")


def _coalescelist(*lists: Value) -> Value:
    for one in lists:
        if isinstance(one, Unknown):
            return one
        if one:
            return one
    raise EvaluationError("there is no list that holds something")


def _contains(value: Value, wanted: Value) -> Value:
    if maybe := _unknown(value, wanted):
        return maybe
    if wanted in _list(value):
        return True
    return _unknown(*_list(value)) or False


def _slice(value: Value, start: Value, end: Value) -> Value:
    if maybe := _unknown(value, start, end):
        return maybe
    return list(_list(value)[to_whole(start) : to_whole(end)])


def _one(value: Value) -> Value:
    if maybe := _unknown(value):
        return maybe
    some = _list(value)
    if len(some) > 1:
        raise EvaluationError("more than one")
    return some[0] if some else None


def _tolist(value: Value) -> Value:
    return _unknown(value) or list(_list(value))


def _toset(value: Value) -> Value:
    return _unknown(value) or as_set(_list(value))


def _tomap(value: Value) -> Value:
    return _unknown(value) or dict(_map(value))


def _setunion(*sets: Value) -> Value:
    return _unknown(*sets) or as_set([item for one in sets for item in _list(one)])


def _setintersection(*sets: Value) -> Value:
    first, *rest = (_list(one) for one in sets)
    return as_set([one for one in first if all(one in other for other in rest)])


def _setsubtract(one: Value, other: Value) -> Value:
    return as_set([item for item in _list(one) if item not in _list(other)])


def _setproduct(*sets: Value) -> Value:
    if maybe := _unknown(*sets):
        return maybe
    size = 1
    for one in sets:
        size *= len(_list(one))
    if size > MAX_ITEMS:
        raise TooMuchError("a product of sets is too large")
    found: list[list[Value]] = [[]]
    for one in sets:
        found = [[*before, item] for before in found for item in _list(one)]
    return list(found)


def _chunklist(value: Value, size: Value) -> Value:
    some, step = _list(value), to_whole(size)
    if step < 0:
        raise EvaluationError("a size is not negative")
    return [list(some[at : at + step]) for at in range(0, len(some), step)] if step else [list(some)]


def _range(*limits: Value) -> Value:
    numbers = [to_whole(one) for one in limits]
    start, end = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else 1 if end >= start else -1
    found = range(start, end, step)
    if len(found) > 1024:
        raise EvaluationError("a range has 1,024 numbers at most")
    return list(found)


def _sort(value: Value) -> Value:
    found = list[Value]()
    found.extend(sorted(to_text(one) for one in _list(value)))
    return found


def _transpose(value: Value) -> Value:
    found = dict[str, Value]()
    for key in sorted(_map(value)):
        for one in _list(_map(value)[key]):
            held = found.setdefault(to_text(one), [])
            _list(held).append(key)
    return {key: found[key] for key in sorted(found)}


def _matchkeys(values: Value, keys: Value, wanted: Value) -> Value:
    pairs = zip(_list(values), _list(keys), strict=True)
    return [value for value, key in pairs if key in _list(wanted)]


def _index(value: Value, wanted: Value) -> Value:
    return _list(value).index(wanted)


def _sum(value: Value) -> Value:
    return sum(to_number(one) for one in _list(value))


def _same(value: Value) -> Value:
    return value


def _tostring(value: Value) -> Value:
    return value if value is None or isinstance(value, Unknown) else to_text(value)


def _reverse(value: Value) -> Value:
    return _unknown(value) or list(reversed(_list(value)))


KNOWN: dict[str, Callable[..., Value]] = {
    "alltrue": lambda v: all(to_bool(one) for one in _list(v)),
    "anytrue": lambda v: any(to_bool(one) for one in _list(v) if one is not None),
    "chunklist": _chunklist,
    "index": _index,
    "matchkeys": _matchkeys,
    "range": _range,
    "setintersection": _setintersection,
    "setsubtract": _setsubtract,
    "sort": _sort,
    "sum": _sum,
    "transpose": _transpose,
    "tobool": lambda v: None if v is None else to_bool(v),
    "tonumber": lambda v: None if v is None else to_number(v),
    "issensitive": lambda v: False,
}
PARTLY: dict[str, Callable[..., Value]] = {
    "merge": _merge,
    "concat": _concat,
    "flatten": _flatten,
    "compact": _compact,
    "distinct": _distinct,
    "length": _length,
    "lookup": _lookup,
    "element": _element,
    "keys": _keys,
    "values": _values,
    "zipmap": _zipmap,
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "contains": _contains,
    "slice": _slice,
    "one": _one,
    "tolist": _tolist,
    "toset": _toset,
    "tomap": _tomap,
    "setunion": _setunion,
    "setproduct": _setproduct,
    "reverse": _reverse,
    "tostring": _tostring,
    "sensitive": _same,
    "nonsensitive": _same,
    "ephemeralasnull": _same,
}

__all__ = ["KNOWN", "PARTLY", "as_set"]
