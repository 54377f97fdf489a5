"""Public zones use DNSSEC.

Without DNSSEC, a forged answer sends visitors and mail elsewhere, and nobody can tell.

Bad, terraform:

    resource "aws_route53_zone" "shop" {
      name = "example.com"
    }

Good, terraform:

    resource "aws_route53_zone" "shop" {
      name = "example.com"
    }

    resource "aws_route53_hosted_zone_dnssec" "shop" {
      hosted_zone_id = aws_route53_zone.shop.zone_id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_gcp, cwe, terraform
from ringfence.models.cloud.edge import DnsZone


def faults(model: DnsZone) -> Iterator[Fault]:
    """Public zones must be signed."""
    if model.signed is False:
        yield Fault(path="signed", found="DNSSEC is off", want=_QUESTION)


_QUESTION = Decision("which key signs the zone?")


CONTROL = Control(
    id="signed-zones",
    title="Public zones use DNSSEC",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("signed",),
    references=(
        cis_gcp("3.3"),
        aws("Route53/latest/DeveloperGuide/dns-configuring-dnssec"),
        terraform("aws/r/route53_hosted_zone_dnssec"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DnsZone",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
