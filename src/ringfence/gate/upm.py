"""The older form: `<PluginClass> <method> '{"args": […], "kwargs": {…}}'` with upm_config.json.

    {"plugins": {"PipPlugin": {"module": "pip_plugin", "allowed_methods": ["install"]}}}

The file is the allow-list, as it always was; new is that the module runs in a cell that sees the
module's own file or package and nothing else, and that a plugin may have `"schemas"`: a JSON Schema
for the whole arguments object of a method.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ringfence import strictjson
from ringfence.errors import ConfigError, InvalidPlugin, NotGranted
from ringfence.gate.call import Target
from ringfence.gate.config import read_trusted
from ringfence.gate.state import state_dir
from ringfence.plugins.snapshot import Snapshot, snapshot

NAME = "upm_config.json"
TIMEOUT_MS = 60_000
_MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_CALL_SCHEMA = {
    "type": "object",
    "properties": {"args": {"type": "array"}, "kwargs": {"type": "object"}},
    "additionalProperties": False,
}


def finder() -> Callable[[str, str], Target]:
    """A `find` for the gate that resolves by upm_config.json; read anew at each call."""
    return _find


def _find(plugin: str, method: str) -> Target:
    named = os.environ.get("UPM_CONFIG_PATH")
    try:
        file = Path(named or NAME).absolute()
    except FileNotFoundError:
        raise ConfigError("the working directory does not exist any more") from None
    entry = _entries(file).get(plugin)
    if not isinstance(entry, dict):
        raise NotGranted(f"plugin {plugin[:80]!r} is not in {file}", hint="add it to the allow-list")
    allowed = entry.get("allowed_methods")
    if not isinstance(allowed, list) or method not in allowed:
        raise NotGranted(f"method {method[:80]!r} of {plugin} is not in its allowed_methods in {file}")
    module = entry.get("module")
    if not isinstance(module, str) or not _MODULE.fullmatch(module):
        raise ConfigError(f"the module of {plugin} is not a dotted name", file=str(file))
    schemas = entry.get("schemas", {})
    schema = schemas.get(method) if isinstance(schemas, dict) else None
    if schema is not None and not isinstance(schema, dict):
        raise ConfigError(f"the schema of {plugin}.{method} is not an object", file=str(file))
    kept = _snapshot(file.parent, module)
    return Target(
        plugin=plugin,
        version="0",
        digest=kept.tree.digest,
        code=kept.path,
        module=module,
        class_name=plugin,
        method=method,
        timeout_ms=TIMEOUT_MS,
        arguments=_both(schema or {}),
        result=None,
        grant=None,
        positional=True,
    )


def _both(schema: dict[str, object]) -> dict[str, object]:
    """The schema with the form of every call behind its own, so that references in it lead where they led."""
    parts = schema.get("allOf", [])
    return schema | {"allOf": [*parts, _CALL_SCHEMA]} if isinstance(parts, list) else schema


def _entries(file: Path) -> Mapping[str, object]:
    try:
        config = strictjson.loads(read_trusted(file))
    except strictjson.StrictJsonError as error:
        raise ConfigError(error.message, file=str(file)) from error
    plugins = config.get("plugins") if isinstance(config, dict) else None
    if not isinstance(plugins, dict):
        raise ConfigError("'plugins' must be an object", file=str(file))
    return plugins


def _snapshot(base: Path, module: str) -> Snapshot:
    """Only the module's own top-level file or package: what lies beside it is not the plugin's."""
    top = module.partition(".")[0]
    package, single = base / top, base / f"{top}.py"
    with tempfile.TemporaryDirectory(prefix="ringfence-upm-") as folder:
        try:
            if package.is_dir():
                shutil.copytree(package, Path(folder, top), symlinks=True)
            else:
                shutil.copyfile(single, Path(folder, f"{top}.py"), follow_symlinks=False)
        except (OSError, shutil.Error) as error:
            raise InvalidPlugin(f"module {module} is not beside its configuration in {base}") from error
        return snapshot(Path(folder), state_dir() / "plugins")
