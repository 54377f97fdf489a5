"""Networks and machines of Google Cloud."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.network import Firewall, FirewallRule, Network, Subnet
from ringfence.models.cloud.storage import Volume

_WIDE = ("cloud-platform", "https://www.googleapis.com/auth/cloud-platform")


def firewall(r: Reader) -> Iterator[Firewall]:
    """A rule for a network, with what it allows and denies."""
    inbound = r.text("inbound", "direction", "INGRESS", lower=True) == "ingress"
    on = not r.flag("", "disabled", default=False)
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
    yield Firewall(name=r.address, default=False, described=None, rules=tuple(rules))


def _ports(said: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found = list[tuple[int, int]]()
    for one in said:
        first, _, last = one.partition("-")
        if first.isdigit() and (not last or last.isdigit()):
            found.append((int(first), int(last or first)))
    return tuple(found)


def _is_on(r: Reader, field: str, name: str) -> bool | None:
    """A switch in the metadata."""
    found = r.view.find("metadata")
    value = found.value.get(name) if isinstance(found.value, dict) else None
    if value is None:
        return False if found.known and (not found.there or isinstance(found.value, dict)) else None
    if isinstance(value, Unknown):
        return None
    r.place_of(field, found)
    return str(value).lower() in ("true", "1", "y", "yes")


def instance(r: Reader) -> Iterator[Machine]:
    """A machine, or a template for some."""
    cards, known = r.view.blocks("network_interface")
    if not known:
        r.unknown("public")
    public = False
    for view in cards:
        if view.blocks("access_config")[0]:
            public = True
            r.place("public", view)
    r.decide("public", "remove `access_config`, and reach the machine through a load balancer or IAP")
    account = r.block("", "service_account")
    email = account.text("default_identity", "email")
    scopes = account.texts("default_identity", "scopes")
    default = account.view.there and (not email or email.endswith("-compute@developer.gserviceaccount.com"))
    wide = any(one in _WIDE for one in scopes)
    r.decide("default_identity", "which identity of its own does the machine need?")
    shield = r.block("", "shielded_instance_config")
    yield machine(
        r.address,
        public=public,
        default_identity=("full" if wide else "some") if default else "",
        serial_console=_is_on(r, "serial_console", "serial-port-enable"),
        ip_forwarding=r.flag("ip_forwarding", "can_ip_forward", default=False),
        project_keys_blocked=_is_on(r, "project_keys_blocked", "block-project-ssh-keys"),
        virtual_tpm=shield.flag("virtual_tpm", "enable_vtpm", default=True) if shield.view.there else None,
        integrity_monitoring=(
            shield.flag("integrity_monitoring", "enable_integrity_monitoring", default=True)
            if shield.view.there
            else None
        ),
    )


def disk(r: Reader) -> Iterator[Volume]:
    """A disk: always encrypted."""
    some = bool(r.view.blocks("disk_encryption_key")[0])
    r.decide("customer_key", "which key should encrypt it?")
    yield Volume(name=r.address, encrypted=True, customer_key=some)


def network(r: Reader) -> Iterator[Network]:
    """A network; its parts say for themselves what is recorded."""
    automatic = r.flag("automatic", "auto_create_subnetworks", default=True)
    yield Network(name=r.address, default=False, flow_logs=None, automatic=automatic, legacy=False)


def subnet(r: Reader) -> Iterator[Subnet]:
    """A part of a network."""
    purpose = r.text("", "purpose", "PRIVATE")
    proxy = "PROXY" in purpose or "LOAD_BALANCER" in purpose
    logs = None if proxy else r.has("flow_logs", "log_config")
    r.decide("flow_logs", "how much should be recorded? add a log_config")
    access = r.flag("private_access", "private_ip_google_access", default=False)
    yield Subnet(name=r.address, public_addresses=False, flow_logs=logs, private_access=None if proxy else access)
