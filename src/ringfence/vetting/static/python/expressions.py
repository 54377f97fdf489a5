"""Values of expressions: one method a kind of node. What is called stands in `calls`."""

import ast
import builtins
from collections.abc import Callable, Iterable
from typing import Any

from ringfence.vetting.static.python import folding, names
from ringfence.vetting.static.python.scope import Project, Scope
from ringfence.vetting.static.python.values import (
    HOLE,
    MAX_TEXT,
    NOTHING,
    UNKNOWN,
    Value,
    constant,
    text_of,
    union,
    written,
)
from ringfence.vetting.static.seen import EMPTY, Seen
from ringfence.vetting.static.words import CI_NAMES, IDENTITY_NAMES, PROBES, SECRET_NAMES

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
_MOST_ITEMS = 64
_MOST_TURNS = 20_000


class Expressions:
    """Evaluates expressions in a scope; notes what it sees on the way."""

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

    def _binop(self, node: ast.BinOp) -> Value:
        """Left-leaning chains are as long as an author likes, so they are walked and not recursed into."""
        chain = list[ast.BinOp]()
        left: ast.expr = node
        while isinstance(left, ast.BinOp):
            chain.append(left)
            left = left.left
        found = self.value(left)
        for one in reversed(chain):
            found = self.operated(type(one.op).__name__, found, self.value(one.right))
        return found

    def operated(self, operator: str, left: Value, right: Value) -> Value:
        """The result of an operator."""
        labels = left.labels | right.labels
        if operator == "BitXor":
            labels = labels | ({"decoded", "xor", "literal"} if left.known or right.known else {"decoded", "xor"})
        if operator == "Sub" and "time" in labels and "date" not in labels:
            labels = (labels - {"time"}) | {"elapsed"}
        if left.known and right.known:
            found = folding.binary(operator, left.const, right.const)
            if found is not UNKNOWN:
                if operator == "Add" and isinstance(found, str | bytes):
                    labels = labels | {"joined"}
                return Value(ref=left.ref if operator == "Div" else "", const=found, text=text_of(found), labels=labels)
        if operator == "Div":
            ref = left.ref if left.ref == "pathlib.Path()" else "pathlib.Path()"
            return Value(ref=ref, text=_path(written(left), written(right)), labels=labels)
        if operator in ("Add", "Mod"):
            items = left.items + right.items if operator == "Add" and (left.items or right.items) else ()
            text = written(left) + (written(right) if operator == "Add" else "\n" + right.text)
            return Value(
                text=text[:MAX_TEXT] if text.strip(HOLE + "\n") else HOLE, labels=labels, items=items[:_MOST_ITEMS]
            )
        return Value(labels=labels)

    def _joinedstr(self, node: ast.JoinedStr) -> Value:
        parts = [self.value(one.value if isinstance(one, ast.FormattedValue) else one) for one in node.values]
        if all(one.known for one in parts):
            return constant("".join(text_of(one.const) for one in parts), union(*parts))
        return Value(text="".join(written(one) for one in parts)[:MAX_TEXT], labels=union(*parts))

    def _formattedvalue(self, node: ast.FormattedValue) -> Value:
        return self.value(node.value)

    def _list(self, node: ast.List | ast.Tuple | ast.Set) -> Value:
        if len(node.elts) > _MOST_ITEMS and all(isinstance(one, ast.Constant) for one in node.elts):
            known = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            return constant(known) if all(isinstance(one, str | bytes | int | float) for one in known) else NOTHING
        items = [self.value(one) for one in node.elts]
        labels = union(*items)
        text = "\n".join(one.text for one in items[:200] if one.text)[:MAX_TEXT]
        if items and all(one.known for one in items):
            return Value(const=[one.const for one in items], text=text, labels=labels, items=tuple(items[:_MOST_ITEMS]))
        return Value(const=[] if not items else UNKNOWN, text=text, labels=labels, items=tuple(items[:_MOST_ITEMS]))

    _tuple = _list
    _set = _list

    def _dict(self, node: ast.Dict) -> Value:
        found, texts = list[Value](), list[str]()
        ref = f"?dict{node.lineno}:{node.col_offset}"
        for key, value in zip(node.keys, node.values, strict=True):
            one = self.value(value)
            name = self.value(key)
            if isinstance(name.const, str) and len(node.keys) <= 200:
                self.project.entries[self.path + ref, name.const] = one
            found += [one, name]
            texts += [name.text, one.text]
        return Value(ref=self.path + ref, labels=union(*found), text="\n".join(filter(None, texts[:400]))[:MAX_TEXT])

    def _starred(self, node: ast.Starred) -> Value:
        return self.value(node.value)

    def _await(self, node: ast.Await) -> Value:
        return self.value(node.value)

    def _yield(self, node: ast.Yield) -> Value:
        found = self.value(node.value)
        self.scope.returned.append(found)
        return NOTHING

    _yieldfrom = _yield

    def _namedexpr(self, node: ast.NamedExpr) -> Value:
        found = self.value(node.value)
        self.scope.put(node.target.id, found)
        return found

    def _ifexp(self, node: ast.IfExp) -> Value:
        guards = self.guards_of(node.test)
        before, self.guards = self.guards, self.guards | guards
        one, other = self.value(node.body), self.value(node.orelse)
        self.guards = before
        main = one if one.ref or one.known or one.text else other
        return main._replace(labels=one.labels | other.labels, const=UNKNOWN if one.const != other.const else one.const)

    def _boolop(self, node: ast.BoolOp) -> Value:
        """`a or b` is one of them; `check and act()` does what it guards."""
        values, before = list[Value](), self.guards
        for one in node.values:
            values.append(self.value(one))
            if isinstance(node.op, ast.And):
                self.guards = self.guards | self.guards_of(one)
        self.guards = before
        asked = {"date": "asks-date", "identity": "asks-identity"}
        dated = frozenset(asked[one] for one in self.guards_of(node) if one in asked)
        main = next((one for one in values if one.ref or one.text or one.known), NOTHING)
        return main._replace(labels=union(*values) | dated, const=UNKNOWN)

    def _compare(self, node: ast.Compare) -> Value:
        values = [self.value(one) for one in (node.left, *node.comparators)]
        asked = {"date": "asks-date", "identity": "asks-identity", "probe": "probe", "ci": "ci"}
        found = {asked[one] for one in self._asked(node) if one in asked}
        return Value(labels=(union(*values) & {"argument"}) | found)

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        found = self.value(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(found.const, int | float):
            return constant(-found.const, found.labels)
        if isinstance(node.op, ast.Invert) and isinstance(found.const, int):
            return constant(~found.const, found.labels)
        return Value(labels=found.labels)

    def _lambda(self, node: ast.Lambda) -> Value:
        self.scope = self.scope.inner(self.scope.where)
        for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            self.scope.put(one.arg, Value(text=HOLE))
        found = self.value(node.body)
        outer = self.scope.outer
        assert outer is not None  # noqa: S101
        self.scope = outer
        self.project.lambdas[self.path, node.lineno, node.col_offset] = node
        return Value(ref=f"?lambda:{self.path}:{node.lineno}:{node.col_offset}", labels=found.labels)

    def _listcomp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
        return self._comprehended(node.generators, [node.elt])

    _setcomp = _listcomp
    _generatorexp = _listcomp

    def _dictcomp(self, node: ast.DictComp) -> Value:
        return self._comprehended(node.generators, [node.key, node.value])

    def _comprehended(self, generators: list[ast.comprehension], elements: list[ast.expr]) -> Value:
        self.scope = self.scope.inner(self.scope.where)
        try:
            return self._turned(generators, elements)
        finally:
            outer = self.scope.outer
            assert outer is not None  # noqa: S101
            self.scope = outer

    def _turned(self, generators: list[ast.comprehension], elements: list[ast.expr]) -> Value:
        first = generators[0]
        source = self.value(first.iter)
        const = source.const
        computed = isinstance(const, list | str | bytes) and len(generators) == 1 and len(elements) == 1
        if computed and isinstance(const, list | str | bytes) and 0 < len(const) <= self.turns:
            found = self._each(first, const, elements[0], source.labels)
            if found is not None:
                return found
        labels = source.labels
        for one in generators:
            iterated = self.value(one.iter)
            labels = labels | iterated.labels
            self.bind(one.target, self.element(iterated))
            for test in one.ifs:
                labels = self._filtered(labels, test)
                self.value(test)
        values = [self.value(one) for one in elements]
        inner = union(*values)
        if "environ" not in labels:
            inner = inner - {"environ"}
        return Value(labels=inner | (labels & {"walked", "walked-home", "argument"}), text=values[-1].text)

    def _filtered(self, labels: frozenset[str], test: ast.expr) -> frozenset[str]:
        """Of a whole environment of which only some is taken, only a taking of secrets stays worth a word."""
        if "environ" not in labels:
            return labels
        said = " ".join(str(one.value) for one in ast.walk(test) if isinstance(one, ast.Constant))
        return labels if SECRET_NAMES.search(said) else labels - {"environ"}

    def _each(
        self, turn: ast.comprehension, items: Iterable[object], element: ast.expr, labels: frozenset[str]
    ) -> Value | None:
        """A comprehension over a constant, computed; None where its elements are not."""
        made, inner = list[object](), labels
        for one in items:
            self.turns -= 1
            self.bind(turn.target, constant(one, labels))
            kept = [self.truth(test) for test in turn.ifs]
            if None in kept or self.turns < 0:
                return None
            if not all(kept):
                inner = inner | {"decoded"}
                continue
            found = self.value(element)
            if not found.known or self.turns < 0:
                return None
            made.append(found.const)
            inner = inner | found.labels
        if any(isinstance(one, str) and len(one) == 1 for one in made[:4]):
            numbers = any(isinstance(one, int) for one in list(items)[:4])
            inner = inner | ({"joined", "decoded"} if numbers else {"joined"})
        return constant(made, inner)

    def truth(self, test: ast.expr) -> bool | None:
        """Whether a comparison of constants holds; None where that is not known."""
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None
        left, right = self.value(test.left), self.value(test.comparators[0])
        if not (left.known and right.known):
            return None
        try:
            return _COMPARED[type(test.ops[0]).__name__](left.const, right.const)
        except (TypeError, KeyError):
            return None

    def element(self, source: Value) -> Value:
        """One of the things in a sequence, whichever."""
        if source.ref == "os.environ":
            return Value(labels=frozenset(["environ"]))
        const = source.const
        if isinstance(const, list) and len(const) > 3 and all(isinstance(one, int) for one in const):
            return Value(labels=source.labels | {"codes"})
        if source.items:
            refs = {one.ref for one in source.items}
            main = source.items[0]
            text = "\n".join(one.text for one in source.items if one.text)[:MAX_TEXT]
            return Value(
                ref=main.ref if len(refs) == 1 else "",
                text=text,
                labels=union(*source.items) | source.labels,
                items=main.items,
            )
        return Value(labels=source.labels, text=source.text)

    def bind(self, target: ast.AST, found: Value) -> None:
        """Give a name a value. `Reader` does it."""
        raise NotImplementedError

    def guards_of(self, test: ast.expr) -> frozenset[str]:
        """What a condition asks: the date, the machine, who is logged in."""
        found = set[str]()
        for node in ast.walk(test):
            if isinstance(node, ast.Compare):
                found |= self._asked(node)
            elif isinstance(node, ast.Call):
                found |= self.value(node).labels & {"probe", "asks-date", "asks-identity"}
            elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                found |= self.value(node).labels & {"probe", "ci", "asks-date", "asks-identity"}
        parts = {one.attr for one in ast.walk(test) if isinstance(one, ast.Attribute)}
        if "calendar" in found and {"month", "day"} <= parts:
            found.add("date")
        return frozenset({"asks-date": "date", "asks-identity": "identity"}.get(one, one) for one in found)

    def _asked(self, node: ast.Compare) -> set[str]:
        """What one comparison is about."""
        sides = [self.value(one) for one in (node.left, *node.comparators)]
        labels = union(*sides)
        found = set(labels & {"probe", "ci", "locale"})
        known = any(one.known or one.text.strip(HOLE) for one in sides)
        if any(one.startswith("identity") for one in labels) and known:
            found.add("identity")
        if "time" in labels and _is_dated(sides):
            found.add("date" if "calendar" not in labels or _is_year(sides) else "calendar")
        if any(PROBES.search(one.text) for one in sides if one.text):
            found.add("probe")
        return found


_SAME = frozenset("text content body data value name stdout stderr decode strip headers args".split())


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": lambda a, b: bool(a == b),
    "NotEq": lambda a, b: bool(a != b),
    "In": lambda a, b: a in b,
    "NotIn": lambda a, b: a not in b,
    "Lt": lambda a, b: bool(a < b),
    "Gt": lambda a, b: bool(a > b),
    "LtE": lambda a, b: bool(a <= b),
    "GtE": lambda a, b: bool(a >= b),
}


def _path(left: str, right: str) -> str:
    return (right if right.startswith("/") else left.rstrip("/") + "/" + right)[:MAX_TEXT]


def _is_dated(sides: list[Value]) -> bool:
    """Whether the other side of a time is a certain date."""
    for one in sides:
        if "date" in one.labels:
            return True
        if "time" in one.labels or "elapsed" in one.labels:
            continue
        const = one.const
        if (
            isinstance(const, int | float)
            and not isinstance(const, bool)
            and (const > 1e9 or "calendar" in union(*sides))
        ):
            return True
        if isinstance(const, str) and const[:2] in ("19", "20", "21"):
            return True
        if isinstance(const, list) and const and all(isinstance(part, int | str) for part in const):
            return True
    return False


def _is_year(sides: list[Value]) -> bool:
    firsts = [one.const[0] for one in sides if isinstance(one.const, list) and one.const]
    if any(isinstance(one, int) and 2000 < one < 2200 for one in firsts):
        return True
    years = (range(2000, 2200), range(20000101, 22000101))
    return any(isinstance(one.const, int) and any(one.const in each for each in years) for one in sides) or any(
        isinstance(one.const, str) and one.const[:2] in ("19", "20") for one in sides
    )
