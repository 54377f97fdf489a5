"""Federated roles trust named repositories only.

An issuer such as GitHub Actions signs tokens for every repository in the world. Without a condition on the token's
subject, a job in anybody's repository can assume the role.

Bad, terraform:

    data "aws_iam_policy_document" "ci" {
      statement {
        actions = ["sts:AssumeRoleWithWebIdentity"]
        principals {
          type        = "Federated"
          identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
        }
        condition {
          test     = "StringEquals"
          variable = "token.actions.githubusercontent.com:aud"
          values   = ["sts.amazonaws.com"]
        }
      }
    }

Good, terraform:

    data "aws_iam_policy_document" "ci" {
      statement {
        actions = ["sts:AssumeRoleWithWebIdentity"]
        principals {
          type        = "Federated"
          identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
        }
        condition {
          test     = "StringLike"
          variable = "token.actions.githubusercontent.com:sub"
          values   = ["repo:example/shop:*"]
        }
      }
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse, Statement


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """Where a shared issuer is trusted, a condition on the subject must name an owner."""
    if model.use is not PolicyUse.TRUST:
        return
    for index, statement in allowing(model.statements):
        for number, (kind, value) in enumerate(statement.principals):
            issuer = _issuer(value, statement) if kind == "Federated" else ""
            if issuer and not _names_owner(statement):
                path = f"statements[{index}].principals[{number}]"
                yield Fault(path=path, found=f"any job that {issuer} signs for may assume this role", want=_QUESTION)


def _issuer(principal: str, statement: Statement) -> str:
    said = " ".join([principal, *(key for _, key, _ in statement.conditions)]).lower()
    return next((name for host, name in _SHARED.items() if host in said), "")


def _names_owner(statement: Statement) -> bool:
    """Whether a condition on the subject (or on who owns the repository) leaves other owners out."""
    for operator, key, values in statement.conditions:
        claim = key.lower().rpartition(":")[2]
        if claim == _UNKNOWN or values == (_UNKNOWN,):
            return True  # it may
        if "not" in operator.lower() or not values:
            continue
        if claim in _OWNERS and not any("*" in one for one in values):
            return True
        if claim == "sub" and all(_OWNED.match(one) for one in values):
            return True
    return False


_SHARED = {
    "token.actions.githubusercontent.com": "GitHub Actions",
    "gitlab.com": "gitlab.com",
    "app.terraform.io": "app.terraform.io",
    "agent.buildkite.com": "Buildkite",
    "oidc.circleci.com": "CircleCI",
}
_UNKNOWN = "${}"
_OWNERS = frozenset({"repository", "repository_owner", "repository_owner_id", "repository_id", "job_workflow_ref"})
#: A subject whose owner has no wildcard: `repo:owner/…`, `project_path:group/…`, `organization:name:…`.
_OWNED = re.compile(r"(repo|repository_owner|project_path|organization|org)[:/][^*?:/]+([:/]|$)", re.IGNORECASE)
_QUESTION = Decision("which repository's jobs need to assume this role?")


CONTROL = Control(
    id="bounded-federated-trust",
    title="Federated roles trust named repositories only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint"),
        aws("IAM/latest/UserGuide/id_roles_create_for-idp_oidc"),
        cwe(284),
        cwe(346),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
