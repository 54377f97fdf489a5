"""Data services accept TLS 1.2 and newer only.

TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). Every client of the last ten years supports 1.2.

Bad, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      domain_endpoint_options {
        enforce_https       = true
        tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
      }
    }

Good, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      domain_endpoint_options {
        enforce_https       = true
        tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """The oldest version that is taken must be 1.2 or newer."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=taken(model.min_tls), want="1.2")


CONTROL = Control(
    id="current-database-tls",
    title="Data services accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        cis_azure("4.4.2"),
        aws("opensearch-service/latest/developerguide/infrastructure-security"),
        terraform("aws/r/opensearch_domain"),
        cwe(326),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
