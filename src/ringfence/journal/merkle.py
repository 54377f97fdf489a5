"""The Merkle tree of RFC 6962 (section 2.1) over a journal's lines.

Pure functions over hashes. A tree is held as its *peaks*: the roots of the perfect subtrees
that the binary form of its size names, largest first. That is all that is needed to add a
leaf or to know the root, and it is never more than 64 hashes.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

#: How many leaves `extend` folds at a time (a power of two).
_BLOCK = 1024


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of 0x00 and the data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 of 0x01 and both children."""
    return sha256(b"\x01" + left + right).digest()


def push(peaks: tuple[bytes, ...], size: int, leaf: bytes) -> tuple[bytes, ...]:
    """The peaks of a tree of `size` leaves after one more leaf."""
    return _carry(peaks, size, leaf)


def extend(peaks: tuple[bytes, ...], size: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The peaks of a tree of `size` leaves after `leaves`; whole blocks are folded level by level."""
    at = 0
    while at < len(leaves):
        if size % _BLOCK == 0 and len(leaves) - at >= _BLOCK:
            peaks = _carry(peaks, size // _BLOCK, _fold(leaves[at : at + _BLOCK]))
            at, size = at + _BLOCK, size + _BLOCK
        else:
            peaks = _carry(peaks, size, leaves[at])
            at, size = at + 1, size + 1
    return peaks


def root(peaks: Sequence[bytes]) -> bytes:
    """The root hash of the tree with these peaks."""
    if not peaks:
        return EMPTY_ROOT
    result = peaks[-1]
    for peak in reversed(peaks[:-1]):
        result = node_hash(peak, result)
    return result


def peak_count(size: int) -> int:
    """How many peaks a tree of `size` leaves has."""
    return size.bit_count()


def _carry(peaks: tuple[bytes, ...], position: int, subtree: bytes) -> tuple[bytes, ...]:
    """Add a perfect subtree, the `position`-th of its height, like a carry in binary addition."""
    kept = len(peaks)
    while position & 1:
        kept -= 1
        subtree = node_hash(peaks[kept], subtree)
        position >>= 1
    return (*peaks[:kept], subtree)


def _fold(hashes: Sequence[bytes]) -> bytes:
    """The root of a perfect tree; written out because verify spends a third of its time here."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]
