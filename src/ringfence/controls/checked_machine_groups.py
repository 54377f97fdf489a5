"""Machines that fail the load balancer's check are replaced.

A machine can be running and still serve nobody. The load balancer notices; the group replaces the machine only if it
is told to ask the load balancer.

Bad, terraform:

    resource "aws_autoscaling_group" "shop" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
      target_group_arns   = [aws_lb_target_group.shop.arn]
      health_check_type   = "EC2"

      launch_template {
        id = aws_launch_template.shop.id
      }
    }

Good, terraform:

    resource "aws_autoscaling_group" "shop" {
      min_size            = 2
      max_size            = 6
      vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
      target_group_arns   = [aws_lb_target_group.shop.arn]
      health_check_type   = "ELB"

      launch_template {
        id = aws_launch_template.shop.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.compute import MachineGroup


def faults(model: MachineGroup) -> Iterator[Fault]:
    """What the load balancer finds counts."""
    if model.checked is False:
        yield Fault(path="checked", found="the load balancer's health checks are ignored", want=True)


CONTROL = Control(
    id="checked-machine-groups",
    title="Machines that fail the load balancer's check are replaced",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("checked",),
    references=(
        aws_hub("AutoScaling.1"),
        terraform("aws/r/autoscaling_group"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MachineGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
