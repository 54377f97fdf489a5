"""Logs leave the machines of platforms.

Machines come and go by themselves, and their logs with them; and who takes one over deletes them.

Bad, terraform:

    resource "aws_elastic_beanstalk_environment" "a" {
      name        = "shop"
      application = "shop"
    }

Good, terraform:

    resource "aws_elastic_beanstalk_environment" "a" {
      name        = "shop"
      application = "shop"

      setting {
        namespace = "aws:elasticbeanstalk:cloudwatch:logs"
        name      = "StreamLogs"
        value     = "true"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.managed import AppPlatform


def faults(model: AppPlatform) -> Iterator[Fault]:
    """Logs leave the machines of platforms."""
    if not model.logs:
        yield Fault(path="logs", found="logs are gone with their machine", want=_QUESTION)


_QUESTION = Decision("add the setting StreamLogs")


CONTROL = Control(
    id="app-platform-logs",
    title="Logs leave the machines of platforms",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logs",),
    references=(
        aws_hub("ElasticBeanstalk.3"),
        terraform("aws/r/elastic_beanstalk_environment"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AppPlatform",),
    standards=frozenset({Standard.DEFAULT}),
)
