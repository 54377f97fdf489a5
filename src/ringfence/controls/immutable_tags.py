"""Image tags cannot be moved.

If tags can be moved, anybody who may push can put another program behind the tag that everything deploys. Immutable
tags also make a rollback reliable.

Bad, terraform:

    resource "aws_ecr_repository" "shop" {
      name                 = "shop"
      image_tag_mutability = "MUTABLE"
    }

Good, terraform:

    resource "aws_ecr_repository" "shop" {
      name                 = "shop"
      image_tag_mutability = "IMMUTABLE"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Tags must not be movable."""
    if model.immutable_tags is False:
        yield Fault(path="immutable_tags", found="tags can be moved", want=True)


CONTROL = Control(
    id="immutable-tags",
    title="Image tags cannot be moved",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("immutable_tags",),
    references=(
        aws_hub("ECR.2"),
        aws("AmazonECR/latest/userguide/image-tag-mutability"),
        cwe(494),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
