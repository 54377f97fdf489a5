"""What guards networks and connections as a resource of its own."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkGuard:
    """What stands around a network or a part of it. None: it does not have that.

    `flood_protected`: the provider's paid protection against floods of requests. `filtered`: rules decide what comes
    in."""

    name: str
    flood_protected: bool | None
    filtered: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkFirewall:
    """A firewall as a machine of the provider's. `threats`: what it does with known bad addresses, `intrusions`:
    with attacks that it sees ("deny", "alert", "off"; None: it does not have that). `logged`: what it stops is
    recorded; `deletion_protection`."""

    name: str
    threats: str | None
    intrusions: str | None
    logged: bool | None
    deletion_protection: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketPolicy:
    """What network firewalls do with packets that no rule names: `inspects` is false where they pass unseen;
    `inspects_fragments` of packets, too."""

    name: str
    inspects: bool
    inspects_fragments: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TlsPolicy:
    """Which versions of TLS and which ciphers something takes. `min_tls` is "1.0" to "1.3"; `weak_ciphers` that it
    takes: "compatible" for a set that holds some, names, or none."""

    name: str
    min_tls: str
    weak_ciphers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkNames:
    """Who is asked for names in a network: the addresses of `servers`; none where the provider answers."""

    name: str
    servers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateLink:
    """Whether a service has an address in a network of ours: `connected`. `kind` says in words what it is."""

    name: str
    kind: str
    connected: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DeletionLock:
    """Whether nobody can delete something by mistake: `locked`. `kind` says in words what it is."""

    name: str
    kind: str
    locked: bool
