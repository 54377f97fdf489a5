"""Configuration changes are recorded everywhere.

Without a record nobody can say what was changed, when, and what to go back to. A region or resource type that is left
out is exactly where the record would be needed.

Bad, terraform:

    resource "aws_config_configuration_aggregator" "all" {
      name = "all"
      account_aggregation_source {
        account_ids = ["123456789012"]
        regions     = ["eu-central-1"]
      }
    }

Good, terraform:

    resource "aws_config_configuration_aggregator" "all" {
      name = "all"
      account_aggregation_source {
        account_ids = ["123456789012"]
        all_regions = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.record import Recorder


def faults(model: Recorder) -> Iterator[Fault]:
    """It runs, in all regions, for all resources."""
    if not model.enabled:
        yield Fault(path="enabled", found="nothing is recorded", want=True)
    if model.all_regions is False:
        yield Fault(path="all_regions", found="other regions are not recorded", want=_QUESTION)
    if model.all_resources is False:
        yield Fault(path="all_resources", found="only some resource types are recorded", want=_QUESTION)
    if model.global_resources is False:
        yield Fault(path="global_resources", found="changes to users, groups and roles are not recorded", want=True)


_QUESTION = Decision("record all resource types")


CONTROL = Control(
    id="recorded-configuration",
    title="Configuration changes are recorded everywhere",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "enabled",
        "all_regions",
        "all_resources",
        "global_resources",
    ),
    references=(
        cis_aws("3.3"),
        aws_hub("Config.1"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Recorder",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
