"""Database servers have the fix for AWS-2022-004.

A log-reading extension of PostgreSQL on AWS let a database user read files of the machine, including the credentials
of AWS' own service (AWS-2022-004). Releases from before the fix can still be chosen.

Bad, terraform:

    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      engine_version = "13.2"
      instance_class = "db.m6g.large"
    }

Good, terraform:

    resource "aws_db_instance" "orders" {
      engine         = "postgres"
      engine_version = "17.4"
      instance_class = "db.m6g.large"
    }
"""

import re
from collections.abc import Iterator, Mapping

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import DatabaseRelease


def faults(model: DatabaseRelease) -> Iterator[Fault]:
    """Its release must be the first that was repaired, or a later one."""
    match = _VERSION.match(model.version)
    repaired = _REPAIRED.get(model.engine, {})
    if match is None or not repaired:
        return
    said = tuple(int(one) for one in match[0].split("."))
    first = repaired.get(said[0])
    if first is not None and said < first[: len(said)]:
        found = f"{model.version} is vulnerable to AWS-2022-004"
        yield Fault(path="version", found=found, want=_QUESTION)


_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?")
#: By engine and major release, the first that was repaired; later ones never had it.
_REPAIRED: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    "postgres": {9: (9, 6, 22), 10: (10, 17), 11: (11, 12), 12: (12, 7), 13: (13, 3)},
    "aurora-postgresql": {10: (10, 14), 11: (11, 9)},
}
_QUESTION = Decision("to which release can it be moved?")


CONTROL = Control(
    id="patched-databases",
    title="Database servers have the fix for AWS-2022-004",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("version",),
    references=(
        aws("AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL"),
        terraform("aws/r/db_instance"),
        cwe(1395),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseRelease",),
    standards=frozenset({Standard.DEFAULT}),
)
