"""Every kind of GitHub: what is found in one that says little or the wrong thing, and not in the right one."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows
from ringfence.formats.terraform.github import KINDS

SILENT = ""
SECRET: list[Row] = [
    ("no-plain-repository-secrets", 'plaintext_value="shop"', "plaintext_value=var.shop"),
    ("no-plain-repository-secrets", 'value="shop"', 'plaintext_value="";encrypted_value="c2hvcA=="'),
]
HOOK: list[Row] = [
    ("tls-webhooks", f'configuration{{url="https://a.b";insecure_ssl={wrong}}}', 'configuration{url="https://a.b"}')
    for wrong in ("true", '"true"', "1", '"1"')
] + [
    ("tls-webhooks", 'configuration{url="http://a.b"}', "configuration{url=var.url}"),
    ("tls-webhooks", "configuration{insecure_ssl=true}", "configuration{insecure_ssl=var.open}"),
]  # fmt: skip
REVIEWS = "required_pull_request_reviews{required_approving_review_count=%s}"
REVIEWED = "required_pull_request_reviews{for_each=var.a;content{}}"
BRANCH: list[Row] = [
    ("two-approvals", SILENT, REVIEWS % 2),
    ("two-approvals", REVIEWS % 1, REVIEWS % 6),
    ("two-approvals", REVIEWS % 0, REVIEWS % "var.count"),
    ("two-approvals", "required_pull_request_reviews{}", f"dynamic {REVIEWED}"),
    ("signed-commits", SILENT, "require_signed_commits=true"),
    ("signed-commits", "require_signed_commits=false", "require_signed_commits=var.signed"),
    ("no-forced-pushes", "allows_force_pushes=true", SILENT),
]  # fmt: skip
ROWS: dict[str, list[Row]] = {
    **{kind: SECRET for kind in KINDS if kind.endswith("_secret")},
    **{kind: HOOK for kind in KINDS if kind.endswith("_webhook")},
    "github_branch_protection": BRANCH,
    "github_branch_protection_v3": BRANCH,
    "github_repository": [
        ("private-repositories", SILENT, "private=true"),
        ("private-repositories", "private=false", 'visibility="internal"'),
        ("private-repositories", 'visibility="public";private=true', 'visibility="private";private=false'),
        ("private-repositories", SILENT, "visibility=var.visibility"),
        ("dependency-alerts", "private=true", "private=true;vulnerability_alerts=true"),
        ("dependency-alerts", "vulnerability_alerts=false", SILENT),
        ("dependency-alerts", 'visibility="internal"', "private=true;archived=true"),
        ("dependency-alerts", "private=true", "visibility=var.visibility"),
        ("protected-branches", SILENT, "archived=true"),
        ("protected-branches", "archived=false", "archived=var.archived"),
        ("dependency-alerts", "private=true", "private=true;archived=var.archived"),
    ],
}


def test_every_kind_has_its_rows() -> None:
    """A kind that is added is tried."""
    assert set(ROWS) == set(KINDS)


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


REPOSITORY = resource("github_repository", 'name="shop";visibility="private"')


@pytest.mark.parametrize(
    ("kind", "body", "wrong"),
    [
        ("github_branch_protection", "repository_id=github_repository.it.node_id", False),
        ("github_branch_protection_v3", "repository=github_repository.it.name", False),
        ("github_branch_protection_v3", 'repository="shop"', False),
        ("github_branch_protection_v3", 'repository="other"', True),
        ("github_branch_protection_v3", "repository=var.repository", False),
        ("github_repository_ruleset", "repository=github_repository.it.name", False),
        ("github_organization_ruleset", 'name="all"', False),
    ],
)
def test_what_protects_a_repository_stands_apart(kind: str, body: str, wrong: bool) -> None:
    """It names the repository, or nobody knows which one; rules of an organisation are for all."""
    assert bool(found("protected-branches", REPOSITORY + resource(kind, body))) is wrong


def test_alerts_may_stand_apart() -> None:
    """A resource of its own turns them on or off."""
    apart = "github_repository_vulnerability_alerts"
    assert found("dependency-alerts", REPOSITORY)
    assert found("dependency-alerts", REPOSITORY + resource(apart, 'repository="shop"')) == []
    assert found("dependency-alerts", REPOSITORY + resource(apart, 'repository="shop";enabled=false'))


def test_a_set_of_rules_may_ask_for_the_rest() -> None:
    """Where there is one, nobody knows what else a branch asks for."""
    text = resource("github_branch_protection", 'pattern="main"') + resource("github_repository_ruleset", 'name="a"')
    assert found("two-approvals", text) == found("signed-commits", text) == []
