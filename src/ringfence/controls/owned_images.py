"""Image lookups name the owner.

A lookup takes the newest image with a given name: anybody who publishes one under that name gets code onto the
machine.

Bad, terraform:

    data "aws_ami" "a" {
      most_recent = true

      filter {
        name   = "name"
        values = ["debian-12-amd64-*"]
      }
    }

Good, terraform:

    data "aws_ami" "a" {
      most_recent = true
      owners      = ["136693071363"]

      filter {
        name   = "name"
        values = ["debian-12-amd64-*"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import ImageLookup


def faults(model: ImageLookup) -> Iterator[Fault]:
    """Image lookups name the owner."""
    if not model.owned:
        yield Fault(path="owned", found="anybody may publish an image with that name", want=_QUESTION)


_QUESTION = Decision("whose images should it use? name them in owners")


CONTROL = Control(
    id="owned-images",
    title="Image lookups name the owner",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("owned",),
    references=(
        terraform("aws/d/ami"),
        cwe(345),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ImageLookup",),
    standards=frozenset({Standard.DEFAULT}),
)
