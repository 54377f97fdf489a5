"""Logs of platform instances are kept elsewhere.

Instances come and go by themselves and take their logs with them; an intruder on one deletes them.

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
    """Logs of platform instances are kept elsewhere."""
    if not model.logs:
        yield Fault(path="logs", found="logs are lost with their machine", want=_QUESTION)


_QUESTION = Decision("add the setting StreamLogs")


CONTROL = Control(
    id="app-platform-logs",
    title="Logs of platform instances are kept elsewhere",
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
