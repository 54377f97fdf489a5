"""Machine groups use launch templates.

Launch configurations are the older mechanism: AWS adds nothing to them any more, new accounts cannot create them, and
only templates can express some protections.

Bad, terraform:

    resource "aws_autoscaling_group" "shop" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
      launch_configuration = aws_launch_configuration.shop.name
    }

Good, terraform:

    resource "aws_autoscaling_group" "shop" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

      launch_template {
        id      = aws_launch_template.shop.id
        version = aws_launch_template.shop.latest_version
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.compute import MachineGroup


def faults(model: MachineGroup) -> Iterator[Fault]:
    """A template stands there."""
    if not model.template:
        yield Fault(path="template", found="it uses a launch configuration", want=_QUESTION)


_QUESTION = Decision("which launch template should they use?")


CONTROL = Control(
    id="templated-machine-groups",
    title="Machine groups use launch templates",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("template",),
    references=(
        aws_hub("AutoScaling.9"),
        terraform("aws/r/autoscaling_group"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
