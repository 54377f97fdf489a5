"""Security configurations encrypt data in transit.

The nodes of a cluster shuffle all of the data between each other.

Bad, terraform:

    resource "aws_emr_security_configuration" "main" {
      configuration = jsonencode({
        EncryptionConfiguration = {
          EnableInTransitEncryption = false
          EnableAtRestEncryption    = false
        }
      })
    }

Good, terraform:

    resource "aws_emr_security_configuration" "main" {
      configuration = jsonencode({
        EncryptionConfiguration = {
          EnableInTransitEncryption = true
          EnableAtRestEncryption    = false
        }
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import SecurityConfiguration


def faults(model: SecurityConfiguration) -> Iterator[Fault]:
    """Traffic between nodes must be encrypted."""
    if model.in_transit is False:
        yield Fault(path="in_transit", found="data between nodes is not encrypted", want=_QUESTION)


_QUESTION = Decision("which certificates should the nodes use?")


CONTROL = Control(
    id="tls-data-jobs",
    title="Security configurations encrypt data in transit",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("in_transit",),
    references=(
        aws_hub("EMR.4"),
        aws("emr/latest/ManagementGuide/emr-create-security-configuration"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("SecurityConfiguration",),
    standards=frozenset({Standard.DEFAULT}),
)
