"""Bodies, blocks and attributes of a configuration file, with exact spans in characters of its text."""

from bisect import bisect_right
from collections.abc import Callable

from ringfence.dataclasses import dataclass
from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.syntax import Bad, Expression, HclSyntaxError


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """Something that could not be read; `line` and `column` from 1."""

    line: int
    column: int
    message: str


class Source:
    """A text and where its lines begin."""

    __slots__ = ("_starts", "file", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self._starts = list[int]()

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1."""
        if not self._starts:
            at, starts = 0, [0]
            while (at := self.text.find("\n", at) + 1) > 0:
                starts.append(at)
            self._starts = starts
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Attribute:
    """`name = expression`. `start` is the offset of the name, `end` that behind the expression, `value_start` where the
    expression begins. `read` gives the expression where it is not to be read from the text."""

    __slots__ = ("_expression", "_read", "end", "name", "source", "start", "value_start")

    def __init__(
        self,
        source: Source,
        name: str,
        start: int,
        value_start: int,
        end: int,
        expression: Expression | None = None,
        read: Callable[[], Expression] | None = None,
    ) -> None:
        self.source, self.name, self.start, self.value_start, self.end = source, name, start, value_start, end
        self._expression, self._read = expression, read

    @property
    def expression(self) -> Expression:
        """The expression; read when it is first asked for."""
        if self._expression is None:
            self._expression = self._read() if self._read else self._parsed()
        return self._expression

    def _parsed(self) -> Expression:
        try:
            parser = Parser(self.source.text, self.value_start)
            return parser.plain(self.end) or parser.expression()
        except HclSyntaxError as error:
            return Bad(self.value_start, self.end, error.message)

    @property
    def line(self) -> int:
        """The line of the name, from 1."""
        return self.source.position(self.start)[0]


class Body:
    """What stands between a block's braces, or in a whole file. `start` is the offset behind `{`, `end` that of `}`.

    `attributes`: by name, the first of each; `blocks`: in order. `broken`: something in it could not be read, so that
    what seems to be missing may be there. In JSON syntax an attribute that is an object or a list of objects stands in
    both.
    """

    __slots__ = ("attributes", "blocks", "broken", "end", "json", "source", "start")

    def __init__(self, source: Source, start: int, *, json: bool = False) -> None:
        self.source, self.start, self.end, self.json = source, start, start, json
        self.attributes = dict[str, Attribute]()
        self.blocks = list[Block]()
        self.broken = False


class Block:
    """`type "label" {…}`. `start` is the offset of the type, `end` that behind `}`, `open_end` that behind `{`."""

    __slots__ = ("body", "end", "labels", "open_end", "source", "start", "type")

    def __init__(
        self, source: Source, kind: str, labels: tuple[str, ...], start: int, open_end: int, body: Body
    ) -> None:
        self.source, self.type, self.labels, self.start, self.open_end = source, kind, labels, start, open_end
        self.body, self.end = body, open_end

    @property
    def line(self) -> int:
        """The line of the type, from 1."""
        return self.source.position(self.start)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class HclFile:
    """A configuration file. `broken` says what could not be read; the rest is in `body`."""

    text: str
    file: str
    body: Body
    broken: tuple[Broken, ...]
    source: Source

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1."""
        return self.source.position(offset)
