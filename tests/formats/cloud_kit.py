"""Resources in short: `a=1;b{c="x"}` is a body with an attribute and a block."""

import re

import pytest

from ringfence.controls import load
from ringfence.formats import terraform
from ringfence.formats.document import is_guess

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
