"""Somebody hears of changes to security groups.

A port that is opened by hand is one that no file shows.

Bad, terraform:

    resource "aws_cloudtrail" "a" {
      name                       = "all"
      s3_bucket_name             = "example-trail"
      is_multi_region_trail      = true
      cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
    }

    resource "aws_cloudwatch_log_group" "trail" {
      name              = "trail"
      retention_in_days = 365
    }

Good, terraform:

    resource "aws_cloudtrail" "a" {
      name                       = "all"
      s3_bucket_name             = "example-trail"
      is_multi_region_trail      = true
      cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
    }

    resource "aws_cloudwatch_log_group" "trail" {
      name              = "trail"
      retention_in_days = 365
    }

    resource "aws_cloudwatch_log_metric_filter" "it" {
      name           = "it"
      log_group_name = aws_cloudwatch_log_group.trail.name
      pattern        = "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }"

      metric_transformation {
        name      = "it"
        namespace = "account"
        value     = "1"
      }
    }

    resource "aws_cloudwatch_metric_alarm" "it" {
      alarm_name          = "it"
      metric_name         = "it"
      namespace           = "account"
      statistic           = "Sum"
      period              = 300
      evaluation_periods  = 1
      threshold           = 1
      comparison_operator = "GreaterThanOrEqualToThreshold"
      alarm_actions       = [aws_sns_topic.security.arn]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.events import named, unwatched
from ringfence.controls.references import aws_hub, cis_aws, cwe, terraform
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from unwatched(model, "changes to security groups", _TERMS, _QUESTION)


_TERMS = named(
    "AuthorizeSecurityGroupIngress",
    "AuthorizeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
    "RevokeSecurityGroupEgress",
    "CreateSecurityGroup",
    "DeleteSecurityGroup",
)
_QUESTION = Decision("who should be told? add a filter, an alarm on it, and a topic")


CONTROL = Control(
    id="alarmed-firewall-changes",
    title="Somebody hears of changes to security groups",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("filters",),
    references=(
        cis_aws("4.10"),
        aws_hub("CloudWatch.10"),
        terraform("aws/r/cloudwatch_log_metric_filter"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AccountWatch",),
    standards=frozenset({Standard.CIS_AWS}),
)
