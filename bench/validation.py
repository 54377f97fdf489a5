"""Validation: a warm worker that can be killed, beside the reference implementation in the same process."""

import jsonschema

from bench.measure import repeat
from ringfence import strictjson
from ringfence.plugins.validator import SchemaValidator

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 100, "pattern": "^[a-z-]+$"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "size": {"type": "integer", "minimum": 0},
    },
    "required": ["name"],
    "additionalProperties": False,
}
VALUE = {"name": "text-report", "tags": ["a", "b", "c"] * 5, "size": 12}


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    count = 50 if smoke else 1000
    reference = jsonschema.Draft202012Validator(SCHEMA)
    text = strictjson.dumps(VALUE)
    with SchemaValidator() as validator:
        peer = repeat("jsonschema, same process", count, lambda: list(reference.iter_errors(VALUE)))
        own = repeat("validate in the worker process", count, lambda: validator.validate(SCHEMA, VALUE))
    parse = repeat("strict parse of the arguments", count, lambda: strictjson.loads(text))
    return [peer.row(), own.row(peer), parse.row()]
