"""Alerts about vulnerable dependencies are on.

Flaws in dependencies are found every day. Nobody hears about them without alerts.

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
    """Alerts about vulnerable dependencies are on."""
    if model.alerts is False:
        yield Fault(path="alerts", found="alerts about vulnerable dependencies are off", want=True)


CONTROL = Control(
    id="dependency-alerts",
    title="Alerts about vulnerable dependencies are on",
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
