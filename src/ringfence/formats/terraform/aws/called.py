"""Modules of the public registry that are several resources of AWS: what a call passes of each is judged.

What a call does not pass is the module's own default: a finding only where all that may be meant agree.
"""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws import balancers, buckets, compute, functions, storage
from ringfence.formats.terraform.aws.inputs import Inputs
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF, ON
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.containers import Function, FunctionUrl
from ringfence.models.cloud.edge import Listener, LoadBalancer
from ringfence.models.cloud.network import Firewall, FirewallRule, Network, Subnet
from ringfence.models.cloud.storage import BucketAccess, FileShare, Reachable

#: Rules that the module for security groups has names for: protocol, first and last port.
_NAMED: dict[str, tuple[str, int, int]] = {
    "all-all": ("all", 0, 65535),
    "all-tcp": ("tcp", 0, 65535),
    "all-udp": ("udp", 0, 65535),
    "docker-engine-tcp": ("tcp", 2375, 2375),
    "elasticsearch-rest-tcp": ("tcp", 9200, 9200),
    "http-80-tcp": ("tcp", 80, 80),
    "http-8080-tcp": ("tcp", 8080, 8080),
    "https-443-tcp": ("tcp", 443, 443),
    "memcached-tcp": ("tcp", 11211, 11211),
    "mongodb-27017-tcp": ("tcp", 27017, 27017),
    "mssql-tcp": ("tcp", 1433, 1433),
    "mysql-tcp": ("tcp", 3306, 3306),
    "oracle-db-tcp": ("tcp", 1521, 1521),
    "postgresql-tcp": ("tcp", 5432, 5432),
    "rdp-tcp": ("tcp", 3389, 3389),
    "rdp-udp": ("udp", 3389, 3389),
    "redis-tcp": ("tcp", 6379, 6379),
    "redshift-tcp": ("tcp", 5439, 5439),
    "ssh-tcp": ("tcp", 22, 22),
}
#: What groups that are ready for something let in, beside those whose name is that of their one rule.
_READY = {
    "elasticsearch": ("elasticsearch-rest-tcp",),
    "mongodb": ("mongodb-27017-tcp",),
    "rdp": ("rdp-tcp", "rdp-udp"),
    "web": ("http-80-tcp", "http-8080-tcp", "https-443-tcp"),
}
_ALL = ("-1", "all")


def security_group(r: Reader) -> Iterator[Firewall]:
    """A group of rules, which are passed as objects or by their names."""
    found = list[FirewallRule]()
    for way in ("ingress", "egress"):
        for kind in ("cidr_blocks", "ipv6_cidr_blocks"):
            for view in r.view.blocks(f"{way}_with_{kind}")[0]:
                inner = r.below(f"rules[{len(found)}]", view)
                rule = _rule(inner, _peers(r, "", f"{way}_{kind}"), inbound=way == "ingress")
                if rule is not None:
                    found.append(rule)
        for name in r.texts("", f"{way}_rules"):
            if name in _NAMED:
                path = f"rules[{len(found)}]"
                peers = [one for kind in ("cidr_blocks", "ipv6_cidr_blocks") for one in _peers(r, "", f"{way}_{kind}")]
                r.place_of(path, r.view.find(f"{way}_rules"))
                found.append(_made(r.address, _NAMED[name], tuple(peers), inbound=way == "ingress"))
    yield Firewall(name=r.address, default=False, described=None, rules=tuple(found))


def ready_group(r: Reader) -> Iterator[Firewall]:
    """A group that is ready for something: what it is for comes from the addresses that are passed."""
    part = r.view.part if isinstance(r.view, Inputs) else ""
    named = [_NAMED[one] for one in _READY.get(part, (f"{part}-tcp",)) if one in _NAMED]
    peers = [one for kind in ("cidr_blocks", "ipv6_cidr_blocks") for one in _peers(r, "", f"ingress_{kind}")]
    for group in security_group(r):
        found = list(group.rules)
        for rule in named:
            for kind in ("ingress_cidr_blocks", "ingress_ipv6_cidr_blocks"):
                if r.view.find(kind).there:
                    r.place_of(f"rules[{len(found)}]", r.view.find(kind))
            found.append(_made(r.address, rule, tuple(peers), inbound=True))
        yield replace(group, rules=tuple(found))


def balancer(r: Reader) -> Iterator[LoadBalancer | Listener]:
    """A load balancer, and where it listens. What is passed of logs turns them on, where it does not say otherwise."""
    logged = r.view.find("access_logs.bucket").there and not r.view.find("access_logs.enabled").there
    for one in balancers.balancer(r):
        yield replace(one, access_logs=True) if logged else one
    for name in ("http_tcp_listeners", "https_listeners", "listeners"):
        for view in _objects(r, name):
            yield _listener(Reader(r.instance, view, r.record), secure=name == "https_listeners")


def _objects(r: Reader, name: str) -> Iterator[View]:
    """What stands in a list, or under the names of an object."""
    for view in r.view.blocks(name)[0]:
        inner = (view.values or {}).values() if name == "listeners" else ()
        yield from (
            View(view.file, view.start, view.end, view.names, values=one) for one in inner if isinstance(one, dict)
        )
        if name != "listeners":
            yield view


def _listener(r: Reader, *, secure: bool) -> Listener:
    protocol = r.text("protocol", "protocol", "HTTPS" if secure else "").upper()
    r.place("protocol", r.view)
    r.decide("protocol", "which certificate should it use? or should it only redirect?")
    target = r.view.find("redirect.protocol").value
    redirected = r.view.blocks("redirect")[0]
    if isinstance(target, Unknown) or not r.view.blocks("redirect")[1]:
        r.unknown("protocol")
    return Listener(
        name=r.address,
        protocol=protocol,
        internal=False,
        redirects=bool(redirected) and target in (None, "HTTPS", "#{protocol}"),
        min_tls=balancers.min_tls(r) if r.view.find("ssl_policy").there and protocol in ("HTTPS", "TLS") else None,
    )


def template(r: Reader) -> Iterator[Machine]:
    """What a group of machines is made of: of the newer kind where it names its disks as that does."""
    new = _passed(r, "block_device_mappings") or _passed(r, "network_interfaces")
    yield from compute.launch_template(r) if new else compute.launch_configuration(r)


def function(r: Reader) -> Iterator[Function | FunctionUrl]:
    """A function, and its address, which anybody may call where nothing is said."""
    yield from functions.function(r)
    if r.view.find("create_lambda_function_url").value in ON:
        passed = _passed(r, "authorization_type")
        open_to_all = not passed or r.text("authenticated", "authorization_type") == "NONE"
        r.place_of("authenticated", r.view.find("authorization_type" if passed else "create_lambda_function_url"))
        r.decide("authenticated", 'pass authorization_type = "AWS_IAM"')
        yield FunctionUrl(name=r.address, authenticated=not open_to_all, origins=())


def share(r: Reader) -> Iterator[FileShare]:
    """A file system; whether it is copied is said by the module."""
    for one in storage.file_system(r):
        yield replace(one, backups=None)


def _rule(r: Reader, others: list[str], *, inbound: bool) -> FirewallRule | None:
    """A rule that is passed as an object; without addresses of its own it is for those of the whole call."""
    own = [peer for kind in ("cidr_blocks", "ipv6_cidr_blocks") for peer in _peers(r, "peers", kind)]
    said = r.text("ports", "rule")
    if said:
        return _made(r.address, _NAMED[said], tuple(own or others), inbound=inbound) if said in _NAMED else None
    protocol = r.text("protocol", "protocol", "-1", lower=True)
    ports = (
        "all" if protocol in _ALL else protocol,
        r.number("ports", "from_port", 0),
        r.number("ports", "to_port", 0),
    )
    return _made(r.address, ports, tuple(own or others), inbound=inbound)


def _peers(r: Reader, field: str, attribute: str) -> list[str]:
    """Addresses: a list, or a text with commas."""
    if not r.view.find(attribute).there:
        return []
    return [one.strip() for said in r.texts(field, attribute) for one in said.split(",") if one.strip()]


def _made(name: str, rule: tuple[str, int, int], peers: tuple[str, ...], *, inbound: bool) -> FirewallRule:
    protocol, first, last = rule
    return FirewallRule(
        name=name,
        allow=True,
        inbound=inbound,
        protocol=protocol,
        ports=() if protocol == "all" else ((first, last),),
        peers=peers,
        stateless=False,
        described=None,
    )


def bucket(r: Reader) -> Iterator[object]:
    """A bucket: its versions, its keys, who reaches it."""
    encrypted = storage.encrypted(r)
    r.decide("encrypted", "pass server_side_encryption_configuration with a rule")
    yield replace(
        storage.part(
            r,
            versioned=_versioned(r),
            encrypted=encrypted,
            customer_key=None if _delivered(r) else storage.keyed(r),
            mfa_delete=storage.guarded(r),
        ),
        logged=_logged(r),
        tls_only=_tls_only(r),
    )
    yield from buckets.origins(r)
    yield from buckets.own_site(r)
    if _older(r, 3, 9) or any(_passed(r, one) for one in ("acl", *_BLOCKS.values())):
        yield BucketAccess(
            name=r.address,
            access=_let_in(r) if _passed(r, "acl") else None,
            blocks_lists=_blocks(r, "blocks_lists"),
            blocks_policies=_blocks(r, "blocks_policies"),
            ignores_lists=_blocks(r, "ignores_lists"),
            restricts=_blocks(r, "restricts"),
        )
    if _passed(r, "policy"):
        yield from storage.bucket_policy(r)


def _let_in(r: Reader) -> Reachable | None:
    """Whom its list lets in: nobody where the module has it ignored, as it does by itself since 3.9."""
    access = storage.listed(r)
    made = r.view.find("attach_public_policy")
    block = r.view.find(_BLOCKS["ignores_lists"])
    if access in (None, Reachable.PRIVATE) or (made.there and made.value in OFF):
        return access
    if any(one.there and isinstance(one.value, Unknown) for one in (made, block)):
        r.unknown("access")
    ignored = block.value in ON if block.there else not _older(r, 3, 9)
    return None if ignored else access


def _tls_only(r: Reader) -> bool | None:
    """Whether it refuses what comes without TLS, by the module's own statement or by a policy that is attached."""
    own = r.flag("tls_only", _TLS, default=False) if _passed(r, _TLS) else None
    if own or "tls_only" in r.record.unknown or r.view.find("attach_policy").value not in ON:
        return own
    if not _passed(r, "policy"):
        return own
    r.place_of("tls_only", r.view.find("policy"))
    r.decide("tls_only", f"pass {_TLS} = true")
    return storage.asks_for_tls(r, Reader(r.instance))


_TLS = "attach_deny_insecure_transport_policy"
_BLOCKS = {
    "blocks_lists": "block_public_acls",
    "blocks_policies": "block_public_policy",
    "ignores_lists": "ignore_public_acls",
    "restricts": "restrict_public_buckets",
}


def _blocks(r: Reader, field: str) -> bool | None:
    """What is not passed was off before 3.9, and is on since."""
    attribute = _BLOCKS[field]
    if _passed(r, attribute):
        return r.flag(field, attribute, default=True)
    r.decide(field, f"pass {attribute} = true")
    return False if _older(r, 3, 9) else None


def _versioned(r: Reader) -> bool:
    for view in r.view.blocks("versioning")[0]:
        inner = r.below("", view)
        status = {"true": True, "enabled": True, "false": False, "suspended": False}
        on = inner.mapped("versioned", "status", status, default=False, otherwise=False)
        return inner.flag("versioned", "enabled", default=on)
    r.given("versioned", "versioning")
    r.rests_on("versioning", "versioned")
    r.decide("versioned", "pass versioning = { enabled = true }")
    return False


def _logged(r: Reader) -> bool:
    """Whether who reads it is recorded; what takes in other logs need not log itself."""
    r.decide("logged", "which bucket should the access logs go to?")
    block = any(one.find("target_bucket").there for one in r.view.blocks("logging")[0])
    return r.given("logged", "logging") or block or _delivered(r)


def _delivered(r: Reader) -> bool:
    return any(_passed(r, one) for one in _DELIVERIES) or r.text("", "acl") == "log-delivery-write"


_DELIVERIES = (
    "attach_access_log_delivery_policy",
    "attach_cloudtrail_log_delivery_policy",
    "attach_elb_log_delivery_policy",
    "attach_lb_log_delivery_policy",
    "attach_waf_log_delivery_policy",
)


def network(r: Reader) -> Iterator[Network | Subnet]:
    """A network with its parts."""
    yield Network(
        name=r.address,
        default=False,
        flow_logs=r.flag("flow_logs", "enable_flow_log", default=False),
        automatic=False,
        closed_default=None,
    )
    some = r.view.find("public_subnets").value
    parts = isinstance(some, list) and bool(some) and _older(r, 4)
    if parts or _passed(r, "map_public_ip_on_launch"):
        public = r.flag("public_addresses", "map_public_ip_on_launch", default=parts)
        r.decide("public_addresses", "pass map_public_ip_on_launch = false")
        yield Subnet(name=r.address, public_addresses=public, flow_logs=None, private_access=None)


def _older(r: Reader, major: int, minor: int = 0) -> bool:
    return isinstance(r.view, Inputs) and r.view.older(major, minor)


def _passed(r: Reader, attribute: str) -> bool:
    return r.view.find(attribute).there
