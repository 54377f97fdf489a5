"""Nothing is found by guess: what is not known may be anything, also what is safe.

In every example of a page, and in the resources of other tests, each value in turn is put out of sight. What stood
there is one of the things that it may be, so that nothing may be found that was not found before.
"""

import pytest

from formats import (
    test_aws_accounts,
    test_aws_said_otherwise,
    test_aws_watching,
    test_azure_kinds,
    test_github_kinds,
    test_google_kinds,
    test_smaller_clouds,
)
from formats.cloud_kit import EXAMPLES, counted, made_dynamic, resource, value_spans
from ringfence.formats.hcl.reading import parse

#: The one is silent where the other speaks, which says more of the same.
GIVES_WAY = {
    "no-service-wildcards": "no-full-access-policies",
    "no-wildcard-resource-actions": "no-full-access-policies",
}
BODIES: dict[str, list[str]] = {}
for module in (
    test_aws_accounts,
    test_aws_said_otherwise,
    test_aws_watching,
    test_azure_kinds,
    test_github_kinds,
    test_google_kinds,
    test_smaller_clouds,
):
    for kind, rows in module.ROWS.items():
        BODIES.setdefault(kind, []).extend(resource(kind, body) for row in rows for body in row[1:])


@pytest.mark.parametrize("text", EXAMPLES, ids=[f"{id}-{number}" for number, id in enumerate(EXAMPLES.values())])
def test_what_cannot_be_known_adds_no_finding(text: str) -> None:
    """A value that may be what it was is no reason to find more than was found."""
    check(text)


@pytest.mark.parametrize("kind", BODIES)
def test_what_cannot_be_known_of_a_kind_adds_no_finding(kind: str) -> None:
    """The same for each way in which other tests write a kind of resource."""
    for text in dict.fromkeys(BODIES[kind]):
        check(text)


def check(text: str) -> None:
    """One value, or one block, after the other cannot be known."""
    text += '\nvariable "unset" {}\n'
    known = counted(text)
    body = parse(text, "main.tf").body
    unseen = [f"{text[:start]}var.unset{text[end:]}" for start, end in value_spans(body)]
    for one in [*unseen, *made_dynamic(text, body, "var.unset")]:
        more = counted(one) - known
        assert not {id for id in more if not known[GIVES_WAY.get(id, "")]}, one
