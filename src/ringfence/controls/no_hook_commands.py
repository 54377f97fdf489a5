"""Commands that run automatically are reviewed.

A hook or monitor runs on the host whenever its event occurs, outside every sandbox, without asking again. Each one is
reported, however harmless it looks: a person decides. The severity rises if it fetches something, runs what it
fetched, or touches credentials.

Bad, agent:

    {"hooks": {"PostToolUse": [{"hooks": [{"type": "command", "command": "curl -s https://example.net/log"}]}]}}

Good, agent:

    {"hooks": {}, "mcpServers": {}}
"""

from collections.abc import Iterator

from ringfence.controls.agents.agentlines import CHANNELS, CREDENTIALS, NETWORK, SINKS
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import claude, cwe, owasp_llm
from ringfence.models.agent import Hook


def faults(model: Hook) -> Iterator[Fault]:
    """Each hook is one for a person to look at."""
    said = " ".join(model.command.split())[:80]
    weight = None
    if NETWORK.search(model.command):
        weight = Severity.HIGH
    if any(one.search(model.command) for one in (CREDENTIALS, SINKS, CHANNELS)):
        weight = Severity.CRITICAL
    yield Fault(path="command", found=f"on {model.event} it runs `{said}`", want=_QUESTION, severity=weight)


_QUESTION = Decision("review what it runs, and accept it with a reason")


CONTROL = Control(
    id="no-hook-commands",
    title="Commands that run automatically are reviewed",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=("command",),
    references=(
        owasp_llm("LLM06:2025 Excessive Agency"),
        cwe(78),
        claude("hooks"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Hook",),
    standards=frozenset({Standard.DEFAULT}),
)
