"""Networks of Azure: security groups and their rules, networks and their parts, firewalls, flow logs."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.hcl.syntax import Literal
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.azure.common import folded, is_unknown, linked, stands
from ringfence.formats.terraform.numbers import span
from ringfence.formats.terraform.precedence import Stop, is_stopped, placed
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.resource import Resource
from ringfence.models.cloud.guarding import NetworkFirewall, NetworkGuard, NetworkNames
from ringfence.models.cloud.network import Firewall, FirewallRule, VpnTunnel
from ringfence.models.cloud.watching import FlowLog

_PROTOCOLS = {"*": "all", "any": "all"}
#: Parts of a network that the provider's own gateways live in: groups do not belong there.
_GATEWAYS = frozenset(
    "gatewaysubnet azurefirewallsubnet azurefirewallmanagementsubnet azurebastionsubnet routeserversubnet".split()
)
_NEITHER = ((0, 0),)


def _ranges(r: Reader) -> tuple[tuple[int, int], ...]:
    """The ports of a rule; empty for all of them. What is no port stands as 0, which is nobody's."""
    found = list[tuple[int, int]]()
    for attribute in ("destination_port_range", "destination_port_ranges"):
        held = r.view.find(attribute)
        if not held.there and held.known:
            continue
        for one in ",".join(r.texts("ports", attribute)).split(","):
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
    r.rests_on("direction", "peers")
    protocol = r.text("protocol", "protocol", "*", lower=True)
    return FirewallRule(
        name=name,
        allow=r.text("allow", "access", lower=True) == "allow",
        inbound=inbound,
        protocol=_PROTOCOLS.get(protocol, protocol),
        ports=_ranges(r),
        peers=_peers(r, "source" if inbound else "destination"),
        stateless=False,
        described=None,
    )


_OF = "network_security_group_name"


def rule(r: Reader) -> Iterator[FirewallRule]:
    """One rule by itself."""
    module = r.instance.resource.module
    if r.type not in module.stops:
        stopping = (one for one in module.resources[r.type] if not _only_lets_in(one))
        stops = [_stop(Reader(instance)) for resource in stopping for instance in resource.instances]
        module.stops[r.type] = [one for one in stops if one]
    yield _as_it_works(r, _rule(r, r.address), module.stops[r.type])


def _only_lets_in(resource: Resource) -> bool:
    """Whether a rule plainly lets in; some of a group may be hundreds."""
    access = resource.block.body.attributes.get("access")
    said_ = access.expression if access else None
    return isinstance(said_, Literal) and str(said_.value).lower() == "allow"


def group(r: Reader) -> Iterator[Firewall]:
    """A group with the rules that stand in it."""
    parts = r.blocks("rules", "security_rule")
    stops = [_stop(Reader(r.instance, one.view)) for one in parts if folded(one, "access") != "allow"]
    known = [one for one in stops if one]
    rules = tuple(_as_it_works(one, _rule(one, r.address), known) for one in parts)
    yield Firewall(name=r.address, default=False, described=None, rules=rules)


def _as_it_works(r: Reader, own: FirewallRule, stops: list[Stop]) -> FirewallRule:
    """A rule that lets in, without the peers that an earlier rule stops."""
    if not own.allow or not own.inbound or not own.peers:
        return own
    priority = _priority(r)
    before = None if priority is None else priority - 1  # Azure refuses two of a group with the same one
    stopped = is_stopped(own, before, placed(r, _OF), stops)
    if stopped is None:
        r.unknown("peers")
    return replace(own, peers=()) if stopped else own


def _priority(r: Reader) -> int | None:
    return None if is_unknown(r, "priority") else r.number("", "priority", 0)


def _stop(r: Reader) -> Stop | None:
    """A rule that stops what comes from any port to any address; None for one that does less, or of which hardly
    anything is known: what a variable lists mostly lets in."""
    groups = ("source_application_security_group_ids", "destination_application_security_group_ids")
    aimed = ("destination_address_prefix", "destination_address_prefixes", "source_port_range")
    if any(_limits(r, one) for one in aimed) or any(there(r, one) is not False for one in groups):
        return None
    stops, priority = _rule(r, r.address), _priority(r)
    if "allow" in r.record.unknown and (len(r.record.unknown) > 1 or priority is None):
        return None
    sure = priority is not None and not r.record.unknown
    return Stop(rule=stops, priority=priority or 0, network=placed(r, _OF), sure=sure)


def _limits(r: Reader, attribute: str) -> bool:
    """Whether an attribute is known to name less than everything."""
    value = r.view.find(attribute).value
    return isinstance(value, str | list) and value not in ("*", ["*"], "")


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


#: What can be broken, or was taken out of use, as the provider and as people call it.
_WEAK = {
    "des": "DES",
    "des3": "3DES",
    "md5": "MD5",
    "dhgroup1": "DH group 1",
    "dhgroup2": "DH group 2",
    "pfs1": "DH group 1",
    "pfs2": "DH group 2",
}
_CHOICES = ("ike_encryption", "ike_integrity", "dh_group", "ipsec_encryption", "ipsec_integrity", "pfs_group")


def tunnel(r: Reader) -> Iterator[VpnTunnel]:
    """A connection of a gateway, where it says how it keeps what passes from others."""
    found = list[str]()
    policy = r.block("", "ipsec_policy")
    for attribute in _CHOICES:
        value = policy.view.find(attribute)
        weak = _WEAK.get(value.value.lower()) if isinstance(value.value, str) else None
        if weak:
            r.place_of(f"weak[{len(found)}]", value)
            found.append(weak)
    r.decide("weak", "does the other side know AES256, SHA256 and DH group 14 or higher?")
    if policy.view.there:
        yield VpnTunnel(name=r.address, weak=tuple(found))
