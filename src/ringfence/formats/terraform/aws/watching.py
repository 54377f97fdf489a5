"""What watches an account of AWS: filters on the record of what is done in it, alarms on these, and who hears them."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import alarms_made_elsewhere, everywhere, is_first
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF, ON
from ringfence.models.cloud.watching import AccountWatch, Alarm, Announcement, Cloud, EventFilter, ObjectEvents, Stack

_FILTER, _ALARM, _GROUP = "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm", "aws_cloudwatch_log_group"
_EVENT = ("$.eventName", "$.errorCode", "$.userIdentity", "$.eventSource")
#: Resources made many at once are not all looked at.
_MANY = 12


def account(r: Reader) -> Iterator[AccountWatch]:
    """What a trail is watched by; one that is not for all regions is not the account's."""
    if r.view.find("is_multi_region_trail").value not in ON:
        r.unknown("filters")
    yield _watch(r, followed(r, "cloud_watch_logs_group_arn", _GROUP))


def metric_filter(r: Reader) -> Iterator[AccountWatch]:
    """A filter on a log. Where no trail is made beside it, the first that is about events stands for all of them."""
    events = (one for one in everywhere(r, _FILTER) if any(word in said(one, "pattern") for word in _EVENT))
    if not any(True for _ in everywhere(r, "aws_cloudtrail")) and is_first(r, events):
        yield _watch(r, [])


def _watch(r: Reader, groups: list[Reader]) -> AccountWatch:
    found = list[EventFilter]()
    alarms = _Alarms(r)
    for one in everywhere(r, _FILTER):
        pattern = one.view.find("pattern").value
        if isinstance(pattern, Unknown) or len(one.instance.resource.instances) >= _MANY:
            r.unknown("filters")
        elif isinstance(pattern, str) and _is_about(one, groups):
            raised = alarms.on(one)
            r.place(f"filters[{len(found)}]", one.view)
            found.append(EventFilter(pattern=pattern, alarmed=bool(raised), told=any(raised)))
    if alarms_made_elsewhere(r):
        r.unknown("filters")
    return AccountWatch(name=r.address, cloud=Cloud.AWS, filters=tuple(found))


def _is_about(one: Reader, groups: list[Reader]) -> bool:
    """Whether a filter is on one of the groups; yes where nobody can say."""
    value = one.view.find("log_group_name").value
    if not groups or value is None:
        return True
    if isinstance(value, Unknown):
        others = [ref for ref in value.references if _GROUP in ref]
        return not others or any(group.instance.resource.address in value.references for group in groups)
    names = [group.view.find("name").value for group in groups]
    return value in names or any(isinstance(name, Unknown) for name in names)


class _Alarms:
    """All alarms, by the metric that they are on: whether each acts."""

    def __init__(self, r: Reader) -> None:
        self._named, self._referring = dict[str, list[bool]](), dict[str, list[bool]]()
        self._any = list[bool]()
        for one in everywhere(r, _ALARM):
            metric, acts = one.view.find("metric_name").value, _acts(one)
            if isinstance(metric, str):
                self._named.setdefault(metric, []).append(acts)
            elif isinstance(metric, Unknown):
                filters = [ref for ref in metric.references if _FILTER in ref]
                for ref in filters:
                    self._referring.setdefault(ref, []).append(acts)
                if not filters:
                    self._any.append(acts)

    def on(self, one: Reader) -> list[bool]:
        """Of those on what a filter counts, whether they act; those that may be on it count."""
        counted = one.view.find("metric_transformation.name").value
        found = self._any + self._referring.get(one.instance.resource.address, [])
        if isinstance(counted, str):
            return found + self._named.get(counted, [])
        return [acts for some in self._named.values() for acts in some] + found


def _acts(alarm: Reader) -> bool:
    off = alarm.view.find("actions_enabled").value in OFF
    return there(alarm, "alarm_actions") is not False and not off


def alarm(r: Reader) -> Iterator[Alarm]:
    """An alarm: what it is told to do is done where nothing is said."""
    yield Alarm(name=r.address, acts=r.flag("acts", "actions_enabled", default=True))


def stack(r: Reader) -> Iterator[Announcement | Stack]:
    """A stack of CloudFormation."""
    yield from announced(r)
    bounded = r.given("bounded", "policy_body") or r.given("bounded", "policy_url")
    r.decide("bounded", "which of its resources must be protected? set policy_body or policy_url")
    yield Stack(name=r.address, bounded=bounded)


def announced(r: Reader) -> Iterator[Announcement]:
    """What happens to a trail or a stack, told to a topic."""
    trail = r.type == "aws_cloudtrail"
    told = r.given("told", "sns_topic_name" if trail else "notification_arns")
    r.decide("told", "which topic should be notified?")
    yield Announcement(name=r.address, kind="trail" if trail else "stack", told=told)


_OBJECTS = "AWS::S3::Object"


def objects(r: Reader) -> Iterator[ObjectEvents]:
    """Which accesses to single objects a trail records."""
    newer, sure = r.view.blocks("advanced_event_selector")
    some, known = r.view.blocks("event_selector")
    for field in ("reads", "writes"):
        if not known or not sure:
            r.unknown(field)
        r.decide(field, "for which buckets should access be recorded? each recorded access costs money")
    if newer:
        yield ObjectEvents(name=r.address, reads=None, writes=None)
        return
    kinds = [_kind(view.find("read_write_type").value) for view in some if _records_objects(r.below("", view))]
    yield ObjectEvents(
        name=r.address,
        reads=any(one in ("all", "readonly") for one in kinds),
        writes=any(one in ("all", "writeonly") for one in kinds),
    )


def of_bucket(r: Reader) -> ObjectEvents:
    """Which accesses to a bucket's objects some trail beside it records."""
    reads = writes = False
    for trail in everywhere(r, "aws_cloudtrail"):
        if trail.view.blocks("advanced_event_selector")[0] or not trail.view.blocks("event_selector")[1]:
            r.unknown("reads")
            r.unknown("writes")
        for view in trail.view.blocks("event_selector")[0]:
            if _records_objects(trail.below("", view)):
                kind = _kind(view.find("read_write_type").value)
                reads, writes = reads or kind != "writeonly", writes or kind != "readonly"
    for field in ("reads", "writes"):
        r.decide(field, "should access to it be recorded? a trail can do that; each recorded access costs money")
    return ObjectEvents(name=r.address, reads=reads, writes=writes)


def _kind(value: object) -> str:
    return value.lower() if isinstance(value, str) else "all"


def _records_objects(r: Reader) -> bool:
    """Whether a selector is about objects, or may be."""
    some, known = r.view.blocks("data_resource")
    kinds = [view.find("type").value for view in some]
    return not known or any(one == _OBJECTS or isinstance(one, Unknown) for one in kinds)
