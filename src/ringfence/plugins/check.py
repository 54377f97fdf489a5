"""Everything that is wrong with a plugin: manifest, schemas, tree, and what its code does not have.

Nothing of the plugin is imported or run; its code is parsed in a bounded child (`source`).
"""

from collections.abc import Iterator
from pathlib import Path

from ringfence.errors import InvalidPlugin
from ringfence.plugins.manifest import MANIFEST, OFFERED, Manifest, Method, load_manifest, problems
from ringfence.plugins.problem import Problem, Weight
from ringfence.plugins.source import ClassCode, CodeProblem, Function, read_class
from ringfence.plugins.tree import hash_tree
from ringfence.plugins.validator import SchemaValidator


def check(plugin_dir: Path) -> list[Problem]:
    """All problems, errors and warnings, by file and line. Raises nothing for what a plugin can do wrong."""
    found = list(problems(plugin_dir))
    try:
        hash_tree(plugin_dir)
    except InvalidPlugin as error:
        found.append(Problem(file=".", line=0, message=error.message, hint=error.hint))
    if not any(problem.severity is Weight.ERROR for problem in found):
        manifest = load_manifest(plugin_dir)
        found += _schemas(manifest)
        found += _code(plugin_dir, manifest)
    return sorted(found, key=lambda p: (p.file != MANIFEST, p.file, p.line))


def _schemas(manifest: Manifest) -> Iterator[Problem]:
    with SchemaValidator() as validator:
        for method in manifest.methods.values():
            for kind, schema in (("arguments", method.arguments), ("result", method.result)):
                try:
                    for violation in validator.check_schema(schema):
                        yield _problem(f"methods.{method.name}.{kind}: {violation}")
                except InvalidPlugin as error:
                    yield _problem(f"methods.{method.name}.{kind}: {error.message}", hint=error.hint)


def _code(plugin_dir: Path, manifest: Manifest) -> Iterator[Problem]:
    try:
        code = read_class(plugin_dir, manifest.entry.module, manifest.entry.class_name)
    except CodeProblem as error:
        yield Problem(file=error.file or MANIFEST, line=error.line, column=error.column, message=error.sentence)
        return
    except InvalidPlugin as error:
        yield _problem(error.message, hint=error.hint)
        return
    for method in manifest.methods.values():
        function = code.functions.get(method.name)
        if function is not None:
            yield from _signature(code, method, function)
        elif method.name not in code.attributes and not code.foreign_bases:
            yield Problem(
                file=code.file, line=code.line, message=f"class {manifest.entry.class_name} has no {method.name}"
            )
    public = {n for n in code.functions if not n.startswith("_") and n not in OFFERED}
    for name in sorted(public - set(manifest.methods)):
        yield Problem(
            file=code.file,
            line=code.functions[name].line,
            severity=Weight.WARNING,
            message=f"{name} is public but not in the manifest, so nobody can call it",
        )


def _signature(code: ClassCode, method: Method, function: Function) -> Iterator[Problem]:
    """Whether every argument that the schema lets through fits the function, and the other way round."""
    properties = method.arguments.get("properties", {})
    offered = set(properties) if isinstance(properties, dict) else set()
    required = method.arguments.get("required", [])
    sure = set(required) if isinstance(required, list) else set()
    taken = {p.name for p in function.parameters}
    for name in function.positional_only:
        yield _at(code, function, f"{method.name}: {name} is positional-only, and arguments are passed by name")
    if not function.takes_any:
        for name in sorted(offered - taken):
            yield _at(code, function, f"{method.name} does not take {name!r}, which its schema offers")
    for parameter in function.parameters:
        if parameter.required and parameter.name not in sure:
            yield _at(code, function, f"{method.name} needs {parameter.name!r}, which its schema does not require")


def _at(code: ClassCode, function: Function, message: str) -> Problem:
    return Problem(file=code.file, line=function.line, message=message)


def _problem(message: str, *, hint: str = "") -> Problem:
    return Problem(file=MANIFEST, line=0, message=message, hint=hint)
