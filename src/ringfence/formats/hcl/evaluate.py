"""Works out expressions as far as their text and a scope know them.

Nothing that an expression holds can raise here: what Terraform would refuse, and what would cost too much, is unknown. Recursion is
bounded by the depth of the syntax, and by the interpreter where values lead through many others.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from ringfence.formats.hcl import functions, syntax
from ringfence.formats.hcl.syntax import Expression, Part, Splat, Step
from ringfence.formats.hcl.values import (
    EvaluationError,
    Set,
    TooMuchError,
    Unknown,
    Value,
    Work,
    decimal_of,
    equal,
    follow,
    join_unknown,
    number_of,
    text_of,
    to_bool,
    to_number,
    to_text,
)

#: Steps of one evaluation.
MAX_STEPS = 200_000
#: Unknown arms are compared only as long as that costs little.
_NOT_THERE = "there is no such thing"


class Scope(Protocol):
    """What the names in an expression stand for."""

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """The value of a reference: `var.x` is ("var", ("x",)). Raises LookupError for a part that is not there."""
        ...

    def read_file(self, path: str) -> str | None:
        """The text of a file, for `file()`; None where it cannot be had."""
        ...


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of an expression; Unknown, with why, for what cannot be worked out."""
    if type(expression) is syntax.Literal:
        return expression.value
    try:
        return _Evaluator(scope).value(expression)
    except (EvaluationError, TooMuchError) as error:
        return Unknown(why=str(error))
    except LookupError as error:
        return Unknown(why=str(error) or _NOT_THERE)
    except RecursionError:
        return Unknown(why="it leads through too many others")


class _Evaluator:
    """One evaluation: `own` are the names that `for` gives."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.own = dict[str, Value]()
        self.work = Work(MAX_STEPS)

    def value(self, expression: Expression) -> Value:
        """The value of an expression. Raises what `evaluate` catches."""
        self.work.spend()
        kind = type(expression)
        if kind is syntax.Literal:
            return expression.value  # type: ignore[attr-defined,no-any-return]
        return _KINDS[kind](self, expression)

    # References.

    def variable(self, node: syntax.Variable) -> Value:
        """A name alone."""
        return self.own[node.name] if node.name in self.own else self.scope.lookup(node.name, ())

    def get(self, node: syntax.Get) -> Value:
        """Steps from a base."""
        steps = node.steps
        if isinstance(node.base, syntax.Variable) and node.base.name not in self.own:
            path, used = self._path(steps)
            return self._steps(self.scope.lookup(node.base.name, path), steps[used:])
        return self._steps(self.value(node.base), steps)

    def _path(self, steps: list[Step]) -> tuple[tuple[str | int, ...], int]:
        """The steps that are known, up to the first that is not."""
        path = list[str | int]()
        for step in steps:
            key = step if isinstance(step, str) else None if isinstance(step, Splat) else self.value(step)
            if isinstance(key, bool) or not isinstance(key, str | int):
                break
            path.append(key)
        return tuple(path), len(path)

    def _steps(self, value: Value, steps: list[Step]) -> Value:
        for step in steps:
            self.work.spend()
            if isinstance(step, Splat):
                value = self._splat(value, step)
                continue
            key = step if isinstance(step, str) else self.value(step)
            if isinstance(key, Unknown):
                return join_unknown([value, key], self.work)
            if isinstance(key, float) or key is None or isinstance(key, bool | list | dict):
                raise EvaluationError("an index is a number or a text")
            value = follow(value, (key,))
        return value

    def _splat(self, value: Value, splat: Splat) -> Value:
        if isinstance(value, Unknown):
            return Unknown(references=value.references, why=value.why)
        each = value if isinstance(value, list) else [] if value is None else [value]
        return [self._steps(one, splat.steps) for one in each]

    # Texts.

    def template(self, node: syntax.Template) -> Value:
        """A text with parts to work out."""
        if node.wraps and len(node.parts) == 1 and isinstance(node.parts[0], Expression):
            return self.value(node.parts[0])
        return text_of(self._parts(node.parts))

    def _parts(self, parts: list[Part]) -> Iterable[Value]:
        for part in parts:
            if isinstance(part, str):
                yield part
            elif isinstance(part, syntax.If):
                condition = self.value(part.condition)
                if isinstance(condition, Unknown):
                    yield Unknown(references=condition.references, why=condition.why)
                else:
                    yield from self._parts(part.then if to_bool(condition) else part.otherwise)
            elif isinstance(part, syntax.Loop):
                yield from self._loop(part)
            else:
                yield self.value(part)

    def _loop(self, loop: syntax.Loop) -> Iterable[Value]:
        pairs = self._pairs(self.value(loop.collection))
        if isinstance(pairs, Unknown):
            yield pairs
            return
        for key, value in pairs:
            yield text_of(list(self._within(loop.key, key, loop.value, value, lambda: list(self._parts(loop.body)))))

    # Operators.

    def parens(self, node: syntax.Parens) -> Value:
        """(x)"""
        return self.value(node.inner)

    def unary(self, node: syntax.Unary) -> Value:
        """-x and !x."""
        value = self.value(node.operand)
        if isinstance(value, Unknown):
            return Unknown(references=value.references, why=value.why)
        for operator in reversed(node.operators):
            value = not to_bool(value) if operator == "!" else -to_number(value)
        return value

    def binary(self, node: syntax.Binary) -> Value:
        """x + y and its like; `&&` and `||` are certain where one side decides."""
        left, right = self.value(node.left), self.value(node.right)
        operator = node.operator
        if operator in ("&&", "||"):
            return self._logic(operator == "||", left, right)
        if operator in ("==", "!="):
            same = equal(left, right, self.work)
            return join_unknown([left, right], self.work) if same is None else same is (operator == "==")
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return join_unknown([left, right], self.work)
        return _calculated(operator, to_number(left), to_number(right))

    def _logic(self, decides: bool, left: Value, right: Value) -> Value:
        sides = [one if isinstance(one, Unknown) else to_bool(one) for one in (left, right)]
        if any(one is decides for one in sides):
            return decides
        return join_unknown(sides, self.work) if any(isinstance(one, Unknown) for one in sides) else not decides

    def conditional(self, node: syntax.Conditional) -> Value:
        """x ? y : z; where x is unknown, certain only if both arms are the same."""
        condition = self.value(node.condition)
        if not isinstance(condition, Unknown):
            return self.value(node.then if to_bool(condition) else node.otherwise)
        then, otherwise = self.value(node.then), self.value(node.otherwise)
        if equal(then, otherwise, self.work):
            return then
        return join_unknown([condition, then, otherwise], self.work, condition.why)

    # Collections.

    def listed(self, node: syntax.Tuple) -> Value:
        """[x, y]"""
        return [self.value(one) for one in node.items]

    def mapped(self, node: syntax.Object) -> Value:
        """{x = y}"""
        made = dict[str, Value]()
        for key, value in node.entries:
            name = key if isinstance(key, str) else self.value(key)
            if isinstance(name, Unknown):
                return join_unknown([name, *(self.value(one) for _, one in node.entries)], self.work)
            made[to_text(name)] = self.value(value)
        return made

    def comprehension(self, node: syntax.For) -> Value:
        """[for …] and {for …}."""
        pairs = self._pairs(self.value(node.collection))
        if isinstance(pairs, Unknown):
            return pairs
        listed, mapped = list[Value](), dict[str, Value]()
        for key, value in pairs:
            one = self._within(node.key, key, node.value, value, lambda: self._item(node))
            if one is None:
                continue
            if isinstance(one, Unknown):
                return one
            name, made = one
            if node.new_key is None:
                listed.append(made)
            elif node.groups:
                group = mapped.setdefault(str(name), [])
                assert isinstance(group, list)  # noqa: S101
                group.append(made)
            else:
                mapped[str(name)] = made
        return listed if node.new_key is None else mapped

    def _item(self, node: syntax.For) -> "tuple[str, Value] | Unknown | None":
        if node.condition is not None:
            kept = self.value(node.condition)
            if isinstance(kept, Unknown):
                return kept
            if not to_bool(kept):
                return None
        name: Value = self.value(node.new_key) if node.new_key is not None else ""
        if isinstance(name, Unknown):
            return name
        return to_text(name), self.value(node.new_value)

    def _within(self, key: str, index: Value, name: str, value: Value, work: Callable[[], Any]) -> Any:
        before = dict(self.own)
        self.own.update({name: value} | ({key: index} if key else {}))
        try:
            return work()
        finally:
            self.own = before

    def _pairs(self, collection: Value) -> "list[tuple[Value, Value]] | Unknown":
        if isinstance(collection, Unknown):
            return Unknown(references=collection.references, why=collection.why)
        self.work.spend(len(collection) if isinstance(collection, list | dict) else 1)
        if isinstance(collection, dict):
            return [(key, collection[key]) for key in sorted(collection)]
        if isinstance(collection, Set):
            return [(one, one) for one in collection]
        if isinstance(collection, list):
            return list(enumerate(collection))
        raise EvaluationError("only collections can be run over")

    # Functions.

    def call(self, node: syntax.Call) -> Value:
        """A function's value."""
        name = node.name.removeprefix("core::")
        if name in ("try", "can"):
            return self._attempt(node, can=name == "can")
        arguments = [self.value(one) for one in node.arguments]
        if node.expands and arguments:
            last = arguments.pop()
            if isinstance(last, Unknown):
                return join_unknown([*arguments, last], self.work)
            if not isinstance(last, list):
                raise EvaluationError("only a list can be expanded")
            arguments += last
        self.work.spend(len(arguments))
        if name in ("file", "templatefile", "filebase64", "fileexists"):
            return self._file(name, arguments)
        return functions.call(name, arguments, self.work)

    def _attempt(self, node: syntax.Call, *, can: bool) -> Value:
        for argument in node.arguments:
            try:
                value = self.value(argument)
            except (EvaluationError, LookupError):
                if can:
                    return False
                continue
            if isinstance(value, Unknown):  # it may fail, so what comes behind may be meant
                return Unknown(references=value.references, pieces=value.pieces, decoded=value.decoded, why=value.why)
            return True if can else value
        raise EvaluationError("no argument of try() can be worked out")

    def _file(self, name: str, arguments: list[Value]) -> Value:
        path = arguments[0] if arguments else None
        if not isinstance(path, str):
            return join_unknown(arguments, self.work, "a file whose name is not known")
        text = self.scope.read_file(path)
        if text is None:
            return Unknown(why=f"the file {path} cannot be read")
        if name == "fileexists":
            return True
        if name == "filebase64":
            return functions.call("base64encode", [text], self.work)
        if name == "file":
            return text
        return self._templatefile(text, arguments[1] if len(arguments) > 1 else {})

    def _templatefile(self, text: str, names: Value) -> Value:
        if "${" not in text and "%{" not in text:
            return text
        if not isinstance(names, dict):
            return Unknown(why="a template whose values are not known")
        from ringfence.formats.hcl.expressions import HclSyntaxError, Parser
        from ringfence.formats.hcl.templates import bare

        try:
            template = bare(Parser(text, 0))
        except HclSyntaxError as error:
            raise EvaluationError(error.message) from None
        before, self.own = self.own, dict(names)
        try:
            return self.value(template)
        finally:
            self.own = before

    def bad(self, node: syntax.Bad) -> Value:
        """What cannot be read."""
        return Unknown(why=node.message)


def _calculated(operator: str, left: int | float, right: int | float) -> Value:
    if operator in ("<", "<=", ">", ">="):
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]
    if operator in ("/", "%") and right == 0:
        raise EvaluationError("division by zero")
    one, other = decimal_of(left), decimal_of(right)
    try:
        match operator:
            case "+":
                return number_of(one + other)
            case "-":
                return number_of(one - other)
            case "*":
                return number_of(one * other)
            case "/":
                return number_of(one / other)
            case _:
                return number_of(one % other)
    except ArithmeticError:
        raise EvaluationError("the numbers are too large") from None


_KINDS: dict[type, Callable[[_Evaluator, Any], Value]] = {
    syntax.Variable: _Evaluator.variable,
    syntax.Get: _Evaluator.get,
    syntax.Template: _Evaluator.template,
    syntax.Parens: _Evaluator.parens,
    syntax.Unary: _Evaluator.unary,
    syntax.Binary: _Evaluator.binary,
    syntax.Conditional: _Evaluator.conditional,
    syntax.Tuple: _Evaluator.listed,
    syntax.Object: _Evaluator.mapped,
    syntax.For: _Evaluator.comprehension,
    syntax.Call: _Evaluator.call,
    syntax.Bad: _Evaluator.bad,
}
