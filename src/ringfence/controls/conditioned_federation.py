"""External identities are accepted on a condition.

A public issuer signs tokens for everybody's jobs. A condition says which of them are yours.

Bad, terraform:

    resource "google_iam_workload_identity_pool_provider" "a" {
      workload_identity_pool_id          = "ci"
      workload_identity_pool_provider_id = "github"

      attribute_mapping = {
        "google.subject" = "assertion.sub"
      }

      oidc {
        issuer_uri = "https://token.actions.githubusercontent.com"
      }
    }

Good, terraform:

    resource "google_iam_workload_identity_pool_provider" "a" {
      workload_identity_pool_id          = "ci"
      workload_identity_pool_provider_id = "github"
      attribute_condition                = "assertion.repository_owner == 'example'"

      attribute_mapping = {
        "google.subject" = "assertion.sub"
      }

      oidc {
        issuer_uri = "https://token.actions.githubusercontent.com"
      }
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.policy import FederatedTrust


def faults(model: FederatedTrust) -> Iterator[Fault]:
    """External identities are accepted on a condition."""
    if model.condition.strip(" ()").lower() in ("", "true"):
        yield Fault(path="condition", found=f"any identity of {model.issuer} is accepted", want=_QUESTION)
    elif _GITHUB in model.issuer and not _OWNER.search(model.condition):
        asked = set(_CLAIM.findall(model.condition))
        if asked and asked <= _ANYBODYS:
            yield Fault(
                path="condition", found="jobs in other people's repositories can meet the condition", want=_QUESTION
            )
            return
        for subject in _SUBJECT.findall(model.condition):
            if not _OWNED.match(subject):
                found = f"anybody's job can be {subject}" if ":" in subject else f"no job is {subject} alone"
                yield Fault(path="condition", found=found, want=_QUESTION)
                return


_GITHUB = "token.actions.githubusercontent.com"
#: A condition on who owns the repository, or on which it is.
_OWNER = re.compile(r"(assertion|attribute)\.repository(_owner)?(_id)?\b")
_SUBJECT = re.compile(r"(?:assertion\.sub|google\.subject)\s*==\s*['\"]([^'\"]{0,500})['\"]")
_CLAIM = re.compile(r"\b(?:assertion|attribute)\.(\w{1,60})")
#: What a job says of itself that does not depend on whose repository it runs in.
_ANYBODYS = frozenset(
    {
        "actor", "aud", "base_ref", "environment", "event_name", "head_ref", "ref", "ref_protected", "ref_type",
        "repository_visibility", "run_attempt", "runner_environment", "sha", "workflow",
    }
)  # fmt: skip
#: A subject that names the owner and the repository first.
_OWNED = re.compile(r"repo:[\w.-]+/[\w.-]+(:|$)")


_QUESTION = Decision("which of its identities are yours? write it in attribute_condition")


CONTROL = Control(
    id="conditioned-federation",
    title="External identities are accepted on a condition",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("condition",),
    references=(
        terraform("google/r/iam_workload_identity_pool_provider"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FederatedTrust",),
    standards=frozenset({Standard.DEFAULT}),
)
