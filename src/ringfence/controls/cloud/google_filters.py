"""What a filter of Cloud Logging compares fields with: one that asks for another service or another kind of resource
never finds what its words promise."""

import re

#: Fields that narrow a filter, whichever calls it names.
_NARROWING = ("resource.type", "protopayload.servicename", "protopayload.servicedata.policydelta.bindingdeltas.action")
_COMPARED = re.compile(
    r"(?P<no>-|\bnot\s+)?(?<![\w.])(?P<field>[a-z]\w*(?:\.\w+)+)\s*(?P<how>=~|!=|!~|=|:)\s*"
    r'(?P<value>\([^()]*\)|"[^"]*"|[^\s()"]+)'
)
_VALUE = re.compile(r'"([^"]*)"|([^\s()"]+)')


def narrowed(pattern: str) -> dict[str, tuple[str, ...]]:
    """The values that each narrowing field of a filter is compared with. A field that is compared by an expression,
    or with what it must not be, is left out: what it lets through is not known."""
    values = dict[str, list[str]]()
    unknown = set[str]()
    for one in _COMPARED.finditer(pattern.lower().replace("\\", "")):
        field = one["field"]
        if field not in _NARROWING:
            continue
        if one["no"] or one["how"] not in ("=", ":"):
            unknown.add(field)
        some = [quoted or plain for quoted, plain in _VALUE.findall(one["value"])]
        values.setdefault(field, []).extend(value for value in some if value not in ("or", "and"))
    return {field: tuple(some) for field, some in values.items() if field not in unknown}


def passes(pattern: str, wanted: dict[str, tuple[str, ...]]) -> bool:
    """Whether a filter lets each wanted value of a field through, wherever it compares that field at all."""
    has = narrowed(pattern)
    return all(
        any(part == "*" or part in value for part in has[field])
        for field, values in wanted.items()
        if field in has
        for value in values
    )
