"""Functions of lists and maps. Those that take unknown items keep them where they stand."""

from decimal import Decimal, localcontext

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.kinds import same_kind
from ringfence.formats.hcl.operators import any_of
from ringfence.formats.hcl.values import (
    MAX_ITEMS,
    EvaluationError,
    Set,
    TooMuchError,
    Unknown,
    Value,
    Work,
    decimal_of,
    equal,
    join_unknown,
    kind,
    number_of,
    references_in,
    to_bool,
    to_number,
    to_text,
)

_RANGE = 1024


def unknown_of(work: Work, *values: Value) -> Unknown | None:
    """What a call gives whose arguments are not all known as a whole; None where they are."""
    return join_unknown(values, work) if any(isinstance(one, Unknown) for one in values) else None


def listed(value: Value) -> list[Value]:
    """The value, which must be a list. Raises EvaluationError."""
    if isinstance(value, list):
        return value
    raise EvaluationError(f"a list is needed, not {kind(value)}")


def mapped(value: Value) -> dict[str, Value]:
    """The value, which must be a map. Raises EvaluationError."""
    if isinstance(value, dict):
        return value
    raise EvaluationError(f"a map is needed, not {kind(value)}")


def _merge(work: Work, *maps: Value) -> Value:
    made = dict[str, Value]()
    for one in maps:
        if isinstance(one, Unknown):
            return join_unknown(maps, work)
        made.update(mapped(one) if one is not None else {})
        work.spend(len(made) // 10)
    return made


def _concat(work: Work, *lists: Value) -> Value:
    if any(isinstance(one, Set) for one in lists):
        raise EvaluationError("a set has no order to join it by")
    return unknown_of(work, *lists) or [item for one in lists for item in listed(one)]


def _flatten(work: Work, value: Value) -> Value:
    if isinstance(value, Unknown):
        return join_unknown([value], work)
    found, waiting = list[Value](), list(reversed(listed(value)))
    while waiting:
        work.spend()
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, Unknown) and one.pieces is None:
            return join_unknown([one, *waiting, *found], work, "it may be a list of any length")
        else:
            found.append(one)
        if len(found) + len(waiting) > MAX_ITEMS:
            raise TooMuchError("a list is too long")
    return found


def _compact(work: Work, value: list[Value]) -> Value:
    if any(isinstance(one, Unknown) and one.pieces is None for one in value):
        return join_unknown(value, work)
    return [one if isinstance(one, Unknown) else to_text(one) for one in value if one not in (None, "")]


def _distinct(work: Work, value: list[Value]) -> Value:
    found = list[Value]()
    for one in same_kind(value):
        answers = [equal(one, other, work) for other in found]
        if None in answers and True not in answers:
            return join_unknown(value, work)
        if True not in answers:
            found.append(one)
    return found


def _length(work: Work, value: Value) -> Value:
    if isinstance(value, Unknown):
        return join_unknown([value], work)
    if isinstance(value, Set) and len(value) > 1 and references_in(value, work) is not None:
        return join_unknown(value, work)
    if isinstance(value, list | dict):
        return len(value)
    if not isinstance(value, str):
        raise EvaluationError(f"{kind(value)} has no length")
    from ringfence.formats.hcl.functions.texts import clusters

    return len(clusters(value))


def _lookup(work: Work, value: Value, key: Value, default: Value = ...) -> Value:  # type: ignore[assignment]
    if isinstance(key, Unknown) and isinstance(value, dict) and default is not ...:  # type: ignore[comparison-overlap]
        return any_of([*value.values(), default], key, work)
    if unknown := unknown_of(work, value, key):
        return unknown
    found = mapped(value).get(to_text(key), default)
    if found is ...:  # type: ignore[comparison-overlap]
        raise EvaluationError(f"the map has no {key!r}")
    return found


def _element(work: Work, value: Value, index: Value) -> Value:
    if unknown := unknown_of(work, value, index):
        return unknown
    some, at = listed(value), to_number(index)
    if not some or not isinstance(at, int) or at < 0 or isinstance(value, Set):
        raise EvaluationError("there is no such element")
    return some[at % len(some)]


def _keys(work: Work, value: Value) -> Value:
    return unknown_of(work, value) or list[Value](sorted(mapped(value)))


def _values(work: Work, value: Value) -> Value:
    return unknown_of(work, value) or [mapped(value)[key] for key in sorted(mapped(value))]


def _zipmap(work: Work, keys: Value, values: Value) -> Value:
    if unknown := unknown_of(work, keys, values, *(keys if isinstance(keys, list) else ())):
        return unknown
    if len(listed(keys)) != len(listed(values)):
        raise EvaluationError("as many keys as values are needed")
    return dict(zip(map(to_text, listed(keys)), listed(values), strict=True))


def _coalesce(work: Work, *values: Value) -> Value:
    plain = not any(isinstance(one, list | dict) for one in values)
    for one, alike in zip(values, same_kind(values) if plain else values, strict=True):
        if isinstance(one, Unknown):
            pieces = one.pieces or ()
            certain = any(isinstance(piece, str) for piece in pieces)
            return one if certain else join_unknown(values, work)
        if one is not None and one != "":
            return alike
    raise EvaluationError("there is no value")


def _coalescelist(work: Work, *lists: Value) -> Value:
    for one in lists:
        if isinstance(one, Unknown):
            return join_unknown(lists, work)
        if listed(one):
            return one
    raise EvaluationError("there is no list that holds something")


def _contains(work: Work, value: Value, wanted: Value) -> Value:
    if unknown := unknown_of(work, value, wanted):
        return unknown
    answers = [equal(one, wanted, work) for one in listed(value)]
    if True in answers:
        return True
    return join_unknown([*listed(value), wanted], work) if None in answers else False


def _index(work: Work, value: list[Value], wanted: Value) -> Value:
    for count, one in enumerate(value):
        if equal(one, wanted, work):
            return count
    raise EvaluationError("there is no such item")


def _slice(work: Work, value: Value, start: Value, end: Value) -> Value:
    if unknown := unknown_of(work, value, start, end):
        return unknown
    some, first, last = listed(value), to_number(start), to_number(end)
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first <= last <= len(some):
        raise EvaluationError("the ends of a slice lie outside")
    return list(some[first:last])


def _one(work: Work, value: Value) -> Value:
    if isinstance(value, Unknown):
        return join_unknown([value], work)
    some = listed(value)
    if len(some) > 1:
        raise EvaluationError("there is more than one item")
    return some[0] if some else None


def _reverse(work: Work, value: Value) -> Value:
    return unknown_of(work, value) or list(reversed(listed(value)))


def _chunklist(value: list[Value], size: int) -> Value:
    if size < 0:
        raise EvaluationError("a size is not negative")
    alike = same_kind(value)
    if not size:
        return [alike] if alike else []
    return [alike[at : at + size] for at in range(0, len(alike), size)]


def _range(*limits: int | float) -> Value:
    start, end = (0, limits[0]) if len(limits) == 1 else limits[:2]
    step = limits[2] if len(limits) > 2 else 1 if end >= start else -1
    if step == 0 or (end > start and step < 0) or (end < start and step > 0):
        raise EvaluationError("the step leads away from the end")
    found, at = list[Value](), decimal_of(start)
    with localcontext() as context:
        context.prec = 60
        while (at < decimal_of(end)) if step > 0 else (at > decimal_of(end)):
            if len(found) >= _RANGE:
                raise EvaluationError(f"a range has at most {_RANGE} numbers")
            found.append(number_of(at))
            at += decimal_of(step)
    return found


def _sort(value: list[Value]) -> Value:
    return list[Value](sorted(to_text(one) for one in value))


def _sum(value: list[Value]) -> Value:
    if not value:
        raise EvaluationError("there is nothing to sum up")
    with localcontext() as context:
        context.prec = 154
        return number_of(sum((decimal_of(to_number(one)) for one in value), Decimal(0)))


def _transpose(value: dict[str, Value]) -> Value:
    found = dict[str, Value]()
    for key in sorted(value):
        for one in listed(value[key]):
            listed(found.setdefault(to_text(one), [])).append(key)
    return found


def _matchkeys(work: Work, values: list[Value], keys: list[Value], wanted: list[Value]) -> Value:
    if len(values) != len(keys):
        raise EvaluationError("as many keys as values are needed")
    alike = same_kind([*keys, *wanted])
    pairs = zip(values, alike, strict=False)
    return [value for value, key in pairs if any(equal(key, one, work) for one in alike[len(keys) :])]


def _alltrue(work: Work, value: Value) -> Value:
    return _all(work, value, decides=False)


def _anytrue(work: Work, value: Value) -> Value:
    return _all(work, value, decides=True)


def _all(work: Work, value: Value, *, decides: bool) -> Value:
    if isinstance(value, Unknown):
        return join_unknown([value], work)
    answers = [one if isinstance(one, Unknown) else one is not None and to_bool(one) for one in listed(value)]
    if any(one is decides for one in answers):
        return decides
    return unknown_of(work, *answers) or not decides


def _partly(body: object, takes: str) -> Function:
    return Function(body=body, takes=takes, partly=True, counts=True)  # type: ignore[arg-type]


TABLE = {
    "alltrue": _partly(_alltrue, "a"),
    "anytrue": _partly(_anytrue, "a"),
    "chunklist": Function(body=_chunklist, takes="li"),
    "coalesce": _partly(_coalesce, "a?*"),
    "coalescelist": _partly(_coalescelist, "a*"),
    "compact": _partly(_compact, "l"),
    "concat": _partly(_concat, "a*"),
    "contains": _partly(_contains, "aa"),
    "distinct": _partly(_distinct, "l"),
    "element": _partly(_element, "aa"),
    "flatten": _partly(_flatten, "a"),
    "index": Function(body=_index, takes="la?", counts=True),
    "keys": _partly(_keys, "a"),
    "length": _partly(_length, "a"),
    "lookup": _partly(_lookup, "aaa?-"),
    "matchkeys": Function(body=_matchkeys, takes="lll", counts=True),
    "merge": _partly(_merge, "a?*"),
    "one": _partly(_one, "a"),
    "range": Function(body=_range, takes="nn-n-"),
    "reverse": _partly(_reverse, "a"),
    "slice": _partly(_slice, "aaa"),
    "sort": Function(body=_sort, takes="l"),
    "sum": Function(body=_sum, takes="l"),
    "transpose": Function(body=_transpose, takes="m"),
    "values": _partly(_values, "a"),
    "zipmap": _partly(_zipmap, "aa"),
}
