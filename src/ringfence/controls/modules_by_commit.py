"""Modules from git are pinned to a commit.

The owner of a repository can move a tag. A commit hash always means the same content.

Bad, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=v1.4.2"
    }

Good, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b"
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import ModuleSource, SourceKind


def faults(model: ModuleSource) -> Iterator[Fault]:
    """A version of a git source must be a commit."""
    if model.kind is SourceKind.GIT and not _COMMIT.fullmatch(model.ref):
        found = f"{model.ref} can be moved" if model.ref else "no commit is named"
        yield Fault(path="ref", found=found, want=Decision("which commit did you review?"))


_COMMIT = re.compile(r"[0-9a-f]{7,64}", re.I)


CONTROL = Control(
    id="modules-by-commit",
    title="Modules from git are pinned to a commit",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ref",),
    references=(
        terraform_language("language/modules/sources"),
        cwe(494),
        cwe(829),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ModuleSource",),
    standards=frozenset({Standard.DEFAULT}),
)
