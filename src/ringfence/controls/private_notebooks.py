"""Notebooks have no public addresses.

A notebook runs whatever is typed into it, right next to the data.

Bad, terraform:

    resource "google_notebooks_instance" "a" {
      name         = "a"
      machine_type = "e2-medium"
      location     = "europe-west3-a"
    }

Good, terraform:

    resource "google_notebooks_instance" "a" {
      name         = "a"
      machine_type = "e2-medium"
      location     = "europe-west3-a"
      no_public_ip = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """Notebooks have no public addresses."""
    if model.public:
        yield Fault(path="public", found="it has a public address", want=False)


CONTROL = Control(
    id="private-notebooks",
    title="Notebooks have no public addresses",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("google/r/notebooks_instance"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
