"""What an expression can ask of its surroundings, and what it asks for."""

from collections.abc import Iterator
from typing import Protocol

from ringfence.formats.hcl import syntax
from ringfence.formats.hcl.syntax import Expression, Part, Step
from ringfence.formats.hcl.values import Unknown, Value

_KEYED = frozenset({"data", "ephemeral"})


class Scope(Protocol):
    """Gives values to references, and texts of files to file() and templatefile()."""

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """What `root.path` stands for; an Unknown where the files do not say.

        Raises LookupError where there certainly is no such thing (`follow` does): `try` and `can` see that, and the
        rest of an expression is unknown with it.
        """
        ...

    def read_file(self, path: str) -> str | None:
        """The text of a file, or None."""
        ...

    def names_of_files(self, folder: str) -> list[str]:
        """The names of the files in a folder; none where that is not known."""
        ...


class UnknownScope:
    """Knows nothing: every reference is an Unknown that names its address."""

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """An Unknown with the address."""
        return Unknown(references=frozenset({address(root, path)}))

    def read_file(self, path: str) -> str | None:
        """None."""
        return None

    def names_of_files(self, folder: str) -> list[str]:
        """None."""
        return []


class NoScope(UnknownScope):
    """Has nothing: every reference is an error, as in a text that may not refer to anything."""

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """Raises LookupError."""
        raise LookupError(f"{root} is not known here")


def address(root: str, path: tuple[str | int, ...]) -> str:
    """The address that a reference belongs to: "aws_s3_bucket.b", "var.x", "data.aws_ami.a", "module.m"."""
    steps = 2 if root in _KEYED else 1
    return ".".join([root, *(str(step) for step in path[:steps])])


def references_of(expression: Expression) -> frozenset[str]:
    """The addresses that an expression names, whatever becomes of them; the variables of `for` are not among them."""
    found = set[str]()
    waiting: list[tuple[Expression, frozenset[str]]] = [(expression, frozenset())]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, syntax.Get) and isinstance(node.base, syntax.Variable) and node.base.name not in names:
            path = tuple(step if isinstance(step, str) else "" for step in node.steps)
            found.add(address(node.base.name, path[: path.index("")] if "" in path else path))
        waiting += children(node, names)
    return frozenset(found)


def children(node: Expression, names: frozenset[str] = frozenset()) -> Iterator[tuple[Expression, frozenset[str]]]:
    """The expressions directly in an expression, each with the `for` variables that it sees."""
    if isinstance(node, syntax.For):
        yield node.collection, names
        inner = names | {node.key, node.value}
        yield from ((one, inner) for one in (node.new_key, node.new_value, node.condition) if one is not None)
    elif isinstance(node, syntax.Get):
        yield node.base, names
        yield from ((one, names) for one in _indexes(node.steps))
    elif isinstance(node, syntax.Template):
        yield from _in_parts(node.parts, names)
    else:
        yield from ((one, names) for one in _plain_children(node))


def _plain_children(node: Expression) -> list[Expression]:
    if isinstance(node, syntax.Tuple):
        return node.items
    if isinstance(node, syntax.Object):
        return [one for pair in node.entries for one in pair if isinstance(one, Expression)]
    if isinstance(node, syntax.Call):
        return node.arguments
    if isinstance(node, syntax.Binary):
        return [node.left, node.right]
    if isinstance(node, syntax.Conditional):
        return [node.condition, node.then, node.otherwise]
    if isinstance(node, syntax.Unary):
        return [node.operand]
    return [node.inner] if isinstance(node, syntax.Parens) else []


def _indexes(steps: list[Step]) -> Iterator[Expression]:
    for step in steps:
        if isinstance(step, Expression):
            yield step
        elif isinstance(step, syntax.Splat):
            yield from _indexes(step.steps)


def _in_parts(parts: list[Part], names: frozenset[str]) -> Iterator[tuple[Expression, frozenset[str]]]:
    for part in parts:
        if isinstance(part, Expression):
            yield part, names
        elif isinstance(part, syntax.If):
            yield part.condition, names
            yield from _in_parts(part.then, names)
            yield from _in_parts(part.otherwise, names)
        elif isinstance(part, syntax.Loop):
            yield part.collection, names
            yield from _in_parts(part.body, names | {part.key, part.value})
