"""What lists and sets make of items of different kinds: Terraform gives all the kind that they share."""

from collections.abc import Iterable, Sequence

from ringfence.formats.hcl.values import MAX_ITEMS, EvaluationError, Set, Unknown, Value, Work, references_in, to_text

_DEPTH = 8


def same_kind(values: Sequence[Value], depth: int = 0) -> list[Value]:
    """The values in the one kind that they share: texts where any of them is one.

    Raises EvaluationError where they share none.
    """
    known = [one for one in values if one is not None and not isinstance(one, Unknown)]
    if all(isinstance(one, list) for one in known) and depth < _DEPTH:
        return _by_part(values, known, depth)
    if known and all(isinstance(one, dict) for one in known) and depth < _DEPTH:
        return _by_key(values, [one for one in known if isinstance(one, dict)], depth)
    kinds = {
        "number" if isinstance(one, int | float) and not isinstance(one, bool) else type(one).__name__ for one in known
    }
    if len(kinds) <= 1:
        return list(values)
    if kinds <= {"str", "bool", "number"} and "str" in kinds:
        return [one if one is None or isinstance(one, Unknown) else to_text(one) for one in values]
    raise EvaluationError("the items are of different types")


def _by_part(values: Sequence[Value], known: Sequence[Value], depth: int) -> list[Value]:
    """Lists of lists: the items within share a kind."""
    if _too_many(known):
        return list(values)
    parts = [item for one in known if isinstance(one, list) for item in one]
    try:
        alike = iter(same_kind(parts, depth + 1))
    except EvaluationError:
        return list(values)
    return [type(one)(next(alike) for _ in one) if isinstance(one, list) else one for one in values]


def _too_many(known: Sequence[Value]) -> bool:
    """Whether there is more in the values than is worth looking at: their types then stay."""
    return sum(len(one) for one in known if isinstance(one, list | dict)) > MAX_ITEMS


def _by_key(values: Sequence[Value], known: Sequence[dict[str, Value]], depth: int) -> list[Value]:
    """Objects: what stands at the same key shares a kind, where all have the same keys; else all they hold does."""
    if _too_many(known):
        return list(values)
    made = [dict[str, Value]() for _ in known]
    if all(one.keys() == known[0].keys() for one in known):
        for key in known[0]:
            for new, item in zip(made, same_kind([one[key] for one in known], depth + 1), strict=True):
                new[key] = item
    else:
        alike = iter(same_kind([item for one in known for item in one.values()], depth + 1))
        made = [{key: next(alike) for key in one} for one in known]
    objects = iter(made)
    return [next(objects) if isinstance(one, dict) else one for one in values]


def as_set(values: Iterable[Value], work: Work) -> Set:
    """A set of values, of one kind and sorted, without doubles; each unknown one stays, at the end."""
    listed = list(values)
    found, unknown = dict[object, Value](), list[Value]()
    for one in same_kind(listed):
        work.spend()
        if (isinstance(one, list | dict) and references_in([one], work) is not None) or isinstance(one, Unknown):
            unknown.append(one)
        else:
            found.setdefault(key_of(one), one)
    return Set([*(found[key] for key in sorted(found, key=_order)), *unknown])


def key_of(value: Value) -> object:
    """Something that is the same for the same known values only, and can be hashed."""
    if isinstance(value, list | dict):
        return ("collection", repr(value))
    return (type(value).__name__ if isinstance(value, str | bool | None) else "number", value)


def _order(key: object) -> tuple[str, float, str]:
    kind, value = key if isinstance(key, tuple) else ("", "")
    return kind, float(value) if isinstance(value, int | float) else 0.0, value if isinstance(value, str) else ""
