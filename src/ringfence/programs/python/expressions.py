"""Values of expressions, a method a kind of node. What names stand for is in `references`, calls in `calls`."""

import ast
from collections.abc import Callable, Iterable
from typing import Any

from ringfence.programs.python import folding
from ringfence.programs.python.references import References
from ringfence.programs.python.values import (
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
from ringfence.programs.words import PROBES, SECRET_NAMES

_MOST_ITEMS = 64


class Expressions(References):
    """Evaluates expressions in a scope."""

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
