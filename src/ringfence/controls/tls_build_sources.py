"""Builds fetch code over verified connections.

Code that comes over plain HTTP, or from a server whose certificate is not verified, can be replaced on the way.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      source {
        type         = "GITHUB_ENTERPRISE"
        location     = "https://git.example.com/shop.git"
        insecure_ssl = true
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      source {
        type         = "GITHUB_ENTERPRISE"
        location     = "https://git.example.com/shop.git"
        insecure_ssl = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Sources must come over TLS with a certificate that is checked."""
    if model.plain_source:
        yield Fault(path="plain_source", found="it fetches code without checking from whom", want=False)


CONTROL = Control(
    id="tls-build-sources",
    title="Builds fetch code over verified connections",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain_source",),
    references=(
        terraform("aws/r/codebuild_project"),
        aws_hub("CodeBuild.1"),
        cwe(295),
        cwe(494),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
