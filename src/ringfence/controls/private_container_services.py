"""Container services are private unless they must be public.

A service that only others on the network call needs no address on the internet. One that must be public says so with
a waiver and its reason.

Bad, terraform:

    resource "aws_apprunner_service" "shop" {
      service_name = "shop"
      network_configuration {
        ingress_configuration {
          is_publicly_accessible = true
        }
      }
    }

Good, terraform:

    resource "aws_apprunner_service" "shop" {
      service_name = "shop"
      network_configuration {
        ingress_configuration {
          is_publicly_accessible = false
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import ContainerService


def faults(model: ContainerService) -> Iterator[Fault]:
    """It must be reached from a private network only."""
    if model.public:
        yield Fault(path="public", found="it is reachable from the internet", want=_QUESTION)


_QUESTION = Decision("which private network is it called from?")


CONTROL = Control(
    id="private-container-services",
    title="Container services are private unless they must be public",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws("apprunner/latest/dg/network-pl"),
        terraform("aws/r/apprunner_service"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ContainerService",),
    standards=frozenset({Standard.DEFAULT}),
)
