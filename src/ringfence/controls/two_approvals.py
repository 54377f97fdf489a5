"""Changes need two approvals.

One reviewer may be tired, or may be the author with a second account.

Bad, terraform:

    resource "github_branch_protection" "main" {
      repository_id          = "shop"
      pattern                = "main"
      require_signed_commits = true
      allows_force_pushes    = false

      required_pull_request_reviews {
        required_approving_review_count = 1
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
    """Two must agree; one is better than none."""
    if model.approvals < 1:
        yield Fault(path="approvals", found="changes need no approval", want=_WANTED, severity=Severity.MEDIUM)
    elif model.approvals < _WANTED:
        yield Fault(path="approvals", found="one approval is enough", want=_WANTED)


_WANTED = 2


CONTROL = Control(
    id="two-approvals",
    title="Changes need two approvals",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("approvals",),
    references=(
        cis_github("1.1.3"),
        github("branch_protection"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BranchRule",),
    standards=frozenset({Standard.DEFAULT}),
)
