"""Values of names, of their attributes and of what is in them under a key. Operators and literals: `expressions`."""

import ast
import builtins

from ringfence.programs.python import folding, names
from ringfence.programs.python.scope import Project, Scope
from ringfence.programs.python.values import HOLE, NOTHING, UNKNOWN, Value, constant, text_of, union
from ringfence.programs.seen import EMPTY, Seen
from ringfence.programs.words import CI_NAMES, IDENTITY_NAMES, SECRET_NAMES

_BUILTINS = frozenset(dir(builtins)) | {"execfile", "unicode", "raw_input", "__builtins__"}
_ALIASES = {
    "builtins": "",
    "__builtin__": "",
    "__builtins__": "",
    "posixpath": "os.path",
    "ntpath": "os.path",
    "posix": "os",
    "nt": "os",
    "urllib2": "urllib.request",
    "cPickle": "pickle",
    "_pickle": "pickle",
    "httplib": "http.client",
}
_MOST_TURNS = 20_000
_SAME = frozenset("text content body data value name stdout stderr decode strip headers args".split())


class References:
    """Follows names in a scope; notes what it sees on the way."""

    def __init__(self, project: Project, module: str, path: str) -> None:
        self.project = project
        self.module = module
        self.path = path
        self.scope = Scope()
        self.seen = dict[tuple[object, ...], Seen]()
        self.guards: frozenset[str] = EMPTY
        self.turns = _MOST_TURNS
        self.forever = False  # in a loop without an end
        self.line = 0  # of the text that is read as code, where that is not the file

    def note(
        self, kind: str, node: ast.AST, *, labels: frozenset[str] = EMPTY, detail: str = "", name: str = ""
    ) -> None:
        """Keep what was seen; twice at one line is once."""
        line = self.line or getattr(node, "lineno", 0)
        one = Seen(kind, self.path, line, self.scope.where, labels, self.guards, detail[:2000], name)
        key = (kind, line, name)
        old = self.seen.get(key)
        if old is not None:
            one = one._replace(
                labels=one.labels | old.labels, guards=one.guards | old.guards, detail=one.detail or old.detail
            )
        self.seen[key] = one

    def value(self, node: ast.AST | None) -> Value:
        """The value of an expression."""
        if node is None:
            return NOTHING
        method = getattr(self, "_" + type(node).__name__.lower(), None)
        if method is None:
            return self._parts(node)
        found: Value = method(node)
        return found

    def _parts(self, node: ast.AST) -> Value:
        """Of a node that nothing is known of: the labels of all that is in it."""
        return Value(
            labels=union(*(self.value(one) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)))
        )

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, str | bytes | int | float | None):
            return Value(const=node.value, text=text_of(node.value))
        return NOTHING

    def _name(self, node: ast.Name) -> Value:
        found = self.scope.get(node.id)
        if found is not None:
            return found
        known = self.project.globals.get((self.module, node.id))
        if known is not None:
            return known
        if node.id in _BUILTINS:
            return Value(ref=node.id if node.id != "__builtins__" else "builtins")
        return NOTHING

    def _attribute(self, node: ast.Attribute) -> Value:
        return self.attribute(self.value(node.value), node.attr, node)

    def attribute(self, base: Value, name: str, node: ast.AST) -> Value:
        """What an attribute of a value is."""
        if name in names.FRAMES and base.ref != "self":
            self.note("frames", node, name=name)
        if name == "__subclasses__":
            self.note("subclasses", node, labels=base.labels, name=name)
        if name in ("__globals__", "__builtins__") and not base.ref.startswith("~"):
            self.note("globals", node, name=name)
            return Value(ref="builtins" if name == "__builtins__" else "?globals", labels=base.labels)
        if name == "__dict__" and base.ref:
            return base
        if name == "rfile":  # of a handler of requests
            return Value(labels=frozenset(["network", "socket"]))
        if base.ref:
            return self._of_ref(base, name)
        labels = base.labels
        if "time" in labels and name in names.CALENDAR:
            labels = labels | {"calendar"}
        return Value(ref="." + name if not labels else "", labels=labels, text=base.text if name in _SAME else "")

    def _of_ref(self, base: Value, name: str) -> Value:
        if base.ref.startswith("~"):
            return self._of_own(base, name)
        head = base.ref
        dotted = f"{head}.{name}" if head else name
        first, _, rest = dotted.partition(".")
        if first in _ALIASES:
            alias = _ALIASES[first]
            dotted = f"{alias}.{rest}" if alias and rest else rest or alias
        if dotted == "os.environ" or dotted == "os.environb":
            return Value(ref="os.environ", labels=frozenset(["environ"]))
        labels = base.labels | (frozenset(["network"]) if dotted.startswith("flask.request.") else EMPTY)
        if "time" in labels and name in names.CALENDAR:
            labels = labels | {"calendar"}
        text = base.text if name in _SAME else ""
        if head == "pathlib.Path()" and name in ("parent", "parents"):
            return Value(ref="pathlib.Path()", labels=labels, text=HOLE)
        return Value(ref=dotted, labels=labels, text=text, items=base.items if "()" in head else ())

    def _of_own(self, base: Value, name: str) -> Value:
        """An attribute of a module, class or object of the plugin."""
        owner = base.ref[1:].removesuffix("()")
        known = self.project.globals.get((owner, name))
        if known is not None:
            return known._replace(labels=known.labels | base.labels) if base.labels else known
        held = self.project.attributes.get((owner, name))
        if held is not None:
            return held
        method = self.project.method(owner, name)
        return Value(ref="~" + method if method else f"~{owner}.{name}", labels=base.labels)

    def _subscript(self, node: ast.Subscript) -> Value:
        base = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            return self._sliced(base, node.slice)
        key = self.value(node.slice)
        if base.ref == "os.environ":
            return self.variable(key, node)
        if base.ref in ("sys.modules", "?globals", "globals()", "builtins", "locals()", "vars()") and isinstance(
            key.const, str
        ):
            return self.named(base, key, node)
        if base.items and isinstance(key.const, int) and -len(base.items) <= key.const < len(base.items):
            return base.items[key.const]
        if base.known and key.known:
            found = folding.part(base.const, key.const)
            if found is not UNKNOWN:
                return constant(found, base.labels)
        entry = self.project.entries.get((base.ref, key.const)) if isinstance(key.const, str) and base.ref else None
        if entry is not None:
            return entry
        if base.ref and not base.ref.startswith(("~", "?")) and isinstance(key.const, str):
            found = self.attribute(base, key.const, node)
            self.hidden(found, key, node)
            return found
        return Value(labels=base.labels | (key.labels & {"argument"}), text=base.text if len(base.items) else "")

    def named(self, base: Value, key: Value, node: ast.AST) -> Value:
        """What stands in a namespace under a name, which may have been put together."""
        name = str(key.const)
        if base.ref == "sys.modules":
            found = self.module_of(name)
        elif base.ref in ("globals()", "locals()", "vars()", "?globals"):
            found = self.scope.get(name) or self.project.globals.get((self.module, name)) or NOTHING
            if not found.ref and name in ("__builtins__", "builtins"):
                found = Value(ref="builtins")
            elif not found.ref and name in _BUILTINS:
                found = Value(ref=name)
        else:
            found = self.attribute(base, name, node)
        self.hidden(found, key, node)
        return found

    def hidden(self, found: Value, key: Value, node: ast.AST) -> None:
        """Note a dangerous name that was put together so that it is not read in the source."""
        if not key.labels & {"decoded", "joined"}:
            return
        if names.kind_of(found.ref) in (names.EXEC, names.PROCESS, names.UNPICKLE, names.NET, names.NATIVE) or (
            found.ref in names.DANGEROUS_MODULES or found.ref in ("compile", "__import__", "open", "builtins")
        ):
            self.note("hidden-name", node, labels=key.labels, detail=found.ref, name=found.ref)

    def module_of(self, name: str) -> Value:
        """A module by its dotted name."""
        if name in self.project.modules:
            return Value(ref="~" + name)
        first, _, rest = name.partition(".")
        alias = _ALIASES.get(first)
        return Value(ref=name if not alias else f"{alias}.{rest}" if rest else alias)

    def variable(self, key: Value, node: ast.AST) -> Value:
        """One variable of the environment."""
        listed = key.text.split("\n") if not key.known and "\n" in key.text else []
        if listed:
            found = [self.variable(Value(const=one, text=one), node) for one in listed[:50]]
            return Value(labels=union(*found))
        name = key.const if isinstance(key.const, str) else ""
        if name in ("HOME", "USERPROFILE", "HOMEPATH"):
            return Value(text="~")
        if name in ("APPDATA", "LOCALAPPDATA"):
            return Value(text="~/AppData")
        if name in CI_NAMES:
            return Value(labels=frozenset(["ci"]))
        if name in IDENTITY_NAMES:
            return Value(
                labels=frozenset(["identity:host" if "HOST" in name or "COMPUTER" in name else "identity:user"])
            )
        if name and SECRET_NAMES.search(name):
            return Value(labels=frozenset(["key", "key:" + name.partition("_")[0]]))
        return Value(labels=frozenset(["environ-some"]) if not name else EMPTY)

    def _sliced(self, base: Value, node: ast.Slice) -> Value:
        parts = [self.value(one) for one in (node.lower, node.upper, node.step)]
        if base.known and all(
            one.known or source is None for one, source in zip(parts, (node.lower, node.upper, node.step), strict=True)
        ):
            bounds = [one.const if one.known else None for one in parts]
            found = folding.part(base.const, slice(*bounds))
            if found is not UNKNOWN:
                backwards = bounds[2] == -1 and isinstance(found, str | bytes) and len(found) > 3
                return constant(found, base.labels | (frozenset(["decoded", "joined"]) if backwards else EMPTY))
        backwards = parts[2].const == -1
        return Value(labels=base.labels | (frozenset(["reversed"]) if backwards else EMPTY), text=base.text, items=())
