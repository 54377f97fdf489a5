"""Nothing is encoded that could be said.

Base64, character codes and compressed code keep a person from reading what an agent or a machine will do. Data may be
encoded; what is run may not.

Bad, agent:

    ---
    name: setup
    description: Sets up
    ---
    ```python
    exec(base64.b64decode(blob))
    ```

Good, agent:

    ---
    name: icons
    description: Draws icons
    ---
    ```python
    image = base64.b64decode(png)
    ```
"""

import re
from collections.abc import Iterator

from ringfence.controls.agentlines import MODELS, Told, is_quoted, told
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import atlas, cwe, owasp_llm
from ringfence.models.agent import AgentScript
from ringfence.secrets.checks import decoded


def faults(model: Told) -> Iterator[Fault]:
    """No line runs, or hides, an encoded command."""
    for path, line in told(model):
        found = _RUNS.search(line)
        if found is not None:
            weight = Severity.LOW if is_quoted(model, line, found) and not isinstance(model, AgentScript) else None
            yield Fault(path=path, found="it runs what is encoded", want=_QUESTION, severity=weight)
        elif _said(line):
            yield Fault(path=path, found="an encoded text holds a command", want=_QUESTION)


def _said(line: str) -> bool:
    """Whether a long run of base64 stands for a command, an address that runs one, or an instruction."""
    for run in _RUN.findall(line)[:20]:
        text = decoded(run)
        if text is not None and _COMMAND.search(text):
            return True
    return False


_RUNS = re.compile(
    r"\b(?:exec|eval|compile)\s*\(\s*(?:\w+\.)*(?:b64decode|a85decode|b32decode|decompress|loads|fromhex|unhexlify|decode|atob|unescape|inflateSync)\b"
    r"|\b(?:exec|eval|Function)\s*\(.{0,80}(?:b64decode|fromCharCode|atob\(|marshal\.loads|zlib\.decompress|codecs\.decode|Buffer\.from\(.{0,200}base64)"
    r"|__import__\(\s*[\"'](?:os|subprocess|socket|base64)[\"']\s*\)|getattr\(\s*__import__|getattr\(__builtins__"
    r"|(?:chr\(\d{2,3}\)\s*\+\s*){4}|fromCharCode\((?:\s*\d{2,3}\s*,){8}|(?:\\\\x[0-9a-fA-F]{2}){16}"
    r"|echo\s+[\"']?[A-Za-z0-9+/=]{24,}[\"']?\s*\|\s*base64\s+(?:-d|-D|--decode)|marshal\.loads\(",
)
_RUN = re.compile(r"[A-Za-z0-9+/]{32,4000}={0,2}")
_COMMAND = re.compile(
    r"\b(?:curl|wget|bash|/bin/sh|powershell|python3?\s+-c|nc\s+-|rm\s+-rf|chmod|eval|exec|os\.system|subprocess|import\s+os|import\s+socket|/dev/tcp)\b"
    r"|ignore (?:all|previous)|do not tell",
    re.IGNORECASE,
)
_QUESTION = Decision("say it in plain text")


CONTROL = Control(
    id="no-encoded-payloads",
    title="Nothing is encoded that could be said",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        cwe(506),
        owasp_llm("LLM01:2025 Prompt Injection"),
        atlas("AML.T0068"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
