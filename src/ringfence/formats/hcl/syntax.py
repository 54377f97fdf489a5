"""What an HCL expression is made of. Plain nodes with exact spans, in characters of the file's text."""

from typing import TypeAlias


class HclSyntaxError(Exception):
    """What cannot be read, and the offset at which that shows."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset, self.message = offset, message


class OpenHeredocError(HclSyntaxError):
    """A heredoc without an end: nobody can say which of the lines behind it are its own."""


class Expression:
    """An expression. `start` and `end` (exclusive) are character offsets of the text."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    @property
    def items(self) -> "list[Expression] | None":
        """The items of a tuple written with brackets; None for anything else."""
        return None

    @property
    def entries(self) -> "list[tuple[Expression | str, Expression]] | None":
        """The entries of an object written with braces, a plain key as str; None for anything else."""
        return None


class Literal(Expression):
    """A number, a bool, null, or a text without any template in it."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: "bool | int | float | str | None") -> None:
        super().__init__(start, end)
        self.value = value


class Template(Expression):
    """A text with parts to work out. `wraps`: it is a quoted `"${x}"` alone, which is x itself."""

    __slots__ = ("parts", "wraps")

    def __init__(self, start: int, end: int, parts: "list[Part]", wraps: bool) -> None:
        super().__init__(start, end)
        self.parts, self.wraps = parts, wraps


class If:
    """`%{ if … }…%{ else }…%{ endif }` in a template."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, condition: Expression, then: "list[Part]", otherwise: "list[Part]") -> None:
        self.condition, self.then, self.otherwise = condition, then, otherwise


class Loop:
    """`%{ for k, v in … }…%{ endfor }` in a template."""

    __slots__ = ("body", "collection", "key", "value")

    def __init__(self, key: str, value: str, collection: Expression, body: "list[Part]") -> None:
        self.key, self.value, self.collection, self.body = key, value, collection, body


Part: TypeAlias = str | Expression | If | Loop


class Variable(Expression):
    """A name: the root of a reference, or a `for` variable."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        super().__init__(start, end)
        self.name = name


class Splat:
    """`[*]` or `.*` and the steps taken for each item."""

    __slots__ = ("steps",)

    def __init__(self, steps: "list[Step]") -> None:
        self.steps = steps


Step: TypeAlias = str | Expression | Splat


class Get(Expression):
    """Steps from a base: an attribute (str), an index (Expression), a splat."""

    __slots__ = ("base", "steps")

    def __init__(self, start: int, end: int, base: Expression, steps: list[Step]) -> None:
        super().__init__(start, end)
        self.base, self.steps = base, steps


class Parens(Expression):
    """An expression in parentheses."""

    __slots__ = ("inner",)

    def __init__(self, start: int, end: int, inner: Expression) -> None:
        super().__init__(start, end)
        self.inner = inner


class Unary(Expression):
    """`-x` or `!x`; `operators` as written, left to right."""

    __slots__ = ("operand", "operators")

    def __init__(self, start: int, end: int, operators: str, operand: Expression) -> None:
        super().__init__(start, end)
        self.operators, self.operand = operators, operand


class Binary(Expression):
    """`x + y` and its like."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        super().__init__(left.start, right.end)
        self.left, self.operator, self.right = left, operator, right


class Conditional(Expression):
    """`condition ? then : otherwise`."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, condition: Expression, then: Expression, otherwise: Expression) -> None:
        super().__init__(condition.start, otherwise.end)
        self.condition, self.then, self.otherwise = condition, then, otherwise


class Tuple(Expression):
    """`[…]`."""

    __slots__ = ("_items",)

    def __init__(self, start: int, end: int, items: list[Expression]) -> None:
        super().__init__(start, end)
        self._items = items

    @property
    def items(self) -> list[Expression]:
        """The items, in order."""
        return self._items


class Object(Expression):
    """`{…}`. `key_spans` holds where each entry's key stands."""

    __slots__ = ("_entries", "key_spans")

    def __init__(
        self,
        start: int,
        end: int,
        entries: list[tuple[Expression | str, Expression]],
        key_spans: list[tuple[int, int]],
    ) -> None:
        super().__init__(start, end)
        self._entries, self.key_spans = entries, key_spans

    @property
    def entries(self) -> list[tuple[Expression | str, Expression]]:
        """The entries, in order; a key is a str where it is plain."""
        return self._entries


class Call(Expression):
    """`name(arguments)`. `expands`: the last argument is followed by `...`."""

    __slots__ = ("arguments", "expands", "name")

    def __init__(self, start: int, end: int, name: str, arguments: list[Expression], expands: bool) -> None:
        super().__init__(start, end)
        self.name, self.arguments, self.expands = name, arguments, expands


class For(Expression):
    """`[for …]`, or `{for …}` where `new_key` is there; `groups`: with `...` behind the value."""

    __slots__ = ("collection", "condition", "groups", "key", "new_key", "new_value", "value")

    def __init__(self, key: str, value: str, collection: Expression) -> None:
        super().__init__(0, 0)
        self.key, self.value, self.collection = key, value, collection
        self.new_key: Expression | None = None
        self.new_value: Expression = collection
        self.condition: Expression | None = None
        self.groups = False


class Bad(Expression):
    """An expression that cannot be read, and why."""

    __slots__ = ("message",)

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(start, end)
        self.message = message
