"""Nothing is found by guess: what is not known may be anything, also what is safe.

In every example of a page, and in the resources of other tests, each value in turn is put out of sight. What stood
there is one of the things that it may be, so that nothing may be found that was not found before.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from formats import test_aws_said_otherwise, test_aws_watching, test_azure_kinds, test_google_kinds
from formats.cloud_kit import resource
from ringfence.controls import CONTROLS, judging
from ringfence.controls.control import Scope
from ringfence.controls.page import page
from ringfence.formats import terraform
from ringfence.formats.document import is_guess
from ringfence.formats.hcl.body import Body
from ringfence.formats.hcl.reading import parse
from ringfence.formats.hcl.syntax import Expression

UNSET = "\nvariable 'unset' {}\n".replace("'", '"')
#: What decides which resources there are, or is no value.
STRUCTURE = {"count", "for_each", "provider", "source", "depends_on"}
BLOCKS = {"lifecycle", "dynamic", "provisioner", "connection", "timeouts"}
#: The one is silent where the other speaks, which says more of the same.
GIVES_WAY = {
    "no-service-wildcards": "no-full-access-policies",
    "no-wildcard-resource-actions": "no-full-access-policies",
}
TEXTS = {
    example.text: control.id
    for control in CONTROLS
    for example in page(control).examples
    if example.scope is Scope.TERRAFORM
} | {
    resource(kind, body): kind
    for module in (test_aws_said_otherwise, test_aws_watching, test_azure_kinds, test_google_kinds)
    for kind, rows in module.ROWS.items()
    for row in rows
    for body in row[1:]
}


def found(text: str) -> Counter[str]:
    """How often each control finds something."""
    document = terraform.load(text, "main.tf", lambda path: None)
    return Counter(
        control.id
        for subject in document.subjects
        for control in judging(Scope.TERRAFORM)
        if control.takes(subject.model)
        for fault in control.faults(subject.model)
        if not is_guess(fault, subject.unknown)
    )


def values(expression: Expression, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Where a value stands, and what it holds."""
    yield expression.start, expression.end
    if depth < 3:
        for one in [*(expression.items or ()), *(value for _, value in expression.entries or ())]:
            yield from values(one, depth + 1)


def unseen(text: str, body: Body, *, top: bool = True) -> Iterator[str]:
    """The text with one value after the other that cannot be known, and one block after the other that may be there."""
    for attribute in body.attributes.values():
        if attribute.name not in STRUCTURE:
            for start, end in values(attribute.expression):
                yield text[:start] + "var.unset" + text[end:]
    for block in body.blocks:
        if block.type in ("resource", "data", "module", "locals") if top else block.type not in BLOCKS:
            if not top:
                content = f"for_each = var.unset\ncontent {{{text[block.open_end : block.body.end]}}}\n"
                yield f'{text[: block.start]}dynamic "{block.type}" {{\n{content}}}{text[block.end :]}'
            yield from unseen(text, block.body, top=False)


@pytest.mark.parametrize("text", TEXTS, ids=[f"{id}-{number}" for number, id in enumerate(TEXTS.values())])
def test_what_cannot_be_known_adds_no_finding(text: str) -> None:
    """A value that may be what it was is no reason to find more than was found."""
    text += UNSET
    known = found(text)
    for one in unseen(text, parse(text, "main.tf").body):
        more = found(one) - known
        assert not {id for id in more if not known[GIVES_WAY.get(id, "")]}, one
