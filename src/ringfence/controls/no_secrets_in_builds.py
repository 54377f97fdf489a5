"""Build variables contain no secrets.

Plain-text variables are in the file, in the state and in the console. Those of type `SECRETS_MANAGER` or
`PARAMETER_STORE` only name where the secret is.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      environment {
        compute_type = "BUILD_GENERAL1_SMALL"
        image        = "aws/codebuild/standard:7.0"
        type         = "LINUX_CONTAINER"
        environment_variable {
          name  = "STAGE"
          value = "prod"
        }
        environment_variable {
          name  = "AWS_SECRET_ACCESS_KEY"
          value = "vT9kQz7mB2xwJ4rL8nC1pS6dF3gH5jK0aZqWeRtY"
        }
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      environment {
        compute_type = "BUILD_GENERAL1_SMALL"
        image        = "aws/codebuild/standard:7.0"
        type         = "LINUX_CONTAINER"
        environment_variable {
          name  = "STAGE"
          value = "prod"
        }
        environment_variable {
          name  = "AWS_SECRET_ACCESS_KEY"
          type  = "PARAMETER_STORE"
          value = "/shop/deploy-key"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import BuildProject
from ringfence.secrets import secret_in


def faults(model: BuildProject) -> Iterator[Fault]:
    """No variable may hold a value that is a secret, by its form or by its name."""
    for index, (name, value) in enumerate(model.variables):
        kind = secret_in(name, value)
        if kind:
            yield Fault(path=f"variables[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("which secret store should hold it?")


CONTROL = Control(
    id="no-secrets-in-builds",
    title="Build variables contain no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("variables",),
    references=(
        aws_hub("CodeBuild.2"),
        aws("codebuild/latest/userguide/build-env-ref-env-vars"),
        cwe(798),
        cwe(526),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
