"""Names and what they stand for, function by function; and what the files of one plugin know of each other."""

import ast

from ringfence.programs.python.values import NOTHING, Value, joined
from ringfence.programs.seen import EMPTY, IMPORT


class Scope:
    """The names of one function, inside of another. `where` says whose code it is."""

    def __init__(self, outer: "Scope | None" = None, where: str = IMPORT) -> None:
        self.outer = outer
        self.where = where
        self.names = dict[str, Value]()
        self.returned = list[Value]()
        self.globals = set[str]()
        self.owner = ""

    def inner(self, where: str) -> "Scope":
        """A scope inside of this one. What it returns is its own."""
        made = Scope(self, where)
        made.owner = self.owner
        return made

    def get(self, name: str) -> Value | None:
        """What a name stands for, from here outwards."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.outer
        return None

    def put(self, name: str, value: Value) -> None:
        """Let a name stand for a value."""
        self.names[name] = value

    def relabel(self, old: Value, labels: frozenset[str]) -> None:
        """Give more labels to every name that stands for exactly this value."""
        scope: Scope | None = self
        while scope is not None:
            for name, value in list(scope.names.items()):
                if is_same(value, old):
                    scope.names[name] = value._replace(labels=value.labels | labels)
            scope = scope.outer


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are one, as far as that is known."""
    return one is other or (one.text == other.text and bool(one.text.strip("\0/.")) and one.ref == other.ref)


class Function:
    """A function of the plugin: its node, where it stands, what it was called with, what it gives."""

    def __init__(self, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, module: str, owner: str) -> None:
        self.node = node
        self.name = name
        self.module = module
        self.owner = owner
        self.outer: Scope | None = None
        self.given = dict[str, Value]()
        self.result = NOTHING
        #: What guards every call of it: as the last reading found, and as this one finds.
        self.guards: frozenset[str] = EMPTY
        self._guards: frozenset[str] | None = None

    def guard(self, guards: frozenset[str]) -> None:
        """Note the conditions of one more call."""
        self._guards = guards if self._guards is None else self._guards & guards

    def settle(self) -> bool:
        """Keep the guards that a whole reading found; whether they are others than before."""
        before, self.guards, self._guards = self.guards, self._guards or EMPTY, None
        return before != self.guards

    def give(self, name: str, value: Value) -> bool:
        """Note an argument; whether that says more than was known."""
        old = self.given.get(name)
        new = value if old is None else joined(old, value)
        self.given[name] = new
        return old is None or new.labels != old.labels or new.ref != old.ref


class Project:
    """All modules of one plugin. `entry` are the methods that callers may call, as `module.Class.method`."""

    def __init__(self, modules: dict[str, str], entry: frozenset[str] = frozenset()) -> None:
        self.modules = modules
        self.entry = entry
        self.functions = dict[str, Function]()
        self.classes = dict[str, list[str]]()
        self.globals = dict[tuple[str, str], Value]()
        self.attributes = dict[tuple[str, str], Value]()
        self.entries = dict[tuple[str, object], Value]()
        self.lambdas = dict[tuple[str, int, int], ast.Lambda]()
        self.downloads = set[str]()
        self.imports = dict[str, set[str]]()
        self.changed = False

    def method(self, owner: str, name: str) -> str:
        """The function that a method of a class of the plugin is, its bases looked at too; "" where there is none."""
        for _ in range(8):
            if f"{owner}.{name}" in self.functions:
                return f"{owner}.{name}"
            bases = self.classes.get(owner)
            if not bases:
                return ""
            owner = bases[0]
        return ""

    def relabel(self, old: Value, labels: frozenset[str]) -> None:
        """Give more labels to every attribute that holds exactly this value."""
        for key, value in list(self.attributes.items()):
            if is_same(value, old) and labels - value.labels:
                self.attributes[key] = value._replace(labels=value.labels | labels)
                self.changed = True

    def hold(self, owner: str, name: str, value: Value) -> None:
        """Note what an attribute of an object or class holds."""
        old = self.attributes.get((owner, name))
        new = value if old is None else joined(old, value)
        if old is None or new.labels - old.labels:
            self.changed = True
        self.attributes[owner, name] = new
