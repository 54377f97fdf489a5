"""Nobody is asked for a password.

Secrets belong in a store or the environment, from where a program takes them. What is pasted into a conversation
stays in its record.

Bad, agent:

    ---
    name: deploy
    description: Deploys
    ---
    Ask the user to paste their AWS secret key into the chat.

Good, agent:

    ---
    name: deploy
    description: Deploys
    ---
    The key is taken from the environment variable `DEPLOY_KEY`.
"""

import re
from collections.abc import Iterator

from ringfence.controls.agentlines import MODELS, Told, is_quoted, told
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm


def faults(model: Told) -> Iterator[Fault]:
    """No line asks for a secret in the conversation."""
    for path, line in told(model):
        found = _SAID.search(line)
        if found is not None:
            weight = Severity.LOW if is_quoted(model, line, found) else None
            yield Fault(path=path, found="it asks for a secret in the conversation", want=_QUESTION, severity=weight)


_SAID = re.compile(
    r"\b(?:ask|request|prompt|tell|get|have)\b.{0,30}\b(?:the\s+)?user\b.{0,40}\b(?:for|to\s+(?:paste|provide|enter|share|type|give|send))\b.{0,40}\b(?:password|passphrase|secret\s+(?:access\s+)?key|private\s+key|api\s+key|access\s+token|credentials|seed\s+phrase|2fa|otp|one-time\s+code|credit\s+card|ssn|social\s+security)"
    r"|\b(?:paste|enter|share|provide|type)\s+(?:your|the)\s+(?:\w+\s+)?(?:password|private\s+key|secret\s+key|seed\s+phrase|credentials)\s+(?:here|below|in\s+(?:the\s+)?(?:chat|conversation|message))",
    re.IGNORECASE,
)
_QUESTION = Decision("let a program take it from the environment or a store")


CONTROL = Control(
    id="no-secret-requests",
    title="Nobody is asked for a password",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        owasp_llm("LLM02:2025 Sensitive Information Disclosure"),
        cwe(522),
    ),
    unsafe_fix=False,
    faults=faults,
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
