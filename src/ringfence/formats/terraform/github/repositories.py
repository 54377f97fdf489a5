"""Repositories of GitHub: who sees them, what protects their branches, whom they tell, what they keep."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import everywhere
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.code import BranchRule, CodeRepository, RepositorySecret, Webhook

#: What protects branches, and what names the repository there.
_PROTECTING = {
    "github_branch_protection": "repository_id",
    "github_branch_protection_v3": "repository",
    "github_repository_ruleset": "repository",
}
_ALERTS = "github_repository_vulnerability_alerts"
_EVERYWHERE = "github_organization_ruleset"


def repository(r: Reader) -> Iterator[CodeRepository]:
    """A repository: everybody sees it unless it says otherwise. What is archived changes no more."""
    archived = r.flag("", "archived", default=False)
    if isinstance(r.view.find("archived").value, Unknown):
        r.unknown("alerts")
        r.unknown("protected")
    public = _is_public(r)
    yield CodeRepository(
        name=r.address,
        public=public,
        alerts=None if archived else _alerts(r, public),
        protected=None if archived else _protected(r),
    )


def _is_public(r: Reader) -> bool:
    words = {"public": True, "private": False, "internal": False}
    field = "visibility" if r.view.find("visibility").there else "private"
    if field == "private":
        public = r.inverted("public", "private", default=True)
    else:
        public = r.mapped("public", "visibility", words, True, True)
    r.decide("public", "is it meant for everybody? then waive this")
    return public


def _alerts(r: Reader, public: bool) -> bool:
    """On for public repositories where nothing is said, off for others; or a resource of its own says it."""
    apart = r.linked(_ALERTS, "repository", "name")
    if apart:
        r.adopt("alerts", apart[0], "alerts")
        return apart[0].flag("alerts", "enabled", default=True)
    if r.links_unknown(_ALERTS, "repository") or "public" in r.record.unknown:
        r.unknown("alerts")
    return r.flag("alerts", "vulnerability_alerts", default=public)


def _protected(r: Reader) -> bool:
    r.decide("protected", "who may change its branches? add a github_branch_protection")
    if any(r.links_unknown(kind, by) for kind, by in _PROTECTING.items()):
        r.unknown("protected")
    ruled = any(True for _ in everywhere(r, _EVERYWHERE))
    return ruled or any(r.linked(kind, by, "name") for kind, by in _PROTECTING.items())


def branch(r: Reader) -> Iterator[BranchRule]:
    """What is asked before a branch changes. A set of rules may ask for the rest."""
    if any(True for kind in (_EVERYWHERE, "github_repository_ruleset") for _ in everywhere(r, kind)):
        r.unknown("approvals")
        r.unknown("signed")
    reviews, known = r.view.blocks("required_pull_request_reviews")
    if not known:
        r.unknown("approvals")
    count = "required_pull_request_reviews.required_approving_review_count"
    yield BranchRule(
        name=r.address,
        approvals=r.number("approvals", count, default=1 if reviews else 0),
        signed=r.flag("signed", "require_signed_commits", default=False),
        forced=r.flag("forced", "allows_force_pushes", default=False),
    )


def webhook(r: Reader) -> Iterator[Webhook]:
    """Whom it tells what happens."""
    words = {"true": False, "1": False, "false": True, "0": True}
    verified = r.mapped("verified", "configuration.insecure_ssl", words, True, True)
    r.writes("verified", "configuration.insecure_ssl", {True: "false"})
    url = r.text("plain", "configuration.url", lower=True)
    r.decide("plain", "does it support HTTPS? then use that address")
    yield Webhook(name=r.address, verified=verified, plain=url.startswith("http://"))


def secret(r: Reader) -> Iterator[RepositorySecret]:
    """A secret for programs of a repository: sealed for GitHub, or in plain text."""
    for attribute in ("plaintext_value", "value"):
        found = r.view.find(attribute)
        if isinstance(found.value, Unknown):
            continue
        if found.there and found.value not in (None, ""):
            r.place_of("plain", found)
            r.decide("plain", "rotate it, and pass it in from outside the file")
            yield RepositorySecret(name=r.address, plain=True)
            return
    yield RepositorySecret(name=r.address, plain=False)
