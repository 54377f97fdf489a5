"""Domain names are locked against transfer.

A domain that is transferred to another registrar takes all its mail and visitors with it. With the lock on, that
takes another step that its owner sees.

Bad, terraform:

    resource "aws_route53domains_registered_domain" "shop" {
      domain_name   = "example.com"
      transfer_lock = false
    }

Good, terraform:

    resource "aws_route53domains_registered_domain" "shop" {
      domain_name   = "example.com"
      transfer_lock = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import DomainName


def faults(model: DomainName) -> Iterator[Fault]:
    """The transfer lock must be on."""
    if model.locked is False:
        yield Fault(path="locked", found="it can be moved to another registrar", want=True)


CONTROL = Control(
    id="locked-domains",
    title="Domain names are locked against transfer",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("locked",),
    references=(
        aws("Route53/latest/DeveloperGuide/domain-lock"),
        terraform("aws/r/route53domains_registered_domain"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DomainName",),
    standards=frozenset({Standard.DEFAULT}),
)
