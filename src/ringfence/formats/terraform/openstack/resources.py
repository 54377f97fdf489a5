"""Machines, firewalls and containers of objects of OpenStack."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.numbers import ports_of
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.network import Firewall, FirewallRule
from ringfence.models.cloud.storage import BucketAccess, Reachable, reached

_EVERYBODY = {"IPv6": "::/0", "IPv4": "0.0.0.0/0"}


def instance(r: Reader) -> Iterator[Machine]:
    """A machine: whose administrator may have a password."""
    given = there(r, "admin_pass")
    if given is None:
        r.unknown("password_login")
    r.place_of("password_login", r.view.find("admin_pass"))
    r.decide("password_login", "whose SSH key may log in? name it in key_pair")
    yield machine(r.address, password_login=bool(given))


def group(r: Reader) -> Iterator[Firewall]:
    """A group of the older kind, with the rules that stand in it."""
    some, known = r.view.blocks("rule")
    if not known:
        r.unknown("rules")
    rules = [_rule(r.below(f"rules[{index}]", view)) for index, view in enumerate(some)]
    yield Firewall(name=r.address, default=False, described=_described(r), rules=tuple(rules))


def _rule(r: Reader) -> FirewallRule:
    return FirewallRule(
        name=r.address,
        allow=True,
        inbound=True,
        protocol=r.text("protocol", "ip_protocol", "all", lower=True),
        ports=_ports(r, "from_port", "to_port"),
        peers=r.texts("peers", "cidr"),
        stateless=False,
        described=None,
    )


def _described(r: Reader) -> bool:
    described = r.given("described", "description")
    r.decide("described", "what is the group for? add a description")
    return described


def _ports(r: Reader, least: str, most: str) -> tuple[tuple[int, int], ...]:
    first, last = r.number("ports", least, -1), r.number("ports", most, -1)
    if any(isinstance(r.view.find(one).value, Unknown) for one in (least, most)):
        r.unknown("ports")
    return ((first, last),) if first > 0 or last > 0 else ()


def plain_group(r: Reader) -> Iterator[Firewall]:
    """A group whose rules stand apart."""
    yield Firewall(name=r.address, default=False, described=_described(r), rules=())


def rule(r: Reader) -> Iterator[FirewallRule]:
    """A rule of a group: where neither addresses nor another group are said, it is for everybody."""
    r.rests_on("direction", "peers")
    peers = r.texts("peers", "remote_ip_prefix")
    if not peers and not r.view.find("remote_ip_prefix").there:
        apart = there(r, "remote_group_id")
        if apart is None:
            r.unknown("peers")
        peers = () if apart else (_EVERYBODY.get(r.text("", "ethertype"), "0.0.0.0/0"),)
    r.decide("peers[0]", "which addresses need access?")
    yield FirewallRule(
        name=r.address,
        allow=True,
        inbound=r.text("inbound", "direction", "ingress", lower=True) == "ingress",
        protocol=r.text("protocol", "protocol", "all", lower=True),
        ports=_ports(r, "port_range_min", "port_range_max"),
        peers=peers,
        stateless=False,
        described=None,
    )


def firewall_rule(r: Reader) -> Iterator[FirewallRule]:
    """A rule between networks: what is not said is everything."""
    for attribute in ("enabled", "action"):
        r.rests_on(attribute, "peers")
    on = r.flag("", "enabled", default=True)
    ports = ports_of(r.text("ports", "destination_port").replace(":", "-"))
    peers = r.texts("peers", "source_ip_address") or ("0.0.0.0/0",)
    r.decide("peers[0]", "which addresses need access?")
    if on:
        yield FirewallRule(
            name=r.address,
            allow=r.text("allow", "action", lower=True) == "allow",
            inbound=True,
            protocol=r.text("protocol", "protocol", "all", lower=True).replace("any", "all"),
            ports=ports,
            peers=peers,
            stateless=False,
            described=None,
        )


def container(r: Reader) -> Iterator[BucketAccess]:
    """A container of objects, with who may read and write it."""
    reading, writing = r.text("access", "container_read"), r.text("", "container_write")
    access = Reachable.PUBLIC_READ if ".r:*" in reading else Reachable.PRIVATE
    if writing.strip() in ("*", "*:*"):
        access = Reachable.PUBLIC_WRITE
    r.decide("access", "who needs access?")
    yield reached(r.address, access)
