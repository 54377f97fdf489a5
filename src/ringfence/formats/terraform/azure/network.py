"""Networks and machines of Azure."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.compute import machine as plain
from ringfence.models.cloud.network import Firewall, FirewallRule

_PROTOCOLS = {"*": "all", "tcp": "tcp", "udp": "udp", "icmp": "icmp", "esp": "esp", "ah": "ah"}


def _ranges(r: Reader, field: str) -> tuple[tuple[int, int], ...]:
    found = list[tuple[int, int]]()
    said = [*r.texts(field, "destination_port_range"), *r.texts(field, "destination_port_ranges")]
    for one in said:
        if one == "*":
            return ()
        first, _, last = one.partition("-")
        if first.strip().isdigit() and (not last or last.strip().isdigit()):
            found.append((int(first), int(last or first)))
    return tuple(found) or ((0, 0),)


def _rule(r: Reader, name: str) -> FirewallRule:
    peers = list(r.texts("peers", "source_address_prefix"))
    peers += r.texts("peers", "source_address_prefixes", offset=len(peers))
    inbound = r.text("inbound", "direction", lower=True) == "inbound"
    if not inbound:
        peers = list(r.texts("peers", "destination_address_prefix"))
    protocol = r.text("protocol", "protocol", "*", lower=True)
    return FirewallRule(
        name=name,
        allow=r.text("allow", "access", lower=True) == "allow",
        inbound=inbound,
        protocol=_PROTOCOLS.get(protocol, protocol),
        ports=_ranges(r, "ports"),
        peers=tuple(peers),
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


def _start(r: Reader, attribute: str) -> tuple[tuple[str, str], ...]:
    r.decide("user_data", "rotate the secret, and let the machine take it from a vault at its start")
    if not r.view.find(attribute).there:
        return ()
    from ringfence.secrets.checks import decoded

    said = r.text("user_data", attribute)[:65536]
    return ((attribute, decoded(said) or said),) if said else ()


def machine(r: Reader) -> Iterator[Machine]:
    """A machine with Linux or Windows."""
    linux = "linux" in r.type
    login = r.inverted("password_login", "disable_password_authentication", default=False) if linux else None
    yield plain(
        r.address,
        user_data=_start(r, "custom_data"),
        encrypted_at_host=r.flag("encrypted_at_host", "encryption_at_host_enabled", default=False),
        password_login=login,
    )


def old_machine(r: Reader) -> Iterator[Machine]:
    """A machine of the older resource."""
    some, known = r.view.blocks("os_profile_linux_config")
    login = None
    if some and known:
        inner = r.block("", "os_profile_linux_config")
        login = inner.inverted("password_login", "disable_password_authentication", default=True)
    yield plain(r.address, password_login=login)
