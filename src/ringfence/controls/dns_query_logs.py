"""Public zones log DNS queries.

Queries show who looks up which hosts, and the names that malware uses.

Bad, terraform:

    resource "aws_route53_zone" "shop" {
      name = "example.com"
    }

Good, terraform:

    resource "aws_route53_zone" "shop" {
      name = "example.com"
    }

    resource "aws_route53_query_log" "shop" {
      zone_id                  = aws_route53_zone.shop.zone_id
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.dns.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_gcp, cwe
from ringfence.models.cloud.edge import DnsZone


def faults(model: DnsZone) -> Iterator[Fault]:
    """Queries must be logged."""
    if model.query_logs is False:
        yield Fault(path="query_logs", found="queries are not logged", want=_QUESTION)


_QUESTION = Decision("which log group should the queries go to?")


CONTROL = Control(
    id="dns-query-logs",
    title="Public zones log DNS queries",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("query_logs",),
    references=(
        cis_gcp("2.12"),
        aws_hub("Route53.2"),
        aws("Route53/latest/DeveloperGuide/query-logs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DnsZone",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
