"""Objects have no access lists of their own.

If each object has its own access list, nobody knows which ones are public; and objects that others upload belong to
them.

Bad, terraform:

    resource "aws_s3_bucket_ownership_controls" "a" {
      bucket = aws_s3_bucket.a.id

      rule {
        object_ownership = "ObjectWriter"
      }
    }

Good, terraform:

    resource "aws_s3_bucket_ownership_controls" "a" {
      bucket = aws_s3_bucket.a.id

      rule {
        object_ownership = "BucketOwnerEnforced"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.storage import ObjectOwnership


def faults(model: ObjectOwnership) -> Iterator[Fault]:
    """Objects have no access lists of their own."""
    if not model.enforced:
        yield Fault(path="enforced", found="objects can have access lists and other owners", want=True)


CONTROL = Control(
    id="no-object-lists",
    title="Objects have no access lists of their own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enforced",),
    references=(
        aws_hub("S3.12"),
        terraform("aws/r/s3_bucket_ownership_controls"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ObjectOwnership",),
    standards=frozenset({Standard.DEFAULT}),
)
