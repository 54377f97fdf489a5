"""Networks of AWS: security groups in all their forms, access lists, VPCs, subnets."""

import re
from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.managed import ServiceLog
from ringfence.models.cloud.network import (
    AccessListUse,
    Firewall,
    FirewallRule,
    FirewallUse,
    Network,
    Peering,
    PeeringRoute,
    Subnet,
)
from ringfence.models.cloud.policy import PolicyHolder

_EVERY = ("-1", "all")


#: What the provider writes for a group that has no description.
_PROVIDERS_OWN = "Managed by Terraform"


def _described(r: Reader) -> bool:
    return r.given("described", "description") and said(r, "description") != _PROVIDERS_OWN


def _ports(r: Reader, protocol: str) -> tuple[tuple[int, int], ...]:
    if protocol in _EVERY:
        return ()
    first, last = r.number("ports", "from_port", 0), r.number("ports", "to_port", 0)
    if not (r.view.find("from_port").known and r.view.find("to_port").known):
        return ((0, 0),)  # half a range says nothing: port 0 is nobody's
    if (first, last) in ((0, 0), (-1, -1)) and protocol in ("icmp", "1", "icmpv6", "58"):
        return ((0, 0),)
    return ((max(first, 0), 65535 if last == -1 else last),)


def _peers(r: Reader, *attributes: str) -> tuple[str, ...]:
    peers = list[str]()
    for attribute in attributes:
        held = r.view.find(attribute)
        if held.there or not held.known:
            peers += r.texts("peers", attribute, offset=len(peers))
    return tuple(peers)


def _from_lists(r: Reader, first: int) -> Iterator[str]:
    """Addresses of lists that a rule names and that stand in the configuration, too."""
    for attribute in ("prefix_list_ids", "prefix_list_id"):
        for one in followed(r, attribute, "aws_ec2_managed_prefix_list"):
            entries = [view.find("cidr") for view in one.view.blocks("entry")[0]]
            apart = one.linked("aws_ec2_managed_prefix_list_entry", "prefix_list_id")
            for entry in [*entries, *(each.view.find("cidr") for each in apart)]:
                if isinstance(entry.value, str):
                    r.place_of(f"peers[{first}]", r.view.find(attribute))
                    r.decide(f"peers[{first}]", "which addresses need it? change the prefix list")
                    first += 1
                    yield entry.value


def _rule(r: Reader, protocol: str, peers: tuple[str, ...], *, inbound: bool) -> FirewallRule:
    """A rule of a security group, from the attributes that say its protocol and whom it is about."""
    spoken = r.text("protocol", protocol, "-1", lower=True)
    named = _peers(r, *peers)
    return FirewallRule(
        name=r.address,
        allow=True,
        inbound=inbound,
        protocol="all" if spoken in _EVERY else spoken,
        ports=_ports(r, spoken),
        peers=(*named, *_from_lists(r, len(named))),
        stateless=False,
        described=_described(r),
    )


def _older_rule(r: Reader, *, inbound: bool) -> FirewallRule:
    return _rule(r, "protocol", ("cidr_blocks", "ipv6_cidr_blocks"), inbound=inbound)


def _newer_rule(r: Reader, *, inbound: bool) -> FirewallRule:
    return _rule(r, "ip_protocol", ("cidr_ipv4", "cidr_ipv6"), inbound=inbound)


def _rules(r: Reader) -> tuple[FirewallRule, ...]:
    found = list[FirewallRule]()
    for kind in ("ingress", "egress"):
        some = r.blocks("rules", kind, first=len(found))
        found += [_older_rule(one, inbound=kind == "ingress") for one in some]
    return tuple(found)


def security_group(r: Reader) -> Iterator[Firewall | FirewallUse]:
    """A group with the rules that stand in it."""
    described = _described(r)
    r.decide("described", "what is the group for? add a description")
    yield Firewall(name=r.address, default=False, described=described, rules=_rules(r))
    if r.instance.resource.module.written:
        yield FirewallUse(name=r.address, used=_used(r))


def _used(r: Reader) -> bool:
    """Whether anything mentions the group but rules and other groups; what is given out may be used elsewhere."""
    module = r.instance.resource.module
    if module.mentions(_GIVEN):
        r.unknown("used")
    return not module.mentions(_GROUP).get(r.name, set()) <= _RULES


_LIST = re.compile(r"\baws_network_acl\.([A-Za-z_][A-Za-z0-9_-]*)")
_GROUP = re.compile(r"\baws_security_group\.([A-Za-z_][A-Za-z0-9_-]*)")
#: Groups that come from elsewhere: what a caller was told of may come back.
_GIVEN = re.compile(r"security_group[a-z_]*\"?[ \t]*[=:][^\n]{0,200}?\b(var)\.")


#: What mentions a group or a list and puts nothing behind it.
_RULES = {
    "aws_network_acl_rule",
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_ingress_rule",
    "import",
    "moved",
}


def machine_ports(r: Reader) -> Iterator[Firewall]:
    """Ports of a machine of Lightsail. Without addresses each is for everybody."""
    found = list[FirewallRule]()
    for one in r.blocks("rules", "port_info"):
        bound = any(one.view.find(kind).there for kind in _LIGHTSAIL)
        peers = one.texts("peers", "cidrs", () if bound else ("0.0.0.0/0",))
        if one.view.find("ipv6_cidrs").there:
            peers += one.texts("peers", "ipv6_cidrs", offset=len(peers))
        protocol = one.text("protocol", "protocol", lower=True)
        found.append(
            FirewallRule(
                name=r.address,
                allow=True,
                inbound=True,
                protocol=protocol,
                ports=_ports(one, protocol),
                peers=peers,
                stateless=False,
                described=None,
            )
        )
    yield Firewall(name=r.address, default=False, described=None, rules=tuple(found))


_LIGHTSAIL = ("cidrs", "ipv6_cidrs", "cidr_list_aliases")


def client_vpn(r: Reader) -> Iterator[ServiceLog]:
    """A door by which people come into a network."""
    r.decide("logged", "where should its connections be recorded?")
    yield ServiceLog(
        name=r.address, kind="VPN", logged=r.flag("logged", "connection_log_options.enabled", default=False)
    )


def site_vpn(r: Reader) -> Iterator[ServiceLog]:
    """A door for another site's network, of two tunnels."""
    r.decide("logged", "where should its connections be recorded? (tunnel1_log_options, tunnel2_log_options)")
    logged = [
        r.flag("logged", f"tunnel{number}_log_options.cloudwatch_log_options.log_enabled", default=False)
        for number in (1, 2)
    ]
    yield ServiceLog(name=r.address, kind="VPN", logged=all(logged))


def default_security_group(r: Reader) -> Iterator[Firewall]:
    """The group that a VPC comes with."""
    yield Firewall(name=r.address, default=True, described=None, rules=_rules(r))


def security_group_rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule by itself, of the older kind."""
    kind = r.text("inbound", "type", lower=True)
    if kind in ("ingress", "egress"):
        yield _older_rule(r, inbound=kind == "ingress")


def ingress_rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule by itself, of the newer kind."""
    yield _newer_rule(r, inbound=True)


def egress_rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule by itself, of the newer kind."""
    yield _newer_rule(r, inbound=False)


def _listed_rule(r: Reader, *, inbound: bool, action: str) -> FirewallRule:
    """A rule of an access list; `action` is the attribute that says whether it allows."""
    protocol = r.text("protocol", "protocol", "-1", lower=True)
    return FirewallRule(
        name=r.address,
        allow=r.text("allow", action, lower=True) == "allow",
        inbound=inbound,
        protocol="all" if protocol in _EVERY else protocol,
        ports=_ports(r, protocol),
        peers=_peers(r, "cidr_block", "ipv6_cidr_block"),
        stateless=True,
        described=None,
    )


def network_acl(r: Reader) -> Iterator[Firewall | AccessListUse]:
    """An access list with its rules."""
    module = r.instance.resource.module
    if r.type == "aws_network_acl" and module.written:
        listed = r.given("used", "subnet_ids")
        r.decide("used", "which subnets should it protect? if none, remove it")
        yield AccessListUse(name=r.address, used=listed or not module.mentions(_LIST).get(r.name, set()) <= _RULES)
    found = list[FirewallRule]()
    for kind in ("ingress", "egress"):
        some = r.blocks("rules", kind, first=len(found))
        found += [_listed_rule(one, inbound=kind == "ingress", action="action") for one in some]
    yield Firewall(name=r.address, default=False, described=None, rules=tuple(found))


def network_acl_rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule of an access list by itself."""
    inbound = not r.flag("inbound", "egress", default=False)
    yield _listed_rule(r, inbound=inbound, action="rule_action")


def vpc(r: Reader) -> Iterator[Network]:
    """A network of ours."""
    logs = bool(r.linked("aws_flow_log", "vpc_id"))
    if not logs and (r.links_unknown("aws_flow_log", "vpc_id") or _module_has_logs(r)):
        r.unknown("flow_logs")
    r.decide("flow_logs", "where should the flow logs go? add an aws_flow_log for this network")
    yield Network(
        name=r.address,
        default=False,
        flow_logs=logs,
        automatic=False,
        closed_default=_closed_default(r),
    )


_DEFAULT_GROUP = """
resource "aws_default_security_group" "{name}" {
  vpc_id = {ref}.id
}
"""
_APART = ("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")


def _closed_default(r: Reader) -> bool:
    """Whether the default group is taken over, and nothing apart opens it; what stands in it is judged there."""
    groups = r.linked("aws_default_security_group", "vpc_id")
    if not groups:
        if r.links_unknown("aws_default_security_group", "vpc_id"):
            r.unknown("closed_default")
        r.companion("closed_default", _DEFAULT_GROUP)
        return False
    r.decide(
        "closed_default", "remove the rules that are added to the default group, or put them in a group of their own"
    )
    return not any(one.linked(kind, "security_group_id") for one in groups for kind in _APART)


def _module_has_logs(r: Reader) -> bool:
    """Whether what takes the network's id elsewhere may log it: a module that is not at hand."""
    return any("flow_log" in name for one in r.others("module") for name in one.view.names_of_attributes())


def default_vpc(r: Reader) -> Iterator[Network]:
    """The network that an account comes with."""
    yield Network(name=r.address, default=True, flow_logs=None, automatic=False, closed_default=None)


def subnet(r: Reader) -> Iterator[Subnet]:
    """A part of a network."""
    public = r.flag("public_addresses", "map_public_ip_on_launch", default=False)
    yield Subnet(name=r.address, public_addresses=public, flow_logs=None, private_access=None)


def transit_gateway(r: Reader) -> Iterator[Peering]:
    """What joins networks."""
    accepts = r.mapped(
        "accepts_all", "auto_accept_shared_attachments", {"enable": True, "disable": False}, False, False
    )
    yield Peering(name=r.address, accepts_all=accepts)


def vpc_endpoint(r: Reader) -> Iterator[PolicyHolder]:
    """A way from the network to a service; without a policy of its own it is open to whoever is in the network."""
    yield from resource_policy(r, "endpoint", "policy")


def vpc_endpoint_service(r: Reader) -> Iterator[Peering]:
    """A service of ours that other networks may join."""
    yield Peering(name=r.address, accepts_all=not r.flag("accepts_all", "acceptance_required", default=False))


_EVERYWHERE = ("0.0.0.0/0", "0.0.0.0", "::/0", "::0", "::")  # noqa: S104 - what is looked for


def route(r: Reader) -> Iterator[PeeringRoute]:
    """A way by itself."""
    if there(r, "vpc_peering_connection_id") is True:
        ends = [
            r.text("everything", attribute)
            for attribute in ("destination_cidr_block", "destination_ipv6_cidr_block")
            if r.view.find(attribute).there
        ]
        r.decide("everything", "which address ranges are at the other end?")
        yield PeeringRoute(name=r.address, everything=any(one in _EVERYWHERE for one in ends))


def route_table(r: Reader) -> Iterator[PeeringRoute]:
    """The ways that stand in a table."""
    for view in r.view.blocks("route")[0]:
        one = Reader(r.instance, view)
        if there(one, "vpc_peering_connection_id") is True:
            ends = [one.text("", "cidr_block"), one.text("", "ipv6_cidr_block")]
            r.place("everything", view)
            r.decide("everything", "which address ranges are at the other end?")
            yield PeeringRoute(name=r.address, everything=any(end in _EVERYWHERE for end in ends))
