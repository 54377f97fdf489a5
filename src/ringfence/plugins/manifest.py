"""`plugin.toml`: what a plugin is called, what it offers, and what it asks for.

`parse` decides without reading anything; `load_manifest` and `problems` read, bounded and without following
links. Nothing of the plugin is imported or executed here, not even for its version number.

Every key is known or an error; every problem carries the line it stands on.
"""

import re
from collections.abc import Callable, Mapping
from keyword import iskeyword
from pathlib import Path as FilePath

from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError, InvalidPlugin
from ringfence.plugins.fields import Fields, Report
from ringfence.plugins.jsonplace import indexed, line_of, step_into
from ringfence.plugins.names import PLUGIN
from ringfence.plugins.permissions import Permissions, read_permissions
from ringfence.plugins.problem import Problem, Weight
from ringfence.plugins.schemas import SCHEMA_LIMITS, shape_faults
from ringfence.plugins.spdx import is_expression
from ringfence.plugins.version import is_version
from ringfence.strictjson import StrictJsonError, loads
from ringfence.tomltext import MAX_BYTES, Document, Path, load

MANIFEST = "plugin.toml"
DEFAULT_TIMEOUT_MS = 30_000
MAX_TIMEOUT_MS = 3_600_000
MAX_METHODS = 256
#: Offered where a plugin has them, although the last is not an ordinary name.
OFFERED = ("version", "info", "meta", "__introspect__")

_MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*){0,7}")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_SCHEMA_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*){0,7}")

#: Gives the bytes of a file of the plugin, by its path relative to the manifest; raises InvalidPlugin.
ReadFile = Callable[[str], bytes]
Schema = Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Where the code is: a dotted module in the plugin's directory and a class in it."""

    module: str
    class_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """One callable thing. `arguments` and `result` are JSON Schemas of dialect 2020-12."""

    name: str
    description: str
    timeout_ms: int
    arguments: Schema
    result: Schema


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A manifest without errors."""

    name: str
    version: str
    description: str
    license: str
    entry: Entry
    methods: Mapping[str, Method]
    permissions: Permissions


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What could be read of a manifest, faults and all, for `check`.

    `manifest` has usable values even where there are problems; None where the file is not even TOML.
    """

    manifest: Manifest | None
    problems: list[Problem]
    document: Document | None
    read_file: ReadFile

    @property
    def entry_is_sound(self) -> bool:
        """Whether `[entry]` names a module and a class without a problem."""
        if self.document is None:
            return False
        report = Report(self.document)
        _entry(Fields(report, (), self.document.data))
        return not report.problems

    def place(self, path: Path) -> tuple[str, int]:
        """(file, line) of a key; in a schema that stands in a file of its own, there."""
        if self.document is None:
            return MANIFEST, 0
        value: object = self.document.data
        for depth, part in enumerate(path):
            if isinstance(value, str) and path[0] == "methods":
                text = self.read_file(value).decode()
                return value, line_of(text, indexed(loads(text, limits=SCHEMA_LIMITS), path[depth:]))
            value = step_into(value, part)
        return MANIFEST, self.document.line_of(indexed(self.document.data, path))


def load_manifest(plugin_dir: FilePath) -> Manifest:
    """The manifest of the plugin in `plugin_dir`. Raises InvalidPlugin, with the first error's line."""
    found = draft(plugin_dir)
    errors = [problem for problem in found.problems if problem.severity is Weight.ERROR]
    if found.manifest is None or errors:
        raise _refusal(errors)
    return found.manifest


def problems(plugin_dir: FilePath) -> list[Problem]:
    """Everything wrong with the manifest and the schema files it names, in the order of their lines."""
    return draft(plugin_dir).problems


def read_entry(plugin_dir: FilePath) -> Entry:
    """Only `[entry]`, also of a manifest that is not finished yet. Raises InvalidPlugin."""
    from ringfence.plugins.files import read_member

    try:
        document = load(read_member(plugin_dir, MANIFEST, MAX_BYTES), file=MANIFEST)
    except ConfigError as error:
        raise InvalidPlugin(error.message, hint=error.hint) from None
    report = Report(document)
    entry = _entry(Fields(report, (), document.data))
    if report.problems:
        raise _refusal(report.problems)
    return entry


def parse(text: str | bytes, read_file: ReadFile) -> tuple[Manifest | None, list[Problem]]:
    """The manifest and what is wrong with it; None where there is an error."""
    found = _drafted(text, read_file)
    failed = any(problem.severity is Weight.ERROR for problem in found.problems)
    return (None if failed else found.manifest), found.problems


def draft(plugin_dir: FilePath) -> Draft:
    """What can be read of the manifest in `plugin_dir`. Raises nothing for what a plugin can do wrong."""
    from ringfence.plugins.files import read_member

    def read_file(path: str) -> bytes:
        return read_member(plugin_dir, path, SCHEMA_LIMITS.max_bytes)

    try:
        text = read_member(plugin_dir, MANIFEST, MAX_BYTES)
    except InvalidPlugin as error:
        found = [Problem(file=MANIFEST, line=0, message=error.message, hint=error.hint)]
        return Draft(manifest=None, problems=found, document=None, read_file=read_file)
    return _drafted(text, read_file)


def _drafted(text: str | bytes, read_file: ReadFile) -> Draft:
    try:
        document = load(text, file=MANIFEST)
    except ConfigError as error:
        message = error.message.removeprefix(f"{MANIFEST}:{error.line}: ")
        found = [Problem(file=MANIFEST, line=error.line, message=message, hint=error.hint)]
        return Draft(manifest=None, problems=found, document=None, read_file=read_file)
    report = Report(document)
    manifest = _manifest(Fields(report, (), document.data), read_file)
    report.problems.sort(key=lambda problem: (problem.file != MANIFEST, problem.file, problem.line))
    return Draft(manifest=manifest, problems=report.problems, document=document, read_file=read_file)


def _refusal(errors: list[Problem]) -> InvalidPlugin:
    first = errors[0]
    place = f"{first.place}: " if first.line else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    hint = first.hint or "`ringfence plugin check` lists everything wrong with a plugin"
    return InvalidPlugin(f"{place}{first.message}{more}", hint=hint)


def _manifest(fields: Fields, read_file: ReadFile) -> Manifest:
    manifest = Manifest(
        name=fields.word("name", PLUGIN, "a lower-case letter, then at most 62 letters, digits and '-'"),
        version=_version(fields),
        description=_description(fields),
        license=_license(fields),
        entry=_entry(fields),
        methods=_methods(fields, read_file),
        permissions=_permissions(fields),
    )
    fields.close()
    return manifest


def _version(fields: Fields) -> str:
    version = fields.text("version", longest=100, required=True)
    if version and not is_version(version):
        fields.error("version", f"version must be a PEP 440 version, not {version!r}", hint='for example "1.0.0"')
    return version


def _description(fields: Fields) -> str:
    if not fields.has("description"):
        fields.report.warn((*fields.path, "description"), "description is missing")
    return fields.text("description", longest=500)


def _license(fields: Fields) -> str:
    spelled = [key for key in ("license", "licence") if fields.has(key)]
    if not spelled:
        fields.report.warn((), "license is missing", hint='for example license = "Apache-2.0"')
        return ""
    if len(spelled) == 2:
        fields.error("licence", "license and licence say the same: keep one")
    value = fields.text(spelled[0], longest=200)
    if value and not is_expression(value):
        fields.error(spelled[0], f"{value!r} is no SPDX licence expression", hint='for example "MIT OR Apache-2.0"')
    return value


def _entry(fields: Fields) -> Entry:
    table = fields.table("entry", required=True)
    if table is None:
        return Entry(module="", class_name="")
    module = table.word("module", _MODULE, "a dotted Python module")
    if any(iskeyword(part) for part in module.split(".")):
        table.error("module", f"{module!r} cannot be imported: it holds a Python keyword")
    class_name = table.word("class", _IDENTIFIER, "the name of a Python class")
    if iskeyword(class_name):
        table.error("class", f"{class_name!r} is a Python keyword")
    table.close()
    return Entry(module=module, class_name=class_name)


def _methods(fields: Fields, read_file: ReadFile) -> dict[str, Method]:
    tables = fields.table("methods", required=True)
    if tables is None:
        return {}
    methods: dict[str, Method] = {}
    for name in tables.names():
        if len(methods) == MAX_METHODS:
            tables.error(name, f"more than {MAX_METHODS} methods")
            break
        _check_method_name(tables, name)
        table = tables.table(name)
        if table is not None:
            methods[name] = _method(table, name, read_file)
    if not methods:
        fields.error("methods", "a plugin needs at least one method", hint="add a table [methods.NAME]")
    return methods


def _check_method_name(tables: Fields, name: str) -> None:
    ordinary = _IDENTIFIER.fullmatch(name) and not name.startswith("_") and not iskeyword(name)
    if not ordinary and name not in OFFERED:
        tables.error(name, f"{name[:60]!r} is no name for a method: a Python name without a leading '_'")


def _method(table: Fields, name: str, read_file: ReadFile) -> Method:
    if not table.has("description"):
        table.report.warn(table.path, f"method {name} has no description")
    timeout = table.number("timeout_ms", low=1, high=MAX_TIMEOUT_MS, unit="milliseconds")
    method = Method(
        name=name,
        description=table.text("description", longest=2000),
        timeout_ms=timeout or DEFAULT_TIMEOUT_MS,
        arguments=_schema(table, "arguments", read_file),
        result=_schema(table, "result", read_file),
    )
    table.close()
    return method


def _schema(table: Fields, key: str, read_file: ReadFile) -> Schema:
    value = table.value(key)
    if value is None:
        name = table.path[-1]
        table.error(key, f"method {name} has no {key} schema", hint=f'write {key} = {{ type = "object" }}')
        return {}
    if isinstance(value, str):
        return _schema_from_file(table, key, value, read_file)
    return _shaped(table, key, value)


def _schema_from_file(table: Fields, key: str, path: str, read_file: ReadFile) -> Schema:
    if not _SCHEMA_FILE.fullmatch(path) or len(path) > 200:
        table.error(key, f"{path[:60]!r} is no path of a file beside the manifest")
        return {}
    try:
        data = read_file(path)
        value = loads(data, limits=SCHEMA_LIMITS)
    except StrictJsonError as error:
        table.report.error_in(path, error.line or 1, error.message, column=error.column)
        return {}
    except InvalidPlugin as error:
        table.error(key, error.message, hint=error.hint)
        return {}
    return _shaped(table, key, value, path, data)


def _shaped(table: Fields, key: str, value: object, file: str = "", data: bytes = b"") -> Schema:
    faults = list(shape_faults(value))
    if key == "arguments" and not (isinstance(value, dict) and value.get("type") == "object"):
        faults.append(((), 'the arguments are one object: its schema needs type = "object"'))
    for path, fault in faults:
        if file:
            table.report.error_in(file, line_of(data.decode(), path), fault)
        else:
            table.report.error((*table.path, key, *path), fault)
    return value if isinstance(value, dict) else {}


def _permissions(fields: Fields) -> Permissions:
    table = fields.table("permissions")
    return Permissions() if table is None else read_permissions(table)
