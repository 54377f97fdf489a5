"""Nobody is asked for a password in the conversation.

Secrets belong in a store or the environment, where a program can read them. What is pasted into a conversation stays
on its record.

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

from collections.abc import Iterator

from ringfence.controls.agents.agentlines import MODELS, Told, sought
from ringfence.controls.agents.concepts import ASK, OPENS
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.sentences import together
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm


def faults(model: Told) -> Iterator[Fault]:
    """No line asks for a secret in the conversation."""
    for seen in sought(model, _SAID):
        light = seen.quoted or not _GRAVE.search(seen.match[0])
        yield Fault(
            path=seen.path,
            found="it asks for a secret in the conversation",
            want=_QUESTION,
            severity=Severity.LOW if light else None,
        )

    some = {one.path for one in sought(model, _SAID)}
    for seen in together(model, ASK, OPENS):
        if seen.path not in some and not _KEPT.search(seen.text):
            weight = Severity.LOW if seen.quoted or seen.code else None
            yield Fault(
                path=seen.path, found="it asks for a secret in the conversation", want=_QUESTION, severity=weight
            )


#: It is set in a form, a program or a store, not said.
_KEPT = either(
    r"\bsudo\b|\b(?:getpass|prompt\s+for\s+it|password\s+manager|keychain|environment|\.env\b|vault|never|form\s+field"
    r"|sign[-\x20]up|log\s?in\s+page|reset\s+(?:their|the|your)|forgot|themsel(?:f|ves)"
    r"|password\s+(?:field|input|reset|protected|policy|hash\w*)|private\s+key\s+file"
    r"|pin\s+(?:the|a|it|to|down|version|code\s+review))\b|\bpin(?:s|ned|ning)\b|selbst"
    r"|\bin\s+(?:their|his|her|the\s+user's)\s+own\s+(?:terminal|browser|app)\b|\bmanual\s+step\b"
)
_SAID = either(
    r"\b(?:token|password|key|secret)s?\b.{0,60}(?<!never\s)(?<!not\s)(?<!n't\s)\bpaste\s+(?:it|them|that)\b.{0,60}\b(?:chat|conversation)\b",
    r"\b(?:have|let|ask|tell|get|make)\b.{0,60}\b(?:sign|log)\s+in\s+(?:at|on|to|via)\s+`?https?://(?!localhost|[\w.-]*example)\S{4,80}.{0,40}\bwith\s+(?:their"
    r"|his|her|the)\s+(?:\w+\s+){0,2}(?:password|credentials|login)\b",
    r"\bdisplay dialog\b.{0,160}\bpassword\b.{0,160}\bhidden answer\b|\bdscl\b.{0,40}\bauthonly\b",
    r"\b(?:ask|request|prompt|tell|get|have)\b.{0,30}\b(?:the\s+)?user\b.{0,40}\b(?:for"
    r"|to\s+(?:paste|provide|enter|share|type|give|send))\b.{0,40}\b"
    r"(?:password|passphrase|secret\s+(?:access\s+)?key|private\s+key|api\s+key|access\s+token|credentials"
    r"|seed\s+phrase|2fa|otp|one-time\s+code|credit\s+card|ssn|social\s+security)"
    r"(?:.{0,60}\b(?:chat|conversation|message|here)\b)?",
    r"\b(?:paste|enter|share|provide|type)\s+(?:your|the)\s+(?:\w+\s+)?(?:password|private\s+key|secret\s+key"
    r"|seed\s+phrase|credentials)\s+(?:here|below|in\s+(?:the\s+)?(?:chat|conversation|message))",
)
#: A key of an interface is often asked for, and should not be; what opens a person's own accounts never is.
_GRAVE = either(
    r"password|passphrase|private|seed|2fa|otp|one-time|credit|ssn|social|secret\s"
    r"|\b(?:chat|conversation|message|here|below)\b"
)
_QUESTION = Decision("let a program read it from the environment or a store")


CONTROL = Control(
    id="no-secret-requests",
    title="Nobody is asked for a password in the conversation",
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
