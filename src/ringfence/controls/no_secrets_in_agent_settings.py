"""Agent settings contain no secrets.

Settings are committed, shared and shown. Take a secret from the environment: `${NAME}` is filled in at start-up.

Bad, agent:

    {"mcpServers": {"db": {"command": "db-server", "args": [], "env": {"DB_PASSWORD": "vT9-kQz7.mB2x"}}}}

Good, agent:

    {"mcpServers": {"db": {"command": "db-server", "args": [], "env": {"DB_PASSWORD": "${DB_PASSWORD}"}}}}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm
from ringfence.models.agent import Launch, Server
from ringfence.secrets import secret_in


def faults(model: Launch | Server) -> Iterator[Fault]:
    """No value of the environment or of a header is a secret."""
    field, pairs = ("environment", model.environment) if isinstance(model, Launch) else ("headers", model.headers)
    for index, (name, value) in enumerate(pairs):
        said = value.removeprefix("Bearer ").removeprefix("Basic ")
        kind = secret_in("token" if name.lower() == "authorization" else name, said)
        if kind is not None:
            yield Fault(path=f"{field}[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("rotate it, and take it from the environment")


CONTROL = Control(
    id="no-secrets-in-agent-settings",
    title="Agent settings contain no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "environment",
        "headers",
    ),
    references=(
        cwe(798),
        owasp_llm("LLM02:2025 Sensitive Information Disclosure"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Launch",
        "Server",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
