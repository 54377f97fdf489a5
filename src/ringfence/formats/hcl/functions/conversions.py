"""Functions that turn values of one type into another."""

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.kinds import as_set, same_kind
from ringfence.formats.hcl.values import EvaluationError, Unknown, Value, Work, kind, to_bool, to_number, to_text


def _tostring(value: Value) -> Value:
    return value if value is None or isinstance(value, Unknown) else to_text(value)


def _tonumber(value: Value) -> Value:
    return None if value is None else to_number(value)


def _tobool(value: Value) -> Value:
    return None if value is None else to_bool(value)


def _tolist(work: Work, value: Value) -> Value:
    if value is None or isinstance(value, Unknown):
        return value
    if not isinstance(value, list):
        raise EvaluationError(f"{kind(value)} is no list")
    return same_kind(list(value))


def _toset(work: Work, value: Value) -> Value:
    listed = _tolist(work, value)
    return as_set(listed, work) if isinstance(listed, list) else listed


def _tomap(value: Value) -> Value:
    if value is None or isinstance(value, Unknown):
        return value
    if not isinstance(value, dict):
        raise EvaluationError(f"{kind(value)} is no map")
    return dict(zip(value, same_kind(list(value.values())), strict=True))


def _same(value: Value) -> Value:
    return value


def _list(*values: Value) -> Value:
    """As it was until Terraform 0.15."""
    return same_kind(values)


def _map(*values: Value) -> Value:
    """As it was until Terraform 0.15."""
    if len(values) % 2 or any(isinstance(key, Unknown) for key in values[::2]):
        raise EvaluationError("keys and values are needed, in turn")
    return dict(zip(map(to_text, values[::2]), same_kind(values[1::2]), strict=True))


_SAME = Function(body=_same, takes="a?", partly=True)
TABLE = {
    "ephemeralasnull": _SAME,
    "list": Function(body=_list, takes="a*", partly=True),
    "map": Function(body=_map, takes="a*", partly=True),
    "nonsensitive": _SAME,
    "sensitive": _SAME,
    "tobool": Function(body=_tobool, takes="a?"),
    "tolist": Function(body=_tolist, takes="a?", partly=True, counts=True),
    "tomap": Function(body=_tomap, takes="a?", partly=True),
    "tonumber": Function(body=_tonumber, takes="a?"),
    "toset": Function(body=_toset, takes="a?", partly=True, counts=True),
    "tostring": Function(body=_tostring, takes="a?", partly=True),
}
