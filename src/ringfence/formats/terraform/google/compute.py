"""Networks and machines of Google Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.google.common import is_said, switch
from ringfence.formats.terraform.numbers import span
from ringfence.formats.terraform.precedence import Stop, is_stopped, placed
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.resource import Resource
from ringfence.models.cloud.care import MachineCare, machine_care
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.network import (
    DualStackAccess,
    Firewall,
    FirewallRule,
    FlowSampling,
    Network,
    PortSpan,
    Subnet,
    VpnTunnel,
)
from ringfence.models.cloud.storage import Volume

_WIDE = ("cloud-platform", "https://www.googleapis.com/auth/cloud-platform")


_DEFAULTS = ("default-allow-internal", "default-allow-ssh", "default-allow-rdp", "default-allow-icmp")
_PORTS = 65_536


def firewall(r: Reader) -> Iterator[Firewall | PortSpan]:
    """A rule for a network, with what it allows and denies. Some have the names of those that a network came with."""
    rules = _rules(r)
    for index, rule in enumerate(rules):
        if rule.allow and rule.inbound and rule.peers:
            stopped = is_stopped(rule, _priority(r), placed(r, "network"), _stops(r))
            if stopped:
                rules[index] = replace(rule, peers=())
            if stopped is None:
                r.unknown(f"rules[{index}].peers")
    default = said(r, "name") in _DEFAULTS
    yield Firewall(name=r.address, default=default, described=None, rules=tuple(rules))
    if rules and rules[0].inbound:
        yield _span(r)


def _rules(r: Reader) -> list[FirewallRule]:
    """What it allows and denies, where it is on."""
    inbound = r.text("inbound", "direction", "INGRESS", lower=True) == "ingress"
    on = not r.flag("", "disabled", default=False)
    for attribute in ("direction", "disabled"):
        r.rests_on(attribute, "rules")
    rules = list[FirewallRule]()
    field = "source_ranges" if inbound else "destination_ranges"
    for kind in ("allow", "deny"):
        for view in r.view.blocks(kind)[0] if on else []:
            inner = r.below(f"rules[{len(rules)}]", view)
            prefix = f"rules[{len(rules)}]."
            peers = r.texts(f"{prefix}peers", field)
            closed = r.given("", "source_tags") or r.given("", "source_service_accounts")
            if not peers and not r.view.find(field).there and not (inbound and closed):
                peers = ("0.0.0.0/0",)  # what is not said is everybody
            rules.append(
                FirewallRule(
                    name=r.address,
                    allow=kind == "allow",
                    inbound=inbound,
                    protocol=inner.text("protocol", "protocol", "all", lower=True),
                    ports=_ports(inner.texts("ports", "ports")),
                    peers=peers,
                    stateless=False,
                    described=None,
                )
            )
    return rules


def _priority(r: Reader) -> int | None:
    return None if isinstance(r.view.find("priority").value, Unknown) else r.number("", "priority", 1000)


def _stops(r: Reader) -> list[Stop]:
    """The rules around it that stop something for all machines of a network."""
    module = r.instance.resource.module
    if r.type not in module.stops:
        stopping = (one for one in module.resources[r.type] if _may_stop(one))
        readers = [Reader(instance) for resource in stopping for instance in resource.instances]
        module.stops[r.type] = [stop for one in readers for stop in _stopped_by(one)]
    return module.stops[r.type]


def _stopped_by(r: Reader) -> Iterator[Stop]:
    if any(there(r, name) for name in ("target_tags", "target_service_accounts")):
        return
    rules, priority = _rules(r), _priority(r)
    sure = priority is not None and not r.record.unknown and r.view.blocks("deny")[1]
    for rule in rules or [_SOME_RULE]:
        yield Stop(rule=rule, priority=priority or 0, network=placed(r, "network"), sure=sure)


def _may_stop(resource: Resource) -> bool:
    """Whether a rule of the network may be one that stops; some of a network may be hundreds."""
    blocks = resource.block.body.blocks
    return any(one.type == "deny" or "deny" in one.labels for one in blocks) and not any(
        one.type == "allow" or "allow" in one.labels for one in blocks
    )


#: What a rule stops that says it elsewhere.
_SOME_RULE = FirewallRule(
    name="", allow=False, inbound=True, protocol="", ports=(), peers=(), stateless=False, described=None
)


def policy_rule(r: Reader) -> Iterator[FirewallRule]:
    """A rule of a policy for networks, folders or an organisation."""
    for attribute in ("disabled", "direction", "action"):
        r.rests_on(attribute, "peers")
    if r.flag("", "disabled", default=False):
        return
    inbound = r.text("inbound", "direction", "INGRESS", lower=True) == "ingress"
    peers = r.texts("peers", "match.src_ip_ranges" if inbound else "match.dest_ip_ranges")
    r.decide("peers[0]", "which addresses need access?")
    some, known = r.view.blocks("match.layer4_configs")
    if not known:
        r.unknown("ports")
    inner = [r.below("", one) for one in some]
    protocols = {one.text("protocol", "ip_protocol", "all", lower=True) for one in inner}
    every = any(not one.view.find("ports").there for one in inner)
    yield FirewallRule(
        name=r.address,
        allow=r.text("allow", "action", lower=True) == "allow",
        inbound=inbound,
        protocol=protocols.pop() if len(protocols) == 1 else "all",
        ports=() if every else tuple(span for one in inner for span in _ports(one.texts("ports", "ports"))),
        peers=peers,
        stateless=False,
        described=None,
    )


def _span(r: Reader) -> PortSpan:
    """The widest span of ports that it allows."""
    for attribute in ("direction", "disabled"):
        r.rests_on(attribute, "widest")
    widest = 0
    some, known = r.view.blocks("allow")
    for view in some:
        inner = r.below("", view)
        if inner.text("widest", "protocol", "all", lower=True) not in ("tcp", "udp", "all"):
            continue
        ports = inner.texts("widest", "ports")
        spans = [last - first + 1 for first, last in _ports(ports)] or [0 if ports else _PORTS]
        if max(spans) > widest:
            widest = max(spans)
            r.place("widest", view)
    r.decide("widest", "which ports are needed?")
    if not known or any("${}" in one or not one for view in some for one in r.below("", view).texts("", "ports")):
        r.unknown("widest")
    return PortSpan(name=r.address, widest=widest)


def _ports(said: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found = list[tuple[int, int]]()
    for one in said:
        first, _, last = one.partition("-")
        found.append(span(first, last) or (0, 0))  # port 0 is nobody's
    return tuple(found)


def instance(r: Reader) -> Iterator[Machine | MachineCare]:
    """A machine, or a template for some."""
    yield _machine(r)
    yield _care(r)


def overriding(r: Reader) -> Iterator[Machine]:
    """A machine made from a template: what it does not say itself, the template says."""
    whole = _machine(r)
    names = [name for block, some in _OVERRIDES.items() if stands(r, block) for name in some]
    names += [name for key, name in _SWITCHES.items() if is_said(r, key)]
    yield machine(r.address, **{one: getattr(whole, one) for one in names})


_OVERRIDES = {
    "network_interface": ("public",),
    "service_account": ("default_identity",),
    "can_ip_forward": ("ip_forwarding",),
    "shielded_instance_config": ("virtual_tpm", "integrity_monitoring", "secure_boot"),
}
_SWITCHES = {
    "enable-oslogin": "os_login",
    "serial-port-enable": "serial_console",
    "block-project-ssh-keys": "project_keys_blocked",
}


def tpu(r: Reader) -> Iterator[Machine]:
    """A machine with processors for learning."""
    outside = r.flag("public", "network_config.enable_external_ips", default=False)
    yield machine(r.address, public=outside)


def workstation(r: Reader) -> Iterator[Machine]:
    """The machines that people work on from afar: with public addresses where nothing is said."""
    host = r.block("", "host.gce_instance")
    shield = host.block("", "shielded_instance_config")
    outside = host.inverted("public", "disable_public_ip_addresses", default=True)
    yield machine(r.address, public=outside, secure_boot=_secure_boot(host, shield))


def stands(r: Reader, name: str) -> bool:
    """Whether a block or an attribute is there."""
    return bool(r.view.blocks(name)[0]) or r.view.find(name).there


def _machine(r: Reader) -> Machine:
    cards, known = r.view.blocks("network_interface")
    if not known:
        r.unknown("public")
    public = False
    for view in cards:
        for kind in ("access_config", "ipv6_access_config"):
            some, sure = view.blocks(kind)
            if some:
                public = True
                r.place("public", view)
            elif not sure:
                r.unknown("public")
    r.decide("public", "remove `access_config`, and reach the machine through a load balancer or IAP")
    account = r.block("", "service_account")
    email = account.text("default_identity", "email")
    scopes = account.texts("default_identity", "scopes")
    default = account.view.there and (not email or email.endswith("@developer.gserviceaccount.com"))
    wide = any(one in _WIDE for one in scopes)
    ours = not said(r, "name").startswith("gke-")  # what a cluster makes for itself is judged there
    r.decide("default_identity", "which service account of its own should the machine have?")
    shield = r.block("", "shielded_instance_config")
    return machine(
        r.address,
        public=public,
        user_data=_start(r),
        os_login=_login(r),
        secure_boot=_secure_boot(r, shield),
        default_identity=("full" if wide else "some") if default and ours else "",
        serial_console=switch(r, "serial_console", "serial-port-enable"),
        ip_forwarding=r.flag("ip_forwarding", "can_ip_forward", default=False) if ours else None,
        project_keys_blocked=switch(r, "project_keys_blocked", "block-project-ssh-keys"),
        virtual_tpm=shield.flag("virtual_tpm", "enable_vtpm", default=True) if shield.view.there else None,
        integrity_monitoring=(
            shield.flag("integrity_monitoring", "enable_integrity_monitoring", default=True)
            if shield.view.there
            else None
        ),
    )


def _secure_boot(r: Reader, shield: Reader) -> bool:
    """Off unless it is said: drivers that nobody signed would not start."""
    if not r.view.blocks("shielded_instance_config")[1]:
        r.unknown("secure_boot")
    return shield.flag("secure_boot", "enable_secure_boot", default=False)


def _login(r: Reader) -> bool | None:
    """Whether people log in with the cloud's identities, where the machine itself says so."""
    r.decide("os_login", "set enable-oslogin to true, or leave it to the project")
    return switch(r, "os_login", "enable-oslogin") if is_said(r, "enable-oslogin") else None


_STARTS = ("startup-script", "user-data", "windows-startup-script-ps1")
_LONGEST = 65_536


def _start(r: Reader) -> tuple[tuple[str, str], ...]:
    """The texts that run at its start, as far as they are known."""
    r.decide("user_data", "rotate the secret, and let the machine fetch it from a secret store at start-up")
    metadata = r.view.find("metadata")
    told = metadata.value if isinstance(metadata.value, dict) else {}
    found = list[tuple[str, str]]()
    for name, text, place in (
        ("metadata_startup_script", said(r, "metadata_startup_script"), r.view.find("metadata_startup_script")),
        *((one, told.get(one), metadata) for one in _STARTS),
    ):
        if isinstance(text, str) and text:
            r.place_of(f"user_data[{len(found)}]", place)
            found.append((name, text[:_LONGEST]))
    return tuple(found)


_DISKS = ("boot_disk", "attached_disk", "disk")
_RAW = ("disk_encryption_key_raw", "disk_encryption_key.raw_key", "raw_key")
_DISK_KEYS = ("kms_key_self_link", "raw_key", "rsa_encrypted_key")
_KEYS = (*_RAW, "kms_key_self_link", "disk_encryption_key.kms_key_self_link", "disk_encryption_key_rsa")


def _care(r: Reader) -> MachineCare:
    """How it is kept. A template's first disk is the one that it starts from."""
    some, known = r.view.blocks("shielded_instance_config")
    if not known:
        r.unknown("shielded")
    for field, question in (
        ("shielded", "add a shielded_instance_config"),
        ("confidential", "does its machine type support encrypted memory?"),
        ("customer_key", "which key should encrypt its disks?"),
        ("plain_key", "use a key from the key management service instead"),
    ):
        r.decide(field, question)
    return replace(
        machine_care(r.address),
        shielded=bool(some),
        confidential=r.flag("confidential", "confidential_instance_config.enable_confidential_compute", default=False),
        logging=_logs(r),
        customer_key=_own_keys(r),
        plain_key=_plain_key(r, *_DISKS),
    )


def _logs(r: Reader) -> bool | None:
    """Whether it sends its logs, where it says so: what is not said depends on what runs in it."""
    r.decide("logging", "set google-logging-enabled to true")
    return switch(r, "logging", "google-logging-enabled") if is_said(r, "google-logging-enabled") else None


def _own_keys(r: Reader) -> bool | None:
    """Whether the disk that it starts from has a key of ours; None where that disk stands elsewhere."""
    views = [view for kind in ("boot_disk", "disk") for view in r.view.blocks(kind)[0]][:1]
    if not views or views[0].find("source").there:
        return None
    inner = r.below("", views[0])
    answers = [there(inner, one) for one in _KEYS]
    if None in answers:
        r.unknown("customer_key")
    r.place("customer_key", views[0])
    return any(answers)


def _plain_key(r: Reader, *blocks: str) -> bool:
    """Whether a key itself stands in the file."""
    views = [view for kind in blocks for view in r.view.blocks(kind)[0]] if blocks else [r.view]
    for view in views:
        for one in _RAW:
            found = view.find(one)
            if isinstance(found.value, str) and found.value:
                r.place_of("plain_key", found)
                return True
    return False


def disk(r: Reader) -> Iterator[Volume | MachineCare]:
    """A disk: always encrypted."""
    some, known = r.view.blocks("disk_encryption_key")
    answers = [there(r.below("", view), one) for view in some for one in _DISK_KEYS]
    if not known or None in answers:
        r.unknown("customer_key")
    if some:
        r.place("customer_key", some[0])
    r.decide("customer_key", "which key should encrypt it?")
    yield Volume(name=r.address, encrypted=True, customer_key=any(answers))
    r.decide("plain_key", "use a key from the key management service instead")
    yield replace(machine_care(r.address), plain_key=_plain_key(r, "disk_encryption_key"))


def network(r: Reader) -> Iterator[Network]:
    """A network; its parts say for themselves what is recorded."""
    automatic = r.flag("automatic", "auto_create_subnetworks", default=True)
    named = r.text("default", "name") == "default"
    r.decide("default", "create a network with private subnets for this")
    yield Network(name=r.address, default=named, flow_logs=None, automatic=automatic, closed_default=None)


_INTERVALS = {
    "INTERVAL_5_SEC": 5,
    "INTERVAL_30_SEC": 30,
    "INTERVAL_1_MIN": 60,
    "INTERVAL_5_MIN": 300,
    "INTERVAL_10_MIN": 600,
    "INTERVAL_15_MIN": 900,
}
_DETAILS = {"INCLUDE_ALL_METADATA": True, "CUSTOM_METADATA": True, "EXCLUDE_ALL_METADATA": False}


def _sampling(r: Reader) -> FlowSampling:
    share = r.value("percent", "flow_sampling")
    r.writes("percent", "flow_sampling", {100: "1.0"})
    return FlowSampling(
        name=r.address,
        percent=_percent(share),
        seconds=r.mapped("seconds", "aggregation_interval", _INTERVALS, 5, 5),
        details=r.mapped("details", "metadata", _DETAILS, True, True),
    )


def _percent(share: Value) -> int:
    """Of a share of one, or of its text. Half of all packets where nothing is said."""
    try:
        return round(float(share) * 100) if isinstance(share, str | int | float) else 50
    except (ValueError, OverflowError):
        return 100


def subnet(r: Reader) -> Iterator[Subnet | DualStackAccess | FlowSampling]:
    """A part of a network."""
    purpose = r.text("", "purpose", "PRIVATE")
    r.rests_on("purpose", "flow_logs", "private_access")
    empty = purpose not in _FOR_MACHINES
    older = r.flag("", "enable_flow_logs", default=False)  # what versions before 3 asked for
    r.rests_on("enable_flow_logs", "flow_logs")
    logs = None if empty else r.has("flow_logs", "log_config") or older
    r.decide("flow_logs", "how much should be recorded? add a log_config")
    access = r.flag("private_access", "private_ip_google_access", default=False)
    yield Subnet(name=r.address, public_addresses=False, flow_logs=logs, private_access=None if empty else access)
    if not empty and r.view.blocks("log_config")[0]:
        yield _sampling(r.block("", "log_config"))
    if r.text("", "stack_type").upper() in ("IPV4_IPV6", "IPV6_ONLY") and not empty:
        newer = r.mapped("private_newer", "private_ipv6_google_access", _NEWER, False, False)
        yield DualStackAccess(name=r.address, private_newer=newer)


#: Other subnets have no machines: they are for proxies, translated addresses and migrations.
_FOR_MACHINES = ("PRIVATE", "PRIVATE_RFC_1918")
_NEWER = {"ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE": True, "ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE": True}


def tunnel(r: Reader) -> Iterator[VpnTunnel]:
    """A tunnel of a VPN: of the newer version where nothing is said."""
    version = r.view.find("ike_version")
    older = version.value in (1, "1")
    if older:
        r.place_of("weak[0]", version)
    r.decide("weak", "does the other side know IKEv2? then set ike_version to 2")
    yield VpnTunnel(name=r.address, weak=("IKEv1",) if older else ())
