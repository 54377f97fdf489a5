"""Documents that stand inside of an attribute: JSON texts, and what `jsonencode` is given; with places."""

from collections.abc import Iterator, Mapping

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.encodings import decoded, from_json, from_yaml
from ringfence.formats.hcl.syntax import Call, Expression, Literal, Parens
from ringfence.formats.hcl.values import EvaluationError, TooMuchError
from ringfence.formats.terraform.reader import Reader, Spot

MAX_ITEMS = 500


class Node:
    """A value inside of a document, and the expression that it is written as, if it is."""

    __slots__ = ("_expression", "_file", "_record", "value")

    def __init__(self, r: Reader, value: Value, expression: Expression | None) -> None:
        self._record, self._file = r.record, r.view.file
        self.value, self._expression = value, _plain(expression)

    def get(self, key: str) -> "Node":
        """What stands under a key, whatever its case; None as its value where nothing does."""
        found = self._copy(None, None)
        if isinstance(self.value, Unknown):
            found.value = self.value
        if isinstance(self.value, dict):
            name = next((one for one in self.value if one.lower() == key.lower()), None)
            if name is not None:
                found.value, found._expression = self.value[name], _plain(_entry(self._expression, name))
        return found

    def items(self) -> "Iterator[Node]":
        """The items of a list."""
        if isinstance(self.value, list):
            written = self._expression.items if self._expression is not None else None
            for index, one in enumerate(self.value[:MAX_ITEMS]):
                same = written is not None and len(written) == len(self.value)
                yield self._copy(one, _plain(written[index]) if same and written else None)

    def entries(self) -> "Iterator[tuple[str, Node]]":
        """The entries of an object."""
        if isinstance(self.value, dict):
            for name, one in list(self.value.items())[:MAX_ITEMS]:
                yield name, self._copy(one, _plain(_entry(self._expression, name)))

    def stands(self, path: str) -> None:
        """Remember that a model's path stands here, and whether it is known."""
        if self._expression is not None:
            spot = Spot(file=self._file, start=self._expression.start, end=self._expression.end)
            self._record.spots[path] = spot
        if isinstance(self.value, Unknown):
            self._record.unknown.add(path)

    def flag(self, path: str, default: bool, ask: str = "") -> bool:
        """A bool, which is written in its place; `ask` says what to do where it has none."""
        self.stands(path)
        if ask and not isinstance(self._expression, Literal):
            self._record.questions[path] = ask
        if isinstance(self._expression, Literal):
            spot = Spot(file=self._file, start=self._expression.start, end=self._expression.end)
            values: Mapping[object, str] = {True: "true", False: "false"}
            self._record.stretches[path] = (spot, values)
        if isinstance(self.value, str) and self.value.lower() in ("true", "false"):
            return self.value.lower() == "true"
        return self.value if isinstance(self.value, bool) else default

    def text(self, path: str, default: str = "") -> str:
        """A text; "${}" for a piece that is not known."""
        self.stands(path)
        value = self.value
        if isinstance(value, Unknown) and value.pieces is not None:
            return "".join(one if isinstance(one, str) else "${}" for one in value.pieces)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, str | int | float) else default

    @property
    def there(self) -> bool:
        """Whether there is anything but null."""
        return self.value is not None

    def _copy(self, value: Value, expression: Expression | None) -> "Node":
        copy = Node.__new__(Node)
        copy._record, copy._file = self._record, self._file
        copy.value, copy._expression = value, expression
        return copy


def document(r: Reader, field: str, attribute: str, *, yaml: bool = False) -> Node:
    """The document of an attribute. `field` is unknown where it cannot be read; `yaml`: it is written as that."""
    found = r.view.find(attribute)
    value, expression = found.value, found.expression
    if found.start >= 0:
        r.record.spots[field] = Spot(file=r.view.file, start=found.start, end=found.end)
    inner = _plain(expression)
    if isinstance(value, Unknown):
        value = _from_pieces(value) if yaml else decoded(value)
    elif isinstance(value, str):
        try:
            value = from_yaml(value) if yaml else from_json(value)
        except (EvaluationError, TooMuchError):
            value = Unknown()
    if isinstance(value, Unknown):
        r.unknown(field)
    return Node(r, value, inner)


def _from_pieces(value: Unknown) -> Value:
    """A YAML text, with "${}" for what is not known of it."""
    if value.decoded is not None or value.pieces is None:
        return value.decoded if value.decoded is not None else Unknown()
    try:
        return from_yaml("".join(one if isinstance(one, str) else "${}" for one in value.pieces))
    except (EvaluationError, TooMuchError):
        return Unknown()


def _plain(expression: Expression | None) -> Expression | None:
    """Without parentheses, and what `jsonencode` is given."""
    for _ in range(10):
        if isinstance(expression, Parens):
            expression = expression.inner
        elif isinstance(expression, Call) and expression.name == "jsonencode" and len(expression.arguments) == 1:
            expression = expression.arguments[0]
        else:
            break
    return expression


def _entry(expression: Expression | None, name: str) -> Expression | None:
    entries = expression.entries if expression is not None else None
    for key, value in entries or ():
        if key == name or (isinstance(key, Literal) and key.value == name):
            return value
    return None
