"""Reads HCL expressions: text to nodes, with the precedence and the newline rules of the language.

Recursion is bounded by MAX_DEPTH; everything else is loops. Raises HclSyntaxError with the place of what does not fit.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from ringfence.formats.hcl import syntax, templates
from ringfence.formats.hcl.syntax import Expression, HclSyntaxError
from ringfence.formats.hcl.values import TooMuchError, number_of

#: Terms of one expression.
MAX_TERMS = 300_000
#: Brackets, templates and conditionals in each other. Three or four frames of Python a level.
MAX_DEPTH = 100
MAX_SIGNS = 100

IDENTIFIER = r"[^\W\d][\w-]*"
# A comment that is never closed reaches to the end; what is missing behind it is then said.
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*|//[^\n]*|/\*(?:.*?\*/|.*)){0,1000}", re.DOTALL)
_BLANK = re.compile(r"[ \t]*(?:/\*(?:.*?\*/|.*)[ \t]*){0,1000}", re.DOTALL)
_MAY_BE_GAP = " \t\r\n#/"
_IDENTIFIER = re.compile(IDENTIFIER)
_REFERENCE = re.compile(rf"{IDENTIFIER}(?:\.{IDENTIFIER})*")
_FUNCTION = re.compile(rf"{IDENTIFIER}(?:::{IDENTIFIER})*(?=[ \t]*\()")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DIGITS = re.compile(r"[0-9]{1,9}")
_OPERATORS = "|&=!<>+-*/%"
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|>=|<(?!<)|>|\+|-|\*|/(?![/*])|%")
_PRECEDENCE = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_KEY = re.compile(rf"({IDENTIFIER})[ \t]*(?:=(?![=>])|:(?!:))")
_FOR = re.compile(r"for(?![\w-])")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_PLAIN_TEXT = re.compile(r'"([^"\\$%\n]*)"')


def behind_gap(text: str, pos: int) -> int:
    """The offset behind blanks, newlines and comments."""
    while True:
        found = _GAP.match(text, pos)
        if found is None or found.end() - pos < 1000:
            return found.end() if found else pos
        pos = found.end()


def behind_blank(text: str, pos: int) -> int:
    """The offset behind blanks and comments in the line."""
    found = _BLANK.match(text, pos)
    return found.end() if found else pos


class Parser:
    """Reads one expression of `text` from `pos` on. `inner`: between brackets, where newlines mean nothing."""

    __slots__ = ("_behind", "depth", "inner", "pos", "terms", "text")

    def __init__(self, text: str, pos: int, *, inner: bool = False) -> None:
        self.text, self.pos, self.inner, self.depth = text, pos, inner, 0
        self.terms = MAX_TERMS
        self._behind = pos

    def plain(self, end: int) -> Expression | None:
        """The expression here, which ends at `end`, if it is a plain text, a small number or a word: the quick way."""
        start = self.pos
        said = self.text[start:end]
        if said[:1] == '"':
            found = _PLAIN_TEXT.fullmatch(said)
            return syntax.Literal(start, end, found[1]) if found else None
        if said in _WORDS:
            return syntax.Literal(start, end, _WORDS[said])
        return (
            syntax.Literal(start, end, int(said)) if said.isdecimal() and said.isascii() and end - start < 19 else None
        )

    def fail(self, message: str, offset: int | None = None) -> NoReturn:
        """Raise HclSyntaxError for this place."""
        raise HclSyntaxError(self.pos if offset is None else offset, message)

    def skip(self) -> str:
        """Go to the next token. Gives its first character, "" at the end."""
        text, pos = self.text, self.pos
        char = text[pos : pos + 1]
        if char == " ":
            pos += 1
            self.pos = pos
            char = text[pos : pos + 1]
        if char not in _MAY_BE_GAP or not char:
            return char
        pos = behind_gap(text, pos) if self.inner else behind_blank(text, pos)
        self.pos = pos
        return text[pos : pos + 1]

    def expect(self, token: str) -> None:
        """Go behind a token. Raises HclSyntaxError where another one stands."""
        self.skip()
        if not self.text.startswith(token, self.pos):
            self.fail(f"`{token}` is missing")
        self.pos += len(token)

    def expression(self) -> Expression:
        """The expression here. `pos` is behind it afterwards."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"it is nested deeper than {MAX_DEPTH}")
        arms = list[tuple[Expression, Expression]]()
        while True:
            node = self._operation()
            if self.skip() != "?":
                break
            self.pos += 1
            then = self.expression()
            self.expect(":")
            arms.append((node, then))
        for condition, then in reversed(arms):
            node = syntax.Conditional(condition, then, node)
        self.depth -= 1
        return node

    def _operation(self) -> Expression:
        operands, operators = [self._signed()], list[str]()
        while True:
            first = self.skip()
            found = _OPERATOR.match(self.text, self.pos) if first in _OPERATORS and first else None
            if found is None:
                break
            operator = found.group()
            while operators and _PRECEDENCE[operators[-1]] >= _PRECEDENCE[operator]:
                right = operands.pop()
                operands.append(syntax.Binary(operands.pop(), operators.pop(), right))
            operators.append(operator)
            self.pos = found.end()
            operands.append(self._signed())
        while operators:
            right = operands.pop()
            operands.append(syntax.Binary(operands.pop(), operators.pop(), right))
        return operands[0]

    def _signed(self) -> Expression:
        first = self.skip()
        if first not in ("-", "!"):
            return self._term(first)
        start, signs = self.pos, ""
        while first in ("-", "!"):
            signs += first
            self.pos += 1
            if len(signs) > MAX_SIGNS:
                self.fail("it has too many signs")
            first = self.skip()
        operand = self._term(first)
        return syntax.Unary(start, operand.end, signs, operand)

    def _term(self, first: str) -> Expression:
        start = self.pos
        self.terms -= 1
        if self.terms < 0:
            self.fail("it is too large")
        if first == '"':
            plain = _PLAIN_TEXT.match(self.text, start)
            if plain:
                self.pos = plain.end()
                node: Expression = syntax.Literal(start, self.pos, plain[1])
            else:
                node = templates.quoted(self)
        elif first == "[":
            node = self._brackets()
        elif first == "{":
            node = self._braces()
        elif first == "(":
            node = self._parens()
        elif "0" <= first <= "9":
            node = self._number()
        elif first == "<" and self.text.startswith("<<", start):
            node = templates.heredoc(self)
        else:
            node = self._word()
        steps = self._steps()
        if not steps:
            return node
        if isinstance(node, syntax.Get):
            node.steps += steps
            node.end = self._behind
            return node
        return syntax.Get(start, self._behind, node, steps)

    def _number(self) -> Expression:
        start = self.pos
        found = _NUMBER.match(self.text, start)
        if found is None or len(found.group()) > 400:
            self.fail("a number is too long")
        self.pos = found.end()
        try:
            value = number_of(Decimal(found.group()))
        except (TooMuchError, InvalidOperation):
            self.fail("a number is too large", start)
        return syntax.Literal(start, self.pos, value)

    def _word(self) -> Expression:
        start = self.pos
        found = _FUNCTION.match(self.text, start)
        if found:
            self.pos = found.end()
            return self._call(found.group(), start)
        found = _REFERENCE.match(self.text, start)
        if found is None:
            self.fail("an expression is missing")
        word, *steps = found.group().split(".")
        self.pos = end = start + len(word)
        if word in _WORDS:
            return syntax.Literal(start, end, _WORDS[word])
        base = syntax.Variable(start, end, word)
        if not steps:
            return base
        self.pos = found.end()
        return syntax.Get(start, self.pos, base, [*steps])

    def _call(self, name: str, start: int) -> Expression:
        self.expect("(")
        arguments, expands, outer = list[Expression](), False, self.inner
        self.inner = True
        while self.skip() != ")":
            arguments.append(self.expression())
            if self.skip() == ",":
                self.pos += 1
            elif self.text.startswith("...", self.pos):
                self.pos += 3
                expands = True
                if self.skip() == ",":
                    self.pos += 1
                if self.skip() != ")":
                    self.fail("`)` is missing")
            elif self.text[self.pos : self.pos + 1] != ")":
                self.fail("`,` or `)` is missing")
        self.pos += 1
        self.inner = outer
        return syntax.Call(start, self.pos, name, arguments, expands)

    def _parens(self) -> Expression:
        start, outer = self.pos, self.inner
        self.pos += 1
        self.inner = True
        inner = self.expression()
        self.expect(")")
        self.inner = outer
        return syntax.Parens(start, self.pos, inner)

    def _brackets(self) -> Expression:
        start, outer = self.pos, self.inner
        self.pos += 1
        self.inner = True
        items = list[Expression]()
        if self.skip() == "f" and _FOR.match(self.text, self.pos):
            return self._for(start, outer, "]")
        while self.skip() != "]":
            items.append(self.expression())
            following = self.skip()
            if following == ",":
                self.pos += 1
            elif following != "]":
                self.fail("`,` or `]` is missing")
        self.pos += 1
        self.inner = outer
        return syntax.Tuple(start, self.pos, items)

    def _braces(self) -> Expression:
        start, outer = self.pos, self.inner
        self.pos += 1
        self.inner = True
        if self.skip() == "f" and _FOR.match(self.text, self.pos):
            return self._for(start, outer, "}")
        entries, spans = list[tuple[Expression | str, Expression]](), list[tuple[int, int]]()
        while self.skip() != "}":
            self.inner = False  # a newline ends an entry
            key = self._key(spans)
            entries.append((key, self.expression()))
            following = self.skip()
            if following == ",":
                self.pos += 1
            elif following not in ("}", "\n", "\r", "#") and not self.text.startswith("//", self.pos):
                self.fail("a newline, `,` or `}` is missing")
            self.inner = True
        self.pos += 1
        self.inner = outer
        return syntax.Object(start, self.pos, entries, spans)

    def _key(self, spans: list[tuple[int, int]]) -> Expression | str:
        """An object's key and the sign behind it."""
        plain = _KEY.match(self.text, self.pos)
        if plain:
            spans.append(plain.span(1))
            self.pos = plain.end()
            return plain[1]
        key = self.expression()
        spans.append((key.start, key.end))
        if self.skip() not in ("=", ":") or self.text.startswith(("==", "=>"), self.pos):
            self.fail("`=` is missing")
        self.pos += 1
        if isinstance(key, syntax.Literal) and not isinstance(key.value, float):
            return key.value if isinstance(key.value, str) else self.text[key.start : key.end]
        if isinstance(key, syntax.Get):
            self.fail("a key like this must stand in parentheses", key.start)
        return key

    def _for(self, start: int, outer: bool, close: str) -> Expression:
        self.pos += 3
        key, value, collection = self.for_intro()
        self.expect(":")
        node = syntax.For(key, value, collection)
        node.new_value = self.expression()
        if close == "}":
            self.expect("=>")
            node.new_key, node.new_value = node.new_value, self.expression()
            self.skip()
            if self.text.startswith("...", self.pos):
                self.pos += 3
                node.groups = True
        if self.skip() == "i" and self.word() == "if":
            node.condition = self.expression()
        self.expect(close)
        self.inner = outer
        node.start, node.end = start, self.pos
        return node

    def for_intro(self) -> tuple[str, str, Expression]:
        """`k, v in collection`: the names (the first is "" where there is only one) and the collection."""
        key, value = "", self.word()
        if self.skip() == ",":
            self.pos += 1
            key, value = value, self.word()
        if self.word() != "in":
            self.fail("`in` is missing")
        return key, value, self.expression()

    def word(self) -> str:
        """The identifier here. Raises HclSyntaxError where there is none."""
        self.skip()
        found = _IDENTIFIER.match(self.text, self.pos)
        if found is None:
            self.fail("a name is missing")
        self.pos = found.end()
        return found.group()

    def _steps(self) -> list[syntax.Step]:
        """What follows a term: attributes, indexes, splats. The end of the last one is `_behind` afterwards."""
        steps = list[syntax.Step]()
        while True:
            end = self.pos
            first = self.skip()
            if first == "[":
                self.pos += 1
                full = self._index(steps)
            elif first == "." and not self.text.startswith("...", self.pos):
                self.pos += 1
                full = self._attribute(steps)
            else:
                break
            if full:
                return steps
        self._behind = end
        return steps

    def _index(self, steps: list[syntax.Step]) -> bool:
        outer, self.inner = self.inner, True
        full = self.skip() == "*"
        if full:
            self.pos += 1
        else:
            steps.append(self.expression())
        self.expect("]")
        self.inner = outer
        if full:
            self._splat(steps, self._steps)
        return full

    def _attribute(self, steps: list[syntax.Step]) -> bool:
        first = self.skip()
        if first == "*":
            self.pos += 1
            self._splat(steps, self._attributes)
            return False
        digits = _DIGITS.match(self.text, self.pos)
        if digits:
            self.pos = digits.end()
            if steps and self.text[digits.start() - 1] == "." and self._is_legacy(steps[-1]):
                self.fail("an index by a dot cannot follow another", digits.start())
            steps.append(syntax.Literal(digits.start(), self.pos, int(digits.group())))
        else:
            steps.append(self.word())
        return False

    def _is_legacy(self, step: syntax.Step) -> bool:
        return isinstance(step, syntax.Literal) and self.text[step.start - 1] == "."

    def _splat(self, steps: list[syntax.Step], following: Callable[[], list[syntax.Step]]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"it is nested deeper than {MAX_DEPTH}")
        steps.append(syntax.Splat(following()))
        self.depth -= 1

    def _attributes(self) -> list[syntax.Step]:
        """The attributes behind `.*`: an index behind them is taken of the whole."""
        steps = list[syntax.Step]()
        while True:
            end = self.pos
            if self.skip() != "." or self.text.startswith("...", self.pos) or self._star_follows():
                self.pos = end
                return steps
            self.pos += 1
            self._attribute(steps)

    def _star_follows(self) -> bool:
        return self.text.startswith(".*", self.pos)
