"""Reads HCL templates: quoted texts and heredocs, with interpolations, directives and strip markers."""

import re
from typing import TYPE_CHECKING

from ringfence.formats.hcl import syntax
from ringfence.formats.hcl.syntax import Expression, OpenHeredocError, Part

if TYPE_CHECKING:
    from ringfence.formats.hcl.expressions import Parser

_QUOTED_RUN = re.compile(r'[^"\\$%\r\n]+')
_LINE_RUN = re.compile(r"[^$%\n]+")
_BARE_RUN = re.compile(r"[^$%]+")
_SIGNS = re.compile(r"\$+|%+")
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t]*\r?\n")


class _Else:
    """`%{ else }`."""


class _End:
    """`%{ endif }` or `%{ endfor }`."""

    def __init__(self, word: str) -> None:
        self.word = word


class _Text:
    """A literal stretch. In a heredoc each line is one of its own."""

    def __init__(self, value: str) -> None:
        self.value = value


_Token = _Text | Expression | syntax.If | syntax.Loop | _Else | _End


class _Tokens:
    """Gathers the tokens of one template; strip markers take effect at once."""

    def __init__(self, parser: "Parser") -> None:
        self.parser = parser
        self.found = list[_Token]()
        self._strip_next = False
        self._run = list[str]()

    def add(self, text: str) -> None:
        """Characters of a literal."""
        self._run.append(text)

    @property
    def pending(self) -> bool:
        """Whether characters were added since the last token."""
        return bool(self._run)

    def flush(self) -> None:
        """What was added is one literal."""
        if not self._run:
            return
        text = "".join(self._run)
        self._run.clear()
        if self._strip_next:
            text = text.lstrip()
            self._strip_next = False
        self.found.append(_Text(text))

    def sign(self) -> bool:
        """At `$` or `%`: whether a sequence begins there. What does not is added as literal."""
        parser = self.parser
        text, pos = parser.text, parser.pos
        run = _SIGNS.match(text, pos)
        signs = run.group() if run else ""
        opens = text.startswith("{", pos + len(signs))
        if opens and len(signs) == 1:
            return True
        if opens:  # two are one that opens nothing
            self.add(signs[1:] + "{")
            parser.pos += 1
        else:
            self.add(signs)
        parser.pos += len(signs)
        return False

    def sequence(self) -> None:
        """`${ … }` or `%{ … }`."""
        parser = self.parser
        sign = parser.text[parser.pos]
        parser.pos += 2
        self._strip_next = False
        if parser.text.startswith("~", parser.pos):
            parser.pos += 1
            last = self.found[-1] if self.found else None
            if isinstance(last, _Text):
                last.value = last.value.rstrip()
        outer, parser.inner = parser.inner, True
        self.found.append(parser.expression() if sign == "$" else self._directive())
        if parser.skip() == "~":
            parser.pos += 1
            self._strip_next = True
        parser.expect("}")
        parser.inner = outer

    def _directive(self) -> _Token:
        parser = self.parser
        parser.skip()
        start = parser.pos
        word = parser.word()
        if word == "if":
            return syntax.If(parser.expression(), [], [])
        if word == "for":
            key, value, collection = parser.for_intro()
            return syntax.Loop(key, value, collection, [])
        if word == "else":
            return _Else()
        if word in ("endif", "endfor"):
            return _End(word)
        return parser.fail(f"`{word}` is no directive of a template", start)

    def parts(self) -> list[Part]:
        """The tokens as a tree. Raises HclSyntaxError where a directive is not closed."""
        root = list[Part]()
        current, opened = root, list[tuple[syntax.If | syntax.Loop, list[Part]]]()
        for token in self.found:
            if isinstance(token, _Text):
                if token.value:
                    current.append(token.value)
            elif isinstance(token, _Else):
                if not opened or not isinstance(opened[-1][0], syntax.If) or current is opened[-1][0].otherwise:
                    self.parser.fail("`else` without `if`")
                current = opened[-1][0].otherwise
            elif isinstance(token, _End):
                wanted = syntax.If if token.word == "endif" else syntax.Loop
                if not opened or not isinstance(opened[-1][0], wanted):
                    self.parser.fail(f"`{token.word}` closes nothing")
                current = opened.pop()[1]
            else:
                current.append(token)
                if isinstance(token, syntax.If | syntax.Loop):
                    opened.append((token, current))
                    current = token.then if isinstance(token, syntax.If) else token.body
                    if len(opened) > 100:
                        self.parser.fail("its directives are nested too deep")
        if opened:
            self.parser.fail("a directive of a template is not closed")
        return root


def quoted(parser: "Parser") -> Expression:
    """The quoted text at the parser's place."""
    start = parser.pos
    parser.pos += 1
    text, tokens = parser.text, _Tokens(parser)
    while True:
        run = _QUOTED_RUN.match(text, parser.pos)
        if run:
            tokens.add(run.group())
            parser.pos = run.end()
        char = text[parser.pos : parser.pos + 1]
        if char == '"':
            break
        if char == "\\":
            tokens.add(_escape(parser))
        elif char in ("$", "%") and char:
            if tokens.sign():
                tokens.flush()
                tokens.sequence()
        else:
            parser.fail("a text is not closed on its line")
    tokens.flush()
    parser.pos += 1
    return _node(tokens, start, parser.pos, wraps=True)


def _escape(parser: "Parser") -> str:
    found = _ESCAPE.match(parser.text, parser.pos)
    if found is None:
        parser.fail("a backslash stands before something that needs none")
    parser.pos = found.end()
    if found[1]:
        return _ESCAPES[found[1]]
    code = int(found[2] or found[3], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        parser.fail("a backslash stands before what is no character", found.start())
    return chr(code)


def heredoc(parser: "Parser") -> Expression:
    """The heredoc at the parser's place. It ends behind its closing word."""
    start, text = parser.pos, parser.text
    head = _HEREDOC.match(text, start)
    if head is None:
        parser.fail("a heredoc needs a word and a new line")
    closing = re.compile(rf"[ \t]*{re.escape(head[2])}(?=[ \t]*(?:\r?\n|\Z))")
    parser.pos = head.end()
    tokens, line_start = _Tokens(parser), True
    while True:
        if line_start and not tokens.pending:
            end = closing.match(text, parser.pos)
            if end:
                break
            if parser.pos >= len(text):
                raise OpenHeredocError(start, f"the heredoc is not closed: `{head[2]}` is missing")
        run = _LINE_RUN.match(text, parser.pos)
        if run:
            tokens.add(run.group())
            parser.pos = run.end()
        char = text[parser.pos : parser.pos + 1]
        if char in ("$", "%") and char:
            if tokens.sign():
                tokens.flush()
                tokens.sequence()
                line_start = False
            continue
        if char == "\n":
            tokens.add(char)
            parser.pos += 1
        tokens.flush()
        line_start = True
    parser.pos = end.end()
    if head[1]:
        _unindent(tokens.found)
    return _node(tokens, start, parser.pos, wraps=False)


def bare(parser: "Parser") -> Expression:
    """The whole text as a template, as in a file for templatefile or a text of JSON syntax."""
    text, tokens = parser.text, _Tokens(parser)
    while parser.pos < len(text):
        run = _BARE_RUN.match(text, parser.pos)
        if run:
            tokens.add(run.group())
            parser.pos = run.end()
        elif tokens.sign():
            tokens.flush()
            tokens.sequence()
    tokens.flush()
    return _node(tokens, 0, len(text), wraps=True)


def _unindent(found: list[_Token]) -> None:
    """Take away the indentation that all lines share; blank lines do not count."""
    least, adjust, newline = -1, list[_Text](), True
    for token in found:
        if newline:
            newline, spaces = False, 0
            if isinstance(token, _Text):
                blank = not token.value.strip()
                if blank and token.value.endswith("\n"):
                    spaces = -1
                else:
                    spaces = len(token.value) - len(token.value.lstrip())
                    adjust.append(token)
            if spaces >= 0:
                least = spaces if least < 0 else min(least, spaces)
        if isinstance(token, _Text) and token.value.endswith("\n"):
            newline = True
    for token in adjust:
        token.value = token.value[max(least, 0) :]


def _node(tokens: _Tokens, start: int, end: int, *, wraps: bool) -> Expression:
    parts = tokens.parts()
    if all(isinstance(part, str) for part in parts):
        return syntax.Literal(start, end, "".join(part for part in parts if isinstance(part, str)))
    return syntax.Template(start, end, parts, wraps and len(tokens.found) == 1 and isinstance(parts[0], Expression))
