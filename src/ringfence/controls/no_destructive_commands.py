"""Nothing is destroyed without asking.

Commands that wipe a disk, a home or a history cannot be taken back, and an agent runs them in a second.

Bad, agent:

    ---
    name: clean
    description: Cleans up
    ---
    Run `rm -rf ~/` to start afresh.

Good, agent:

    ---
    name: clean
    description: Cleans up
    ---
    Run `rm -rf build/` to start afresh.
"""

import re
from collections.abc import Iterator

from ringfence.controls.agentlines import MODELS, Told, is_quoted, told
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm


def faults(model: Told) -> Iterator[Fault]:
    """No line wipes what cannot be had again."""
    for path, line in told(model):
        found = _SAID.search(line)
        if found is not None:
            weight = Severity.LOW if is_quoted(model, line, found) else None
            yield Fault(path=path, found="it wipes what cannot be had again", want=_QUESTION, severity=weight)


_SAID = re.compile(
    r"\brm\s+-(?:\w*r\w*f|\w*f\w*r)\w*\s+(?:--no-preserve-root\s+)?[\x22']?(?:/(?:\s|[\x22'`*]|$)|~/?(?:\s|[\x22'`*]|$)|\$HOME/?(?:\s|[\x22'`*]|$)|/(?:etc|usr|var|home|bin|lib)\b(?:/?\s|/?[\x22'`*]|/?$))"
    r"|\bmkfs(?:\.\w+)?\s+/dev/|\bdd\b.{0,80}\bof=/dev/(?:sd|nvme|hd|disk)|:\(\)\s*\{\s*:\|:&\s*\};:|>\s*/dev/sd[a-z]\b|\bdel\s+/[sfq]\b.{0,20}C:|format\s+c:|\bshred\b.{0,40}(?:~|/home|\$HOME)"
    r"|shutil\.rmtree\(\s*(?:os\.path\.expanduser\(|Path\.home\(\)|[\x22']/[\x22'])",
    re.IGNORECASE,
)
_QUESTION = Decision("name what may go, and ask")


CONTROL = Control(
    id="no-destructive-commands",
    title="Nothing is destroyed without asking",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        cwe(77),
        owasp_llm("LLM06:2025 Excessive Agency"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
