"""What the code of a plugin says about its entry class, learned without running it.

The parent's side of `syntax`: reads a file safely, has it parsed in a bounded child process, follows
`from .other import Class` inside the plugin, and turns the answer into data.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.files import read_member
from ringfence.plugins.syntax import MAX_ANSWER, MAX_SOURCE
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

_SECONDS = 60  # by the clock; the child bounds its own processor time
_MAX_HOPS = 5
_ANSWER = JsonLimits(max_bytes=MAX_ANSWER, max_depth=200, max_items=500_000, max_digits=4000)
_BOOT = "import sys; sys.path.append(sys.argv[1]); from ringfence.plugins.syntax import main; main()"
_PACKAGES = str(Path(__file__).parents[2])


class CodeProblem(InvalidPlugin):
    """The code cannot be read; `file` and `line` say where (0: the whole file, empty: no file)."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else message)
        self.file = file
        self.line = line
        self.column = column
        self.sentence = message


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """The schema that follows from a type hint, and what could not be known."""

    schema: Mapping[str, object]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter; `default` is empty, or holds the JSON value that the code spells out."""

    name: str
    required: bool
    default: tuple[object, ...]
    type: Hint


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """One method of the class as written, without `self`."""

    line: int
    summary: str
    parameters: tuple[Parameter, ...]
    positional_only: tuple[str, ...]
    takes_any: bool
    result: Hint


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassCode:
    """The entry class: where it is, its methods, and bases whose code is not in the same file."""

    file: str
    line: int
    functions: Mapping[str, Function]
    attributes: frozenset[str]
    foreign_bases: tuple[str, ...]


def read_class(plugin_dir: Path, module: str, class_name: str) -> ClassCode:
    """The class `class_name` of the dotted `module`. Raises CodeProblem (an InvalidPlugin)."""
    package, wanted = module, class_name
    for _ in range(_MAX_HOPS):
        file, source = _module_source(plugin_dir, package)
        said = _ask_child(source, wanted, file)
        if said["found"]:
            return _class_code(said, file)
        imports = cast("dict[str, tuple[str, str, int]]", said["imports"])
        if wanted not in imports:
            raise CodeProblem(_no_class(wanted, cast("list[str]", said["classes"])), file=file, line=1)
        origin, original, level = imports[wanted]
        package, wanted = _absolute(package, file, origin, level), original
    raise CodeProblem(f"class {class_name} is imported over more than {_MAX_HOPS} files", file=file, line=1)


def _module_source(plugin_dir: Path, module: str) -> tuple[str, bytes]:
    stem = module.replace(".", "/")
    for file in (f"{stem}.py", f"{stem}/__init__.py"):
        if (plugin_dir / file).is_file():
            return file, read_member(plugin_dir, file, MAX_SOURCE)
    raise CodeProblem(f"there is no module {module!r}: neither {stem}.py nor {stem}/__init__.py exists")


def _absolute(package: str, file: str, origin: str, level: int) -> str:
    """The dotted module that `from {'.' * level}{origin}` names in `file`."""
    if not level:
        return origin
    parts = package.split(".") if file.endswith("__init__.py") else package.split(".")[:-1]
    kept = parts[: len(parts) - (level - 1)]
    return ".".join([*kept, *filter(None, [origin])])


def _ask_child(source: bytes, class_name: str, file: str) -> dict[str, object]:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-B", "-c", _BOOT, _PACKAGES, class_name],
            input=source,
            capture_output=True,
            timeout=_SECONDS,
            env={},
            start_new_session=True,
            check=False,
        )
        said = loads(done.stdout, limits=_ANSWER) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, StrictJsonError):
        said = None
    if not isinstance(said, dict):
        raise CodeProblem("the code is too large or too deeply nested to be read", file=file, line=1)
    if "error" in said:
        line, column, message = cast("tuple[int, int, str]", said["error"])
        raise CodeProblem(message, file=file, line=line, column=column)
    return said


def _no_class(name: str, classes: list[str]) -> str:
    others = f"; there is {', '.join(classes[:5])}" if classes else ""
    return f"there is no class {name} at the top of the file{others}"


def _class_code(said: dict[str, object], file: str) -> ClassCode:
    functions = cast("dict[str, dict[str, object]]", said["functions"])
    return ClassCode(
        file=file,
        line=cast("int", said["line"]),
        functions={name: _function(each) for name, each in functions.items()},
        attributes=frozenset(cast("list[str]", said["attributes"])),
        foreign_bases=tuple(cast("list[str]", said["bases"])),
    )


def _function(said: dict[str, object]) -> Function:
    return Function(
        line=cast("int", said["line"]),
        summary=str(said["summary"]),
        parameters=tuple(_parameter(each) for each in cast("list[dict[str, object]]", said["parameters"])),
        positional_only=tuple(cast("list[str]", said["positional_only"])),
        takes_any=bool(said["takes_any"]),
        result=_hint(said["result"]),
    )


def _parameter(said: dict[str, object]) -> Parameter:
    return Parameter(
        name=str(said["name"]),
        required=bool(said["required"]),
        default=tuple(cast("list[object]", said["default"])),
        type=_hint(said["type"]),
    )


def _hint(said: object) -> Hint:
    hint = cast("dict[str, object]", said)
    return Hint(
        schema=cast("dict[str, object]", hint["schema"]),
        notes=tuple(cast("list[str]", hint["notes"])),
    )
