"""Functions of IP networks."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.values import EvaluationError, Value

_Network = IPv4Network | IPv6Network
_MOST_BITS = 128


def _network(prefix: str) -> _Network:
    if "/" not in prefix or "%" in prefix or not prefix.rpartition("/")[2].isdigit():
        raise EvaluationError(f"{prefix[:60]!r} is no network")
    host, _, bits = prefix.partition("/")
    if "." in host and ":" not in host:  # leading zeros are read as decimal
        host = ".".join(part.lstrip("0") or "0" if part else part for part in host.split("."))
    return ip_network(f"{host}/{bits}", strict=False)


def _made(like: _Network, start: int, bits: int) -> _Network:
    return IPv4Network((start, bits)) if isinstance(like, IPv4Network) else IPv6Network((start, bits))


def _host(prefix: str, number: int) -> Value:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise EvaluationError(f"{prefix} has no host {number}")
    return str(network[number])


def _netmask(prefix: str) -> Value:
    network = _network(prefix)
    if isinstance(network, IPv6Network):
        raise EvaluationError("IPv6 has no netmasks")
    return str(network.netmask)


def _subnet(prefix: str, bits: int, number: int) -> Value:
    network = _network(prefix)
    size = network.prefixlen + bits
    if (
        bits < 0
        or size > network.max_prefixlen
        or not -(2 ** min(bits, _MOST_BITS)) <= number < 2 ** min(bits, _MOST_BITS)
    ):
        raise EvaluationError(f"{prefix} has no such subnet")
    index = number % 2**bits
    return str(_made(network, int(network.network_address) + (index << (network.max_prefixlen - size)), size))


def _subnets(prefix: str, *bits: int) -> Value:
    network, found = _network(prefix), list[Value]()
    at = int(network.network_address)
    for one in bits:
        size = network.prefixlen + one
        if not 1 <= one <= 32 or size > network.max_prefixlen:
            raise EvaluationError(f"{prefix} has no such subnet")
        step = 1 << (network.max_prefixlen - size)
        at = -(-at // step) * step
        if at + step - 1 > int(network.broadcast_address):
            raise EvaluationError(f"{prefix} is too small")
        found.append(str(_made(network, at, size)))
        at += step
    return found


TABLE = {
    "cidrhost": Function(body=_host, takes="si"),
    "cidrnetmask": Function(body=_netmask, takes="s"),
    "cidrsubnet": Function(body=_subnet, takes="sii"),
    "cidrsubnets": Function(body=_subnets, takes="si*"),
}
