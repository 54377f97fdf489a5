"""Load balancers use HTTP/2.

HTTP/2 demands modern TLS of browsers, and leaves less room for requests that two servers interpret differently.

Bad, terraform:

    resource "azurerm_application_gateway" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      enable_http2        = false
    }

Good, terraform:

    resource "azurerm_application_gateway" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      enable_http2        = true
    }

Bad, terraform:

    resource "aws_lb" "a" {
      name         = "shop"
      subnets      = ["subnet-1", "subnet-2"]
      enable_http2 = false
    }

Good, terraform:

    resource "aws_lb" "a" {
      name         = "shop"
      subnets      = ["subnet-1", "subnet-2"]
      enable_http2 = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """Load balancers use HTTP/2."""
    if model.http_two is False:
        yield Fault(path="http_two", found="it uses HTTP/1.1 only", want=True)


CONTROL = Control(
    id="current-load-balancer-http",
    title="Load balancers use HTTP/2",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("http_two",),
    references=(
        terraform("azurerm/r/application_gateway"),
        terraform("aws/r/lb"),
        cis_azure("7.13", "5.0.0"),
        cwe(444),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
