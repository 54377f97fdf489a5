"""Databases accept connections from known addresses only.

A rule for 0.0.0.0/0 restricts nothing: every address on the internet may try passwords. List the networks of the
applications that need the database.

Bad, terraform:

    resource "aws_db_security_group" "main" {
      name = "shop"
      ingress {
        cidr = "10.20.0.0/16"
      }
      ingress {
        cidr = "0.0.0.0/0"
      }
    }

Good, terraform:

    resource "aws_db_security_group" "main" {
      name = "shop"
      ingress {
        cidr = "10.20.0.0/16"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.ranges import MANY, is_everybody, public_addresses
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_azure, cis_gcp, cwe, terraform
from ringfence.models.cloud.database import Database, DatabaseAccess


def faults(model: Database | DatabaseAccess) -> Iterator[Fault]:
    """No range may hold the whole internet."""
    if isinstance(model, Database):
        yield from _open("allowed", model.allowed or ())
        return
    yield from _open("ranges", model.ranges)


def _open(field: str, ranges: tuple[str, ...]) -> Iterator[Fault]:
    for index, one in enumerate(ranges):
        if is_everybody(one):
            yield Fault(path=f"{field}[{index}]", found=f"{one} means every address", want=_QUESTION)
        elif public_addresses(one) > MANY:
            found = f"{one} is {public_addresses(one):,} addresses"
            yield Fault(path=f"{field}[{index}]", found=found, want=_QUESTION)


_QUESTION = Decision("which networks need the database?")


CONTROL = Control(
    id="bounded-database-ranges",
    title="Databases accept connections from known addresses only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "allowed",
        "ranges",
    ),
    references=(
        cis_gcp("6.5"),
        cis_azure("4.1.2"),
        terraform("aws/r/db_security_group"),
        aws("AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups"),
        cwe(284),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Database",
        "DatabaseAccess",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
