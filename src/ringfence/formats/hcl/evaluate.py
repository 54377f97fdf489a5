"""Works out HCL expressions: known values, and what is known of the others.

Bounded in steps, depth and size. What Terraform would refuse, and what is too much, is an Unknown that says so.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ringfence.formats.hcl import functions, operators, syntax
from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.scope import NoScope, Scope, references_of
from ringfence.formats.hcl.syntax import Expression, HclSyntaxError, Part, Step
from ringfence.formats.hcl.templates import bare
from ringfence.formats.hcl.values import (
    EvaluationError,
    Set,
    TooMuchError,
    Unknown,
    Value,
    Work,
    cost,
    follow,
    join_unknown,
    kind,
    text_of,
    to_bool,
    to_text,
)

#: Steps that one expression may take; a step is about a microsecond.
MAX_STEPS = 300_000
#: What fileset() understands of patterns here: no alternatives, no folders of any name.
_WILD, _PLAIN = re.compile(r"[*?\[{]"), re.compile(r"[^*?\[{\\]*(?:[*?][^*?\[{\\]*){0,3}")
_MEANT = {"*": ".*", "?": "."}

Names = dict[str, Value]


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of an expression. Never raises for what the text holds.

    A scope may have an attribute `work`: a Work that all evaluations in it share, so that many costly expressions
    together are bounded too. Once it is spent, everything is unknown.
    """
    if type(expression) is syntax.Literal:
        return expression.value
    shared: Work | None = getattr(scope, "work", None)
    work = Work(MAX_STEPS if shared is None else min(MAX_STEPS, shared.left))
    before = work.left
    try:
        return Evaluator(scope, work).value(expression, {})
    except (EvaluationError, TooMuchError) as error:
        return Unknown(references=references_of(expression), why=str(error))
    except RecursionError:
        return Unknown(references=references_of(expression), why="it leads too deep")
    finally:
        if shared is not None:
            shared.left -= before - max(work.left, 0)


class _Failed:
    """An arm of a conditional that is an error."""

    def __init__(self, error: EvaluationError, references: frozenset[str]) -> None:
        self.error, self.references = error, references


class Evaluator:
    """Works out expressions in one scope, at the cost of one `Work`."""

    def __init__(self, scope: Scope, work: Work) -> None:
        self.scope, self.work = scope, work
        self.trying = 0  # how many functions around it go on where there is no such item

    def value(self, node: Expression, names: Names) -> Value:
        """The value of a node; `names` are the variables of the `for` around it.

        Raises EvaluationError and TooMuchError.
        """
        self.work.spend()
        return _HANDLERS[type(node)](self, node, names)

    def literal(self, node: syntax.Literal, names: Names) -> Value:
        """A literal's value."""
        return node.value

    def parens(self, node: syntax.Parens, names: Names) -> Value:
        """What stands in the parentheses."""
        return self.value(node.inner, names)

    def bad(self, node: syntax.Bad, names: Names) -> Value:
        """Nothing is known of what cannot be read."""
        return Unknown(why=node.message)

    def listed(self, node: syntax.Tuple, names: Names) -> Value:
        """A list of the items."""
        return [self.value(item, names) for item in node.items]

    def mapped(self, node: syntax.Object, names: Names) -> Value:
        """A dict; unknown where a key is."""
        made, unknown = dict[str, Value](), list[Value]()
        for key, item in node.entries:
            name = key if isinstance(key, str) else self.value(key, names)
            value = self.value(item, names)
            if isinstance(name, Unknown):
                unknown += [name, value]
            else:
                made[to_text(name)] = value
        return join_unknown([*unknown, *made.values()], self.work, "a key is unknown") if unknown else made

    def variable(self, node: syntax.Variable, names: Names) -> Value:
        """A `for` variable, or what the scope says."""
        return names[node.name] if node.name in names else self._lookup(node.name, ())

    def _lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        try:
            return self.scope.lookup(root, path)
        except LookupError as error:
            raise EvaluationError(str(error)) from None

    def get(self, node: syntax.Get, names: Names) -> Value:
        """A reference, or steps into a value."""
        base, steps = node.base, node.steps
        if not isinstance(base, syntax.Variable) or base.name in names:
            return self._steps(self.value(base, names), steps, names)
        path = list[str | int]()
        for count, step in enumerate(steps):
            if isinstance(step, syntax.Splat):
                return self._steps(self._lookup(base.name, tuple(path)), steps[count:], names)
            key = step if isinstance(step, str) else self.value(step, names)
            if not isinstance(key, str | int) or isinstance(key, bool):
                value = self._indexed(self._lookup(base.name, tuple(path)), key)
                return self._steps(value, steps[count + 1 :], names)
            path.append(key)
        return self._lookup(base.name, tuple(path))

    def _steps(self, value: Value, steps: list[Step], names: Names) -> Value:
        for step in steps:
            self.work.spend()
            if isinstance(step, str):
                value = _followed(value, step)
            elif isinstance(step, Expression):
                value = self._indexed(value, self.value(step, names))
            elif value is None:
                value = []
            elif isinstance(value, Unknown):
                value = join_unknown([value], self.work)
            else:
                each = value if isinstance(value, list) else [value]
                value = [self._steps(item, step.steps, names) for item in each]
        return value

    def _indexed(self, value: Value, key: Value) -> Value:
        if isinstance(key, Unknown):
            some = list(value.values()) if isinstance(value, dict) else value if type(value) is list else []
            if some and not self.trying:
                return operators.any_of(some, key, self.work)
            return join_unknown([value, key], self.work)
        if isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool)):
            return _followed(value, key)
        raise EvaluationError(f"{kind(key)} is no index")

    def unary(self, node: syntax.Unary, names: Names) -> Value:
        """`-x`, `!x`."""
        value = self.value(node.operand, names)
        for sign in reversed(node.operators):
            value = operators.unary(sign, value, self.work)
        return value

    def binary(self, node: syntax.Binary, names: Names) -> Value:
        """`x + y` and its like, a long chain without recursion."""
        chain, left = [node], node.left
        while isinstance(left, syntax.Binary):
            chain.append(left)
            left = left.left
        value = self.value(left, names)
        for one in reversed(chain):
            self.work.spend()
            decided = operators.certain(one.operator, value)
            if decided is None:
                value = operators.binary(one.operator, value, self.value(one.right, names), self.work)
            else:
                value = decided
        return value

    def conditional(self, node: syntax.Conditional, names: Names) -> Value:
        """`c ? x : y`; both arms where the condition is unknown. A long chain without recursion."""
        chain, last = [node], node.otherwise
        while isinstance(last, syntax.Conditional):
            chain.append(last)
            last = last.otherwise
        result = self._attempt(last, names)
        for one in reversed(chain):
            condition, then = self._attempt(one.condition, names), self._attempt(one.then, names)
            result = self._chosen(condition, then, result)
        if isinstance(result, _Failed):
            raise result.error
        return result

    def _attempt(self, node: Expression, names: Names) -> "Value | _Failed":
        try:
            return self.value(node, names)
        except EvaluationError as error:
            return _Failed(error, references_of(node))

    def _chosen(
        self, condition: "Value | _Failed", then: "Value | _Failed", other: "Value | _Failed"
    ) -> "Value | _Failed":
        if isinstance(condition, _Failed):
            return condition
        if isinstance(condition, Unknown):
            arms = [Unknown(references=arm.references) if isinstance(arm, _Failed) else arm for arm in (then, other)]
            return operators.either(condition, arms[0], arms[1], self.work)
        try:
            chosen, left = (then, other) if to_bool(condition) else (other, then)
            if isinstance(chosen, _Failed) or isinstance(left, _Failed):
                return chosen
            return operators.unified(chosen, left, self.work)
        except EvaluationError as error:
            return _Failed(error, frozenset())

    def loop(self, node: syntax.For, names: Names) -> Value:
        """`[for …]` and `{for …}`."""
        collection = self.value(node.collection, names)
        if isinstance(collection, Unknown):
            return Unknown(references=collection.references | references_of(node), why=collection.why)
        made, items, unsure = dict[str, Value](), list[Value](), list[Value]()
        for key, value in pairs(collection):
            inner = {**names, node.value: value, node.key: key} if node.key else {**names, node.value: value}
            keep = True if node.condition is None else self.value(node.condition, inner)
            if isinstance(keep, Unknown):
                unsure.append(keep)
                continue
            if not to_bool(keep):
                continue
            new_key = None if node.new_key is None else self.value(node.new_key, inner)
            item = self.value(node.new_value, inner)
            items.append(item)
            if isinstance(new_key, Unknown):
                unsure.append(new_key)
            elif node.new_key is not None:
                _put(made, to_text(new_key), item, node.groups)
        if unsure:
            return join_unknown([*unsure, *items], self.work, "what it holds is not known")
        return items if node.new_key is None else made

    def template(self, node: syntax.Template, names: Names) -> Value:
        """A text; the value itself for `"${x}"`."""
        if node.wraps:
            only = node.parts[0]
            if isinstance(only, Expression):
                return self.value(only, names)
        return self._text(node.parts, names)

    def _text(self, parts: list[Part], names: Names) -> Value:
        text = text_of(self._pieces(parts, names))
        self.work.spend(cost(text))
        return text

    def _pieces(self, parts: list[Part], names: Names) -> Iterator[Value]:
        for part in parts:
            self.work.spend()
            if isinstance(part, str):
                yield part
            elif isinstance(part, Expression):
                value = self.value(part, names)
                yield value if isinstance(value, Unknown) else to_text(value)
            elif isinstance(part, syntax.If):
                yield self._if(part, names)
            else:
                yield self._for(part, names)

    def _if(self, part: syntax.If, names: Names) -> Value:
        condition = self.value(part.condition, names)
        if not isinstance(condition, Unknown):
            return self._text(part.then if to_bool(condition) else part.otherwise, names)
        then, otherwise = self._text(part.then, names), self._text(part.otherwise, names)
        return operators.either(condition, then, otherwise, self.work)

    def _for(self, part: syntax.Loop, names: Names) -> Value:
        collection = self.value(part.collection, names)
        if isinstance(collection, Unknown):
            return join_unknown([collection], self.work)
        pieces = list[Value]()
        for key, value in pairs(collection):
            inner = {**names, part.value: value, part.key: key} if part.key else {**names, part.value: value}
            pieces.append(self._text(part.body, inner))
        return text_of(pieces)

    def call(self, node: syntax.Call, names: Names) -> Value:
        """A function's result."""
        name = node.name.removeprefix("core::")
        if name in _SPECIAL:
            return _SPECIAL[name](self, node, names)
        arguments = [self.value(argument, names) for argument in node.arguments]
        if node.expands and arguments:
            last = arguments.pop()
            if isinstance(last, Unknown):
                return join_unknown([*arguments, last], self.work)
            if not isinstance(last, list):
                raise EvaluationError("only a list can be spread over arguments")
            arguments += last
        return functions.call(name, arguments, self.work)

    def _try(self, node: syntax.Call, names: Names) -> Value:
        self.trying += 1
        try:
            for argument in node.arguments:
                try:
                    return self.value(argument, names)
                except EvaluationError:
                    continue
        finally:
            self.trying -= 1
        raise EvaluationError("nothing that was tried works")

    def _can(self, node: syntax.Call, names: Names) -> Value:
        self.trying += 1
        try:
            value = self.value(node.arguments[0], names) if node.arguments else None
        except EvaluationError:
            return False
        finally:
            self.trying -= 1
        return join_unknown([value], self.work) if isinstance(value, Unknown) else True

    def _file(self, node: syntax.Call, names: Names) -> Value:
        if len(node.arguments) != 1:
            raise EvaluationError(f"{node.name}() takes one argument")
        return self._read(self.value(node.arguments[0], names))

    def _filebase64(self, node: syntax.Call, names: Names) -> Value:
        text = self._file(node, names)
        return text if isinstance(text, Unknown) else functions.call("base64encode", [text], self.work)

    def _fileexists(self, node: syntax.Call, names: Names) -> Value:
        text = self._file(node, names)
        return text if isinstance(text, Unknown) else True

    def _fileset(self, node: syntax.Call, names: Names) -> Value:
        """The files of one folder; those of folders below are not looked for."""
        if len(node.arguments) != 2:
            raise EvaluationError("fileset() takes two arguments")
        base, pattern = (self.value(argument, names) for argument in node.arguments)
        if isinstance(base, Unknown) or isinstance(pattern, Unknown):
            return join_unknown([base, pattern], self.work)
        folder, _, last = to_text(pattern).rpartition("/")
        found = self.scope.names_of_files(f"{to_text(base)}/{folder}") if not _WILD.search(folder) else []
        if not found or not _PLAIN.fullmatch(last):
            return Unknown(why="the files cannot be listed here")
        self.work.spend(len(found))
        said = re.compile("".join(_MEANT.get(one, re.escape(one)) for one in last))
        return Set([f"{folder}/{one}" if folder else one for one in sorted(found) if said.fullmatch(one)])

    def _read(self, path: Value) -> Value:
        if isinstance(path, Unknown):
            return join_unknown([path], self.work)
        text = self.scope.read_file(to_text(path))
        if text is None:
            return Unknown(why="the file cannot be read here")
        self.work.spend(cost(text))
        return text

    def _templatefile(self, node: syntax.Call, names: Names) -> Value:
        if len(node.arguments) != 2:
            raise EvaluationError(f"{node.name}() takes two arguments")
        source, given = (self.value(argument, names) for argument in node.arguments)
        text = self._read(source) if node.name.endswith("templatefile") else source
        if isinstance(text, Unknown) or isinstance(given, Unknown):
            return join_unknown([text, given], self.work)
        if not isinstance(given, dict):
            raise EvaluationError(f"the variables of {node.name}() must be an object")
        try:
            template = bare(Parser(to_text(text), 0, inner=True))
        except HclSyntaxError as error:
            raise EvaluationError(error.message) from None
        if any(isinstance(one, syntax.Call) for one in _below(template, "templatefile")):
            raise EvaluationError("a template cannot call templatefile()")
        return Evaluator(NoScope(), self.work).value(template, given)


def _below(expression: Expression, name: str) -> Iterator[Expression]:
    from ringfence.formats.hcl.scope import children

    waiting = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, syntax.Call) and node.name.removeprefix("core::") == name:
            yield node
        waiting += [child for child, _ in children(node)]


def pairs(collection: Value) -> Iterator[tuple[Value, Value]]:
    """Keys and values as `for` sees them. Raises EvaluationError for what is no collection."""
    if isinstance(collection, dict):
        yield from sorted(collection.items())
    elif isinstance(collection, Set):
        yield from ((item, item) for item in collection)
    elif isinstance(collection, list):
        yield from enumerate(collection)
    else:
        raise EvaluationError(f"{kind(collection)} is no collection")


def _put(made: dict[str, Value], key: str, item: Value, groups: bool) -> None:
    if groups:
        group = made.setdefault(key, [])
        if isinstance(group, list):
            group.append(item)
    elif key in made:
        raise EvaluationError(f"two items have the key {key!r}")
    else:
        made[key] = item


def _followed(value: Value, key: str | int) -> Value:
    try:
        return follow(value, (key,))
    except LookupError as error:
        raise EvaluationError(str(error)) from None


_HANDLERS: dict[type, Callable[[Evaluator, Any, Names], Value]] = {
    syntax.Literal: Evaluator.literal,
    syntax.Parens: Evaluator.parens,
    syntax.Bad: Evaluator.bad,
    syntax.Tuple: Evaluator.listed,
    syntax.Object: Evaluator.mapped,
    syntax.Variable: Evaluator.variable,
    syntax.Get: Evaluator.get,
    syntax.Unary: Evaluator.unary,
    syntax.Binary: Evaluator.binary,
    syntax.Conditional: Evaluator.conditional,
    syntax.For: Evaluator.loop,
    syntax.Template: Evaluator.template,
    syntax.Call: Evaluator.call,
}
_SPECIAL: dict[str, Callable[[Evaluator, syntax.Call, Names], Value]] = {
    "try": Evaluator._try,
    "can": Evaluator._can,
    "file": Evaluator._file,
    "filebase64": Evaluator._filebase64,
    "fileexists": Evaluator._fileexists,
    "fileset": Evaluator._fileset,
    "templatefile": Evaluator._templatefile,
    "templatestring": Evaluator._templatefile,
}
