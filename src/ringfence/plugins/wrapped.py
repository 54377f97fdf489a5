"""An agent's plugin as a release: its files as they are, and beside them a manifest that says where they came from.

`ringfence-origin.json` says everything; `plugin.toml` and the module with the one method follow from it, byte for byte.
So whoever finds a wrapped plugin knows that nothing but these bytes is the wrapping, and judges the rest as what it is:
text and code that an agent of the user runs, not this sandbox.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.manifest import MANIFEST

ORIGIN = "ringfence-origin.json"
MODULE = "ringfence_contents.py"
_MAX_BYTES = 64 << 10

_TOML = """\
# An agent's plugin, wrapped as it is: `ringfence-origin.json` says where it came from. What is in it runs where the
# agent runs, and not in a cell; the method below only lists it.
name = {name}
version = {version}
description = {description}
{license}
[entry]
module = "ringfence_contents"
class = "Contents"

[methods.files]
description = "The files of the agent's plugin."
arguments = {{ type = "object", additionalProperties = false }}
result = {{ type = "array", items = {{ type = "string" }} }}
"""
_CODE = '''\
"""Lists what an agent's plugin holds. Nothing of it runs here."""

import os


class Contents:
    """The files beside this one."""

    def files(self) -> list[str]:
        """Their paths, sorted."""
        base = os.path.dirname(os.path.abspath(__file__))
        found = []
        for folder, _, names in os.walk(base):
            found += [os.path.relpath(os.path.join(folder, name), base) for name in names]
        return sorted(found)
'''


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """What a wrapped plugin is called, and where it came from: `source` has its kind, address, commit or digest."""

    name: str
    version: str
    description: str
    license: str
    marketplace: str
    source: Mapping[str, str]


def files(origin: Origin) -> dict[str, bytes]:
    """What is written beside the plugin's own files."""
    text = {key: _quoted(getattr(origin, key)) for key in ("name", "version", "description")}
    licence = f"license = {_quoted(origin.license)}\n" if origin.license else ""
    said = {**{key: getattr(origin, key) for key in _FIELDS}, "source": dict(origin.source)}
    return {
        MANIFEST: _TOML.format(**text, license=licence).encode(),
        MODULE: _CODE.encode(),
        ORIGIN: (json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode(),
    }


def wrap(folder: Path, origin: Origin) -> None:
    """Make a release's folder of that of an agent's plugin. Raises InvalidPlugin."""
    for name, data in files(origin).items():
        if (folder / name).exists():
            raise InvalidPlugin(f"it has a file {name!r} of its own", hint="`ringfence publish` takes plugins of ours")
        (folder / name).write_bytes(data)


def origin_of(folder: Path) -> Origin | None:
    """Where a wrapped plugin came from; None for a folder whose wrapping is not exactly ours."""
    from ringfence.plugins.files import read_member
    from ringfence.strictjson import StrictJsonError, loads

    try:
        said = loads(read_member(folder, ORIGIN, _MAX_BYTES))
        origin = _parsed(said)
        if origin is None or any(read_member(folder, name, _MAX_BYTES) != data for name, data in files(origin).items()):
            return None
    except (InvalidPlugin, StrictJsonError):
        return None
    return origin


_FIELDS = ("name", "version", "description", "license", "marketplace")


def _parsed(said: object) -> Origin | None:
    if not isinstance(said, dict) or set(said) != {*_FIELDS, "source"}:
        return None
    source = said["source"]
    if not isinstance(source, dict) or not all(isinstance(said[key], str) for key in _FIELDS):
        return None
    return Origin(**{key: said[key] for key in _FIELDS}, source={key: str(value) for key, value in source.items()})


def _quoted(text: str) -> str:
    """A basic string of TOML; those of JSON are."""
    return json.dumps(text, ensure_ascii=False)
