"""Networks of Azure: security groups and their rules, networks and their parts, firewalls, flow logs."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.azure.common import linked, stands
from ringfence.formats.terraform.numbers import span
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.guarding import NetworkFirewall, NetworkGuard, NetworkNames
from ringfence.models.cloud.network import Firewall, FirewallRule
from ringfence.models.cloud.watching import FlowLog

_PROTOCOLS = {"*": "all", "any": "all"}
#: Parts of a network that the provider's own gateways live in: groups do not belong there.
_GATEWAYS = frozenset(
    "gatewaysubnet azurefirewallsubnet azurefirewallmanagementsubnet azurebastionsubnet routeserversubnet".split()
)
_NEITHER = ((0, 0),)


def _ranges(r: Reader, field: str) -> tuple[tuple[int, int], ...]:
    """The ports of a rule; empty for all of them. What is no port stands as 0, which is nobody's."""
    found = list[tuple[int, int]]()
    for attribute in ("destination_port_range", "destination_port_ranges"):
        held = r.view.find(attribute)
        if not held.there and held.known:
            continue
        for one in ",".join(r.texts(field, attribute)).split(","):
            first, _, last = (part.strip() for part in one.partition("-"))
            if one.strip() == "*":
                return ()
            ports = span(first, last)
            found += [ports] if ports else []
    return tuple(found) or _NEITHER


def _peers(r: Reader, side: str) -> tuple[str, ...]:
    peers = list[str]()
    for attribute in (f"{side}_address_prefix", f"{side}_address_prefixes"):
        held = r.view.find(attribute)
        if held.there or not held.known:
            peers += r.texts("peers", attribute, offset=len(peers))
    return tuple(peers)


def _rule(r: Reader, name: str) -> FirewallRule:
    inbound = r.text("inbound", "direction", lower=True) == "inbound"
    protocol = r.text("protocol", "protocol", "*", lower=True)
    return FirewallRule(
        name=name,
        allow=r.text("allow", "access", lower=True) == "allow",
        inbound=inbound,
        protocol=_PROTOCOLS.get(protocol, protocol),
        ports=_ranges(r, "ports"),
        peers=_peers(r, "source" if inbound else "destination"),
        stateless=False,
        described=None,
    )


def rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule by itself."""
    yield _rule(r, r.address)


def group(r: Reader) -> Iterator[Firewall]:
    """A group with the rules that stand in it."""
    rules = tuple(_rule(one, r.address) for one in r.blocks("rules", "security_rule"))
    yield Firewall(name=r.address, default=False, described=None, rules=rules)


def network(r: Reader) -> Iterator[NetworkGuard | NetworkNames]:
    """A network, and the parts that stand in it."""
    plan = stands(r, "ddos_protection_plan")
    if plan is None:
        r.unknown("flood_protected")
    enabled = r.block("", "ddos_protection_plan")
    flooded = bool(plan) and enabled.flag("flood_protected", "enable", default=True)
    r.decide("flood_protected", "which protection plan should it have? one plan covers many networks")
    yield NetworkGuard(name=r.address, flood_protected=flooded, filtered=None)
    yield from names(r)
    for view in r.view.blocks("subnet")[0]:
        inner = r.below("", view)
        if said(inner, "name").lower() not in _GATEWAYS:
            r.place("filtered", view)
            yield _guarded(inner, inner.given("filtered", "security_group"))


def names(r: Reader) -> Iterator[NetworkNames]:
    """Servers for names, where the network has its own."""
    servers = r.texts("servers", "dns_servers")
    r.decide("servers", "which DNS servers of your own should answer?")
    yield NetworkNames(name=r.address, servers=servers)


def _guarded(r: Reader, filtered: bool) -> NetworkGuard:
    r.decide("filtered", "which network security group should filter its traffic?")
    return NetworkGuard(name=r.address, flood_protected=None, filtered=filtered)


def subnet(r: Reader) -> Iterator[NetworkGuard]:
    """A part of a network, with what joins it to a group."""
    if said(r, "name").lower() in _GATEWAYS or _of_volumes(r):
        return
    r.rests_on("name", "filtered")
    joined = linked(r, "filtered", "azurerm_subnet_network_security_group_association", "subnet_id")
    yield _guarded(r, bool(joined) or r.given("filtered", "network_security_group_id"))


def _of_volumes(r: Reader) -> bool:
    """Whether it belongs to volumes that know no groups."""
    services, known = r.view.blocks("delegation.service_delegation")
    if not known or any(isinstance(one.find("name").value, Unknown) for one in services):
        r.unknown("filtered")
    return any(said(r.below("", one), "name").lower() == "microsoft.netapp/volumes" for one in services)


_ANSWERS = {"Deny": "deny", "Alert": "alert", "Off": "off"}


def firewall(r: Reader) -> Iterator[NetworkFirewall]:
    """A firewall of the provider's, where no policy says what it does."""
    if there(r, "firewall_policy_id") is not False:
        return
    threats = r.mapped("threats", "threat_intel_mode", _ANSWERS, "alert", "alert")
    yield NetworkFirewall(name=r.address, threats=threats, intrusions=None, logged=None, deletion_protection=None)


def firewall_policy(r: Reader) -> Iterator[NetworkFirewall]:
    """What firewalls of the provider's do. Only the dearest kind looks for attacks."""
    threats = r.mapped("threats", "threat_intelligence_mode", _ANSWERS, "alert", "alert")
    intrusions = None
    if said(r, "sku").lower() == "premium" or r.view.blocks("intrusion_detection")[0]:
        intrusions = r.mapped("intrusions", "intrusion_detection.mode", _ANSWERS, "off", "off")
    yield NetworkFirewall(name=r.address, threats=threats, intrusions=intrusions, logged=None, deletion_protection=None)


def _analysed(r: Reader) -> bool:
    """Whether somebody looks through it: a workspace that it is sent to."""
    value = r.flag("analysed", "traffic_analytics.enabled", default=False)
    r.decide("analysed", "which workspace should it go to? add a traffic_analytics block")
    return value


def flow_log(r: Reader) -> Iterator[FlowLog]:
    """A record of a network's connections."""
    kept = r.block("", "retention_policy")
    on = kept.flag("retention_days", "enabled", default=False)
    days = kept.number("retention_days", "days", 0)
    if not on:
        r.decide("retention_days", "how long should it be kept? turn its retention_policy on")
    yield FlowLog(
        name=r.address,
        enabled=r.flag("enabled", "enabled", default=True),
        retention_days=days if on else None,
        analysed=_analysed(r),
    )
