"""Protections stay on.

Switches that stop an agent's questions, a sandbox, a virus scanner or the checking of certificates are there for a
reason.

Bad, agent:

    ---
    name: fast
    description: Works faster
    ---
    Start it with `claude --dangerously-skip-permissions`.

Good, agent:

    ---
    name: fast
    description: Works faster
    ---
    Start it with `claude --model haiku`.
"""

import re
from collections.abc import Iterator

from ringfence.controls.agentlines import MODELS, Told, is_quoted, told
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm


def faults(model: Told) -> Iterator[Fault]:
    """No line turns a protection off."""
    for path, line in told(model):
        found = _SAID.search(line)
        if found is not None:
            weight = Severity.LOW if is_quoted(model, line, found) else _weight(found[0])
            yield Fault(path=path, found="it turns a protection off", want=_QUESTION, severity=weight)


def _weight(said: str) -> Severity | None:
    """To go on without asking is often meant well."""
    return Severity.LOW if re.match(r"without|skip|--no-sandbox|chmod", said, re.IGNORECASE) else None


_SAID = re.compile(
    r"--dangerously-skip-permissions|--dangerously-bypass|bypassPermissions|--yolo\b|--no-sandbox\b|--disable-sandbox|dangerouslyDisableSandbox|\bsetenforce\s+0|spctl\s+--master-disable"
    r"|xattr\s+-\w*d\w*\s+com\.apple\.quarantine|Set-MpPreference\s+-Disable|NODE_TLS_REJECT_UNAUTHORIZED\s*=\s*[\x22']?0|GIT_SSL_NO_VERIFY|\bchmod\s+(?:-R\s+)?0?777\b|ufw\s+disable|iptables\s+-F\b|csrutil\s+disable"
    r"|\bdisable\s+(?:the\s+|your\s+|any\s+)?(?:antivirus|anti-virus|defender|firewall|selinux|gatekeeper|sandbox(?:ing)?|security\s+(?:software|checks?|features?)|safety\s+\w+)\b"
    r"|\b(?:without|skip|skipping|bypass)\s+(?:asking|waiting|requesting|prompting|any)\s+(?:for\s+)?(?:the\s+user|user|human|confirmation|permission|approval)\b",
    re.IGNORECASE,
)
_QUESTION = Decision("leave it on, and ask")


CONTROL = Control(
    id="no-permission-bypass",
    title="Protections stay on",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        cwe(693),
        owasp_llm("LLM06:2025 Excessive Agency"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
