"""The Merkle tree against RFC 6962's own definition and published roots."""

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.journal import merkle

# The leaves and roots that Certificate Transparency's reference implementations test with.
_INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_roots_are_the_published_ones() -> None:
    """Adding leaf after leaf gives the roots that other implementations publish."""
    peaks: tuple[bytes, ...] = ()
    for size, (data, root) in enumerate(zip(_INPUTS, _ROOTS, strict=True)):
        peaks = merkle.push(peaks, size, merkle.leaf_hash(bytes.fromhex(data)))
        assert merkle.root(peaks).hex() == root
    assert merkle.root(()) == sha256(b"").digest()


def _defined(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node_hash(_defined(leaves[:k]), _defined(leaves[k:]))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 2500), min_size=1, max_size=4))
def test_extending_in_any_batches_gives_the_defined_root(batches: list[int]) -> None:
    """However leaves arrive in batches, peaks and root are those of the definition."""
    peaks: tuple[bytes, ...] = ()
    leaves: list[bytes] = []
    for size in batches:
        batch = [merkle.leaf_hash(b"%d" % (len(leaves) + n)) for n in range(size)]
        peaks = merkle.extend(peaks, len(leaves), batch)
        leaves += batch
    assert len(peaks) == merkle.peak_count(len(leaves))
    if leaves:
        assert merkle.root(peaks) == _defined(leaves)
