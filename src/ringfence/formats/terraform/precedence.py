"""Which rule of a network comes first: what one stops, a later one does not let in."""

from collections.abc import Iterable

from ringfence.dataclasses import dataclass
from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.links import taken_from
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.resource import Resource
from ringfence.models.cloud.network import FirewallRule

_EVERYBODY = frozenset({"*", "any", "internet", "0.0.0.0/0"})
_OF_THE_FILES = ("var", "local", "each", "count")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The network, or the group, that a rule is in: what it is called, and what that name was taken from."""

    value: Value
    taken: list[Resource]


def placed(r: Reader, attribute: str) -> Place:
    """Where an attribute says that a rule is."""
    found = r.view.find(attribute)
    return Place(value=found.value, taken=taken_from(r.instance, found.expression))


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A rule that stops something in a network, or in a group of rules. `priority`: the lower, the earlier. `sure`: all
    of it is known."""

    rule: FirewallRule
    priority: int
    network: Place
    sure: bool


def is_stopped(rule: FirewallRule, priority: int | None, network: Place, stops: Iterable[Stop]) -> bool | None:
    """Whether all that a rule lets in from everybody is stopped before. None where nobody can say; `priority` is None
    where it is not known. Of two with the same priority the one that stops counts."""
    answer: bool | None = False
    for stop in stops:
        same = _is_same(stop.network, network)
        if same is None or (same and (not stop.sure or priority is None)):
            answer = None
        elif same and priority is not None and stop.priority <= priority and _covers(stop.rule, rule):
            return True
    return answer


def _is_same(one: Place, other: Place) -> bool | None:
    """Whether two networks are the same one; None where nobody can say."""
    here, there = one.value, other.value
    if here == there and one.taken and other.taken:
        return any(each in other.taken for each in one.taken)
    if isinstance(here, Unknown) and isinstance(there, Unknown):
        named = [_resources(here), _resources(there)]
        return bool(named[0] & named[1]) if all(named) else None
    return None if isinstance(here, Unknown) or isinstance(there, Unknown) else here == there


def _resources(value: Unknown) -> set[str]:
    return {one for one in value.references if one.rpartition("module.")[2].partition(".")[0] not in _OF_THE_FILES}


def _covers(stop: FirewallRule, rule: FirewallRule) -> bool:
    ports = not stop.ports or (bool(rule.ports) and all(_within(stop, *span) for span in rule.ports))
    peers = {one.lower() for one in stop.peers}
    everybody = bool(peers & _EVERYBODY)
    return (
        stop.inbound == rule.inbound
        and stop.protocol in ("all", rule.protocol)
        and ports
        and all(one.lower() in peers or (everybody and ":" not in one) for one in rule.peers)
    )


def _within(stop: FirewallRule, first: int, last: int) -> bool:
    return any(low <= first and last <= high for low, high in stop.ports)
