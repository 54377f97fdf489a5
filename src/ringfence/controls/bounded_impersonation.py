"""Impersonation is granted per service account.

Granted on a project, these roles let their holder act as every service account in it, including those created
tomorrow.

Bad, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/iam.serviceAccountTokenCreator"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }

Good, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/logging.logWriter"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """Nobody may act as every service account of a project."""
    if model.reach is not Reach.RESOURCE and (model.role in _ROLES or _is_agents(model)):
        yield Fault(path="role", found=f"{model.role} allows impersonating every identity in it", want=_QUESTION)


def _is_agents(model: RoleBinding) -> bool:
    """Whether a role that is made for the provider's own agents is given to somebody else."""
    return _AGENTS_ROLE.fullmatch(model.role) is not None and any(
        not _AGENT.search(one) for one in model.members if one
    )


_AGENTS_ROLE = re.compile(r"roles/[\w.]+\.(service|hub)Agent", re.IGNORECASE)
#: An identity that the provider makes for a service of its own.
_AGENT = re.compile(r"^serviceAccount:service-|gcp-sa-|@cloudservices\.|-system\.iam\.gserviceaccount|robot")
#: Roles that act as other identities, write keys for them, run work as them, or give themselves the right to.
_ROLES = frozenset(
    f"roles/{one}"
    for one in (
        "iam.serviceAccountUser", "iam.serviceAccountTokenCreator", "iam.serviceAccountOpenIdTokenCreator",
        "iam.serviceAccountAdmin", "iam.serviceAccountKeyAdmin", "iam.workloadIdentityUser", "iam.securityAdmin",
        "assuredoss.admin", "backupdr.computeEngineOperator", "cloudbuild.builds.builder", "cloudbuild.builds.editor",
        "composer.worker", "dataflow.admin", "dataflow.developer", "deploymentmanager.editor", "run.sourceDeveloper",
        "securitycenter.admin",
    )
)  # fmt: skip
_QUESTION = Decision("which service account is it needed for? grant the role on that one")


CONTROL = Control(
    id="bounded-impersonation",
    title="Impersonation is granted per service account",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("role",),
    references=(
        cis_gcp("1.6"),
        cwe(269),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
