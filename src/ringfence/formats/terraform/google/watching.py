"""What watches a project of Google Cloud: metrics of its logs, alert policies on these, and who hears them."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import alarms_made_elsewhere, everywhere, is_first
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.watching import AccountWatch, Cloud, EventFilter

_METRIC, _POLICY = "google_logging_metric", "google_monitoring_alert_policy"
_COUNTING = ("condition_threshold", "condition_absent", "condition_monitoring_query_language")
_NAMED = re.compile(r"logging\.googleapis\.com/user/([^\"'\s\\]+)")


def watch(r: Reader) -> AccountWatch:
    """All filters on the logs of a project: metrics, and alert policies that look into the log themselves."""
    found = list[EventFilter]()
    policies = [_Policy(one) for one in everywhere(r, _POLICY)]
    for one in everywhere(r, _METRIC):
        pattern = one.view.find("filter").value
        if not isinstance(pattern, str):
            r.unknown("filters")
            continue
        raised = [policy.told for policy in policies if policy.counts(one)]
        r.place(f"filters[{len(found)}]", one.view)
        found.append(EventFilter(pattern=pattern, alarmed=bool(raised), told=any(raised)))
    for policy in policies:
        for pattern in policy.patterns:
            r.place(f"filters[{len(found)}]", policy.view)
            found.append(EventFilter(pattern=pattern, alarmed=policy.enabled, told=policy.told))
    if any(policy.unknown for policy in policies) or alarms_made_elsewhere(r):
        r.unknown("filters")
    return AccountWatch(name=r.address, cloud=Cloud.GOOGLE, filters=tuple(found))


def metric(r: Reader) -> Iterator[AccountWatch]:
    """A metric of logs. Where no project is made beside it, the first that is about calls stands for all of them."""
    if not any(True for _ in everywhere(r, "google_project")) and is_first(r, _about_calls(r)):
        yield watch(r)


def _about_calls(r: Reader) -> Iterator[Reader]:
    return (one for one in everywhere(r, _METRIC) if "protoPayload" in said(one, "filter"))


class _Policy:
    """An alert policy: `patterns` are filters of the log of its own, `told`: it is on and somebody hears it."""

    def __init__(self, one: Reader) -> None:
        self.view = one.view
        self.enabled = one.view.find("enabled").value not in (False, "false")
        self.told = self.enabled and there(one, "notification_channels") is not False
        self.patterns, self.unknown = list[str](), False
        self._counted = list[object]()
        conditions, known = one.view.blocks("conditions")
        self.unknown = not known
        for condition in conditions:
            matched = condition.find("condition_matched_log.filter").value
            if isinstance(matched, str):
                self.patterns.append(matched)
            self.unknown = self.unknown or isinstance(matched, Unknown)
            self._counted += [condition.find(f"{kind}.filter").value for kind in _COUNTING]
            self._counted.append(condition.find("condition_monitoring_query_language.query").value)

    def counts(self, metric: Reader) -> bool:
        """Whether an alert is raised on what a metric counts; one of which nobody can say that counts too."""
        return self.enabled and any(_means(one, metric) for one in self._counted)


def _means(counted: object, metric: Reader) -> bool:
    if isinstance(counted, Unknown):
        metrics = [one for one in counted.references if _METRIC in one]
        return not metrics or metric.instance.resource.address in metrics
    if not isinstance(counted, str):
        return False
    name = metric.view.find("name").value
    return not isinstance(name, str) or name in _NAMED.findall(counted)
