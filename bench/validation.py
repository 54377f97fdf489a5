"""Validation: a warm worker that can be killed, beside the reference implementation in the same process."""

import json
from contextlib import suppress
from pathlib import Path

import jsonschema

from bench.measure import repeat
from ringfence import strictjson
from ringfence.plugins.manifest import load_manifest
from ringfence.plugins.tree import TreeWatch, hash_tree
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
LARGE = {"name": "text-report", "tags": ["a word"] * 20_000}
PLUGIN = Path(__file__).parents[1] / "plugins" / "pip-inspect"


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    count = 50 if smoke else 1000
    few = max(count // 50, 3)
    return [*_schemas(count, few), *_texts(few), *_plugins(count)]


def _schemas(count: int, few: int) -> list[tuple[str, ...]]:
    reference = jsonschema.Draft202012Validator(SCHEMA)
    with SchemaValidator() as validator:
        peer = repeat("jsonschema, same process", count, lambda: list(reference.iter_errors(VALUE)))
        own = repeat("validate in the worker process", count, lambda: validator.validate(SCHEMA, VALUE))
        slow = repeat("jsonschema, 180 kB of arguments", few, lambda: list(reference.iter_errors(LARGE)))
        quick = repeat("validate 180 kB of arguments", few, lambda: validator.validate(SCHEMA, LARGE))
    first = repeat("first answer of a new worker", few, _first_answer)
    return [peer.row(), own.row(peer), slow.row(), quick.row(slow), first.row()]


def _first_answer() -> None:
    with SchemaValidator() as validator:
        validator.validate(SCHEMA, VALUE)


def _texts(few: int) -> list[tuple[str, ...]]:
    text = strictjson.dumps(VALUE)
    bomb = b"[" * 100_000_000

    def refuse() -> None:
        with suppress(strictjson.StrictJsonError):
            strictjson.loads(bomb)

    peer = repeat("json.loads, 1000 times", few, lambda: [json.loads(text) for _ in range(1000)])
    own = repeat("strict parse, 1000 times", few, lambda: [strictjson.loads(text) for _ in range(1000)])
    bombs = repeat("refuse 100 MB of '[', 1000 times", few, lambda: [refuse() for _ in range(1000)])
    return [peer.row(), own.row(peer), bombs.row()]


def _plugins(count: int) -> list[tuple[str, ...]]:
    watch = TreeWatch(PLUGIN)
    hashed = repeat("hash a plugin with its packages", count, lambda: hash_tree(PLUGIN))
    seen = repeat("see that they did not change", count, watch.tree)
    return [repeat("load a manifest", count, lambda: load_manifest(PLUGIN)).row(), hashed.row(), seen.row(hashed)]
