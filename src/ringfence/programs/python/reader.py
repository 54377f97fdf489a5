"""Statements: the functions that they make, the conditions that guard them. The names that they bind are in `bindings`.

A project is read in rounds, until what its functions give each other no longer changes, three at the most.
"""

import ast
from collections.abc import Callable
from typing import NamedTuple

from ringfence.programs.python import names
from ringfence.programs.python.bindings import Bindings
from ringfence.programs.python.scope import Function, Project, Scope
from ringfence.programs.python.source import names_danger
from ringfence.programs.python.values import HOLE, NOTHING, UNKNOWN, Value, joined
from ringfence.programs.seen import EMPTY, INSTALL, MAIN, UNREAD, Seen
from ringfence.programs.words import SECRET_NAMES

ROUNDS = 3
_DEPTH = 4
_MAX_NESTED = 512 * 1024
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


class Module(NamedTuple):
    """One parsed file."""

    name: str
    path: str
    tree: ast.Module
    where: str


def read_project(
    modules: list[Module],
    entry: frozenset[str],
    rounds: int = ROUNDS,
    begin: Callable[[str], None] = lambda path: None,
) -> tuple[dict[str, list[Seen]], dict[str, set[str]], dict[str, str]]:
    """What is seen in each file, by its path; which modules each module imports; and which files could not be followed.

    `begin` hears of each file before it is read.
    """
    project = Project({one.name: one.path for one in modules}, entry)
    found, failed = dict[str, list[Seen]](), dict[str, str]()
    for _ in range(rounds):
        project.changed = False
        for module in modules:
            begin(module.path)
            try:
                found[module.path] = Reader(project, module).read()
            except Exception as error:  # one file that cannot be followed does not hide the others
                failed[module.path] = f"{type(error).__name__}: {error}"[:200]
        guarded = [one.settle() for one in project.functions.values()]
        if not (project.changed or any(guarded)):
            break
    return found, project.imports, failed


class Reader(Bindings):
    """Reads one module."""

    def __init__(self, project: Project, module: Module) -> None:
        super().__init__(project, module.name, module.path)
        self._module = module
        self._waiting = list[Function]()

    def read(self) -> list[Seen]:
        """The module's own code, then that of its functions."""
        self.scope = Scope(where=self._module.where)
        top = self.scope
        self._body(self._module.tree.body)
        for name, value in top.names.items():
            self.project.globals[self.module, name] = value
        done = 0
        while done < len(self._waiting):
            self._function(self._waiting[done])
            done += 1
        for name in top.names:
            self.project.globals[self.module, name] = top.names[name]
        return list(self.seen.values())

    def nested(self, code: str | bytes, node: ast.AST) -> None:
        """Read code that is run from a text, as if it stood here. What could run and cannot be read is said."""
        tree, why = _tree(code, self._depth)
        if tree is None:
            if why:
                self.note(UNREAD, node, detail=why)
            return
        before, self.line = self.line, self.line or getattr(node, "lineno", 0)
        self._depth += 1
        self._body(tree.body)
        self._depth -= 1
        self.line = before

    _depth = 0

    def _function(self, function: Function) -> None:
        """The code of a function, with what it was called with so far."""
        self.scope = Scope(function.outer, function.name)
        self.scope.owner = function.owner
        self.guards = EMPTY if function.name in self.project.entry else function.guards
        arguments = function.node.args
        plain = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        defaults = dict(
            zip(
                [one.arg for one in (*arguments.posonlyargs, *arguments.args)][::-1],
                arguments.defaults[::-1],
                strict=False,
            )
        )
        defaults |= {
            one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value
        }
        is_entry = function.name in self.project.entry
        for at, one in enumerate(plain):
            value = function.given.get(one.arg, NOTHING)
            if one.arg in defaults:
                value = (
                    joined(self.value(defaults[one.arg]), value) if value != NOTHING else self.value(defaults[one.arg])
                )
                value = value._replace(const=UNKNOWN)
            if at == 0 and function.owner and one.arg in ("self", "cls"):
                value = Value(ref=f"~{function.owner}()")
            elif is_entry:
                value = Value(text=HOLE, labels=value.labels | {"argument"})
            self.scope.put(one.arg, value if value.text or value.ref or value.items else value._replace(text=HOLE))
        for extra in (arguments.vararg, arguments.kwarg):
            if extra is not None:
                value = function.given.get(extra.arg, NOTHING)
                self.scope.put(extra.arg, value.labelled("argument") if is_entry else value)
        self._body(function.node.body)
        self._returned(function)

    def _returned(self, function: Function) -> None:
        result = NOTHING
        for one in self.scope.returned:
            result = joined(result, one) if result != NOTHING else one
        if len(self.scope.returned) > 1:
            result = result._replace(const=UNKNOWN)
        if function.name in self.project.entry:
            result = result._replace(labels=result.labels - {"argument"})
        if (
            result.labels - function.result.labels
            or (result.ref and not function.result.ref)
            or (result.text and not function.result.text)
        ):
            self.project.changed = True
        function.result = result._replace(labels=result.labels | function.result.labels)

    # -- blocks

    def _body(self, body: list[ast.stmt]) -> None:
        """Statements in turn; what follows an early way out is guarded by its condition."""
        before = self.guards
        for one in body:
            self._statement(one)
            if (isinstance(one, ast.If) and not one.orelse and one.body and isinstance(one.body[-1], _ENDS)) or (
                isinstance(one, ast.If) and one.body and self._exits(one.body[-1])
            ):
                self.guards = self.guards | self.guards_of(one.test)
        self.guards = before

    def _exits(self, node: ast.stmt) -> bool:
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
            return False
        return self.value(node.value.func).ref in ("sys.exit", "exit", "quit", "os._exit")

    def _statement(self, node: ast.stmt) -> None:
        method = getattr(self, "_do_" + type(node).__name__.lower(), None)
        if method is not None:
            method(node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)

    def _do_expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.value(node.value)

    def _do_return(self, node: ast.Return) -> None:
        found = self.value(node.value)
        self.scope.returned.append(found)
        if self.scope.where.endswith((".__reduce__", ".__reduce_ex__")) and found.items:
            called = names.kind_of(found.items[0].ref)
            if called in (names.EXEC, names.PROCESS):
                self.note("reduced", node, name=found.items[0].ref)

    # -- functions and classes

    def _do_functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        prefix = self.scope.where if self.scope.where.startswith(self.module + ".") else self.module
        name = (
            f"{prefix}.{node.name}"
            if not self.scope.owner or self.scope.where != "import"
            else f"{self.scope.owner}.{node.name}"
        )
        self._define(node, name, owner="")

    _do_asyncfunctiondef = _do_functiondef

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, owner: str) -> None:
        known = self.project.functions.get(name)
        if known is None or known.node is not node:
            known = Function(node, name, self.module, owner)
            self.project.functions[name] = known
        known.outer = self.scope
        self._waiting.append(known)
        for one in node.decorator_list:
            self._decorated(one, name)
        if not owner:
            self.bind_name(node.name, Value(ref="~" + name))

    def _decorated(self, node: ast.expr, name: str) -> None:
        """A decorator calls what it is given with a function."""
        found = self.value(node)
        if found.ref == "atexit.register":
            self.note("at-exit", node, name=name)

    def _do_classdef(self, node: ast.ClassDef) -> None:
        prefix = self.scope.where if self.scope.where.startswith(self.module + ".") else self.module
        name = f"{prefix}.{node.name}"
        bases = [self.value(one).ref.removeprefix("~") for one in node.bases]
        self.project.classes[name] = [one for one in bases if one]
        outer = self.scope
        self.bind_name(node.name, Value(ref="~" + name))
        self.scope = outer.inner(outer.where)
        installs = any(one.startswith(_BUILDERS) and one.rpartition(".")[2] in _INSTALLERS for one in bases)
        for one in node.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                self._define(one, f"{name}.{one.name}", owner=name)
                if installs:
                    self.project.functions[f"{name}.{one.name}"].outer = self.scope
                    self.note("install-class", one, name=name)
            else:
                self._statement(one)
        for word, value in self.scope.names.items():
            self.project.hold(name, word, value)
        inner = self.scope
        self.scope = outer
        for one in node.body:  # methods see the module, not the body of their class
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                self.project.functions[f"{name}.{one.name}"].outer = outer
        inner.names.clear()

    # -- conditions and loops

    def _do_if(self, node: ast.If) -> None:
        self.value(node.test)
        guards = self.guards_of(node.test)
        before, where = self.guards, self.scope.where
        if _is_main(node.test) and where in ("import", INSTALL):
            self.scope.where = MAIN if where == "import" else where
        self.guards = before | guards
        hidden = self._chosen(node.test)
        self._body(node.body)
        for name, value in hidden.items():
            self.scope.put(name, value)
        self.scope.where = where
        self._body(node.orelse)
        self.guards = before

    def _chosen(self, test: ast.expr) -> dict[str, Value]:
        """In the body of a test of single variables of the environment, they are no longer the whole of it."""
        used = {one.id for one in ast.walk(test) if isinstance(one, ast.Name)}
        held = {
            name: self.scope.names[name]
            for name in used
            if name in self.scope.names and "environ" in self.scope.names[name].labels
        }
        if not held:
            return {}
        said = " ".join(str(one.value) for one in ast.walk(test) if isinstance(one, ast.Constant))
        if SECRET_NAMES.search(said):
            return {}
        before = dict(self.scope.names)
        for name, value in before.items():
            if "environ" in value.labels and value.ref != "os.environ":
                self.scope.put(name, value._replace(labels=value.labels - {"environ"}))
        return {name: before[name] for name in held}

    def _do_while(self, node: ast.While) -> None:
        self.value(node.test)
        before = self.guards
        self.guards = self.guards | (self.guards_of(node.test) - {"calendar"})
        forever, self.forever = self.forever, isinstance(node.test, ast.Constant) and bool(node.test.value)
        self._repeat(node.body)
        self.forever = forever
        self.guards = before
        self._body(node.orelse)

    def _do_for(self, node: ast.For | ast.AsyncFor) -> None:
        self.bind(node.target, self.element(self.value(node.iter)))
        self._repeat(node.body)
        self._body(node.orelse)

    _do_asyncfor = _do_for

    def _repeat(self, body: list[ast.stmt]) -> None:
        """The body of a loop, twice where the second turn can know more than the first."""
        self._loops += 1
        before = {name: value.labels for name, value in self.scope.names.items()}
        self._body(body)
        if self._loops == 1 and any(
            value.labels - before.get(name, EMPTY) for name, value in self.scope.names.items() if name in before
        ):
            self._body(body)
        self._loops -= 1

    def _do_with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            found = self.value(item.context_expr)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, found)
        self._body(node.body)

    _do_asyncwith = _do_with

    def _do_try(self, node: ast.Try) -> None:
        self._body(node.body)
        for handler in node.handlers:
            if handler.name:
                self.bind_name(handler.name, NOTHING)
            self._body(handler.body)
        self._body(node.orelse)
        self._body(node.finalbody)

    _do_trystar = _do_try

    def _do_match(self, node: ast.Match) -> None:
        found = self.value(node.subject)
        for case in node.cases:
            for one in ast.walk(case.pattern):
                name = getattr(one, "name", None)
                if isinstance(name, str):
                    self.bind_name(name, Value(labels=found.labels))
            self._body(case.body)

    def _do_delete(self, node: ast.Delete) -> None:
        """What is deleted is not used by that."""


def _is_main(test: ast.expr) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(test))


_INSTALLERS = frozenset("install develop build_py egg_info build_ext sdist bdist_egg build Command bdist_wheel".split())
_BUILDERS = ("setuptools", "distutils", "wheel", "pkg_resources")


def _tree(code: str | bytes, depth: int) -> tuple[ast.Module | None, str]:
    """The tree of code in a text, or why there is none; "" where nothing is lost by that."""
    if depth >= _DEPTH:
        return None, f"code that is run stands in code more than {_DEPTH} times over"
    if len(code) > _MAX_NESTED:
        return None, f"a text of more than {_MAX_NESTED >> 10} KiB is run as code"
    try:
        return ast.parse(code), ""
    except SyntaxError as error:
        is_old = "Missing parentheses in call" in str(error)  # of Python 2, which nobody here runs
        data = code if isinstance(code, bytes) else code.encode("utf-8", "replace")
        is_dangerous = not is_old and names_danger(data)
        return None, f"a text that cannot be read is run as code: {error.msg}" if is_dangerous else ""
    except ValueError:
        return None, ""  # it holds NUL, and no Python runs that
    except (RecursionError, MemoryError):
        return None, "a text that is nested too deeply is run as code"
