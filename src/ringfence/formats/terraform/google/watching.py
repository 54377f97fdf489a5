"""What watches a project of Google Cloud: metrics of its logs, alert policies on these, and who hears them."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import alarms_made_elsewhere, everywhere, is_first, made_elsewhere
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.watching import AccountWatch, Cloud, EssentialContacts, EventFilter, LogExport

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


SINKS = tuple(f"google_logging_{one}_sink" for one in ("project", "folder", "organization", "billing_account"))


def sink(r: Reader) -> Iterator[LogExport]:
    """What sends logs away: the first sink stands for all of them."""
    if not is_first(r, _sinks(r)):
        return
    some = list(_sinks(r))
    unsure = any(isinstance(one.view.find("filter").value, Unknown) for one in some)
    if unsure or not all(one.view.blocks("exclusions")[1] for one in some) or made_elsewhere(r, ("log", "sink")):
        r.unknown("whole")
    r.place_of("whole", r.view.find("filter"))
    r.decide("whole", "where should all entries go? add a sink without a filter")
    yield LogExport(name=r.address, whole=any(_is_whole(one) for one in some))


def _sinks(r: Reader) -> Iterator[Reader]:
    return (one for kind in SINKS for one in everywhere(r, kind))


def _is_whole(sink: Reader) -> bool:
    off = sink.view.find("disabled").value in (True, "true")
    return not off and there(sink, "filter") is False and not sink.view.blocks("exclusions")[0]


_CONTACT, _NEWS = "google_essential_contacts_contact", ("LEGAL", "SECURITY", "SUSPENSION", "TECHNICAL")
_SUBSCRIBED = "notification_category_subscriptions"


def contact(r: Reader) -> Iterator[EssentialContacts]:
    """Who is told what of a project, a folder or an organisation: the first contact stands for all of its own."""
    own = [one for one in everywhere(r, _CONTACT) if _parent(one) == _parent(r)]
    if not is_first(r, iter(own)):
        return
    told = {kind.upper() for one in own for kind in one.texts("", _SUBSCRIBED)}
    if any(_is_unsure(one) for one in own):
        r.unknown("missing")
    r.place_of("missing", r.view.find(_SUBSCRIBED))
    r.decide("missing", "who should be told?")
    yield EssentialContacts(
        name=r.address, missing=() if "ALL" in told else tuple(one.lower() for one in _NEWS if one not in told)
    )


def _parent(contact: Reader) -> object:
    value = contact.view.find("parent").value
    return tuple(sorted(value.references)) if isinstance(value, Unknown) else value


def _is_unsure(contact: Reader) -> bool:
    value = contact.view.find(_SUBSCRIBED).value
    return isinstance(value, Unknown) or (isinstance(value, list) and any(isinstance(one, Unknown) for one in value))
