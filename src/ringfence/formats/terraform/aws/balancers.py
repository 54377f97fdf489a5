"""Load balancers of AWS and what listens on them."""

import re
from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import followed, said
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.edge import Cipher, Listener, ListenerCiphers, LoadBalancer, TargetGroup

#: What is associated with a web firewall says so by this attribute.
_ASSOCIATIONS = ("aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association")
_MODES = {"defensive": True, "strictest": True, "monitor": False}
_NEW = re.compile(r"ELBSecurityPolicy-TLS13-1-([0-3])")
_OLDER = re.compile(r"ELBSecurityPolicy-(?:TLS|FS)-1-([0-2])")
_OLDEST = re.compile(r"ELBSecurityPolicy-(?:20[0-9]{2}-|FS-2018)")
_WANTED = '"ELBSecurityPolicy-TLS13-1-2-2021-06"'


def filtered(r: Reader) -> bool:
    """Whether a web firewall is associated with this resource."""
    for kind in _ASSOCIATIONS:
        if r.linked(kind, "resource_arn"):
            return True
        if r.links_unknown(kind, "resource_arn"):
            r.unknown("filtered")
    return False


def balancer(r: Reader) -> Iterator[LoadBalancer]:
    """A load balancer of one of the three new kinds. It is public where nothing is said; gateways never are."""
    kind = r.text("kind", "load_balancer_type", "application", lower=True)
    http = kind == "application"
    gateway = kind == "gateway"
    r.rests_on("load_balancer_type", "drops_invalid_headers", "strict_requests", "cross_zone", "filtered")
    r.rests_on("load_balancer_type", "internal", "access_logs", "http_two")
    internal = None if gateway else r.flag("internal", "internal", default=False)
    yield LoadBalancer(
        name=r.address,
        internal=internal,
        drops_invalid_headers=r.flag("drops_invalid_headers", "drop_invalid_header_fields", default=False)
        if http
        else None,
        strict_requests=r.mapped("strict_requests", "desync_mitigation_mode", _MODES, True, otherwise=True)
        if http
        else None,
        access_logs=None if gateway else r.flag("access_logs", "access_logs.enabled", default=False),
        deletion_protection=r.flag("deletion_protection", "enable_deletion_protection", default=False),
        cross_zone=None if http else r.flag("cross_zone", "enable_cross_zone_load_balancing", default=False),
        filtered=filtered(r) if http and internal is False and "internal" not in r.record.unknown else None,
        http_two=r.flag("http_two", "enable_http2", default=True) if http else None,
    )


def classic(r: Reader) -> Iterator[LoadBalancer | Listener | TargetGroup]:
    """A classic load balancer, whose listeners stand in it, and what they send to. Logs are on where their block is
    there."""
    logs = r.has("access_logs", "access_logs")
    yield LoadBalancer(
        name=r.address,
        internal=r.flag("internal", "internal", default=False),
        drops_invalid_headers=None,
        strict_requests=r.mapped("strict_requests", "desync_mitigation_mode", _MODES, True, otherwise=True),
        access_logs=r.flag("access_logs", "access_logs.enabled", default=logs),
        deletion_protection=None,
        cross_zone=r.flag("cross_zone", "cross_zone_load_balancing", default=True),
        filtered=None,
        http_two=None,
    )
    for view in r.view.blocks("listener")[0]:
        one = Reader(r.instance, view, r.record)
        protocol = one.text("protocol", "lb_protocol").upper()
        internal = r.view.find("internal").value in ON
        yield Listener(name=r.address, protocol=protocol, internal=internal, redirects=False, min_tls=None)
    for view in r.view.blocks("listener")[0]:
        behind = Reader(r.instance, view, r.record).text("protocol", "instance_protocol").upper()
        yield TargetGroup(name=r.address, protocol=behind, health_checked=None)


def listener(r: Reader) -> Iterator[Listener]:
    """A listener. Those of gateways have no protocol; where one of the others has none, it is HTTP."""
    kinds = [said(one, "load_balancer_type") for one in _balancers(r)]
    named = any(one not in ("", "gateway") for one in kinds) or r.view.find("port").there
    silent = "" if "gateway" in kinds or not named else "HTTP"
    protocol = r.text("protocol", "protocol", silent).upper()
    yield Listener(
        name=r.address,
        protocol=protocol,
        internal=any(one.view.find("internal").value in ON for one in _balancers(r)),
        redirects=_redirects(r),
        min_tls=min_tls(r) if protocol in ("HTTPS", "TLS") else None,
    )


def _balancers(r: Reader) -> list[Reader]:
    return followed(r, "load_balancer_arn", "aws_lb") + followed(r, "load_balancer_arn", "aws_alb")


def _redirects(r: Reader) -> bool:
    """Whether its last word is a redirect to HTTPS. What cannot be known may be one."""
    actions, known = r.view.blocks("default_action")
    if not known:
        r.unknown("protocol")
    for one in actions:
        kind, protocol = one.find("type").value, one.find("redirect.protocol").value
        if kind == "redirect" and protocol in ("HTTPS", "#{protocol}"):
            return True
        if not isinstance(kind, str) or (kind == "redirect" and protocol is not None and not isinstance(protocol, str)):
            r.unknown("protocol")
    return False


def min_tls(r: Reader) -> str:
    """The oldest version of TLS that a listener's policy takes."""
    policy = r.text("min_tls", "ssl_policy", "ELBSecurityPolicy-2016-08")
    r.writes("min_tls", "ssl_policy", {"1.2": _WANTED})
    new, older = _NEW.match(policy), _OLDER.match(policy)
    if new or older:
        return f"1.{(new or older)[1]}"  # type: ignore[index]
    return "1.0" if _OLDEST.match(policy) else ""


def classic_policy(r: Reader) -> Iterator[Listener | ListenerCiphers]:
    """A policy of a classic load balancer: which versions and ciphers it takes, or which ready policy."""
    least = ""
    for view in r.view.blocks("policy_attribute")[0]:
        one = Reader(r.instance, view, r.record)
        name, value = one.text("", "name"), one.text("", "value")
        if name == "Reference-Security-Policy":
            old = _OLDER.match(value)
            found = f"1.{old[1]}" if old else "1.0" if _OLDEST.match(value) else ""
        else:
            found = _CLASSIC.get(name, "") if value.lower() == "true" else ""
        if found and (not least or _ORDER.index(found) < _ORDER.index(least)):
            one.text("min_tls", "value")
            least = found
    r.decide("min_tls", "which TLS versions must it accept?")
    yield Listener(name=r.address, protocol="SSL", internal=False, redirects=False, min_tls=least)
    yield ListenerCiphers(
        name=r.address, ciphers=tuple(_cipher(one) for one in r.blocks("ciphers", "policy_attribute"))
    )


def _cipher(one: Reader) -> Cipher:
    taken = one.mapped("taken", "value", {"true": True, "false": False}, default=False, otherwise=False)
    one.writes("taken", "value", {False: '"false"'})
    return Cipher(name=one.text("name", "name"), taken=taken)


_CLASSIC = {
    "Protocol-SSLv2": "ssl",
    "Protocol-SSLv3": "ssl",
    "Protocol-TLSv1": "1.0",
    "Protocol-TLSv1.1": "1.1",
    "Protocol-TLSv1.2": "1.2",
}
_ORDER = ("ssl", "1.0", "1.1", "1.2", "1.3")


def targets(r: Reader) -> Iterator[TargetGroup]:
    """A group of targets. A function has no protocol."""
    protocol = r.text("protocol", "protocol").upper()
    function = said(r, "target_type") == "lambda"
    yield TargetGroup(
        name=r.address,
        protocol="" if function else protocol,
        health_checked=None
        if function or protocol not in ("HTTP", "HTTPS")
        else r.has("health_checked", "health_check"),
    )
