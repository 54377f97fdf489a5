"""Functions of IP addresses."""

import ipaddress
from collections.abc import Callable

from ringfence.formats.hcl.values import EvaluationError, Value, to_text, to_whole

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(prefix: Value) -> Network:
    return ipaddress.ip_network(to_text(prefix), strict=False)


def _host(prefix: Value, number: Value) -> Value:
    network, index = _network(prefix), to_whole(number)
    at = int(network.network_address if index >= 0 else network.broadcast_address + 1) + index
    address = ipaddress.ip_address(at) if network.version == 4 else ipaddress.IPv6Address(at)
    if address not in network:
        raise EvaluationError("there is no such host in the network")
    return str(address)


def _subnet(prefix: Value, bits: Value, number: Value) -> Value:
    return str(_below(_network(prefix), to_whole(bits), to_whole(number)))


def _below(network: Network, bits: int, number: int) -> Network:
    size = network.prefixlen + bits
    if bits < 0 or size > network.max_prefixlen or not 0 <= number < 2**bits:
        raise EvaluationError("there is no such subnet")
    start = int(network.network_address) + (number << (network.max_prefixlen - size))
    if network.version == 4:
        return ipaddress.IPv4Network((start, size))
    return ipaddress.IPv6Network((start, size))


def _subnets(prefix: Value, *bits: Value) -> Value:
    network, found = _network(prefix), list[Value]()
    at = int(network.network_address)
    for one in bits:
        size = network.prefixlen + to_whole(one)
        if to_whole(one) < 1 or size > network.max_prefixlen:
            raise EvaluationError("there is no such subnet")
        step = 1 << (network.max_prefixlen - size)
        at = -(-at // step) * step
        if at + step - 1 > int(network.broadcast_address):
            raise EvaluationError("the network is too small")
        made = ipaddress.IPv4Network((at, size)) if network.version == 4 else ipaddress.IPv6Network((at, size))
        found.append(str(made))
        at += step
    return found


KNOWN: dict[str, Callable[..., Value]] = {
    "cidrhost": _host,
    "cidrnetmask": lambda p: str(_network(p).netmask),
    "cidrsubnet": _subnet,
    "cidrsubnets": _subnets,
}
