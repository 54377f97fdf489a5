"""Bucket policies do not lock everybody out for good.

A policy that denies everybody the right to change it also denies its author. Only the account's root user can then
repair it, and nobody should need those credentials.

Bad, terraform:

    resource "aws_s3_bucket_policy" "logs" {
      bucket = aws_s3_bucket.logs.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = "arn:aws:s3:::logs"
        }]
      })
    }

Good, terraform:

    resource "aws_s3_bucket_policy" "logs" {
      bucket = aws_s3_bucket.logs.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:DeleteObject"
          Resource  = "arn:aws:s3:::logs/*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import anybody, covers
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No statement may deny everybody, whatever happens, to write the policy of the bucket."""
    if model.holder != "bucket":
        return
    for index, one in enumerate(model.statements):
        if one.effect.lower() != "deny" or one.conditions or one.not_actions or anybody(one) is None:
            continue
        for number, action in enumerate(one.actions):
            if covers(action, "s3:PutBucketPolicy"):
                path = f"statements[{index}].actions[{number}]"
                yield Fault(
                    path=path, found=f"{action} is denied to everybody, including the policy's author", want=_QUESTION
                )


_QUESTION = Decision("who must still be able to change the policy?")


CONTROL = Control(
    id="repairable-bucket-policies",
    title="Bucket policies do not lock everybody out for good",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("AmazonS3/latest/userguide/troubleshoot-403-errors"),
        terraform("aws/r/s3_bucket_policy"),
        cwe(732),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
