"""Organizations have all features enabled.

An organization with consolidated billing only cannot restrict its accounts: service control policies need all
features.

Bad, terraform:

    resource "aws_organizations_organization" "all" {
      feature_set = "CONSOLIDATED_BILLING"
    }

Good, terraform:

    resource "aws_organizations_organization" "all" {
      feature_set = "ALL"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import Organization


def faults(model: Organization) -> Iterator[Fault]:
    """Service control policies can be used."""
    if not model.bounds:
        yield Fault(path="bounds", found="service control policies cannot be used", want=True)


CONTROL = Control(
    id="whole-organizations",
    title="Organizations have all features enabled",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("bounds",),
    references=(
        aws("organizations/latest/userguide/orgs_manage_org_support-all-features"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Organization",),
    standards=frozenset({Standard.DEFAULT}),
)
