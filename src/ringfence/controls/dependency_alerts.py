"""Somebody is told of known flaws in what code uses.

Flaws in what others wrote are found every day. Nobody reads about them who is not told.

Bad, terraform:

    resource "github_repository" "shop" {
      name                 = "shop"
      visibility           = "private"
      vulnerability_alerts = false
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

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, github
from ringfence.models.cloud.code import CodeRepository


def faults(model: CodeRepository) -> Iterator[Fault]:
    """Somebody is told of known flaws in what code uses."""
    if model.alerts is False:
        yield Fault(path="alerts", found="nobody is told of known flaws in what it uses", want=True)


CONTROL = Control(
    id="dependency-alerts",
    title="Somebody is told of known flaws in what code uses",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("alerts",),
    references=(
        github("repository"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("CodeRepository",),
    standards=frozenset({Standard.DEFAULT}),
)
