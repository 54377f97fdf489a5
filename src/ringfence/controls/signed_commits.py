"""Commits are signed.

Anybody can put any name on a commit. A signature proves who made it.

Bad, terraform:

    resource "github_branch_protection" "main" {
      repository_id          = "shop"
      pattern                = "main"
      require_signed_commits = false
      allows_force_pushes    = false

      required_pull_request_reviews {
        required_approving_review_count = 2
      }
    }

Good, terraform:

    resource "github_branch_protection" "main" {
      repository_id          = "shop"
      pattern                = "main"
      require_signed_commits = true
      allows_force_pushes    = false

      required_pull_request_reviews {
        required_approving_review_count = 2
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_github, cwe, github
from ringfence.models.cloud.code import BranchRule


def faults(model: BranchRule) -> Iterator[Fault]:
    """Commits are signed."""
    if model.signed is False:
        yield Fault(path="signed", found="commits need not be signed", want=True)


CONTROL = Control(
    id="signed-commits",
    title="Commits are signed",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("signed",),
    references=(
        cis_github("1.1.12"),
        github("branch_protection"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BranchRule",),
    standards=frozenset({Standard.DEFAULT}),
)
