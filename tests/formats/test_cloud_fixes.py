"""What is fixed in the resources of all clouds but AWS: nothing is found again, and a second fix changes nothing."""

from datetime import date

import pytest

from formats import test_azure_kinds as azure
from formats import test_github_kinds as github
from formats import test_google_kinds as google
from formats import test_smaller_clouds as smaller
from formats.cloud_kit import Row, found, resource
from ringfence.audit.fix import fixed
from ringfence.audit.judge import findings
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls.control import Scope

TERRAFORM = next(kind for kind in KINDS if kind.scope is Scope.TERRAFORM)
TABLES = {"azure": azure.ROWS, "github": github.ROWS, "google": google.ROWS, "smaller": smaller.ROWS}
#: Fewer would mean that fixes are no longer made.
LEAST = {"azure": 40, "github": 4, "google": 40, "smaller": 8}


def chosen(id: str, *, previews: bool = False) -> Settings:
    selection = checked("all", [id], [])
    return Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=previews)


def put_right(id: str, text: str, *, unsafe: bool = True) -> str:
    return fixed(text, "main.tf", TERRAFORM, lambda path: None, chosen(id), unsafe=unsafe).text


def once_each(table: dict[str, list[Row]]) -> dict[str, tuple[str, str]]:
    """For each control one resource in which it finds something."""
    return {row[0]: (kind, row[1]) for kind, some in reversed(table.items()) for row in reversed(some)}


@pytest.mark.parametrize("name", TABLES)
def test_a_fix_holds_and_a_second_one_is_none(name: str) -> None:
    """Each control that knows what it wants puts its own bad resource right; the others leave it as it is."""
    made = 0
    for id, (kind, body) in once_each(TABLES[name]).items():
        text = resource(kind, body)
        after = put_right(id, text)
        if after != text:
            made += 1
            assert found(id, after) == [], (id, after)
            assert put_right(id, after) == after, (id, after)
    assert made >= LEAST[name]


@pytest.mark.parametrize(
    ("id", "kind", "body"),
    [
        ("kept-flow-logs", "azurerm_network_watcher_flow_log", "enabled=true;retention_policy{enabled=false;days=90}"),
        ("kept-activity-logs", "azurerm_monitor_log_profile", "retention_policy{enabled=false}"),
        ("multi-zone-registries", "azurerm_container_registry", 'sku="Premium";georeplications{location="westeurope"}'),
        ("tls-targets", "azurerm_api_management_backend", 'url="http://a.example.com"'),
    ],
)
def test_what_one_edit_does_not_put_right_is_a_decision(id: str, kind: str, body: str) -> None:
    """No edit is offered that would leave the finding where it is."""
    text = resource(kind, body)
    assert found(id, text)
    assert put_right(id, text) == text
    document = TERRAFORM.format().load(text, "main.tf", lambda path: None)
    some = list(findings(document, "main.tf", chosen(id, previews=True)))
    assert some
    assert all(one.fix is not None and not one.fix.edits and one.fix.left for one in some)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_edit_that_is_offered_puts_right_what_it_is_for(table: dict[str, list[Row]]) -> None:
    """Of every resource in which something is found: what cannot be put right by an edit offers none."""
    for kind, some in table.items():
        for id, wrong, _ in some:
            text = resource(kind, wrong)
            document = TERRAFORM.format().load(text, "main.tf", lambda path: None)
            offered = findings(document, "main.tf", chosen(id, previews=True))
            if any(one.fix and one.fix.edits for one in offered):
                after = put_right(id, text)
                assert after != text, (id, kind, wrong)
                assert found(id, after) == [], (id, kind, after)
