"""Data clusters authenticate whoever runs a job.

Without Kerberos, Hadoop believes whatever identity a client claims.

Bad, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
    }

Good, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
      kerberos_attributes {
        realm              = "EC2.INTERNAL"
        kdc_admin_password = var.password
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Clients must prove who they are."""
    if model.authenticated is False:
        yield Fault(path="authenticated", found="clients need not prove their identity", want=_QUESTION)


_QUESTION = Decision("which Kerberos realm should it use?")


CONTROL = Control(
    id="authenticated-data-clusters",
    title="Data clusters authenticate whoever runs a job",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authenticated",),
    references=(
        aws("emr/latest/ManagementGuide/emr-kerberos"),
        terraform("aws/r/emr_cluster"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
