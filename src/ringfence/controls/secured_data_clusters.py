"""Data clusters have a security configuration.

Only a security configuration says what a cluster encrypts. Without one, its disks and the traffic between its nodes
are in plain text.

Bad, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
    }

Good, terraform:

    resource "aws_emr_cluster" "reports" {
      name                   = "reports"
      release_label          = "emr-7.1.0"
      service_role           = aws_iam_role.emr.arn
      security_configuration = aws_emr_security_configuration.main.name
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """A security configuration must be named."""
    if model.secured is False:
        yield Fault(path="secured", found="it has no security configuration", want=_QUESTION)


_QUESTION = Decision("which security configuration should it have?")


CONTROL = Control(
    id="secured-data-clusters",
    title="Data clusters have a security configuration",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secured",),
    references=(
        aws("emr/latest/ManagementGuide/emr-security-configurations"),
        terraform("aws/r/emr_cluster"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
