"""Everything that is wrong with a plugin: manifest, schemas, tree, and what its code does not have.

One fault hides no other: schemas are judged and code is read as far as the manifest can be understood.
Nothing of the plugin is imported or run; its code is parsed in a bounded child (`source`), its schemas are
judged in a worker (`validator`).
"""

import sys
from collections.abc import Iterator
from pathlib import Path as FilePath

from ringfence.errors import InvalidPlugin
from ringfence.plugins.keywords import unknown_keywords
from ringfence.plugins.manifest import MANIFEST, OFFERED, Draft, Manifest, Method, draft
from ringfence.plugins.problem import Problem, Weight
from ringfence.plugins.schemas import shape_faults
from ringfence.plugins.signature import constructor_problems, signature_problems
from ringfence.plugins.source import ClassCode, CodeProblem, read_class
from ringfence.plugins.tree import hash_tree
from ringfence.plugins.validator import SchemaValidator
from ringfence.strictjson import pointer
from ringfence.tomltext import Path


def check(plugin_dir: FilePath) -> list[Problem]:
    """All problems, errors and warnings, by file and line. Raises nothing for what a plugin can do wrong."""
    found = draft(plugin_dir)
    problems = [*found.problems, *_tree(plugin_dir)]
    if found.manifest is not None:
        problems += _license(found, found.manifest)
        problems += _schemas(found, found.manifest)
        problems += _code(plugin_dir, found, found.manifest)
    return sorted(problems, key=lambda problem: (problem.file != MANIFEST, problem.file, problem.line))


def _tree(plugin_dir: FilePath) -> Iterator[Problem]:
    try:
        hash_tree(plugin_dir)
    except InvalidPlugin as error:
        yield Problem(file=".", line=0, message=error.message, hint=error.hint)


def _license(found: Draft, manifest: Manifest) -> Iterator[Problem]:
    """Whether SPDX knows the names in a licence that has the right form."""
    from ringfence.plugins.spdx import is_expression

    if not is_expression(manifest.license):
        return
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonicalize_license_expression(manifest.license)
    except InvalidLicenseExpression as error:
        file, line = found.place(("license",))
        yield Problem(file=file, line=line, severity=Weight.WARNING, message=f"license: {str(error)[:200]}")


def _schemas(found: Draft, manifest: Manifest) -> Iterator[Problem]:
    with SchemaValidator() as validator:
        for method in manifest.methods.values():
            for kind, schema in (("arguments", method.arguments), ("result", method.result)):
                if any(shape_faults(schema)):
                    continue  # the manifest's own problems say so already
                yield from _schema(validator, found, method, kind)


def _schema(validator: SchemaValidator, found: Draft, method: Method, kind: str) -> Iterator[Problem]:
    schema = method.arguments if kind == "arguments" else method.result
    where = ("methods", method.name, kind)
    try:
        violations = validator.check_schema(schema)
    except InvalidPlugin as error:
        file, line = found.place(where)
        yield Problem(file=file, line=line, message=f"{'.'.join(where)}: {error.message}", hint=error.hint)
        return
    for violation in violations:
        file, line = found.place((*where, *_steps(violation.pointer)))
        yield Problem(file=file, line=line, message=f"{'.'.join(where)}: {violation}")
    for path, message, hint in unknown_keywords(schema):
        file, line = found.place((*where, *path))
        said = f"{'.'.join(where)}: {pointer(path[:-1]) or 'at the top'}: {message}"
        yield Problem(file=file, line=line, severity=Weight.WARNING, message=said, hint=hint)


def _steps(place: str) -> Path:
    """The parts of a JSON pointer (RFC 6901)."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in place.split("/")[1:])


def _code(plugin_dir: FilePath, found: Draft, manifest: Manifest) -> Iterator[Problem]:
    module = manifest.entry.module
    if not found.entry_is_sound:
        return
    if module.partition(".")[0] in sys.stdlib_module_names:
        file, line = found.place(("entry", "module"))
        message = f"{module!r} is a module of the standard library, which would be found first"
        yield Problem(file=file, line=line, message=message, hint="name the module otherwise")
    try:
        code = read_class(plugin_dir, module, manifest.entry.class_name)
    except CodeProblem as error:
        file, line = (error.file, error.line) if error.file else found.place(("entry", "module"))
        yield Problem(file=file, line=line, column=error.column, message=error.sentence)
        return
    except InvalidPlugin as error:
        file, line = found.place(("entry", "module"))
        yield Problem(file=file, line=line, message=error.message, hint=error.hint)
        return
    yield from constructor_problems(code)
    yield from _methods(code, manifest)


def _methods(code: ClassCode, manifest: Manifest) -> Iterator[Problem]:
    for method in manifest.methods.values():
        function = code.functions.get(method.name)
        if function is not None:
            yield from signature_problems(code, method, function)
        elif method.name not in code.attributes:
            yield _missing(code, manifest, method)
    public = {name for name in code.functions if not name.startswith("_") and name not in OFFERED}
    for name in sorted(public - set(manifest.methods)):
        message = f"{name} is public but not in the manifest, so nobody can call it"
        yield Problem(file=code.file, line=code.functions[name].line, severity=Weight.WARNING, message=message)


def _missing(code: ClassCode, manifest: Manifest, method: Method) -> Problem:
    message = f"class {manifest.entry.class_name} has no {method.name}"
    if not code.foreign_bases:
        return Problem(file=code.file, line=code.line, message=message)
    base = code.foreign_bases[0]
    message = f"{message} of its own; whether {base} has, is not known without running it"
    return Problem(file=code.file, line=code.line, severity=Weight.WARNING, message=message)
