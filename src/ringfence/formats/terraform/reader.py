"""Reads a resource into a model, and remembers for each field where it stands, whether it is known, and how to write
it.

A function for a kind of resource asks for one attribute per field; loading, places, unknown fields and patches all
follow from that one line. Its `default` is what the provider does when the file says nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from ringfence.controls.control import Scope
from ringfence.dataclasses import dataclass
from ringfence.formats.document import Patch
from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.syntax import Expression
from ringfence.formats.terraform.numbers import whole
from ringfence.formats.terraform.resource import Instance
from ringfence.formats.terraform.switches import OFF, ON
from ringfence.formats.terraform.view import Found, View

if TYPE_CHECKING:
    from ringfence.models.cloud.policy import Statement

_T = TypeVar("_T")
#: A key that AWS makes and manages for one of its services.
_PROVIDERS_KEY = re.compile(r"(?:^|:)alias/aws/")
MAX_ITEMS = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where something stands: offsets in a file."""

    file: str
    start: int
    end: int


@dataclass(kw_only=True, slots=True)
class Writing:
    """How a field is written: an attribute path below a view, and HCL for its values where they are not written
    plainly."""

    view: View
    attribute: str
    values: Mapping[object, str] | None
    invert: bool = False


class Record:
    """What is remembered about the fields of one model.

    `title`, `anchor` and `patch` are set if another format reads the model: what to call the subject, where to point
    for what the file does not say, and what writes it (from the wanted model and the text to the edits).
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.spots = dict[str, Spot]()
        self.unknown = set[str]()
        self.writings = dict[str, Writing]()
        self.questions = dict[str, str]()
        self.attributes = dict[str, str]()  # of each field the attribute that says it; "" where there are several
        self.companions = dict[str, str]()
        self.elements = dict[str, tuple[str, list[tuple[int, int]]]]()
        self.blocks = dict[str, Spot]()
        self.stretches = dict[str, tuple[Spot, Mapping[object, str]]]()  # literals inside of expressions
        self.scope = Scope.TERRAFORM
        self.title = ""
        self.anchor: Spot | None = None
        self.patch: Callable[[object, str], Patch] | None = None


class Reader:
    """A resource, or a block of it, as the function for its kind sees it. Fields are those of the model; attributes are
    dotted paths."""

    __slots__ = ("_prefix", "instance", "record", "view")

    def __init__(
        self, instance: Instance, view: View | None = None, record: Record | None = None, prefix: str = ""
    ) -> None:
        self.instance = instance
        self.record = record or Record(instance)
        self.view = view or View.of(instance)
        self._prefix = prefix

    # What it is.

    @property
    def address(self) -> str:
        """Its name as seen from the root: `module.a.aws_s3_bucket.b["x"]`."""
        return self.instance.address

    @property
    def type(self) -> str:
        """Its type: `aws_s3_bucket`."""
        return self.instance.resource.type

    @property
    def name(self) -> str:
        """Its name in the file: `b`."""
        return self.instance.resource.name

    # Plain attributes.

    def value(self, field: str, attribute: str) -> Value:
        """An attribute's value, or None if it is not set. Its place, and whether it is known, are remembered."""
        found = self.view.find(attribute)
        self._remember(field, attribute, found)
        return found.value

    def flag(self, field: str, attribute: str, default: bool) -> bool:
        """A bool; the texts that Terraform takes for one count as well."""
        value = self.value(field, attribute)
        self._writes(field, attribute)
        said = value.lower() if isinstance(value, str) else value
        return said in ON if said in (*ON, *OFF) else default

    def inverted(self, field: str, attribute: str, default: bool) -> bool:
        """A bool that is the opposite of the attribute. `default` is that of the model."""
        value = not self.flag(field, attribute, not default)
        writing = self.record.writings.get(self._prefix + field)
        if writing is not None:
            writing.invert = True
        return value

    def number(self, field: str, attribute: str, default: int) -> int:
        """A whole number; texts of digits count as well."""
        value = self.value(field, attribute)
        self._writes(field, attribute)
        if isinstance(value, str):
            said = whole(value)
            return default if said is None else said
        return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else default

    def text(self, field: str, attribute: str, default: str = "", *, lower: bool = False) -> str:
        """A text; numbers and bools are converted as Terraform prints them."""
        value = self.value(field, attribute)
        self._writes(field, attribute)
        said = _text(value, default)
        return said.lower() if lower else said

    def texts(self, field: str, attribute: str, default: tuple[str, ...] = (), *, offset: int = 0) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one. An unknown item is "", and its path is unknown.

        `offset`: how many items of the field come before these, from elsewhere.
        """
        found = self.view.find(attribute)
        self._remember(field, attribute, found)
        self._writes(field, attribute)
        value = found.value
        if value is None or isinstance(value, Unknown | dict):
            return default
        items = value if isinstance(value, list) else [value]
        spans = self._items(field, attribute, found, len(items)) if not offset else []
        for index, one in enumerate(items[:MAX_ITEMS]):
            path = f"{self._prefix}{field}[{index + offset}]"
            if isinstance(one, Unknown) and field:
                self.record.unknown.add(path)
            if index < len(spans) and field:
                self.record.spots[path] = Spot(file=self.view.file, start=spans[index][0], end=spans[index][1])
        return tuple(_text(one, "") for one in items[:MAX_ITEMS])

    def given(self, field: str, attribute: str) -> bool:
        """Whether it is set, and neither null nor empty. A value that is set but not known counts, except a variable,
        which may be null."""
        found = self.view.find(attribute)
        value = found.value
        if field.endswith("key") and self._is_providers_key(value):
            self._spot(field, found)
            return False
        if isinstance(value, Unknown) and value.pieces is None and found.there:
            if any("var." in one for one in value.references) or not value.references:
                self._remember(field, attribute, found)
                return False
            self._spot(field, found)
            return True
        self._remember(field, attribute, found)
        return found.there and value not in (None, "", [], {})

    def has(self, field: str, block: str) -> bool:
        """Whether there is at least one such block."""
        some, known = self.view.blocks(block)
        if not some and not known:
            self.unknown(field)
        if some:
            self.record.spots.setdefault(self._prefix + field, _spot_of(some[0]))
        return bool(some)

    def mapped(self, field: str, attribute: str, values: Mapping[str, _T], default: _T, otherwise: _T) -> _T:
        """A text translated into a value of the model: `default` if it is not set, `otherwise` for any other text."""
        value = self.value(field, attribute)
        written = dict[object, str]()
        for said, meant in values.items():
            written.setdefault(meant, f'"{said}"')
        self._writes(field, attribute, written)
        if value is None or isinstance(value, Unknown):
            return default
        said = _text(value, "")
        folded = {key.lower(): one for key, one in values.items()}
        return folded.get(said.lower(), otherwise)

    # How fields are written.

    def decide(self, field: str, question: str) -> None:
        """Only a person can decide what to write for this field; `question` asks for it."""
        self.record.questions[self._prefix + field] = question
        self.record.writings.pop(self._prefix + field, None)

    def writes(self, field: str, attribute: str, values: Mapping[object, str]) -> None:
        """The HCL for each value of the model, where reading and writing use different attributes or values."""
        self._writes(field, attribute, values)

    def companion(self, field: str, text: str) -> None:
        """A resource to add behind this one; {name} and {ref} are this one's."""
        resource = self.instance.resource
        said = text.replace("{name}", resource.name).replace("{ref}", resource.reference)
        self.record.companions[self._prefix + field] = said

    def unknown(self, field: str) -> None:
        """This field is not known."""
        self.record.unknown.add((self._prefix + field).rstrip("."))

    def rests_on(self, attribute: str, *fields: str) -> None:
        """These fields get their meaning from an attribute: if that is not known, neither are they."""
        found = self.view.find(attribute)
        some = found.value if isinstance(found.value, list) else [found.value]
        if not found.known or any(isinstance(one, Unknown) for one in some):
            for field in fields:
                self.unknown(field)

    # Blocks.

    def blocks(self, field: str, block: str, *, first: int = 0) -> "list[Reader]":
        """A reader for each block of a type, whose fields are below `field[i]`; `first`: how many items of the field
        come before these, from elsewhere."""
        some, known = self.view.blocks(block)
        if not known:
            self.unknown(field)
        found = list[Reader]()
        for index, view in enumerate(some[:MAX_ITEMS], first):
            path = f"{self._prefix}{field}[{index}]"
            self.record.spots[path] = _spot_of(view)
            self.record.blocks[path] = _spot_of(view)
            found.append(Reader(self.instance, view, self.record, path + "."))
        return found

    def block(self, field: str, block: str) -> "Reader":
        """The first block of a type. If there is none, everything in it has its default, and writing adds the block."""
        view = self.view
        known_all = True
        for kind in block.split("."):
            some, known = view.blocks(kind)
            known_all = known_all and known
            view = some[0] if some else view.missing(kind)
        prefix = f"{self._prefix}{field}." if field else self._prefix
        if not known_all and not view.there:
            view = view.unknown_view()
            if field:
                self.unknown(field)
        elif field and view.there:
            self.record.spots.setdefault(self._prefix + field, _spot_of(view))
        return Reader(self.instance, view, self.record, prefix)

    def below(self, field: str, view: View) -> "Reader":
        """A reader for a given block, whose fields are below `field` ("": beside those of this reader)."""
        prefix = f"{self._prefix}{field}." if field else self._prefix
        if field and view.there:
            self.record.spots[self._prefix + field] = _spot_of(view)
            self.record.blocks[self._prefix + field] = _spot_of(view)
        return Reader(self.instance, view, self.record, prefix)

    def place(self, field: str, view: View) -> None:
        """The place of a field is that of a block."""
        self.record.spots[self._prefix + field] = _spot_of(view)

    def place_of(self, field: str, found: Found) -> None:
        """The place of a field is that of an attribute that was already looked up."""
        self._spot(field, found)

    def stands(self, field: str, start: int, end: int) -> None:
        """The place of a field is between two offsets."""
        self.record.spots[self._prefix + field] = Spot(file=self.view.file, start=start, end=end)

    # Other resources.

    def others(self, kind: str) -> "list[Reader]":
        """Every resource of a type in the same module instance (`data.TYPE` for data sources)."""
        return [Reader(one) for r in self.instance.resource.module.resources.get(kind, ()) for one in r.instances]

    def linked(self, kind: str, by: str, attribute: str = "") -> "list[Reader]":
        """Resources of a type whose attribute `by` names this one: by a reference, or by the text of this one's
        `attribute`."""
        from ringfence.formats.terraform.links import linked

        return [Reader(one) for one in linked(self.instance, kind, by, attribute)]

    def links_unknown(self, kind: str, by: str) -> bool:
        """Whether some resource of a type may belong to this one, because its attribute `by` is not known."""
        from ringfence.formats.terraform.links import unresolved

        return unresolved(self.instance, kind, by)

    def adopt(self, field: str, other: "Reader", of: str) -> None:
        """Take a field's place, and whether it is known, from a field of another reader."""
        spot = other.record.spots.get(of)
        if spot is not None:
            self.record.spots[self._prefix + field] = spot
        if any(one == of or one.startswith((of + ".", of + "[")) for one in other.record.unknown):
            self.unknown(field)
        if self._prefix + field in self.record.writings:
            del self.record.writings[self._prefix + field]

    # Policies and texts.

    def policy(self, field: str, attribute: str) -> "tuple[Statement, ...]":
        """The statements of an IAM policy document; whatever cannot be resolved is unknown."""
        from ringfence.formats.terraform import policies

        found = self.view.find(attribute)
        self._spot(field, found)
        if not found.there:
            return ()
        return policies.statements(self, field, found.value, found.expression)

    def literals(self) -> tuple[tuple[str, str], ...]:
        """Every text in it, with the path of its attribute."""
        return tuple(self.view.literals())

    # Inner.

    def _is_providers_key(self, value: Value) -> bool:
        """Whether a key is one that AWS manages: by its name, or by a data source that looks for that name."""
        if isinstance(value, str):
            return _PROVIDERS_KEY.search(value) is not None
        if not isinstance(value, Unknown):
            return False
        from ringfence.formats.terraform.links import around

        return any(
            resource.address in value.references and self._is_providers_key(View.of(one).find(attribute).value)
            for kind, attribute in (("data.aws_kms_key", "key_id"), ("data.aws_kms_alias", "name"))
            for module in around(self.instance)
            for resource in module.resources.get(kind, ())
            for one in resource.instances
        )

    def _remember(self, field: str, attribute: str, found: Found) -> None:
        if not field:
            return
        self._call(field, attribute)
        self._spot(field, found)
        if not found.known or isinstance(found.value, Unknown):
            self.unknown(field)

    def _call(self, field: str, attribute: str) -> None:
        """Remember what the file calls a field: in a block that is not there, with that block."""
        view, name = self.view, attribute
        while not view.there and view.parent is not None:
            view, name = view.parent, f"{view.kind}.{name}"
        if self.record.attributes.setdefault(self._prefix + field, name) != name:
            self.record.attributes[self._prefix + field] = ""

    def _spot(self, field: str, found: Found) -> None:
        if found.start >= 0 and field:
            spot = Spot(file=self.view.file, start=found.start, end=found.end)
            self.record.spots[self._prefix + field] = spot

    def _writes(self, field: str, attribute: str, values: Mapping[object, str] | None = None) -> None:
        if not field:
            return
        self.record.writings[self._prefix + field] = Writing(view=self.view, attribute=attribute, values=values)

    def _items(self, field: str, attribute: str, found: Found, count: int) -> list[tuple[int, int]]:
        """Where the items of a list stand, if it is written out right there."""
        items: list[Expression] | None = found.expression.items if found.expression is not None else None
        if items is None or len(items) != count:
            return []
        spans = [(one.start, one.end) for one in items]
        self.record.elements[self._prefix + field] = (attribute, spans)
        return spans


def _text(value: Value, default: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Unknown) and value.pieces is not None:
        return "".join(one if isinstance(one, str) else "${}" for one in value.pieces)
    return default


def _spot_of(view: View) -> Spot:
    return Spot(file=view.file, start=view.start, end=view.end)


def each(readers: Iterator[Instance]) -> Iterator[Reader]:
    """A reader for each instance."""
    for one in readers:
        yield Reader(one)
