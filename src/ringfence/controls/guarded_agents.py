"""Agents have guardrails.

A guardrail inspects what goes into a model and what comes out: it stops injected instructions, and personal data on
its way to strangers. Without one, whatever a page or a mail says reaches the agent unchanged.

Bad, terraform:

    resource "aws_bedrockagent_agent" "help" {
      agent_name                  = "help"
      customer_encryption_key_arn = aws_kms_key.help.arn
    }

Good, terraform:

    resource "aws_bedrockagent_agent" "help" {
      agent_name                  = "help"
      customer_encryption_key_arn = aws_kms_key.help.arn
      guardrail_configuration {
        guardrail_identifier = aws_bedrock_guardrail.help.guardrail_id
        guardrail_version    = "1"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import AgentGuard


def faults(model: AgentGuard) -> Iterator[Fault]:
    """A guardrail must be named."""
    if not model.guarded:
        yield Fault(path="guarded", found="it has no guardrail", want=_QUESTION)


_QUESTION = Decision("which guardrail should it have?")


CONTROL = Control(
    id="guarded-agents",
    title="Agents have guardrails",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("guarded",),
    references=(
        aws("bedrock/latest/userguide/guardrails"),
        terraform("aws/r/bedrockagent_agent"),
        cwe(1427),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AgentGuard",),
    standards=frozenset({Standard.DEFAULT}),
)
