"""Accelerators keep flow logs.

An accelerator can hide the client's address from what is behind it. Flow logs keep it.

Bad, terraform:

    resource "aws_globalaccelerator_accelerator" "shop" {
      name = "shop"
      attributes {
        flow_logs_enabled = false
      }
    }

Good, terraform:

    resource "aws_globalaccelerator_accelerator" "shop" {
      name = "shop"
      attributes {
        flow_logs_enabled   = true
        flow_logs_s3_bucket = "flow-logs"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Accelerator


def faults(model: Accelerator) -> Iterator[Fault]:
    """Flow logs must be kept."""
    if model.flow_logs is False:
        yield Fault(path="flow_logs", found="it has no flow log", want=_QUESTION)


_QUESTION = Decision("which bucket should the flow logs go to?")


CONTROL = Control(
    id="accelerator-flow-logs",
    title="Accelerators keep flow logs",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("flow_logs",),
    references=(
        aws("global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs"),
        terraform("aws/r/globalaccelerator_accelerator"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Accelerator",),
    standards=frozenset({Standard.DEFAULT}),
)
