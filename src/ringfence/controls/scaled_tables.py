"""Tables scale with demand.

A table with a fixed capacity refuses whatever exceeds it: a busy day, or somebody who overloads it on purpose, locks
everybody out. A scalable target says within which bounds to scale, and only its policy says when.

Bad, terraform:

    resource "aws_dynamodb_table" "orders" {
      name           = "orders"
      hash_key       = "id"
      read_capacity  = 5
      write_capacity = 5

      attribute {
        name = "id"
        type = "S"
      }
    }

Good, terraform:

    resource "aws_dynamodb_table" "orders" {
      name         = "orders"
      hash_key     = "id"
      billing_mode = "PAY_PER_REQUEST"

      attribute {
        name = "id"
        type = "S"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import TableCapacity


def faults(model: TableCapacity) -> Iterator[Fault]:
    """It is scaled, or paid by request."""
    if not model.scaled:
        yield Fault(path="scaled", found="its capacity is fixed", want=_QUESTION)


_QUESTION = Decision("add an aws_appautoscaling_target with a policy, or pay by request")


CONTROL = Control(
    id="scaled-tables",
    title="Tables scale with demand",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("scaled",),
    references=(
        aws_hub("DynamoDB.1"),
        terraform("aws/r/appautoscaling_target"),
        cwe(770),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TableCapacity",),
    standards=frozenset({Standard.DEFAULT}),
)
