"""Branches are protected.

Without branch protection, anybody who steals one person's account can change what everybody runs. With it, a second
person has to review the change.

Bad, terraform:

    resource "github_repository" "shop" {
      name                 = "shop"
      visibility           = "private"
      vulnerability_alerts = true
    }

Good, terraform:

    resource "github_repository" "shop" {
      name                 = "shop"
      visibility           = "private"
      vulnerability_alerts = true
    }

    resource "github_branch_protection" "main" {
      repository_id          = github_repository.shop.node_id
      pattern                = "main"
      require_signed_commits = true

      required_pull_request_reviews {
        required_approving_review_count = 2
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, github
from ringfence.models.cloud.code import CodeRepository


def faults(model: CodeRepository) -> Iterator[Fault]:
    """Something is asked before a branch changes."""
    if model.protected is False:
        yield Fault(path="protected", found="anybody with write access can change every branch alone", want=_QUESTION)


_QUESTION = Decision("who may change its branches? add a github_branch_protection")


CONTROL = Control(
    id="protected-branches",
    title="Branches are protected",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("protected",),
    references=(
        github("branch_protection"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("CodeRepository",),
    standards=frozenset({Standard.DEFAULT}),
)
