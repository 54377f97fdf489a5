"""What the internet meets in Azure: application gateways, front doors, distributions, interfaces, web firewalls."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.azure.common import diagnosed, either, folded, identity, is_unknown, tls
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.edge import (
    Api,
    Behavior,
    Distribution,
    Listener,
    LoadBalancer,
    TargetGroup,
    WebFirewall,
    api,
)
from ringfence.models.cloud.guarding import TlsPolicy
from ringfence.models.cloud.managed import ManagedService, managed_service

_POLICIES = {
    "AppGwSslPolicy20150501": "1.0",
    "AppGwSslPolicy20170401": "1.1",
    "AppGwSslPolicy20170401S": "1.2",
    "20150501": "1.0",
    "20170401": "1.1",
    "AppGwSslPolicy20220101": "1.2",
    "AppGwSslPolicy20220101S": "1.2",
}
_VERSIONS = {"TLSv1_0": "1.0", "TLSv1_1": "1.1", "TLSv1_2": "1.2", "TLSv1_3": "1.3"}
_MODES = {"Prevention": True, "Detection": False}


def application_gateway(r: Reader) -> Iterator[LoadBalancer | Listener | WebFirewall | TlsPolicy]:
    """A load balancer for HTTP, and where it listens."""
    some, known = r.view.blocks("waf_configuration")
    filtered = bool(some) and r.flag("filtered", "waf_configuration.enabled", default=True)
    if not filtered:
        policy = there(r, "firewall_policy_id")
        filtered = bool(policy) and not _policy_is_off(r)
        if policy is None or not known:
            r.unknown("filtered")
    r.decide("filtered", "which web firewall policy should it have? its kind must be WAF_v2")
    logged = diagnosed(r, "access_logs")
    r.decide("access_logs", "where should its logs go? add an azurerm_monitor_diagnostic_setting")
    yield LoadBalancer(
        name=r.address,
        internal=None,
        drops_invalid_headers=None,
        strict_requests=None,
        access_logs=logged,
        deletion_protection=None,
        cross_zone=None,
        filtered=filtered,
        http_two=r.flag("http_two", either(r, "enable_http2", "http2_enabled"), default=False),
    )
    if some:
        mode = r.mapped("blocks", "waf_configuration.firewall_mode", _MODES, False, True)
        bodies = r.flag("bodies", "waf_configuration.request_body_check", default=True)
        yield _firewall(r, enabled=None, blocks=mode, known_attacks=None, known_bots=None, bodies=bodies)
    yield from _listeners(r)
    yield from _ciphers(r)


def _policy_is_off(r: Reader) -> bool:
    """Whether the web firewall's policy stands in the module and says that it is off."""
    some = followed(r, "firewall_policy_id", "azurerm_web_application_firewall_policy")
    return any(one.view.find("policy_settings.enabled").value in OFF for one in some)


#: Sets of the provider that hold ciphers without a new key for each connection.
_WITH_WEAK = ("20150501", "20170401", "20170401s")


def _ciphers(r: Reader) -> Iterator[TlsPolicy]:
    """Ciphers of its own choice, or of an older set: those without a new key for each connection, those in chained
    blocks and broken ones are weak."""
    named = r.texts("weak_ciphers", "ssl_policy.cipher_suites")
    weak = tuple(one for one in named if one.startswith("TLS_RSA_") or "_CBC_" in one or "_DSS_" in one)
    older = not named and folded(r, "ssl_policy.policy_name").removeprefix("appgwsslpolicy") in _WITH_WEAK
    if older:
        r.place_of("weak_ciphers", r.view.find("ssl_policy.policy_name"))
        weak = ("compatible",)
    r.decide("weak_ciphers", "can all clients do without the weak ciphers?")
    if named or older:
        yield TlsPolicy(name=r.address, min_tls="1.2", weak_ciphers=weak)


def _firewall(
    r: Reader,
    *,
    enabled: bool | None,
    blocks: bool,
    known_attacks: bool | None,
    known_bots: bool | None,
    bodies: bool | None,
) -> WebFirewall:
    return WebFirewall(
        name=r.address,
        enabled=enabled,
        blocks=blocks,
        logging=None,
        known_attacks=known_attacks,
        known_bots=known_bots,
        bodies=bodies,
        rules=None,
    )


def _listeners(r: Reader) -> Iterator[Listener]:
    """Each listener of a gateway; a redirect is a rule that names it and no backend."""
    redirects, sure = set[str](), r.view.blocks("request_routing_rule")[1]
    for view in r.view.blocks("request_routing_rule")[0]:
        inner = r.below("", view)
        name = said(inner, "http_listener_name")
        if there(inner, "redirect_configuration_name") is not False:
            redirects.add(name)
    for view in r.view.blocks("http_listener")[0]:
        inner = r.below("", view)
        version = _policy(r)
        protocol = inner.text("protocol", "protocol").upper()
        r.place("redirects", view)
        name = said(inner, "name")
        if not sure or (redirects and not name):
            r.unknown("protocol")
        yield Listener(
            name=r.address,
            protocol=protocol,
            redirects=bool(name) and name in redirects,
            min_tls=version if protocol == "HTTPS" else None,
            internal=False,
        )


def _policy(r: Reader) -> str | None:
    """The least version of TLS that a gateway takes, where it says one."""
    policy = r.block("", "ssl_policy")
    if not policy.view.there:
        return None
    if policy.view.find("min_protocol_version").there:
        value = policy.mapped("min_tls", "min_protocol_version", _VERSIONS, "1.2", "1.2")
        policy.writes("min_tls", "min_protocol_version", {"1.2": '"TLSv1_2"'})
        return value
    off = {one.lower().replace("_", "") for one in policy.texts("min_tls", "disabled_protocols")}
    policy.rests_on("disabled_protocols", "min_tls")
    if off and not policy.view.find("policy_name").there:
        policy.decide("min_tls", "can all clients do without TLSv1_0 and TLSv1_1? then list both in disabled_protocols")
        return "1.0" if "tlsv10" not in off else "1.1" if "tlsv11" not in off else "1.2"
    value = policy.mapped("min_tls", "policy_name", _POLICIES, "1.2", "1.2")
    policy.writes("min_tls", "policy_name", {"1.2": '"AppGwSslPolicy20220101"'})
    return value


def firewall_policy(r: Reader) -> Iterator[WebFirewall]:
    """A web firewall's policy. It is on, and stops what it finds, where nothing is said."""
    where = "policy_settings." if r.type == "azurerm_web_application_firewall_policy" else ""
    enabled = r.flag("enabled", f"{where}enabled", default=True)
    blocks = r.mapped("blocks", f"{where}mode", _MODES, True, True)
    known = "managed_rules.managed_rule_set" if where else "managed_rule"
    attacks, bots = _stops_known(r, known), _stops_bots(r, known)
    inside = _INSPECTING.get(r.type)
    bodies = r.flag("bodies", inside, default=True) if inside else None
    yield _firewall(r, enabled=enabled, blocks=blocks, known_attacks=attacks, known_bots=bots, bodies=bodies)


#: Where each kind says whether it looks into what requests carry; the older front door always does.
_INSPECTING = {
    "azurerm_web_application_firewall_policy": "policy_settings.request_body_check",
    "azurerm_cdn_frontdoor_firewall_policy": "request_body_check_enabled",
}
_BOTS = ("microsoft_botmanagerruleset", "botprotection")


def _stops_bots(r: Reader, block: str) -> bool | None:
    """Whether the ready set against bots is on. The cheaper front door cannot have sets."""
    if _has_no_sets(r, "known_bots"):
        return None
    some, known = r.view.blocks(block)
    inner = [r.below("", one) for one in some]
    if not known or any(is_unknown(one, "type") for one in inner):
        r.unknown("known_bots")
    r.decide("known_bots", "add the provider's Microsoft_BotManagerRuleSet")
    return any(folded(one, "type") in _BOTS for one in inner)


def _has_no_sets(r: Reader, field: str) -> bool:
    if r.type != "azurerm_cdn_frontdoor_firewall_policy":
        return False
    r.rests_on("sku_name", field)
    return folded(r, "sku_name").startswith("standard")


#: The rule against what Log4j looks up, in the sets that have it.
_LOOKUP = "944240"
_OWASP, _DEFAULT_SETS = ("3.1", "3.2"), ("defaultruleset", "microsoft_defaultruleset")


def _stops_known(r: Reader, block: str) -> bool | None:
    """Whether some ready set with the rule against known attacks is on. The cheaper front door cannot have sets."""
    if _has_no_sets(r, "known_attacks"):
        return None
    some, known = r.view.blocks(block)
    if not known:
        r.unknown("known_attacks")
    r.decide("known_attacks", "add the provider's managed rule set")
    return any(_has_lookup(r, r.below("", one)) for one in some)


def _has_lookup(r: Reader, one: Reader) -> bool:
    """Whether a set has the rule, and nothing turns it off."""
    kind, version = folded(one, "type"), said(one, "version")
    if is_unknown(one, "type") or is_unknown(one, "version"):
        r.unknown("known_attacks")
    having = version in _OWASP if kind in ("", "owasp") else kind in _DEFAULT_SETS
    return having and not _turned_off(r, one)


def _turned_off(r: Reader, one: Reader) -> bool:
    for kind in ("rule_group_override", "override"):
        groups, known = one.view.blocks(kind)
        if not known:
            r.unknown("known_attacks")
        for group in groups:
            if _LOOKUP in one.below("", group).texts("", "disabled_rules"):
                return True
            rules, sure = group.blocks("rule")
            if not sure:
                r.unknown("known_attacks")
            if any(_is_off(one.below("", rule)) for rule in rules):
                return True
    return False


def _is_off(rule: Reader) -> bool:
    """Whether the rule is named, and is not on: in a front door it must be said that it is on."""
    for attribute in ("id", "rule_id", "action", "enabled"):
        rule.rests_on(attribute, "known_attacks")
    if said(rule, "id") + said(rule, "rule_id") != _LOOKUP:
        return False
    passes = folded(rule, "action") in ("allow", "log")
    return passes or not rule.flag("", "enabled", default=False)


def front_door(r: Reader) -> Iterator[Distribution]:
    """A front door of the older kind: each of its names may have a web firewall."""
    filtered = True
    for view in r.view.blocks("frontend_endpoint")[0]:
        inner = r.below("", view)
        answer = there(inner, "web_application_firewall_policy_link_id")
        if answer is None:
            r.unknown("filtered")
        elif not answer:
            filtered = False
            r.place("filtered", view)
    r.decide("filtered", "which web firewall policy should protect it?")
    yield _distribution(r.address, filtered=filtered)


def _distribution(
    name: str, *, filtered: bool | None = None, min_tls: str | None = None, plain: bool | None = None
) -> Distribution:
    return Distribution(
        name=name,
        logging=None,
        filtered=filtered,
        min_tls=min_tls,
        own_certificate=None,
        default_root=None,
        failover=None,
        headers=None,
        behaviors=() if plain is None else (Behavior(plain_http=plain),),
        origins=(),
    )


def distribution(r: Reader) -> Iterator[Distribution]:
    """A place of a content network: HTTP is taken where nothing is said."""
    plain = r.flag("behaviors[0].plain_http", "is_http_allowed", default=True)
    rules = r.view.blocks("delivery_rule.url_redirect_action")[0]
    to_https = any(view.find("protocol").value == "Https" for view in rules)
    if r.view.find("is_https_allowed").value in OFF:
        r.place_of("behaviors[0].plain_http", r.view.find("is_https_allowed"))
        r.decide("behaviors[0].plain_http", "which certificate should it have?")
        plain, to_https = True, False
    yield _distribution(r.address, plain=plain and not to_https)


def custom_domain(r: Reader) -> Iterator[Distribution]:
    """A name of ours for a content network or front door."""
    some = [one for one in ("user_managed_https", "cdn_managed_https", "tls") if r.view.blocks(one)[0]]
    for block in some[:1]:
        inner = r.block("", block)
        name = either(inner, "minimum_version", "minimum_tls_version") if block == "tls" else "tls_version"
        version = tls(inner, "min_tls", name, "1.2", style="TLS12")
        yield _distribution(r.address, min_tls=version)


def route(r: Reader) -> Iterator[Distribution]:
    """What a front door serves on some paths: HTTP is redirected where nothing is said."""
    said_ = [one.lower() for one in r.texts("", "supported_protocols")]
    redirects = r.flag("behaviors[0].plain_http", "https_redirect_enabled", default=True)
    r.writes("behaviors[0].plain_http", "https_redirect_enabled", {False: "true"})
    if not r.view.find("supported_protocols").known or (r.view.find("supported_protocols").there and not said_):
        r.unknown("behaviors")
    yield _distribution(r.address, plain="http" in said_ and not redirects)


_SECURITY = "ssl30 tls10 tls11".split()
_WHERE = ("frontend", "backend")
_OLD = {"ssl30": "ssl", "tls10": "1.0", "tls11": "1.1"}


def management(r: Reader) -> Iterator[Api | ManagedService]:
    """A gateway for interfaces. It is on the internet unless it stands in a network of ours."""
    inside = r.text("public", "virtual_network_type", "None", lower=True) in ("internal", "external")
    inside = inside or r.has("public", "virtual_network_configuration")
    reached = r.flag("public", "public_network_access_enabled", default=True)
    yield replace(
        api(r.address),
        public=reached and not inside,
        min_tls=_least(r),
        caller_certificates=_asked(r),
    )
    yield replace(managed_service(r.address, "API gateway"), managed_identity=identity(r))


def interface(r: Reader) -> Iterator[Api]:
    """One interface of a gateway; a copy of another speaks what that does."""
    spoken = [one.lower() for one in r.texts("plain", "protocols")]
    if is_unknown(r, "protocols"):
        r.unknown("plain")
    r.decide("plain", "can all callers use TLS? then name https and wss only")
    if spoken:
        yield replace(api(r.address), plain="http" in spoken or "ws" in spoken)


def _asked(r: Reader) -> bool | None:
    """Whether callers must show a certificate; only the kind that is paid by the call has that switch."""
    if not folded(r, "sku_name").startswith("consumption"):
        return None
    value = r.flag("caller_certificates", "client_certificate_enabled", default=False)
    r.decide("caller_certificates", "do all callers have certificates? then require them")
    return value


def _least(r: Reader) -> str:
    """The oldest version that is turned on, towards callers or what is behind it."""
    least = "1.2"
    r.decide("min_tls", "turn the old versions off in its security block")
    for version in reversed(_SECURITY):
        for where in _WHERE:
            name = f"{where}_{version}_enabled"
            attribute = either(r, f"security.{name}", f"security.enable_{name.removesuffix('_enabled')}")
            if is_unknown(r, attribute):
                r.unknown("min_tls")
            if r.flag("", attribute, default=False):
                r.place_of("min_tls", r.view.find(attribute))
                least = _OLD[version]
    return least


def backend(r: Reader) -> Iterator[TargetGroup]:
    """What a gateway for interfaces calls."""
    url = r.text("protocol", "url", lower=True)
    r.decide("protocol", "does it support HTTPS? then use that in its address")
    if "://" in url:
        protocol = url.partition("://")[0].upper()
        yield TargetGroup(name=r.address, protocol=protocol, health_checked=None)


_BASIC = ("basic", "b0")


def spring_app(r: Reader) -> Iterator[TargetGroup]:
    """An application of Spring: what stands before it calls it in plain text where nothing is said. On the basic tier
    it cannot be called otherwise."""
    services = followed(r, "service_name", "azurerm_spring_cloud_service", "name")
    if not services and is_unknown(r, "service_name"):
        r.unknown("protocol")
    for service in services:
        tier = "sku_tier" if folded(service, "sku_tier") or is_unknown(service, "sku_tier") else "sku_name"
        if is_unknown(service, tier):
            r.unknown("protocol")
        if folded(service, tier) in _BASIC:
            return
    sealed = r.mapped("protocol", "tls_enabled", {"true": "HTTPS", "false": "HTTP"}, "HTTP", "HTTP")
    r.writes("protocol", "tls_enabled", {"HTTPS": "true"})
    yield TargetGroup(name=r.address, protocol=sealed, health_checked=None)


def webhook(r: Reader) -> Iterator[TargetGroup]:
    """Who is told when an image comes into a registry."""
    url = r.text("protocol", "service_uri", lower=True)
    r.decide("protocol", "does it support HTTPS? then use that in its address")
    if "://" in url:
        yield TargetGroup(name=r.address, protocol=url.partition("://")[0].upper(), health_checked=None)
