"""Data jobs have a security configuration.

Only a security configuration says that a job's output, its bookmarks and its logs are encrypted.

Bad, terraform:

    resource "aws_glue_job" "load" {
      name     = "load"
      role_arn = aws_iam_role.load.arn
      command {
        script_location = "s3://scripts/load.py"
      }
    }

Good, terraform:

    resource "aws_glue_job" "load" {
      name     = "load"
      role_arn = aws_iam_role.load.arn
      command {
        script_location = "s3://scripts/load.py"
      }
      security_configuration = aws_glue_security_configuration.main.name
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataJob


def faults(model: DataJob) -> Iterator[Fault]:
    """A security configuration must be named."""
    if model.secured is False:
        yield Fault(path="secured", found="it has no security configuration", want=_QUESTION)


_QUESTION = Decision("which security configuration should it have?")


CONTROL = Control(
    id="secured-data-jobs",
    title="Data jobs have a security configuration",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secured",),
    references=(
        aws("glue/latest/dg/set-up-encryption"),
        terraform("aws/r/glue_job"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataJob",),
    standards=frozenset({Standard.DEFAULT}),
)
