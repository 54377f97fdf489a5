"""MCP servers are reached over TLS.

Without TLS, anybody on the way can read and change what an agent sends to a server, and the tools that the server
describes.

Bad, agent:

    {"mcpServers": {"a": {"type": "http", "url": "http://mcp.example.com/mcp"}}}

Good, agent:

    {"mcpServers": {"a": {"type": "http", "url": "https://mcp.example.com/mcp"}, "b": {"type": "http", "url": "http://127.0.0.1:8080/mcp"}}}
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import claude, cwe
from ringfence.models.agent import Server


def faults(model: Server) -> Iterator[Fault]:
    """A server that is not on this machine is reached over TLS."""
    url = model.url.lower()
    if url.startswith(("http://", "ws://")) and not _LOCAL.match(url):
        yield Fault(path="url", found=f"{model.url[:80]} is not encrypted", want=_QUESTION)


_LOCAL = re.compile(
    r"(?:http|ws)://(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal|[^/]*\.(?:local|internal|test)\b)"
)
_QUESTION = Decision("does the server support TLS? then use https")


CONTROL = Control(
    id="tls-servers",
    title="MCP servers are reached over TLS",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=("url",),
    references=(
        cwe(319),
        claude("mcp"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Server",),
    standards=frozenset({Standard.DEFAULT}),
)
