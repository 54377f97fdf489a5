"""The shape of a plugin's JSON Schemas: sizes, depth, plain JSON, the right dialect.

What a schema means is judged in a process of its own (`validator`); here it is only made sure that handing
it there is safe and that it is JSON at all.
"""

from collections.abc import Iterator

from ringfence.plugins.references import reference_faults
from ringfence.strictjson import JsonLimits
from ringfence.tomltext import Path

#: The only dialect (https://json-schema.org/draft/2020-12).
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_LIMITS = JsonLimits(max_bytes=256 * 1024, max_depth=64, max_items=20_000, max_digits=300)


def shape_faults(schema: object) -> Iterator[tuple[Path, str]]:
    """Each place that keeps a schema from being used, with what is wrong there.

    Stops at the first fault of size or depth.
    """
    if not isinstance(schema, dict):
        yield (), "a schema must be a table"
        return
    faults = list(_foreign(schema))
    yield from faults or reference_faults(schema)
    if schema.get("$schema", DIALECT) != DIALECT:
        yield ("$schema",), f"the only dialect is {DIALECT}"


def _foreign(schema: object) -> Iterator[tuple[Path, str]]:
    """Values that are not JSON, too many values, too deep nesting; with a stack of its own."""
    todo: list[tuple[Path, object]] = [((), schema)]
    seen = 0
    while todo:
        path, value = todo.pop()
        seen += 1
        if seen > SCHEMA_LIMITS.max_items:
            yield (), f"the schema has more than {SCHEMA_LIMITS.max_items} values"
            return
        if len(path) > SCHEMA_LIMITS.max_depth:
            yield path, f"the schema is nested deeper than {SCHEMA_LIMITS.max_depth} levels"
            return
        if isinstance(value, dict):
            todo.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            todo.extend(((*path, index), item) for index, item in enumerate(value))
        elif not isinstance(value, str | int | float | bool | None):
            yield path, f"a {type(value).__name__} has no place in JSON"
