"""Database servers log schema and permission changes.

PostgreSQL logs no statements by default. With `log_statement = ddl`, at least every change of tables and permissions
is recorded.

Bad, terraform:

    resource "aws_db_parameter_group" "main" {
      name   = "main"
      family = "postgres16"
      parameter {
        name  = "log_statement"
        value = "none"
      }
    }

Good, terraform:

    resource "aws_db_parameter_group" "main" {
      name   = "main"
      family = "postgres16"
      parameter {
        name  = "log_statement"
        value = "ddl"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_gcp, cwe
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """Where all settings of a PostgreSQL server are listed, log_statement must be there and not be `none`."""
    if not model.engine.startswith("postgres"):
        return
    for index, setting in enumerate(model.settings):
        if setting.key == "log_statement":
            if setting.value == "none":
                yield Fault(path=f"settings[{index}].value", found="no statement is logged", want="ddl")
            return
    if model.complete:
        question = Decision("set log_statement to ddl")
        yield Fault(path="settings", found="log_statement is not set, so no statement is logged", want=question)


CONTROL = Control(
    id="logged-queries",
    title="Database servers log schema and permission changes",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        aws("AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging"),
        cis_gcp("6.2.4"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
