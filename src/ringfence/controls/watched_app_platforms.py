"""Application platforms use enhanced health reporting.

A machine that is being misused still answers requests.

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
        namespace = "aws:elasticbeanstalk:healthreporting:system"
        name      = "SystemType"
        value     = "enhanced"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, terraform
from ringfence.models.cloud.managed import AppPlatform


def faults(model: AppPlatform) -> Iterator[Fault]:
    """Application platforms use enhanced health reporting."""
    if not model.health:
        yield Fault(path="health", found="only basic health reporting is on", want=_QUESTION)


_QUESTION = Decision("add the setting SystemType with the value enhanced")


CONTROL = Control(
    id="watched-app-platforms",
    title="Application platforms use enhanced health reporting",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("health",),
    references=(
        aws_hub("ElasticBeanstalk.1"),
        terraform("aws/r/elastic_beanstalk_environment"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AppPlatform",),
    standards=frozenset({Standard.DEFAULT}),
)
