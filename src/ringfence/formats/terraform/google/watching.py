"""What watches a project of Google Cloud: metrics of its logs, alert policies on these, and who hears them."""

import re
from collections.abc import Iterator
from itertools import islice

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import alarms_made_elsewhere, everywhere, is_first, made_elsewhere
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.google.common import customer_key
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF, ON
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.record import LogGroup
from ringfence.models.cloud.watching import AccountWatch, Cloud, EssentialContacts, EventFilter, LogExport

_METRIC, _POLICY = "google_logging_metric", "google_monitoring_alert_policy"
_COUNTING = (
    "condition_threshold.filter",
    "condition_absent.filter",
    "condition_monitoring_query_language.query",
)
_NAMED = re.compile(r"logging\.googleapis\.com/user/([^\"'\s\\]+)")


def watch(r: Reader) -> AccountWatch:
    """All filters on the logs of a project: metrics, and alert policies that look into the log themselves."""
    found = list[EventFilter]()
    policies = _Policies(r)
    for one in everywhere(r, _METRIC):
        pattern = one.view.find("filter").value
        if not isinstance(pattern, str):
            r.unknown("filters")
            continue
        raised = policies.on(one)
        r.place(f"filters[{len(found)}]", one.view)
        found.append(EventFilter(pattern=pattern, alarmed=bool(raised), told=any(raised)))
    for view, own in policies.own:
        r.place(f"filters[{len(found)}]", view)
        found.append(own)
    if policies.unknown or alarms_made_elsewhere(r):
        r.unknown("filters")
    return AccountWatch(name=r.address, cloud=Cloud.GOOGLE, filters=tuple(found))


def metric(r: Reader) -> Iterator[AccountWatch]:
    """A metric of logs. Where no project is made beside it, the first that is about calls stands for all of them."""
    if not any(True for _ in everywhere(r, "google_project")) and is_first(r, _about_calls(r)):
        yield watch(r)


def alert(r: Reader) -> Iterator[AccountWatch]:
    """An alert policy that looks into the log itself. Where there is no project and no metric of calls beside it, the
    first stands for all of them."""
    alone = not any(True for _ in everywhere(r, "google_project")) and not any(True for _ in _about_calls(r))
    if alone and is_first(r, (one for one in everywhere(r, _POLICY) if _looks_at_calls(one))):
        yield watch(r)


def _about_calls(r: Reader) -> Iterator[Reader]:
    return (one for one in everywhere(r, _METRIC) if "protoPayload" in said(one, "filter"))


def _looks_at_calls(policy: Reader) -> bool:
    filters = (one.find("condition_matched_log.filter").value for one in policy.view.blocks("conditions")[0])
    return any(isinstance(one, str) and "protoPayload" in one for one in filters)


class _Policies:
    """All alert policies that are on, by the metric that they are on: whether each is heard. `own` are those that look
    into the log themselves; `unknown`: nobody can say what all of them look at."""

    def __init__(self, r: Reader) -> None:
        self._named, self._referring = dict[str, list[bool]](), dict[str, list[bool]]()
        self._any = list[bool]()
        self.own, self.unknown = list[tuple[View, EventFilter]](), False
        for one in everywhere(r, _POLICY):
            on = one.view.find("enabled").value not in OFF
            told = on and there(one, "notification_channels") is not False
            conditions, known = one.view.blocks("conditions")
            self.unknown = self.unknown or not known
            for condition in conditions:
                matched = condition.find("condition_matched_log.filter").value
                self.unknown = self.unknown or isinstance(matched, Unknown)
                if isinstance(matched, str):
                    self.own.append((one.view, EventFilter(pattern=matched, alarmed=on, told=told)))
                for path in _COUNTING if on else ():
                    self._add(condition.find(path).value, told)

    def _add(self, counted: object, told: bool) -> None:
        if isinstance(counted, Unknown):
            metrics = [one for one in counted.references if _METRIC in one]
            for one in metrics:
                self._referring.setdefault(one, []).append(told)
            if not metrics:
                self._any.append(told)
        elif isinstance(counted, str):
            for name in _NAMED.findall(counted):
                self._named.setdefault(name, []).append(told)

    def on(self, metric: Reader) -> list[bool]:
        """Of those on a metric, whether they are heard; those that may be on it count."""
        found = self._any + self._referring.get(metric.instance.resource.address, [])
        name = metric.view.find("name").value
        if isinstance(name, str):
            return found + self._named.get(name, [])
        return [told for some in self._named.values() for told in some] + found


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
    off = sink.view.find("disabled").value in ON
    return not off and there(sink, "filter") is False and not sink.view.blocks("exclusions")[0]


def kept(r: Reader) -> Iterator[LogGroup]:
    """Where logs are kept: for thirty days unless more is said."""
    days = r.number("retention_days", "retention_days", 30)
    yield LogGroup(name=r.address, retention_days=days, customer_key=customer_key(r, "cmek_settings.kms_key_name"))


_CONTACT, _NEWS = "google_essential_contacts_contact", ("LEGAL", "SECURITY", "SUSPENSION", "TECHNICAL")
_SUBSCRIBED = "notification_category_subscriptions"
#: So many contacts are looked at.
_MANY = 300


def contact(r: Reader) -> Iterator[EssentialContacts]:
    """Who is told what of a project, a folder or an organisation: the first contact stands for all of its own."""
    whose = _parent(r)
    if not is_first(r, (one for one in _contacts(r) if _parent(one) == whose)):
        return
    own = [one for one in _contacts(r) if _parent(one) == whose]
    told = {kind.upper() for one in own for kind in one.texts("", _SUBSCRIBED)}
    if any(_is_unsure(one) for one in own):
        r.unknown("missing")
    r.place_of("missing", r.view.find(_SUBSCRIBED))
    r.decide("missing", "who should be notified?")
    yield EssentialContacts(
        name=r.address, missing=() if "ALL" in told else tuple(one.lower() for one in _NEWS if one not in told)
    )


def _contacts(r: Reader) -> Iterator[Reader]:
    return islice(everywhere(r, _CONTACT), _MANY)


def _parent(contact: Reader) -> object:
    value = contact.view.find("parent").value
    return tuple(sorted(value.references)) if isinstance(value, Unknown) else value


def _is_unsure(contact: Reader) -> bool:
    value = contact.view.find(_SUBSCRIBED).value
    return isinstance(value, Unknown) or (isinstance(value, list) and any(isinstance(one, Unknown) for one in value))
