"""Basic roles are not used.

Owner and Editor may do nearly everything to nearly everything, and whoever may assign roles across an organisation can
take any role. There is a narrower role for each need.

Bad, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/editor"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }

Bad, terraform:

    resource "azurerm_role_assignment" "build" {
      scope                = data.azurerm_management_group.shop.id
      role_definition_name = "User Access Administrator"
      principal_id         = azurerm_user_assigned_identity.build.principal_id
    }

Good, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/artifactregistry.writer"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """No role of a project, a folder or an organisation is one for everything."""
    if model.reach is Reach.RESOURCE:
        return
    if model.role.lower() in ("roles/owner", "roles/editor"):
        yield Fault(path="role", found=f"{model.role} may do nearly everything", want=_QUESTION)
    elif model.role.lower() == "roles/viewer":
        found = f"{model.role} may read nearly everything"
        yield Fault(path="role", found=found, want=_QUESTION, severity=Severity.LOW)
    elif model.role.lower() in _AZURE and model.reach in _AZURE[model.role.lower()]:
        yield Fault(path="role", found=f"{model.role} can assign itself any role", want=_QUESTION)


#: Roles of Azure, and how far they must reach not to be given. A part of a subscription may need an owner.
_AZURE = {
    "owner": (Reach.PROJECT, Reach.ORGANIZATION),
    "user access administrator": (Reach.ORGANIZATION,),
    "role based access control administrator": (Reach.ORGANIZATION,),
}
_QUESTION = Decision("which narrower role is enough?")


CONTROL = Control(
    id="no-primitive-roles",
    title="Basic roles are not used",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("role",),
    references=(
        cis_gcp("1.5"),
        terraform("azurerm/r/role_assignment"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
