"""Repositories are private.

Nobody can take back what everybody has read: a password in an old commit, or a flaw that is not fixed yet. A
repository that is meant for everybody says so with a waiver.

Bad, terraform:

    resource "github_repository" "shop" {
      name                 = "shop"
      visibility           = "public"
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
    """Repositories are private."""
    if model.public:
        yield Fault(path="public", found="anybody can read it", want=_QUESTION)


_QUESTION = Decision("is it meant for everybody? then waive this")


CONTROL = Control(
    id="private-repositories",
    title="Repositories are private",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        github("repository"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("CodeRepository",),
    standards=frozenset({Standard.DEFAULT}),
)
