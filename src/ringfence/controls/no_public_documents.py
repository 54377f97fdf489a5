"""Documents are shared with named accounts only.

A public document shows how your machines are run, and often names them.

Bad, terraform:

    resource "aws_ssm_document" "restart" {
      name          = "restart"
      document_type = "Command"
      content       = "{}"
      permissions = {
        type        = "Share"
        account_ids = "All"
      }
    }

Good, terraform:

    resource "aws_ssm_document" "restart" {
      name          = "restart"
      document_type = "Command"
      content       = "{}"
      permissions = {
        type        = "Share"
        account_ids = "123456789012"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.policy import SharedDocument


def faults(model: SharedDocument) -> Iterator[Fault]:
    """It must not be shared with everybody."""
    for index, account in enumerate(model.shared):
        if account == "all":
            question = Decision("which accounts need access?")
            yield Fault(path=f"shared[{index}]", found="anybody may use it", want=question)


CONTROL = Control(
    id="no-public-documents",
    title="Documents are shared with named accounts only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shared",),
    references=(
        aws_hub("SSM.4"),
        aws("systems-manager/latest/userguide/documents-ssm-sharing"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SharedDocument",),
    standards=frozenset({Standard.DEFAULT}),
)
