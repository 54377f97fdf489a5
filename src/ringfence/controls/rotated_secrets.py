"""Stored secrets are rotated automatically.

A leaked secret works until it is rotated. If a function rotates it every few weeks, that is not for long.

Bad, terraform:

    resource "aws_secretsmanager_secret" "db" {
      name = "db"
    }

Good, terraform:

    resource "aws_secretsmanager_secret" "db" {
      name = "db"
    }

    resource "aws_secretsmanager_secret_rotation" "db" {
      secret_id           = aws_secretsmanager_secret.db.id
      rotation_lambda_arn = aws_lambda_function.rotate.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.keys import StoredSecret


def faults(model: StoredSecret) -> Iterator[Fault]:
    """Something rotates it."""
    if model.rotates is False:
        yield Fault(path="rotates", found="it is not rotated automatically", want=_QUESTION)


_QUESTION = Decision("which function should rotate it?")


CONTROL = Control(
    id="rotated-secrets",
    title="Stored secrets are rotated automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rotates",),
    references=(
        aws_hub("SecretsManager.1"),
        cwe(324),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StoredSecret",),
    standards=frozenset({Standard.DEFAULT}),
)
