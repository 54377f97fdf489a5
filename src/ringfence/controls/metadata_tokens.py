"""The metadata service requires a token.

Machines get their credentials from the metadata service. Its first version answers any request from the machine,
including one that an attacker sends through a web application (SSRF). The second version requires a token first.

Bad, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"
    }

Good, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"

      metadata_options {
        http_tokens = "required"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Tokens are required, or the service is off."""
    if model.metadata is not False and model.metadata_tokens is False:
        yield Fault(
            path="metadata_tokens",
            found="the metadata service answers without a token",
            want=True,
            rests_on=("metadata",),
        )


CONTROL = Control(
    id="metadata-tokens",
    title="The metadata service requires a token",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("metadata_tokens",),
    references=(
        cis_aws("5.6"),
        aws_hub("EC2.8"),
        cwe(918),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
