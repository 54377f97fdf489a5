"""Metadata responses do not leave the machine.

With a hop limit above one, a container on the machine can get the machine's credentials.

Bad, terraform:

    resource "aws_launch_template" "a" {
      name = "web"

      metadata_options {
        http_tokens                 = "required"
        http_put_response_hop_limit = 3
      }
    }

Good, terraform:

    resource "aws_launch_template" "a" {
      name = "web"

      metadata_options {
        http_tokens                 = "required"
        http_put_response_hop_limit = 1
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Metadata responses do not leave the machine."""
    if model.metadata is not False and model.metadata_hops is not None and model.metadata_hops > 1:
        found = f"metadata responses may travel {model.metadata_hops} hops"
        yield Fault(path="metadata_hops", found=found, want=1, rests_on=("metadata",))


CONTROL = Control(
    id="bounded-metadata-hops",
    title="Metadata responses do not leave the machine",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("metadata_hops",),
    references=(
        aws_hub("EC2.170"),
        terraform("aws/r/launch_template"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
