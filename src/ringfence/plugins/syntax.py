"""What one Python file says about a class, read off its syntax tree.

`facts` is pure. `main` is the child process that `source` starts: hostile code can make a parser use any
amount of memory, time or stack, so parsing happens where that hurts nobody. Nothing is ever executed.
"""

import ast
import json
import resource
import sys

from ringfence.plugins.hints import NOT_LITERAL, Hints, TooManyHints, literal

MEMORY_BYTES = 512 << 20
CPU_SECONDS = 5
MAX_SOURCE = 1 << 20
MAX_ANSWER = 8 << 20

_TOO_MUCH = json.dumps({"error": [1, 0, "its type hints describe too much"]})

Facts = dict[str, object]


def facts(source: bytes, class_name: str) -> Facts:
    """`error` (line, column, message) or: `found`, `line`, `bases`, `functions`, `attributes`, `imports`, `classes`."""
    try:
        module = ast.parse(source)
    except SyntaxError as error:
        return {"error": [error.lineno or 1, error.offset or 0, f"not Python: {error.msg}"]}
    except ValueError as error:
        return {"error": [1, 0, f"not Python: {error}"]}
    classes = {node.name: node for node in module.body if isinstance(node, ast.ClassDef)}
    found = classes.get(class_name)
    said: Facts = {
        "found": found is not None,
        "imports": _imports(module),
        "classes": sorted(classes),
    }
    return said if found is None else said | _class(found, classes, module)


def _class(node: ast.ClassDef, classes: dict[str, ast.ClassDef], module: ast.Module) -> Facts:
    functions: dict[str, Facts] = {}
    attributes: set[str] = set()
    foreign: list[str] = []
    for part in _lineage(node, classes, foreign):
        for line in part.body:
            if isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.setdefault(line.name, _function(line, module))
            else:
                attributes |= _assigned(line)
    return {
        "line": node.lineno,
        "bases": foreign,
        "functions": functions,
        "attributes": sorted(attributes),
    }


def _lineage(node: ast.ClassDef, classes: dict[str, ast.ClassDef], foreign: list[str]) -> list[ast.ClassDef]:
    """The class and its bases in the same file, nearest first; names of others go into `foreign`."""
    found = [node]
    for part in found:
        for base in part.bases:
            name = base.id if isinstance(base, ast.Name) else ast.unparse(base)[:100]
            if name in classes and classes[name] not in found:
                found.append(classes[name])
            elif name not in classes and name != "object":
                foreign.append(name)
    return found


def _assigned(line: ast.stmt) -> set[str]:
    targets: list[ast.expr] = []
    if isinstance(line, ast.Assign):
        targets = line.targets
    elif isinstance(line, ast.AnnAssign):
        targets = [line.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, module: ast.Module) -> Facts:
    marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
    given = node.args
    positional = given.posonlyargs + given.args
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(given.defaults))
    pairs = list(zip(positional, [*defaults, *given.defaults], strict=True))
    if "staticmethod" not in marks:
        pairs = pairs[1:]
    return {
        "line": node.lineno,
        "summary": (ast.get_docstring(node) or "").strip().split("\n")[0][:500],
        "parameters": [
            _parameter(each, default, module)
            for each, default in [*pairs, *zip(given.kwonlyargs, given.kw_defaults, strict=True)]
        ],
        "positional_only": [each.arg for each in given.posonlyargs if each.arg not in ("self", "cls")],
        "takes_any": given.kwarg is not None,
        "result": _hinted(node.returns, module),
    }


def _parameter(node: ast.arg, default: ast.expr | None, module: ast.Module) -> Facts:
    value = NOT_LITERAL if default is None else literal(default)
    return {
        "name": node.arg,
        "required": default is None,
        "default": [] if value is NOT_LITERAL else [value],
        "type": _hinted(node.annotation, module),
    }


def _hinted(hint: ast.expr | None, module: ast.Module) -> Facts:
    hints = Hints(module)
    schema = hints.schema(hint)
    return {"schema": schema, "notes": hints.notes}


def _imports(module: ast.Module) -> dict[str, list[object]]:
    """name: [module, original name, level] of every `from … import …` at the top."""
    found: dict[str, list[object]] = {}
    for node in module.body:
        if isinstance(node, ast.ImportFrom):
            for each in node.names:
                found[each.asname or each.name] = [node.module or "", each.name, node.level]
    return found


def main() -> None:
    """Read a file's source from standard input, print its facts as JSON. argv: (program's), class name."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
    ):
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    source = sys.stdin.buffer.read(MAX_SOURCE + 1)
    try:
        said = facts(source, sys.argv[-1])
        text = json.dumps(said, allow_nan=False)
    except (RecursionError, MemoryError, ValueError):
        text = json.dumps({"error": [1, 0, "too deeply nested to be read"]})
    except TooManyHints:
        text = _TOO_MUCH
    if len(text) > MAX_ANSWER:
        text = _TOO_MUCH
    sys.stdout.write(text)
