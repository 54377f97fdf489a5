"""Databases run in subnets without a route to the internet.

In a subnet with a route to an internet gateway, one wrong flag or rule makes a database public. In a private one it
cannot become public.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine               = "postgres"
      instance_class       = "db.t4g.medium"
      db_subnet_group_name = aws_db_subnet_group.main.name
    }

    resource "aws_db_subnet_group" "main" {
      subnet_ids = [aws_subnet.main.id]
    }

    resource "aws_subnet" "main" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.20.1.0/24"
    }

    resource "aws_route_table_association" "main" {
      subnet_id      = aws_subnet.main.id
      route_table_id = aws_route_table.main.id
    }

    resource "aws_route_table" "main" {
      vpc_id = aws_vpc.main.id
      route {
        cidr_block = "0.0.0.0/0"
        gateway_id = aws_internet_gateway.main.id
      }
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine               = "postgres"
      instance_class       = "db.t4g.medium"
      db_subnet_group_name = aws_db_subnet_group.main.name
    }

    resource "aws_db_subnet_group" "main" {
      subnet_ids = [aws_subnet.main.id]
    }

    resource "aws_subnet" "main" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.20.1.0/24"
    }

    resource "aws_route_table_association" "main" {
      subnet_id      = aws_subnet.main.id
      route_table_id = aws_route_table.main.id
    }

    resource "aws_route_table" "main" {
      vpc_id = aws_vpc.main.id
      route {
        cidr_block     = "0.0.0.0/0"
        nat_gateway_id = aws_nat_gateway.main.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """None of its subnets may have a route to an internet gateway."""
    if model.private_subnets is False:
        yield Fault(path="private_subnets", found="one of its subnets has a route to the internet", want=_QUESTION)


_QUESTION = Decision("which private subnets should it be in?")


CONTROL = Control(
    id="private-database-subnets",
    title="Databases run in subnets without a route to the internet",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("private_subnets",),
    references=(
        aws_hub("RDS.46"),
        aws("AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
