"""The family of controls that ask for an alarm: which events of an account a filter on its record must find.

A control of the family says which events, in each cloud that names them (`on_aws`, `on_azure`, `on_google`). What is
missing until somebody hears of one, the examples of its page, and what their records share stand here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ringfence.controls.cloud import google_filters
from ringfence.controls.control import Control, Decision, Fault, Reference, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cis_azure, cis_gcp, cwe, terraform
from ringfence.dataclasses import dataclass
from ringfence.models.cloud.watching import AccountWatch, Cloud

_LONGEST = 8192
#: The kind of activity in which a provider tells of its faults.
HEALTH = "ServiceHealth"
_QUESTION = Decision("who should be notified? add a filter, an alarm on it, and a notification")
_STANDARDS = {Cloud.AWS: Standard.CIS_AWS, Cloud.AZURE: Standard.CIS_AZURE, Cloud.GOOGLE: Standard.CIS_GCP}


@dataclass(frozen=True, kw_only=True)
class Events:
    """Events of one cloud. `terms` must all stand in one filter, which keeps none of them out by comparing a field of
    `narrowed` with something else; `shown` are the resources that find them and tell of it, as a page shows them."""

    cloud: Cloud
    terms: tuple[str, ...]
    shown: str
    references: tuple[Reference, ...]
    narrowed: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def found_by(self, pattern: str) -> bool:
        """Whether a filter finds these events."""
        return _FINDS[self.cloud](pattern, self.terms) and google_filters.passes(
            pattern[:_LONGEST], dict(self.narrowed)
        )


def on_aws(*names: str, source: str = "", cis: str, hub: str) -> Events:
    """Calls of AWS by their names, of one service where another has calls of these names too."""
    pattern = " || ".join(f"($.eventName = {one})" for one in names)
    if source:
        pattern = f"($.eventSource = {source}) && ({pattern})"
    terms = tuple(f"$.eventName={one}" for one in names)
    return on_aws_pattern(pattern, (f"$.eventSource={source}", *terms) if source else terms, cis=cis, hub=hub)


def on_aws_pattern(pattern: str, terms: tuple[str, ...], *, cis: str, hub: str) -> Events:
    """What a pattern of CloudWatch finds that has these terms, written without spaces, quotes and parentheses."""
    return Events(
        cloud=Cloud.AWS,
        terms=terms,
        shown=_AWS_ALARM.replace("FILTER", _quoted(f"{{ {pattern} }}")),
        references=(cis_aws(cis), aws_hub(hub), terraform("aws/r/cloudwatch_log_metric_filter")),
    )


def on_azure(operation: str, *, cis: str) -> Events:
    """An operation of Azure."""
    return Events(
        cloud=Cloud.AZURE,
        terms=(operation,),
        shown=_AZURE_ALARM.replace("OPERATION", operation),
        references=(cis_azure(cis), terraform("azurerm/r/monitor_activity_log_alert")),
    )


def on_azure_health() -> Events:
    """What the provider of Azure says of its own faults."""
    return Events(
        cloud=Cloud.AZURE,
        terms=(HEALTH,),
        shown=_AZURE_HEALTH,
        references=(terraform("azurerm/r/monitor_activity_log_alert"),),
    )


def on_google(filter_: str, *terms: str, cis: str) -> Events:
    """What a filter of Cloud Logging finds that has these terms: names of calls, or words."""
    return Events(
        cloud=Cloud.GOOGLE,
        terms=terms,
        shown=_GOOGLE_ALARM.replace("FILTER", _quoted(filter_)),
        references=(cis_gcp(cis), terraform("google/r/logging_metric")),
        narrowed=tuple(google_filters.narrowed(filter_).items()),
    )


class Alarm:
    """Events that should raise an alarm: `what` in words, and what they are called in each cloud."""

    def __init__(self, what: str, *events: Events) -> None:
        self.what = what
        self.events = {one.cloud: one for one in events}

    def unheard(self, model: AccountWatch) -> Iterator[Fault]:
        """The first thing that is missing: a filter, an alarm on it, or somebody who is notified."""
        events = self.events.get(model.cloud)
        if events is None:
            return
        found = [index for index, one in enumerate(model.filters) if events.found_by(one.pattern)]
        raised = [index for index in found if model.filters[index].alarmed]
        if not found:
            yield Fault(path="filters", found=f"no filter matches {self.what}", want=_QUESTION)
        elif not raised:
            yield Fault(
                path=f"filters[{found[0]}]", found=f"no alarm watches the filter for {self.what}", want=_QUESTION
            )
        elif not any(model.filters[index].told for index in raised):
            yield Fault(path=f"filters[{raised[0]}]", found=f"the alarm on {self.what} notifies nobody", want=_QUESTION)

    def control(self, id: str, faults: Callable[[Any], Iterator[Fault]]) -> Control:
        """The record of a control of this family."""
        return Control(
            id=id,
            title=f"An alarm is raised on {self.what}",
            severity=Severity.LOW,
            since=1,
            scopes=frozenset({Scope.TERRAFORM}),
            guards=("filters",),
            references=(*(one for events in self.events.values() for one in events.references), cwe(778)),
            unsafe_fix=False,
            faults=faults,
            models=("AccountWatch",),
            standards=frozenset(_STANDARDS[cloud] for cloud in self.events),
            examples="".join(_example(events) for events in self.events.values()),
        )


def _finds_pattern(pattern: str, terms: tuple[str, ...]) -> bool:
    """Whether every term stands in a pattern as a whole, however it is spaced, quoted and put in parentheses."""
    plain = re.sub(r"[\s\"()]", "", pattern[:_LONGEST])
    return all(re.search(re.escape(one) + r"(?![\w*])", plain) for one in terms)


def _finds_operation(pattern: str, terms: tuple[str, ...]) -> bool:
    return pattern.lower() == terms[0].lower()


def _finds_call(pattern: str, terms: tuple[str, ...]) -> bool:
    """Whether every term stands in a filter, as a word or by the beginning that it shares with others (`a.b.*`)."""
    plain = pattern[:_LONGEST].lower().replace("\\", "")
    return all(_has_word(plain, one.lower()) or _has_beginning(plain, one.lower()) for one in terms)


def _has_word(plain: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", plain) is not None


def _has_beginning(plain: str, term: str) -> bool:
    beginning, _, last = term.rpartition(".")
    if "." not in beginning:
        return False
    after = re.search(rf"(?<!\w){re.escape(beginning)}(?:\.?[\"'*\s)]|\.\*|\.?$|(\.\())", plain)
    return after is not None and (after[1] is None or _has_word(plain, last))


_FINDS = {Cloud.AWS: _finds_pattern, Cloud.AZURE: _finds_operation, Cloud.GOOGLE: _finds_call}


def _quoted(said: str) -> str:
    return said.replace('"', '\\"')


def _example(events: Events) -> str:
    """The account without the alarm, and with it, in the form of a docstring."""
    account = _ACCOUNTS[events.cloud]
    bad, good = (_indented(text) for text in (account, f"{account}\n{events.shown}"))
    return f"\nBad, terraform:\n\n{bad}\nGood, terraform:\n\n{good}"


def _indented(text: str) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in text.strip().splitlines())


_ACCOUNTS = {
    Cloud.AWS: """
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
""",
    Cloud.AZURE: """
resource "azurerm_monitor_diagnostic_setting" "all" {
  name                       = "all"
  target_resource_id         = data.azurerm_subscription.current.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id

  enabled_log {
    category = "Administrative"
  }
}
""",
    Cloud.GOOGLE: """
resource "google_project" "shop" {
  name                = "shop"
  project_id          = "shop-example"
  auto_create_network = false
}
""",
}
_AWS_ALARM = """
resource "aws_cloudwatch_log_metric_filter" "it" {
  name           = "it"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "FILTER"

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
_AZURE_ALARM = """
resource "azurerm_monitor_activity_log_alert" "it" {
  name                = "it"
  resource_group_name = "security"
  location            = "global"
  scopes              = [data.azurerm_subscription.current.id]

  criteria {
    category       = "Administrative"
    operation_name = "OPERATION"
  }

  action {
    action_group_id = azurerm_monitor_action_group.security.id
  }
}
"""
_AZURE_HEALTH = """
resource "azurerm_monitor_activity_log_alert" "it" {
  name                = "it"
  resource_group_name = "security"
  location            = "global"
  scopes              = [data.azurerm_subscription.current.id]

  criteria {
    category = "ServiceHealth"

    service_health {
      events = ["Incident", "Security"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.security.id
  }
}
"""
_GOOGLE_ALARM = """
resource "google_logging_metric" "it" {
  name   = "it"
  filter = "FILTER"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

resource "google_monitoring_alert_policy" "it" {
  display_name          = "it"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.security.id]

  conditions {
    display_name = "it"
    condition_threshold {
      filter          = "metric.type=\\"logging.googleapis.com/user/${google_logging_metric.it.name}\\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
    }
  }
}
"""
