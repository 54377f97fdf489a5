"""Networks of a cloud: firewalls and their rules, networks and their parts."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class FirewallRule:
    """One rule that lets traffic through, or stops it (`allow` is False).

    `inbound`: it is about what comes in. `peers` are the address ranges, or words of the provider ("*", "Internet"), at
    the other end; empty where only groups of our own are. `protocol` is lower case, "all" for every one. `ports` are
    inclusive ranges, empty for every port. `stateless`: it belongs to a network's access list, where answers need rules
    too. `described`: it says what it is for (None where it cannot).
    """

    name: str
    allow: bool
    inbound: bool
    protocol: str
    ports: tuple[tuple[int, int], ...]
    peers: tuple[str, ...]
    stateless: bool
    described: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Firewall:
    """A group of rules (security group, network security group, access list) with those that stand in it.

    `default`: it is the one that a network comes with, which applies to whatever names no other. `described`: it has a
    description (None if it cannot have one).
    """

    name: str
    default: bool
    described: bool | None
    rules: tuple[FirewallRule, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """A virtual network. `default`: it is the one that an account comes with. `flow_logs`: what passes is recorded;
    None where that is said elsewhere. `automatic`: the provider makes its parts by itself, in every region.
    `closed_default`: the group of rules that it comes with is said to let nothing through."""

    name: str
    default: bool
    flow_logs: bool | None
    automatic: bool
    closed_default: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subnet:
    """A part of a network. `public_addresses`: what starts in it gets one on the internet. `flow_logs` as for networks.
    `private_access`: the provider's services are reached without the internet; None where there is no such thing."""

    name: str
    public_addresses: bool
    flow_logs: bool | None
    private_access: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowSampling:
    """How much flow logs hold: of how many packets in a hundred, `percent`; in pieces of how many `seconds`; and with
    the names of machines and networks, `details`."""

    name: str
    percent: int
    seconds: int
    details: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class VpnTunnel:
    """A way into another network over the internet. `weak`: what it uses of what is broken or outdated, in words."""

    name: str
    weak: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DualStackAccess:
    """A part of a network that has IPv6, too. `private_newer`: the provider's services are reached over that without
    the internet."""

    name: str
    private_newer: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Peering:
    """Something that joins networks. `accepts_all`: whoever asks is let in."""

    name: str
    accepts_all: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PortSpan:
    """How many ports next to each other a rule opens at once, at most."""

    name: str
    widest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PeeringRoute:
    """A way from a network into one that it is joined with. `everything`: all addresses lead there."""

    name: str
    everything: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessListUse:
    """Whether something stands behind an access list. `used`: it belongs to subnets, or something else mentions it."""

    name: str
    used: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FirewallUse:
    """Whether something stands behind a firewall. `used`: something else in the files mentions it."""

    name: str
    used: bool
