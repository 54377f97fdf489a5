"""Databases do not use EC2-Classic.

Classic security groups belong to EC2-Classic, a network that all customers shared. It has been switched off; anything
that still names it is a leftover, outside any network of your own.

Bad, terraform:

    resource "aws_redshift_security_group" "reports" {
      name        = "reports"
      description = "The reporting service reads sales"
      ingress {
        cidr = "10.20.0.0/16"
      }
    }

Good, terraform:

    resource "aws_security_group" "reports" {
      name        = "reports"
      description = "The reporting service reads sales"
      vpc_id      = aws_vpc.main.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import DatabaseAccess


def faults(model: DatabaseAccess) -> Iterator[Fault]:
    """It must belong to a network of the account's own."""
    if model.classic:
        yield Fault(path="classic", found="it names EC2-Classic, which was switched off", want=_QUESTION)


_QUESTION = Decision("which network should the database be in?")


CONTROL = Control(
    id="no-classic-access",
    title="Databases do not use EC2-Classic",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("classic",),
    references=(
        terraform("aws/r/db_security_group"),
        aws("AmazonRDS/latest/UserGuide/USER_VPC.Non-VPC2VPC"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseAccess",),
    standards=frozenset({Standard.DEFAULT}),
)
