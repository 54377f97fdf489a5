"""Third-party modules are pinned to a version.

A git module without a version, or on a branch, is whatever is there at the next `init`: its owner, or whoever took
over the account, changes your cloud. A tag or a commit stays what was reviewed.

Bad, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git"
    }

Good, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=v1.4.2"
    }

Bad, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=main"
    }

Good, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b"
    }

Bad, terraform:

    module "network" {
      source = "terraform-aws-modules/vpc/aws"
    }

Good, terraform:

    module "network" {
      source  = "terraform-aws-modules/vpc/aws"
      version = "5.8.1"
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import ModuleSource, SourceKind


def faults(model: ModuleSource) -> Iterator[Fault]:
    """A module of git needs a tag or commit, one of a registry a version with an upper bound."""
    if model.kind is SourceKind.GIT:
        if not model.ref:
            yield Fault(path="ref", found="it has no version constraint", want=_QUESTION)
        elif _BRANCH.fullmatch(model.ref):
            yield Fault(path="ref", found=f"{model.ref} is a branch, which moves", want=_QUESTION)
    elif model.kind is SourceKind.REGISTRY:
        if not model.ref:
            yield Fault(path="ref", found="it has no version constraint", want=_QUESTION)
        elif _OPEN.fullmatch(model.ref):
            found = f"{model.ref} takes every later version"
            yield Fault(path="ref", found=found, want=_QUESTION, severity=Severity.LOW)


_BRANCH = re.compile(
    r"HEAD|(refs/heads/.*)|main|master|trunk|dev|develop|development|latest|next|stable|staging|prod", re.I
)
_OPEN = re.compile(r"\s*(>=?\s*v?[0-9][^,<]*|[*]?)\s*")
_QUESTION = Decision("which version did you review?")


CONTROL = Control(
    id="pinned-modules",
    title="Third-party modules are pinned to a version",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ref",),
    references=(
        terraform_language("language/modules/sources"),
        terraform_language("language/block/module"),
        cwe(494),
        cwe(829),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ModuleSource",),
    standards=frozenset({Standard.DEFAULT}),
)
