"""Databases install minor versions automatically.

Minor versions bring fixes for known vulnerabilities and change nothing else. Installed automatically in the
maintenance window, they arrive before the attacks do.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                     = "postgres"
      instance_class             = "db.t4g.medium"
      allocated_storage          = 50
      auto_minor_version_upgrade = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                     = "postgres"
      instance_class             = "db.t4g.medium"
      allocated_storage          = 50
      auto_minor_version_upgrade = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_aws, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Minor versions must be installed automatically."""
    if model.minor_upgrades is False:
        yield Fault(path="minor_upgrades", found="minor versions are not installed automatically", want=True)


CONTROL = Control(
    id="database-upgrades",
    title="Databases install minor versions automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("minor_upgrades",),
    references=(
        cis_aws("2.3.2"),
        aws_hub("RDS.13"),
        aws("AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
