"""Attestations of PEP 740: a real one, made by Sigstore for a real release, holds; everything near it does not.

attestations/ has the provenance of pypi-attestations 0.0.19 as PyPI serves it (Apache-2.0).
"""

from pathlib import Path

import pytest

from ringfence.errors import BadStatement, UsageError
from ringfence.index import provenance

FILE = "pypi_attestations-0.0.19.tar.gz"
SHA256 = "9bb1add04b1b4e182be6b0b80931593f7a291eb49d69b4fd728a5d4cbcdc4bd3"
DATA = (Path(__file__).parent / "attestations" / f"{FILE}.provenance").read_bytes()
WHO = provenance.parse_identity("github:trailofbits/pypi-attestations:release.yml")


def test_a_real_attestation_holds() -> None:
    """For its file, its digest and its repository, without a network."""
    assert provenance.verify(DATA, FILE, SHA256, WHO) == ["https://docs.pypi.org/attestations/publish/v1"]


@pytest.mark.parametrize(
    ("data", "file", "sha256", "who"),
    [
        (DATA, FILE, "0" * 64, WHO),
        (DATA, "other-1.0.tar.gz", SHA256, WHO),
        (DATA, FILE, SHA256, {**WHO, "repository": "mallory/pypi-attestations"}),
        (DATA, FILE, SHA256, {**WHO, "workflow": "other.yml"}),
        (DATA.replace(b'"signature":"MEYCIQC+', b'"signature":"MEYCIQD+'), FILE, SHA256, WHO),
        (b'{"attestation_bundles": [], "version": 1}', FILE, SHA256, WHO),
        (b"{}", FILE, SHA256, WHO),
        (b"\xff", FILE, SHA256, WHO),
        (b"{" * (provenance.MAX_BYTES + 1), FILE, SHA256, WHO),
    ],
)
def test_everything_else_is_refused(data: bytes, file: str, sha256: str, who: dict[str, str]) -> None:
    """Another file, digest, repository, workflow or signature; and what is no attestation at all."""
    with pytest.raises(BadStatement):
        provenance.verify(data, file, sha256, who)


def test_an_identity_is_spelled_out() -> None:
    """Kind, repository and workflow, or it is refused."""
    with pytest.raises(UsageError):
        provenance.parse_identity("acme/words")
