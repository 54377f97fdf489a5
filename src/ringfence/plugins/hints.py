"""JSON Schemas from type hints, read off the syntax tree; nothing is imported or evaluated.

Runs in the bounded child of `source`. What a hint means is decided by its name alone (`list`, `Optional`,
`t.Literal`, a class of the same module); what cannot be known that way becomes `{}`, any value, with a note.
"""

import ast
import math
from collections.abc import Callable

Schema = dict[str, object]

_PLAIN = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "None": "null", "NoneType": "null"}
_LISTS = frozenset({"list", "List", "Sequence", "Iterable", "Collection", "MutableSequence"})
_MAPS = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
_ANY = frozenset({"Any", "object", "JsonValue"})
_THROUGH = frozenset({"Annotated", "Required", "NotRequired", "ReadOnly", "Final", "ClassVar"})
_MAX_DEPTH = 24
#: How many hints one hint may lead to: types that name others twice double with each.
_MAX_HINTS = 50_000


class TooManyHints(Exception):
    """One hint describes more than anybody would read."""


class Hints:
    """The types that one module defines, and schemas of hints that use them. `notes` says what was not known."""

    def __init__(self, module: ast.Module) -> None:
        self.notes: list[str] = []
        self._classes = {node.name: node for node in module.body if isinstance(node, ast.ClassDef)}
        self._aliases = _aliases(module)
        self._open: list[str] = []
        self._seen = 0

    def schema(self, hint: ast.expr | None) -> Schema:
        """The schema of a hint; `{}` with a note where there is none or it says nothing. Raises TooManyHints."""
        self._seen += 1
        if self._seen > _MAX_HINTS:
            raise TooManyHints
        if hint is None:
            self._note("there is no type hint")
            return {}
        if len(self._open) > _MAX_DEPTH:
            self._note("types are nested too deeply")
            return {}
        if isinstance(hint, ast.Constant):
            return self._constant(hint)
        if isinstance(hint, ast.BinOp) and isinstance(hint.op, ast.BitOr):
            return self._union(_alternatives(hint))
        if isinstance(hint, ast.Subscript):
            return self._generic(_name(hint.value), hint.slice)
        return self._named(_name(hint), hint)

    def _constant(self, hint: ast.Constant) -> Schema:
        if hint.value is None:
            return {"type": "null"}
        if isinstance(hint.value, str):
            try:
                return self.schema(ast.parse(hint.value, mode="eval").body)
            except (SyntaxError, ValueError):
                pass
        return self._unknown(hint)

    def _named(self, name: str, hint: ast.expr) -> Schema:
        if name in _PLAIN:
            return {"type": _PLAIN[name]}
        if name in _ANY:
            return {}
        if name in _LISTS:
            return {"type": "array"}
        if name in _MAPS:
            return {"type": "object"}
        if name in self._open:
            self._note(f"{name} contains itself: written as any value there")
            return {}
        if name in self._classes:
            return self._within(name, lambda: self._class(self._classes[name]))
        if name in self._aliases:
            return self._within(name, lambda: self.schema(self._aliases[name]))
        return self._unknown(hint)

    def _within(self, name: str, make: Callable[[], Schema]) -> Schema:
        self._open.append(name)
        try:
            return make()
        finally:
            self._open.pop()

    def _generic(self, name: str, inner: ast.expr) -> Schema:
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if name == "Optional":
            return self._union([inner, ast.Constant(None)])
        if name == "Union":
            return self._union(parts)
        if name == "Literal":
            return self._literal(parts)
        if name in _THROUGH and parts:
            return self._annotated(parts)
        if name in _LISTS:
            return self._array(inner)
        if name in ("tuple", "Tuple"):
            return self._tuple(parts)
        if name in _MAPS and len(parts) == 2:
            return self._map(*parts)
        return self._unknown(inner, name)

    def _annotated(self, parts: list[ast.expr]) -> Schema:
        schema = self.schema(parts[0])
        words = [part.value for part in parts[1:] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return {**schema, "description": words[0]} if words else schema

    def _array(self, inner: ast.expr) -> Schema:
        items = self.schema(inner)
        return {"type": "array", "items": items} if items else {"type": "array"}

    def _tuple(self, parts: list[ast.expr]) -> Schema:
        if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
            return self._array(parts[0])
        items = [self.schema(part) for part in parts]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "items": False}

    def _map(self, key: ast.expr, value: ast.expr) -> Schema:
        if self.schema(key).get("type") != "string":
            self._note(f"the members of a JSON object have names that are strings, not {ast.unparse(key)}")
        values = self.schema(value)
        return {"type": "object", "additionalProperties": values} if values else {"type": "object"}

    def _union(self, parts: list[ast.expr]) -> Schema:
        schemas: list[Schema] = []
        for part in parts:
            schema = self.schema(part)
            if not schema:
                return {}
            if schema not in schemas:
                schemas.append(schema)
        if len(schemas) == 1:
            return schemas[0]
        if all(schema.keys() == {"type"} for schema in schemas):
            return {"type": [schema["type"] for schema in schemas]}
        return {"anyOf": schemas}

    def _literal(self, parts: list[ast.expr]) -> Schema:
        values = [literal(part) for part in parts]
        if any(value is NOT_LITERAL for value in values):
            self._note("a Literal holds something that JSON has no form for")
            return {}
        named: Schema = {"enum": [value for value in values if value is not None]}
        null: Schema = {"type": "null"}
        if None not in values:
            return named
        return {"anyOf": [named, null]} if named["enum"] else null

    def _class(self, node: ast.ClassDef) -> Schema:
        bases = {_name(base.value if isinstance(base, ast.Subscript) else base) for base in node.bases}
        if "TypedDict" in bases:
            return self._fields(node, total=not _is_partial(node))
        if bases & {"Enum", "StrEnum", "IntEnum"}:
            return self._enum(node)
        if any(_name(mark.func if isinstance(mark, ast.Call) else mark) == "dataclass" for mark in node.decorator_list):
            self._note(f"{node.name} is a dataclass: what crosses the fence is a plain object with its fields")
            return self._fields(node, total=True)
        return self._unknown(ast.Name(node.name))

    def _fields(self, node: ast.ClassDef, *, total: bool) -> Schema:
        properties: dict[str, object] = {}
        required: list[str] = []
        for line in node.body:
            if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name):
                continue
            mark = _name(line.annotation.value) if isinstance(line.annotation, ast.Subscript) else ""
            if mark == "ClassVar":
                continue
            properties[line.target.id] = self.schema(line.annotation)
            if line.value is None and (mark == "Required" or (total and mark != "NotRequired")):
                required.append(line.target.id)
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, "required": required} if required else schema

    def _enum(self, node: ast.ClassDef) -> Schema:
        values = [literal(line.value) for line in node.body if isinstance(line, ast.Assign)]
        if not values or any(value is NOT_LITERAL for value in values):
            return self._unknown(ast.Name(node.name))
        return {"enum": values}

    def _unknown(self, hint: ast.expr, name: str = "") -> Schema:
        self._note(f"{name or ast.unparse(hint)[:60]} says nothing in JSON: written as any value")
        return {}

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


class _NotLiteral:
    """No JSON value."""


NOT_LITERAL = _NotLiteral()


def literal(node: ast.expr) -> object:
    """The JSON value that an expression spells out, NOT_LITERAL where it does not.

    Only values that TOML can hold too: no null in an array, 64-bit integers, finite numbers.
    """
    if isinstance(node, ast.Constant):
        return node.value if _is_plain(node.value) else NOT_LITERAL
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        number = node.operand.value
        negative = type(number) in (int, float) and _is_plain(number)
        return -number if negative and isinstance(number, int | float) else NOT_LITERAL
    if isinstance(node, ast.List | ast.Tuple):
        items = [literal(item) for item in node.elts]
        return NOT_LITERAL if any(item is NOT_LITERAL or item is None for item in items) else items
    if isinstance(node, ast.Dict) and not node.keys:
        return {}
    return NOT_LITERAL


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, int):
        return -(1 << 63) < value < 1 << 63
    return value is None or (isinstance(value, float) and math.isfinite(value))


def _name(node: ast.expr) -> str:
    """The last part of a possibly dotted name: `typing.Optional` and `Optional` mean the same here."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _alternatives(hint: ast.expr) -> list[ast.expr]:
    """A, B and C of `A | B | C`."""
    found: list[ast.expr] = []
    while isinstance(hint, ast.BinOp) and isinstance(hint.op, ast.BitOr):
        found.append(hint.right)
        hint = hint.left
    return [hint, *reversed(found)]


def _is_partial(node: ast.ClassDef) -> bool:
    """Whether a TypedDict is declared with `total=False`."""
    return any(
        given.arg == "total" and isinstance(given.value, ast.Constant) and given.value.value is False
        for given in node.keywords
    )


def _aliases(module: ast.Module) -> dict[str, ast.expr]:
    """`X = list[int]`, `X: TypeAlias = …`, `type X = …` and `X = NewType("X", int)` at the top of a module."""
    found: dict[str, ast.expr] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        elif type(node).__name__ == "TypeAlias":  # Python 3.12
            target, value = node.name, node.value  # type: ignore[attr-defined]
        else:
            continue
        if isinstance(value, ast.Call) and _name(value.func) == "NewType" and len(value.args) == 2:
            value = value.args[1]
        if isinstance(target, ast.Name) and isinstance(value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp):
            found[target.id] = value
    return found
