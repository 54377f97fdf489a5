"""Roles trust identities rather than whole accounts.

A role that trusts an account can be assumed by any identity that the account permits. Name the role or user there, or
require an external id, an organisation or a second factor.

Bad, terraform:

    resource "aws_iam_role" "deploy" {
      name = "deploy"
      assume_role_policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { AWS = "arn:aws:iam::123456789012:root" }
        }]
      })
    }

Good, terraform:

    resource "aws_iam_role" "deploy" {
      name = "deploy"
      assume_role_policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { AWS = "arn:aws:iam::123456789012:role/ci" }
        }]
      })
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No trust policy may name a whole account without a condition."""
    if model.use is not PolicyUse.TRUST:
        return
    for index, statement in allowing(model.statements):
        for number, (kind, value) in enumerate(statement.principals):
            if kind == "AWS" and _ACCOUNT.fullmatch(value) and not any(map(_bounds, statement.conditions)):
                path = f"statements[{index}].principals[{number}]"
                yield Fault(path=path, found=f"all of the account {value} is trusted", want=_QUESTION)


def _bounds(condition: tuple[str, str, tuple[str, ...]]) -> bool:
    """Whether a condition asks for something; no second factor and no id are nothing to ask for."""
    _, key, values = condition
    return set(values) != _NOTHING.get(key.lower(), {"*"})


_NOTHING = {"aws:multifactorauthpresent": {"false"}, "sts:externalid": {""}}


#: With its number, a word that stands for it, or neither: a role that names no account yet will.
_ACCOUNT = re.compile(r"[0-9]{12}|arn:aws[a-z-]*:iam::(?:[A-Za-z0-9_-]*:)?root")
_QUESTION = Decision("which role or user needs to assume this role?")


CONTROL = Control(
    id="no-account-trust",
    title="Roles trust identities rather than whole accounts",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/reference_policies_elements_principal"),
        aws("IAM/latest/UserGuide/id_roles_create_for-user_externalid"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
