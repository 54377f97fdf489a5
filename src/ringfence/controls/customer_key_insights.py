"""Database insights are encrypted with a customer-managed key.

Insights contain the text of statements, and with it data. A key of your own controls who may read them; once insights
are on, the key cannot be changed.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                       = "postgres"
      instance_class               = "db.t4g.medium"
      allocated_storage            = 50
      performance_insights_enabled = true
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                          = "postgres"
      instance_class                  = "db.t4g.medium"
      allocated_storage               = 50
      performance_insights_enabled    = true
      performance_insights_kms_key_id = aws_kms_key.data.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Where insights are kept, it must be with a key of one's own."""
    if model.insights_key is False:
        yield Fault(path="insights_key", found="insights are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should the insights use?")


CONTROL = Control(
    id="customer-key-insights",
    title="Database insights are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("insights_key",),
    references=(
        aws("AmazonRDS/latest/UserGuide/USER_PerfInsights"),
        terraform("aws/r/db_instance"),
        cwe(320),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
