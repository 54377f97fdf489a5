"""What stands between the internet and a service of AWS: CloudFront, WAF, Route 53, Transfer, Cognito and more."""

from collections.abc import Iterator, Mapping

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.edge import (
    Accelerator,
    Behavior,
    Distribution,
    DnsZone,
    DomainName,
    HeaderPolicy,
    Origin,
    ServedCountries,
    TransferServer,
    UserPool,
    WebFirewall,
)
from ringfence.models.cloud.messaging import MailSetting

_VIEWERS = {"allow-all": True, "redirect-to-https": False, "https-only": False}
_WRITTEN: Mapping[object, str] = {False: '"redirect-to-https"'}
_MINIMUM = {
    "TLSv1.2_2021": "1.2",
    "TLSv1.2_2019": "1.2",
    "TLSv1.2_2018": "1.2",
    "TLSv1.2_2025": "1.2",
    "TLSv1.3_2025": "1.3",
    "TLSv1.1_2016": "1.1",
    "TLSv1_2016": "1.0",
    "TLSv1": "1.0",
    "TLSv1.0": "1.0",
    "TLSv1.1": "1.1",
    "SSLv3": "ssl",
}
_OLD = {"sslv3": "ssl", "tlsv1": "1.0", "tlsv1.1": "1.1"}


_CERTIFICATES = ("acm_certificate_arn", "iam_certificate_id")


def distribution(r: Reader) -> Iterator[Distribution | ServedCountries]:
    """A distribution of CloudFront. Its shared certificate takes TLS 1.0, whatever is said beside it."""
    shared = r.view.find("viewer_certificate.cloudfront_default_certificate").value
    own = r.inverted("own_certificate", "viewer_certificate.cloudfront_default_certificate", default=True)
    if not r.view.blocks("viewer_certificate")[0]:
        own = False
    least = r.mapped("min_tls", "viewer_certificate.minimum_protocol_version", _MINIMUM, "1.0", otherwise="")
    if isinstance(shared, Unknown):
        r.unknown("min_tls")
    behaviors = tuple(_behaviors(r))
    plain = any(one.plain_http for one in behaviors)
    yield Distribution(
        name=r.address,
        logging=_logged(r),
        filtered=r.given("filtered", "web_acl_id"),
        min_tls=least if own else "1.0",
        own_certificate=own and _named(r),
        default_root=r.given("default_root", "default_root_object"),
        failover=_failover(r),
        headers=_headers(r),
        behaviors=behaviors,
        origins=tuple(_origin(one, plain) for one in r.blocks("origins", "origin")),
    )
    kinds = {"none": False, "whitelist": True, "blacklist": True}
    asked = "restrictions.geo_restriction.restriction_type"
    if r.view.find(asked).there:
        yield ServedCountries(name=r.address, bounded=r.mapped("bounded", asked, kinds, default=True, otherwise=True))


def _named(r: Reader) -> bool:
    """Whether a certificate is named, or may be."""
    return any(there(r, f"viewer_certificate.{kind}") is not False for kind in _CERTIFICATES)


def _failover(r: Reader) -> bool:
    """Whether a group has a second origin, and says when that is asked."""
    r.has("failover", "origin_group")
    groups, known = r.view.blocks("origin_group")
    for one in groups:
        when, sure = one.blocks("failover_criteria")
        members, complete = one.blocks("member")
        if when and len(members) > 1:
            return True
        known = known and sure and complete
    if not known:
        r.unknown("failover")
    return False


def _logged(r: Reader) -> bool:
    if r.given("logging", "logging_config.bucket"):
        return True
    sources = r.linked("aws_cloudwatch_log_delivery_source", "resource_arn")
    if any(one.links_unknown(_DELIVERY, "delivery_source_name") for one in sources):
        r.unknown("logging")
    return any(one.linked(_DELIVERY, "delivery_source_name", "name") for one in sources)


#: What carries the logs of a source to somewhere: a source alone is only a name.
_DELIVERY = "aws_cloudwatch_log_delivery"


def _behaviors(r: Reader) -> Iterator[Behavior]:
    """The default one and the others, in one list: each written where it stands."""
    count = 0
    for kind in ("default_cache_behavior", "ordered_cache_behavior"):
        for view in r.view.blocks(kind)[0]:
            path = f"behaviors[{count}]."
            one = Reader(r.instance, view, r.record, path)
            plain = one.mapped("plain_http", "viewer_protocol_policy", _VIEWERS, default=False, otherwise=False)
            one.writes("plain_http", "viewer_protocol_policy", _WRITTEN)
            yield Behavior(plain_http=plain)
            count += 1


def _headers(r: Reader) -> bool:
    found = bool(r.view.blocks("default_cache_behavior")[0])
    if not r.view.blocks("default_cache_behavior")[1]:
        r.unknown("headers")
    for kind in ("default_cache_behavior", "ordered_cache_behavior"):
        for view in r.view.blocks(kind)[0]:
            found = Reader(r.instance, view, r.record).given("headers", "response_headers_policy_id") and found
    return found


def _origin(one: Reader, viewers: bool) -> Origin:
    """Where files come from: over HTTP, where that is said, or what `viewers` use and they may use HTTP."""
    custom = bool(one.view.blocks("custom_origin_config")[0])
    bucket = _is_bucket(one) and not custom
    ways = {"http-only": True, "match-viewer": viewers, "https-only": False}
    plain = one.mapped(
        "plain_http", "custom_origin_config.origin_protocol_policy", ways, default=False, otherwise=False
    )
    one.writes("plain_http", "custom_origin_config.origin_protocol_policy", {False: '"https-only"'})
    signed = there(one, "origin_access_control_id") is not False
    identity = there(one, "s3_origin_config.origin_access_identity") is not False
    return Origin(
        plain_http=plain if custom else None,
        min_tls=_origin_tls(one) if custom else None,
        bucket=bucket,
        signed=signed or identity if bucket else None,
    )


def _origin_tls(one: Reader) -> str:
    attribute = "custom_origin_config.origin_ssl_protocols"
    kinds = [kind.lower() for kind in one.texts("min_tls", attribute)]
    one.record.elements.clear()
    one.writes("min_tls", attribute, {"1.2": '["TLSv1.2"]'})
    return next((old for name, old in _OLD.items() if name in kinds), "1.2" if kinds else "")


def _is_bucket(one: Reader) -> bool:
    """Whether it fetches from a bucket; one that is served as a website cannot check signatures."""
    if one.view.blocks("s3_origin_config")[0]:
        return True
    value = one.view.find("domain_name").value
    if isinstance(value, Unknown):
        pieces = "".join(piece for piece in value.pieces or () if isinstance(piece, str))
        name = any("aws_s3_bucket." in reference for reference in value.references)
        return name and "website" not in pieces and not _asks_for_website(one)
    return isinstance(value, str) and ".s3" in value and ".amazonaws.com" in value and "website" not in value


def _asks_for_website(one: Reader) -> bool:
    attribute = one.view.body.attributes.get("domain_name") if one.view.body is not None else None
    if attribute is None:
        return False
    text = one.instance.resource.block.source.text
    return "website" in text[attribute.value_start : attribute.end]


def firewall(r: Reader) -> Iterator[WebFirewall]:
    """A web firewall of WAF's second version."""
    logs = bool(r.linked("aws_wafv2_web_acl_logging_configuration", "resource_arn"))
    if not logs and r.links_unknown("aws_wafv2_web_acl_logging_configuration", "resource_arn"):
        r.unknown("logging")
    rules, known = r.view.blocks("rule")
    if not known:
        r.unknown("known_attacks")
    written = there(r, "rule_json") is not False or bool(r.others("aws_wafv2_web_acl_rule_group_association"))
    yield WebFirewall(
        name=r.address,
        enabled=None,
        blocks=None,
        logging=logs,
        known_attacks=None if written else any(_stops_known(rule) for rule in rules),
        known_bots=None,
        bodies=None,
        rules=True if written else r.has("rules", "rule"),
    )


def _stops_known(rule: View) -> bool:
    """Whether a rule is the ready set against known attacks, or may be, and neither only counts nor leaves out the
    part against Log4Shell."""
    if rule.blocks("override_action.count")[0]:
        return False
    groups, known = rule.blocks("statement.managed_rule_group_statement")
    for one in groups:
        name = one.find("name").value
        if not isinstance(name, str) or ("KnownBadInputs" in name and not _leaves_out(one)):
            return True
    return not known


def _leaves_out(ready: View) -> bool:
    excluded = ready.blocks("excluded_rule")[0]
    excluded += [one for one in ready.blocks("rule_action_override")[0] if one.blocks("action_to_use.count")[0]]
    return any(one.find("name").value == "Log4JRCE" for one in excluded)


def old_firewall(r: Reader) -> Iterator[WebFirewall]:
    """A web firewall of WAF's first version, which has no ready sets."""
    yield WebFirewall(
        name=r.address,
        enabled=None,
        blocks=None,
        logging=r.given("logging", "logging_configuration.log_destination"),
        known_attacks=None,
        known_bots=None,
        bodies=None,
        rules=r.has("rules", "rules") or r.has("rules", "rule"),
    )


def rule_group(r: Reader) -> Iterator[WebFirewall]:
    """Rules that web firewalls have in common."""
    written = there(r, "rules_json") is not False or there(r, "rule_json") is not False
    rules = r.has("rules", "rule" if r.type == "aws_wafv2_rule_group" else "activated_rule")
    yield WebFirewall(
        name=r.address,
        enabled=None,
        blocks=None,
        logging=None,
        known_attacks=None,
        known_bots=None,
        bodies=None,
        rules=True if written else rules,
    )


def zone(r: Reader) -> Iterator[DnsZone]:
    """A zone of Route 53: public where no network is named."""
    private = r.has("public", "vpc") or bool(r.linked("aws_route53_zone_association", "zone_id"))
    logs = bool(r.linked("aws_route53_query_log", "zone_id"))
    signed = bool(r.linked("aws_route53_hosted_zone_dnssec", "hosted_zone_id"))
    if r.links_unknown("aws_route53_query_log", "zone_id"):
        r.unknown("query_logs")
    # Which zone is signed may be said by the key that signs it.
    for kind in ("aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key"):
        if r.links_unknown(kind, "hosted_zone_id"):
            r.unknown("signed")
    hidden = private or "public" in r.record.unknown
    yield DnsZone(
        name=r.address,
        query_logs=None if hidden else logs,
        signed=None if hidden else signed,
        algorithms=(),
    )


def transfer(r: Reader) -> Iterator[TransferServer]:
    """A server of Transfer. It is public, and takes the algorithms of 2018, where nothing is said."""
    ends = {"PUBLIC": True, "VPC": False, "VPC_ENDPOINT": False}
    policy = r.text("current_policy", "security_policy_name", "TransferSecurityPolicy-2018-11")
    r.writes("current_policy", "security_policy_name", {True: '"TransferSecurityPolicy-2024-01"'})
    role, logs = there(r, "logging_role"), there(r, "structured_log_destinations")
    if True not in (role, logs) and None in (role, logs):
        r.unknown("logging")
    yield TransferServer(
        name=r.address,
        public=r.mapped("public", "endpoint_type", ends, default=True, otherwise=False),
        protocols=tuple(one.lower() for one in r.texts("protocols", "protocols", ("SFTP",))),
        current_policy=not any(f"-{year}-" in policy for year in ("2018", "2020")),
        logging=True in (role, logs),
    )


def accelerator(r: Reader) -> Iterator[Accelerator]:
    """Addresses of Global Accelerator."""
    yield Accelerator(name=r.address, flow_logs=r.flag("flow_logs", "attributes.flow_logs_enabled", default=False))


def user_pool(r: Reader) -> Iterator[UserPool]:
    """Users of an application, in Cognito."""
    factor = r.text("second_factor", "mfa_configuration", "OFF", lower=True)
    yield UserPool(name=r.address, second_factor=factor, guests=None)


def identity_pool(r: Reader) -> Iterator[UserPool]:
    """Callers of an application who get credentials of AWS."""
    guests = r.flag("guests", "allow_unauthenticated_identities", default=False)
    yield UserPool(name=r.address, second_factor=None, guests=guests)


def registered(r: Reader) -> Iterator[DomainName]:
    """A name that is registered with Route 53."""
    yield DomainName(name=r.address, locked=r.flag("locked", "transfer_lock", default=True))


def headers(r: Reader) -> Iterator[HeaderPolicy]:
    """Headers that CloudFront sets in answers."""
    part = "security_headers_config.strict_transport_security"
    told = r.has("transport_security", part)
    inner = r.block("", part)
    yield HeaderPolicy(
        name=r.address,
        transport_security=told,
        remembered_seconds=inner.number("remembered_seconds", "access_control_max_age_sec", 0) if told else None,
        subdomains=inner.flag("subdomains", "include_subdomains", default=False) if told else None,
        preloaded=inner.flag("preloaded", "preload", default=False) if told else None,
        overrides=inner.flag("overrides", "override", default=False) if told else None,
    )


def mail(r: Reader) -> Iterator[MailSetting]:
    """How mail is sent by SES: TLS is tried where nothing is said."""
    kinds = {"Require": True, "Optional": False}
    if r.type == "aws_sesv2_configuration_set":
        kinds = {"REQUIRE": True, "OPTIONAL": False}
    yield MailSetting(
        name=r.address,
        tls_required=r.mapped("tls_required", "delivery_options.tls_policy", kinds, default=False, otherwise=False),
    )
