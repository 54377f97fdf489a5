"""Certificates that are handed over are still valid.

Clients refuse a server whose certificate has expired. Whoever is used to passing over that warning also passes over
one about a stranger in between.

Bad, terraform:

    resource "aws_iam_server_certificate" "shop" {
      name             = "shop"
      private_key      = var.private_key
      certificate_body = <<-EOT
        -----BEGIN CERTIFICATE-----
        MIIBIjCByaADAgECAgEHMAoGCCqGSM49BAMCMBsxGTAXBgNVBAMMEHNob3AuZXhh
        bXBsZS5jb20wHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAbMRkwFwYD
        VQQDDBBzaG9wLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        zAACgczxYBttv2X+c412HKK/psBTDC1RlopGxuP+t8SXZiMcQNec+9DrtTMXQmL5
        cQxTW30aCXiMRlubkXCiUjAKBggqhkjOPQQDAgNIADBFAiEA9YSCBQm2nmxtN0Ku
        1A1BTV1a57OsSXtBd03EX1ND0foCIDlACkCiZuPaERuh3LH43a8Lfgm4JBA00xk7
        qCwcbFeO
        -----END CERTIFICATE-----
      EOT
    }

Good, terraform:

    resource "aws_iam_server_certificate" "shop" {
      name             = "shop"
      private_key      = var.private_key
      certificate_body = <<-EOT
        -----BEGIN CERTIFICATE-----
        MIIBIzCBy6ADAgECAgEHMAoGCCqGSM49BAMCMBsxGTAXBgNVBAMMEHNob3AuZXhh
        bXBsZS5jb20wIBcNMjYwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBsxGTAX
        BgNVBAMMEHNob3AuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AAQjY0OZ7l0tLp9LqcO8v8a1Y6gsEtdo15wg+maOoaBmv5yaD3NLkq3iXA1DnlIh
        /+UHyIP5PYiT8D0QIAJtc2EtMAoGCCqGSM49BAMCA0cAMEQCIGPAk7MG1IFyvGSG
        UitgqG2jiSa9Bds1Z63ESGuVScNUAiBaWB2alHXYkOVdeOeT3kh/eQA/WCzKrx1W
        gCERRlKvHg==
        -----END CERTIFICATE-----
      EOT
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known import softwarereleases
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import Certificate


def faults(model: Certificate) -> Iterator[Fault]:
    """Its last day must not be over."""
    if model.expires and model.expires < softwarereleases.today().isoformat():
        yield Fault(path="expires", found=f"it expired on {model.expires}", want=_QUESTION)


_QUESTION = Decision("where is the certificate that replaces it?")


CONTROL = Control(
    id="unexpired-certificates",
    title="Certificates that are handed over are still valid",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("expires",),
    references=(
        aws_hub("IAM.26"),
        terraform("aws/r/iam_server_certificate"),
        cwe(298),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Certificate",),
    standards=frozenset({Standard.DEFAULT}),
)
