"""Certificates that were made elsewhere, and are handed over."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from formats.aws_kit import check, found
from ringfence.controls.known import softwarereleases

BOTH = "strong-certificate-keys unexpired-certificates"
TODAY = datetime.date(2026, 6, 1)
KINDS = ["aws_acm_certificate", "aws_iam_server_certificate", "aws_api_gateway_domain_name"]


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, until: datetime.datetime) -> str:
    """A certificate that signs itself, valid until then."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example.com")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(datetime.datetime(2020, 1, 1)).not_valid_after(until)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


LATER, LAST_DAY, OVER = (datetime.datetime(*one) for one in [(2030, 1, 1), (2026, 6, 1, 8), (2026, 5, 31, 23)])
SHORT = rsa.generate_private_key(65537, 1024)
CURVE = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(softwarereleases, "today", lambda: TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_is_read_where_it_stands(kind: str) -> None:
    """A key of 1024 bits is short; the last day is one of validity; curves have shorter keys."""
    files = {"short.pem": pem(SHORT, LATER), "over.pem": pem(CURVE, OVER), "last.pem": pem(CURVE, LAST_DAY)}
    check(
        BOTH,
        f"""
resource "{kind}" "short" {{
  private_key      = var.key
  certificate_body = file("${{path.module}}/short.pem") # strong-certificate-keys
}}

resource "{kind}" "alone" {{
  certificate_body = file("short.pem") # strong-certificate-keys
}}

resource "{kind}" "over" {{
  private_key      = var.key
  certificate_body = file("over.pem") # unexpired-certificates
}}

resource "{kind}" "last" {{
  private_key      = var.key
  certificate_body = file("last.pem")
}}

resource "{kind}" "lines" {{
  private_key      = var.key
  # below: unexpired-certificates
  certificate_body = <<EOT
{files["over.pem"]}EOT
}}
""",
        files,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body",
    [
        'file("elsewhere.pem")',
        "var.body",
        "tls_self_signed_cert.a.cert_pem",
        '"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"',
        '"-----BEGIN CERTIFICATE-----"',
        '"a"',
        "7",
        "null",
    ],
)
def test_what_is_no_certificate_here_is_not_judged(kind: str, body: str) -> None:
    """It is elsewhere, made later, or none at all."""
    block = f'resource "{kind}" "a" {{\n  private_key = var.key\n  certificate_body = {body}\n}}\n'
    assert not found(block, BOTH.split())


def test_a_certificate_that_is_asked_for_expires_with_nobody() -> None:
    """ACM renews those it makes."""
    check(
        BOTH,
        """
resource "aws_acm_certificate" "made" {
  domain_name   = "shop.example.com"
  key_algorithm = "RSA_1024" # strong-certificate-keys
}
""",
    )
