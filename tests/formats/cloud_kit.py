"""Resources in short: `a=1;b{c="x"}` is a body with an attribute and a block."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from ringfence.controls import CONTROLS, judging, load
from ringfence.controls.control import Control, Scope
from ringfence.controls.page import page
from ringfence.formats import terraform
from ringfence.formats.document import is_guess
from ringfence.formats.hcl.body import Body
from ringfence.formats.hcl.syntax import Expression

#: A control, a body in which it finds something, and one in which it does not.
Row = tuple[str, str, str]
_TOKEN = re.compile(r'"[^"]*"|[{};]')


def spread(body: str) -> str:
    """The body as HCL, one attribute a line; texts stay as they are."""
    return _TOKEN.sub(lambda match: {"{": " {\n", "}": "\n}\n", ";": "\n"}.get(match[0], match[0]), body)


def resource(kind: str, body: str, name: str = "it") -> str:
    """A resource, or a data source, of a kind."""
    word, kind = ("data", kind[5:]) if kind.startswith("data.") else ("resource", kind)
    return f'{word} "{kind}" "{name}" {{\n{spread(body)}\n}}\n'


def found(id: str, text: str) -> list[tuple[str, str]]:
    """What one control finds: the path in the model, and what is said of it."""
    control = load(id)
    document = terraform.load(text, "main.tf", lambda path: None)
    assert document.unread == ()
    return [
        (fault.path, fault.found)
        for subject in document.subjects
        if control.takes(subject.model)
        for fault in control.faults(subject.model)
        if not is_guess(fault, subject.unknown) and document.place(subject, fault.path).line > 0
    ]


def rows(table: dict[str, list[Row]]) -> list[object]:
    """All rows as parameters."""
    return [
        pytest.param(kind, row, id=f"{kind}-{number}-{row[0]}")
        for kind, some in table.items()
        for number, row in enumerate(some)
    ]


def check_row(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    id, wrong, right = row
    assert found(id, resource(kind, wrong))
    assert found(id, resource(kind, right)) == []


#: Every Terraform example of a page, with the control whose it is.
EXAMPLES = {
    example.text: control.id
    for control in CONTROLS
    for example in page(control).examples
    if example.scope is Scope.TERRAFORM
}
#: What decides which resources there are, or is no value; blocks that are the same everywhere.
_STRUCTURE = {"count", "for_each", "provider", "source", "depends_on"}
_COMMON = {"lifecycle", "dynamic", "provisioner", "connection", "timeouts"}


_TAKEN: dict[type, list[Control]] = {}


def judges(model: object) -> list[Control]:
    """The controls of Terraform that judge such a model: asked once for each type, as there are hundreds."""
    if type(model) not in _TAKEN:
        _TAKEN[type(model)] = [control for control in judging(Scope.TERRAFORM) if control.takes(model)]
    return _TAKEN[type(model)]


def counted(text: str, file: str = "main.tf") -> Counter[str]:
    """How often each control finds something."""
    document = terraform.load(text, file, lambda path: None)
    assert document.unread == ()
    return Counter(
        control.id
        for subject in document.subjects
        for control in judges(subject.model)
        for fault in control.faults(subject.model)
        if not is_guess(fault, subject.unknown)
    )


def value_spans(body: Body, *, top: bool = True) -> Iterator[tuple[int, int]]:
    """Where each value of resources, data sources, calls and locals stands, and what it holds."""
    for attribute in body.attributes.values():
        if attribute.name not in _STRUCTURE:
            yield from _spans(attribute.expression)
    for block in body.blocks:
        if block.type in ("resource", "data", "module", "locals") if top else block.type not in _COMMON:
            yield from value_spans(block.body, top=False)


def _spans(expression: Expression, depth: int = 0) -> Iterator[tuple[int, int]]:
    yield expression.start, expression.end
    if depth < 3:
        for one in [*(expression.items or ()), *(value for _, value in expression.entries or ())]:
            yield from _spans(one, depth + 1)


def made_dynamic(text: str, body: Body, each: str, *, top: bool = True) -> Iterator[str]:
    """The text with one nested block after the other as a dynamic one, made for `each`."""
    for block in body.blocks:
        if block.type in ("resource", "data", "module") if top else block.type not in _COMMON:
            if not top:
                content = f"for_each = {each}\ncontent {{{text[block.open_end : block.body.end]}}}\n"
                yield f'{text[: block.start]}dynamic "{block.type}" {{\n{content}}}{text[block.end :]}'
            yield from made_dynamic(text, block.body, each, top=False)
