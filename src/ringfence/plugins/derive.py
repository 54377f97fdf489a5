"""Argument and result schemas from a plugin's type hints, without importing it.

`derive` gives them as data, `as_toml` as the tables that belong into `plugin.toml`. What the hints do not say
becomes any value (`{}`) and a note.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.manifest import OFFERED, read_entry
from ringfence.plugins.source import Function, read_class

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """What follows from one method's hints; `notes` say what did not."""

    method: str
    description: str
    arguments: Mapping[str, object]
    result: Mapping[str, object]
    notes: tuple[str, ...]


def derive(plugin_dir: Path) -> list[Derived]:
    """The schemas of every public method of the entry class. Raises InvalidPlugin.

    The manifest needs only `[entry]` for it: this is how its methods are written in the first place.
    """
    entry = read_entry(plugin_dir)
    code = read_class(plugin_dir, entry.module, entry.class_name)
    found = [
        _derived(name, function)
        for name, function in code.functions.items()
        if name in OFFERED or not name.startswith("_")
    ]
    if not found:
        raise InvalidPlugin(f"{code.file}:{code.line}: class {entry.class_name} has no public method")
    return found


def as_toml(found: list[Derived]) -> str:
    """The `[methods.…]` tables, ready to be pasted into a manifest."""
    tables: list[str] = []
    for each in found:
        notes = "".join(f"# note: {note}\n" for note in each.notes)
        tables.append(
            f"{notes}[methods.{each.method}]\ndescription = {_toml(each.description)}\n"
            f"arguments = {_toml(each.arguments)}\nresult = {_toml(each.result)}\n"
        )
    return "\n".join(tables)


def _derived(name: str, function: Function) -> Derived:
    notes: list[str] = []
    properties: dict[str, object] = {}
    for each in function.parameters:
        notes += [f"{each.name}: {note}" for note in each.type.notes]
        properties[each.name] = {**each.type.schema, **({"default": each.default[0]} if each.default else {})}
    notes += [f"the result: {note}" for note in function.result.notes]
    arguments: dict[str, object] = {"type": "object", "properties": properties}
    required = [each.name for each in function.parameters if each.required]
    if required:
        arguments["required"] = required
    if not function.takes_any:
        arguments["additionalProperties"] = False
    return Derived(
        method=name,
        description=function.summary,
        arguments=arguments,
        result=function.result.schema,
        notes=tuple(notes),
    )


def _toml(value: object) -> str:
    """A value as inline TOML, which for JSON's values differs only in how members are written."""
    if isinstance(value, Mapping):
        members = ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in value.items() if item is not None)
        return f"{{ {members} }}" if members else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _toml(key)
