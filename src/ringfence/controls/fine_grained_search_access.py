"""Search domains use fine-grained access control.

Without fine-grained access control, anybody who may send requests to the domain may read and delete every index.

Bad, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      advanced_security_options {
        enabled = false
      }
    }

Good, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      advanced_security_options {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Rights must be bounded for each user."""
    if model.fine_grained is False:
        yield Fault(path="fine_grained", found="every client may do everything", want=_QUESTION)


_QUESTION = Decision("who is the domain's master user?")


CONTROL = Control(
    id="fine-grained-search-access",
    title="Search domains use fine-grained access control",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("fine_grained",),
    references=(
        aws_hub("Opensearch.7"),
        aws("opensearch-service/latest/developerguide/fgac"),
        cwe(285),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
