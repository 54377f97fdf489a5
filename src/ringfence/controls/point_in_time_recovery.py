"""Tables can be restored to any second.

A faulty job overwrites rows for hours before anybody notices. Point-in-time recovery restores the second before it
began.

Bad, terraform:

    resource "aws_dynamodb_table" "orders" {
      name         = "orders"
      billing_mode = "PAY_PER_REQUEST"
      hash_key     = "id"
      attribute {
        name = "id"
        type = "S"
      }
    }

Good, terraform:

    resource "aws_dynamodb_table" "orders" {
      name         = "orders"
      billing_mode = "PAY_PER_REQUEST"
      hash_key     = "id"
      attribute {
        name = "id"
        type = "S"
      }
      point_in_time_recovery {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Recovery to a point in time must be on."""
    if model.point_in_time is False:
        yield Fault(path="point_in_time", found="point-in-time recovery is off", want=True)


CONTROL = Control(
    id="point-in-time-recovery",
    title="Tables can be restored to any second",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("point_in_time",),
    references=(
        aws_hub("DynamoDB.2"),
        aws("amazondynamodb/latest/developerguide/PointInTimeRecovery"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
