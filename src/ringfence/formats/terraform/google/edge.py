"""What the internet meets in Google Cloud: load balancers and their TLS, web firewalls, names."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.edge import DnsZone, IdentityProxy, Listener, LoadBalancer, WebFirewall
from ringfence.models.cloud.guarding import TlsPolicy
from ringfence.models.cloud.network import Peering

_VERSIONS = {"TLS_1_0": "1.0", "TLS_1_1": "1.1", "TLS_1_2": "1.2", "TLS_1_3": "1.3"}
_WEAK = (
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_AES_256_CBC_SHA",
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
)


def tls_policy(r: Reader) -> Iterator[TlsPolicy]:
    """Which versions and ciphers are taken: all that there are, where nothing is said."""
    version = r.mapped("min_tls", "min_tls_version", _VERSIONS, "1.0", "1.0")
    r.writes("min_tls", "min_tls_version", {"1.2": '"TLS_1_2"'})
    profile = r.text("weak_ciphers", "profile", "COMPATIBLE").upper()
    weak = tuple[str, ...]()
    if profile == "CUSTOM":
        weak = tuple(one for one in r.texts("weak_ciphers", "custom_features") if one in _WEAK)
    elif profile == "COMPATIBLE":
        weak = ("compatible",)
    r.decide("weak_ciphers", "do all clients support MODERN or RESTRICTED?")
    yield TlsPolicy(name=r.address, min_tls=version, weak_ciphers=weak)


def secure_proxy(r: Reader) -> Iterator[Listener]:
    """What ends TLS for a load balancer: without a policy of its own it takes old versions too."""
    policy = there(r, "ssl_policy")
    if policy is None:
        r.unknown("min_tls")
    r.decide("min_tls", "which TLS policy should it have?")
    protocol = "SSL" if "_ssl_" in r.type else "HTTPS"
    version = None if policy else "1.0"
    yield Listener(name=r.address, protocol=protocol, redirects=False, min_tls=version, internal=False)


def plain_proxy(r: Reader) -> Iterator[Listener]:
    """What takes HTTP for a load balancer: its map may send all of it to HTTPS."""
    maps = followed(r, "url_map", "google_compute_url_map") + followed(r, "url_map", "google_compute_region_url_map")
    if any(r.linked(kind, "target") for kind in _FORWARDING):
        return  # judged there, where it says for whom it is
    if not maps:
        r.unknown("protocol")
    redirects = bool(maps) and all(one.view.find("default_url_redirect.https_redirect").value is True for one in maps)
    yield Listener(name=r.address, protocol="HTTP", redirects=redirects, min_tls=None, internal=False)


_FORWARDING = ("google_compute_forwarding_rule", "google_compute_global_forwarding_rule")
_PLAIN = ("google_compute_target_http_proxy", "google_compute_region_target_http_proxy")
_MAPS = ("google_compute_url_map", "google_compute_region_url_map")


def forwarding(r: Reader) -> Iterator[Listener]:
    """An address, and what takes connections to it: HTTP where that does not send all of it to HTTPS."""
    outside = r.text("", "load_balancing_scheme", "EXTERNAL").upper() in _OUTSIDE
    proxies = [one for kind in _PLAIN for one in followed(r, "target", kind, "name")]
    if not outside or not proxies:
        return
    maps = [one for proxy in proxies for kind in _MAPS for one in followed(proxy, "url_map", kind)]
    if not maps:
        r.unknown("protocol")
    r.place_of("protocol", r.view.find("target"))
    r.decide("protocol", "which certificate should it use? or should it only redirect?")
    redirects = bool(maps) and all(one.view.find("default_url_redirect.https_redirect").value is True for one in maps)
    yield Listener(name=r.address, protocol="HTTP", redirects=redirects, min_tls=None, internal=False)


def attachment(r: Reader) -> Iterator[Peering]:
    """What gives a service inside to other projects."""
    words = {"ACCEPT_AUTOMATIC": True, "ACCEPT_MANUAL": False}
    yield Peering(name=r.address, accepts_all=r.mapped("accepts_all", "connection_preference", words, False, False))
    r.decide("accepts_all", "which projects may use it? list them in consumer_accept_lists")


_OUTSIDE = ("EXTERNAL", "EXTERNAL_MANAGED")


def backend(r: Reader) -> Iterator[LoadBalancer | IdentityProxy]:
    """What a load balancer sends to, which says what is logged and filtered."""
    scheme = r.text("", "load_balancing_scheme", "EXTERNAL").upper()
    r.rests_on("load_balancing_scheme", "filtered")
    r.rests_on("protocol", "access_logs")
    outside = scheme in _OUTSIDE and "region" not in r.type
    filtered = r.given("filtered", "security_policy") if outside else None
    r.decide("filtered", "which security policy should protect it?")
    logs = r.flag("access_logs", "log_config.enable", default=False)
    yield LoadBalancer(
        name=r.address,
        internal=None,
        drops_invalid_headers=None,
        strict_requests=None,
        access_logs=logs if r.text("", "protocol", "HTTP").upper().startswith("HTTP") else None,
        deletion_protection=None,
        cross_zone=None,
        filtered=filtered,
        http_two=None,
    )
    if outside and r.text("", "protocol", "HTTP").upper() in ("HTTP", "HTTPS", "HTTP2", "H2C"):
        asked = _proxied(r)
        for attribute in ("load_balancing_scheme", "protocol"):
            r.rests_on(attribute, "asked")
        r.decide("asked", "is it for your own people only? then let them log in through the proxy")
        yield IdentityProxy(name=r.address, asked=asked)


def _proxied(r: Reader) -> bool:
    """Whether who asks must log in with the cloud first."""
    some, known = r.view.blocks("iap")
    if not known:
        r.unknown("asked")
    client = there(r, "iap.oauth2_client_id")  # older versions of the provider ask for no more
    return bool(some) and r.flag("asked", "iap.enabled", default=client is not False)


def zone(r: Reader) -> Iterator[DnsZone]:
    """A zone of names: only what the world asks can be signed."""
    public = r.text("", "visibility", "public", lower=True) != "private"
    r.rests_on("visibility", "signed", "algorithms")
    signed = r.mapped("signed", "dnssec_config.state", {"on": True, "transfer": True, "off": False}, False, False)
    r.writes("signed", "dnssec_config.state", {True: '"on"'})
    algorithms = list[str]()
    for view in r.view.blocks("dnssec_config.default_key_specs")[0]:
        inner = r.below("", view)
        algorithms.append(inner.text(f"algorithms[{len(algorithms)}]", "algorithm", lower=True))
    yield DnsZone(
        name=r.address,
        query_logs=None,
        signed=signed if public else None,
        algorithms=tuple(algorithms),
    )


def dns_policy(r: Reader) -> Iterator[DnsZone]:
    """How names are asked for in a network."""
    logs = r.flag("query_logs", "enable_logging", default=False)
    yield DnsZone(name=r.address, query_logs=logs, signed=None, algorithms=())


_RULE = "google_compute_security_policy_rule"
#: The provider's ready rules against attacks that are new and known.
_KNOWN = re.compile(r"evaluatePreconfigured(Waf|Expr)\(\s*['\"]cve-canary")


def armor(r: Reader) -> Iterator[WebFirewall]:
    """A policy of Cloud Armor. One for the edge or the network cannot have the provider's ready rules."""
    if r.text("", "type", "CLOUD_ARMOR").upper() != "CLOUD_ARMOR":
        return
    r.rests_on("type", "known_attacks")
    some, known = r.view.blocks("rule")
    apart = r.linked(_RULE, "security_policy", "name")
    if not known or r.links_unknown(_RULE, "security_policy"):
        r.unknown("known_attacks")
    rules = [r.below("", one) for one in some] + apart
    if any(_may_be(one) for one in rules):
        r.unknown("known_attacks")
    r.decide("known_attacks", "add a rule with cve-canary")
    yield WebFirewall(
        name=r.address,
        enabled=None,
        blocks=None,
        logging=None,
        known_attacks=any(_stops_known(one) for one in rules),
        known_bots=None,
        bodies=None,
        rules=None,
    )


def _stops_known(rule: Reader) -> bool:
    stops = said(rule, "action").lower().startswith(("deny", "redirect", "rate_based_ban"))
    preview = rule.view.find("preview").value in ON
    return stops and not preview and _KNOWN.match(rule.text("", "match.expr.expression").strip()) is not None


def _may_be(rule: Reader) -> bool:
    """Whether nobody can say if a rule is that one."""
    names = ("action", "preview", "match.expr.expression")
    return any(isinstance(rule.view.find(one).value, Unknown) for one in names)
