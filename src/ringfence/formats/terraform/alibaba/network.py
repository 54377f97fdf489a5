"""Networks of Alibaba Cloud: rules, flow logs, load balancers, interfaces."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.numbers import ports_of
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.edge import Listener
from ringfence.models.cloud.guarding import TlsPolicy
from ringfence.models.cloud.network import FirewallRule, Network

_APART = ("source_security_group_id", "prefix_list_id", "ipv6_cidr_ip")


def rule(r: Reader) -> Iterator[FirewallRule]:
    """A rule of a group: where neither addresses nor another group are said, it is for everybody."""
    for attribute in ("type", "policy"):
        r.rests_on(attribute, "peers")
    peers = r.texts("peers", "cidr_ip") + r.texts("peers", "ipv6_cidr_ip")
    if not peers and not r.view.find("cidr_ip").there:
        answers = [there(r, one) for one in _APART]
        if None in answers:
            r.unknown("peers")
        peers = () if any(answers) else ("0.0.0.0/0",)
    r.decide("peers[0]", "which addresses need access?")
    yield FirewallRule(
        name=r.address,
        allow=r.text("allow", "policy", "accept", lower=True) == "accept",
        inbound=r.text("inbound", "type", lower=True) == "ingress",
        protocol=r.text("protocol", "ip_protocol", "all", lower=True),
        ports=ports_of(r.text("ports", "port_range", "-1/-1"), "/"),
        peers=peers,
        stateless=False,
        described=None,
    )


def network(r: Reader) -> Iterator[Network]:
    """A network: a flow log is a resource of its own."""
    logs = "alicloud_vpc_flow_log"
    if r.links_unknown(logs, "resource_id"):
        r.unknown("flow_logs")
    r.decide("flow_logs", "where should its logs go? add an alicloud_vpc_flow_log")
    logged = bool(r.linked(logs, "resource_id"))
    yield Network(name=r.address, default=False, flow_logs=logged, automatic=False, closed_default=None)


_CIPHERS = {
    "tls_cipher_policy_1_0": "1.0",
    "tls_cipher_policy_1_1": "1.1",
    "tls_cipher_policy_1_2": "1.2",
    "tls_cipher_policy_1_2_strict": "1.2",
    "tls_cipher_policy_1_2_strict_with_1_3": "1.2",
}


def listener(r: Reader) -> Iterator[Listener]:
    """Where a load balancer listens."""
    protocol = r.text("protocol", "protocol").upper()
    r.decide("protocol", "which certificate should it use? or should it only redirect?")
    r.rests_on("listener_forward", "protocol")
    r.rests_on("protocol", "min_tls")
    redirects = r.mapped("redirects", "listener_forward", {"on": True, "off": False}, False, False)
    version = r.mapped("min_tls", "tls_cipher_policy", _CIPHERS, "1.0", "1.2") if protocol == "HTTPS" else None
    yield Listener(name=r.address, protocol=protocol, redirects=redirects, min_tls=version, internal=False)


def application_listener(r: Reader) -> Iterator[Listener]:
    """Where a load balancer for applications listens."""
    protocol = r.text("protocol", "listener_protocol").upper()
    r.decide("protocol", "which certificate should it use? or should it only redirect?")
    some, known = r.view.blocks("default_actions")
    if not known:
        r.unknown("protocol")
    actions = [r.below("", one).text("", "type", lower=True) for one in some]
    for one in some:
        r.below("", one).rests_on("type", "protocol")
    redirects = bool(actions) and all(one == "redirect" for one in actions)
    yield Listener(name=r.address, protocol=protocol, redirects=redirects, min_tls=None, internal=False)


def interface(r: Reader) -> Iterator[Listener]:
    """An interface that callers use: by HTTP, by HTTPS, or by both."""
    for view in r.view.blocks("request_config")[0]:
        said = r.below("", view).text("protocol", "protocol").upper()
        r.decide("protocol", "do all callers support HTTPS? then require it")
        protocol = "HTTP" if "HTTP" in said.split(",") else "HTTPS"
        yield Listener(name=r.address, protocol=protocol, redirects=False, min_tls=None, internal=False)
        return


def tls_policy(r: Reader) -> Iterator[TlsPolicy]:
    """Which versions of TLS a listener takes."""
    versions = sorted(one.upper().removeprefix("TLSV") for one in r.texts("min_tls", "tls_versions"))
    r.decide("min_tls", "do all clients support TLS 1.2? then require it")
    yield TlsPolicy(name=r.address, min_tls=versions[0] if versions else "1.2", weak_ciphers=())
