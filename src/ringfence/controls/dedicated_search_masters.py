"""Search domains have three dedicated master nodes.

Without dedicated masters, a heavy query can take down the nodes that hold the domain together.

Bad, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      cluster_config {
        instance_type  = "r7g.large.search"
        instance_count = 3
      }
    }

Good, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      cluster_config {
        instance_type            = "r7g.large.search"
        instance_count           = 3
        dedicated_master_enabled = true
        dedicated_master_type    = "m7g.medium.search"
        dedicated_master_count   = 3
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Three dedicated masters must be there."""
    if model.dedicated_masters is False:
        yield Fault(path="dedicated_masters", found="it has no three dedicated master nodes", want=_QUESTION)


_QUESTION = Decision("which instance type should the three master nodes have?")


CONTROL = Control(
    id="dedicated-search-masters",
    title="Search domains have three dedicated master nodes",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("dedicated_masters",),
    references=(
        aws_hub("ES.7"),
        aws("opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
