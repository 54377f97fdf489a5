"""Certificates: those that ACM makes, and those that are handed over."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.aws.replacing import replaced
from ringfence.formats.terraform.numbers import whole
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.edge import Certificate
from ringfence.models.cloud.managed import Replacement

_BODY = "certificate_body"
#: No certificate is longer.
_LONGEST = 65_536


def certificate(r: Reader) -> Iterator[Certificate | Replacement]:
    """A certificate of ACM. An imported one was logged, or not, by who made it."""
    kinds = {"ENABLED": True, "DISABLED": False}
    preference = "options.certificate_transparency_logging_preference"
    if there(r, "private_key") is not False or there(r, _BODY) is not False:
        yield from handed_over(r)
    else:
        algorithm = said(r, "key_algorithm")
        r.value("key_bits", "key_algorithm")
        r.writes("key_bits", "key_algorithm", {2048: '"RSA_2048"'})
        yield Certificate(
            name=r.address,
            transparency=r.mapped("transparency", preference, kinds, default=True, otherwise=True),
            key_bits=(whole(algorithm[4:]) or 0) if algorithm.startswith("RSA_") else 0,
            wildcard=_wildcard(r),
            expires=None,
        )
    yield from replaced(r)


def handed_over(r: Reader) -> Iterator[Certificate]:
    """A certificate that was made elsewhere, as far as its text is here."""
    read = _read(r.text("key_bits", _BODY))
    r.text("expires", _BODY)
    r.decide("key_bits", _QUESTION)
    if there(r, _BODY) is not False:
        bits, expires = read or (None, None)
        yield Certificate(name=r.address, transparency=None, key_bits=bits, wildcard=None, expires=expires)


_QUESTION = "where is the certificate with a longer key?"


def _wildcard(r: Reader) -> bool:
    names = (r.text("wildcard", "domain_name"), *Reader(r.instance).texts("", "subject_alternative_names"))
    return any(one.startswith("*.") for one in names)


def _read(text: str) -> tuple[int, str] | None:
    """The bits of its key, if that is one of RSA, and its last day."""
    if "BEGIN CERTIFICATE" not in text or len(text) > _LONGEST:
        return None
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import InvalidVersion, load_pem_x509_certificate

    try:
        read = load_pem_x509_certificate(text.encode())
        key, end = read.public_key(), read.not_valid_after_utc.date().isoformat()
    except (ValueError, UnsupportedAlgorithm, InvalidVersion):
        return None
    return key.key_size if isinstance(key, RSAPublicKey) else 0, end
