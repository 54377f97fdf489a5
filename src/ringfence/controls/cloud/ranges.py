"""What controls know of address ranges."""

from functools import cache
from ipaddress import ip_address, ip_network

#: A range of this length or shorter holds a good part of the internet: a /0 written in two halves is not smaller.
_WIDE = 1
_WORDS = frozenset({"*", "any", "internet", "all", "allpublicips", "0.0.0.0", "::", "/0", "<nw>/0"})  # noqa: S104 - what is looked for


#: More public addresses than these are nobody's in particular.
MANY = 65_536


#: How many addresses the largest private network has.
_PRIVATE = 1 << 24


@cache
def public_addresses(text: str) -> int:
    """How many addresses a range holds, 0 where they are private or it is none."""
    first, dash, last = text.strip().partition("-")
    try:
        if dash:
            low, high = ip_address(first.strip()), ip_address(last.strip())
            count = max(int(high) - int(low) + 1, 0)
            return 0 if low.is_private and high.is_private and count <= _PRIVATE else count
        network = ip_network(first, strict=False)
        return 0 if network.is_private or network.version > 4 else network.num_addresses
    except (ValueError, TypeError):
        return 0


@cache
def is_everybody(text: str) -> bool:
    """Whether a range ("0.0.0.0/0", "::/0", "0.0.0.0-255.255.255.255", "*") is the whole internet, or half of it."""
    said = text.strip().lower()
    if said in _WORDS or said == "::0":
        return True
    first, dash, last = said.partition("-")
    try:
        if dash:
            low, high = ip_address(first.strip()), ip_address(last.strip())
            return int(high) - int(low) + 1 >= 1 << (high.max_prefixlen - _WIDE)
        return ip_network(said, strict=False).prefixlen <= _WIDE
    except (ValueError, TypeError):
        return False
