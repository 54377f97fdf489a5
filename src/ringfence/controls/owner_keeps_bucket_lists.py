"""Only the owner changes a bucket's access list.

Anybody who may change a bucket's access list can admit everybody. Services that deliver logs only need to write
objects and read the list.

Bad, terraform:

    resource "aws_s3_bucket_acl" "logs" {
      bucket = aws_s3_bucket.logs.id

      access_control_policy {
        grant {
          permission = "WRITE_ACP"

          grantee {
            type = "Group"
            uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
          }
        }

        owner {
          id = data.aws_canonical_user_id.current.id
        }
      }
    }

Good, terraform:

    resource "aws_s3_bucket_acl" "logs" {
      bucket = aws_s3_bucket.logs.id

      access_control_policy {
        grant {
          permission = "READ_ACP"

          grantee {
            type = "Group"
            uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
          }
        }

        owner {
          id = data.aws_canonical_user_id.current.id
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.storage import BucketGrant


def faults(model: BucketGrant) -> Iterator[Fault]:
    """No grant to others is one to change the list."""
    if model.rewrites:
        yield Fault(path="rewrites", found="others may change the bucket's access list", want=_QUESTION)


_QUESTION = Decision("what does it need? READ_ACP is enough to read the list")


CONTROL = Control(
    id="owner-keeps-bucket-lists",
    title="Only the owner changes a bucket's access list",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rewrites",),
    references=(
        aws_hub("S3.12"),
        aws("AmazonS3/latest/userguide/acl-overview"),
        cwe(732),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketGrant",),
    standards=frozenset({Standard.DEFAULT}),
)
