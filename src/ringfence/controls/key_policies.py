"""Keys have a policy of their own.

A key without a policy of its own can be used by anybody whom the account's other policies allow, and those are many.
Its own policy says in one place who may use the key and who may change that.

Bad, terraform:

    resource "aws_kms_key" "orders" {
      description         = "Orders"
      enable_key_rotation = true
    }

Good, terraform:

    resource "aws_kms_key" "orders" {
      description         = "Orders"
      enable_key_rotation = true

      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Sid       = "Administrators"
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111122223333:role/keys" }
          Action    = ["kms:Describe*", "kms:Put*", "kms:ScheduleKeyDeletion"]
          Resource  = "*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.keys import KeyUse


def faults(model: KeyUse) -> Iterator[Fault]:
    """Rules of its own stand there."""
    if not model.said:
        yield Fault(path="said", found="it has no policy of its own", want=_QUESTION)


_QUESTION = Decision("who may use the key, and who may change its policy?")


CONTROL = Control(
    id="key-policies",
    title="Keys have a policy of their own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("said",),
    references=(
        aws("kms/latest/developerguide/key-policies"),
        terraform("aws/r/kms_key_policy"),
        cwe(732),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KeyUse",),
    standards=frozenset({Standard.DEFAULT}),
)
