"""Force pushes are not allowed.

Rewriting history removes what was reviewed, and the traces of it.

Bad, terraform:

    resource "github_branch_protection" "main" {
      repository_id          = "shop"
      pattern                = "main"
      require_signed_commits = true
      allows_force_pushes    = true

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
from ringfence.controls.references import cis_github, github
from ringfence.models.cloud.code import BranchRule


def faults(model: BranchRule) -> Iterator[Fault]:
    """Force pushes are not allowed."""
    if model.forced:
        yield Fault(path="forced", found="force pushes are allowed", want=False)


CONTROL = Control(
    id="no-forced-pushes",
    title="Force pushes are not allowed",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("forced",),
    references=(
        cis_github("1.1.16"),
        github("branch_protection"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BranchRule",),
    standards=frozenset({Standard.DEFAULT}),
)
