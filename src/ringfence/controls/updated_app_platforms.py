"""Application platforms are updated automatically.

A platform is an operating system, a web server and a language runtime, and flaws in each are fixed every month.

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
        namespace = "aws:elasticbeanstalk:managedactions"
        name      = "ManagedActionsEnabled"
        value     = "true"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.managed import AppPlatform


def faults(model: AppPlatform) -> Iterator[Fault]:
    """Application platforms are updated automatically."""
    if not model.updates:
        yield Fault(path="updates", found="it is not updated automatically", want=_QUESTION)


_QUESTION = Decision("when may it be updated? add the setting ManagedActionsEnabled")


CONTROL = Control(
    id="updated-app-platforms",
    title="Application platforms are updated automatically",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("updates",),
    references=(
        aws_hub("ElasticBeanstalk.2"),
        terraform("aws/r/elastic_beanstalk_environment"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AppPlatform",),
    standards=frozenset({Standard.DEFAULT}),
)
