"""Databases cannot be dropped by accident.

Terraform's own deletion protection applies to Terraform alone. If the provider itself refuses, no script, console or
other tool can drop the data.

Bad, terraform:

    resource "google_spanner_database" "orders" {
      instance = "shop"
      name     = "orders"
    }

Good, terraform:

    resource "google_spanner_database" "orders" {
      instance               = "shop"
      name                   = "orders"
      enable_drop_protection = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Databases cannot be dropped by accident."""
    if model.drop_protected is False:
        yield Fault(path="drop_protected", found="anybody who may change it can drop it", want=True)


CONTROL = Control(
    id="drop-protected-databases",
    title="Databases cannot be dropped by accident",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("drop_protected",),
    references=(
        terraform("google/r/spanner_database"),
        terraform("google/r/bigtable_table"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
