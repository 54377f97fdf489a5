"""Commands allowed without asking are limited.

`Bash(*)` lets an agent run whatever a text talks it into. Name the commands that it needs: `Bash(git status:*)`.

Bad, agent:

    ---
    name: tidy
    description: Tidies up
    allowed-tools: Bash(*), Read
    ---
    Tidy up.

Bad, agent:

    {"permissions": {"allow": ["Bash(*)"]}}

Good, agent:

    ---
    name: tidy
    description: Tidies up
    allowed-tools: Bash(git status:*), Read
    ---
    Tidy up.
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import claude, cwe, owasp_llm
from ringfence.models.agent import AgentSettings, AgentText, Launch


def faults(model: AgentSettings | AgentText | Launch) -> Iterator[Fault]:
    """No tool is let do everything."""
    if isinstance(model, Launch):
        if any("filesystem" in word.lower() for word in model.words):
            for index, word in enumerate(model.words):
                if word.rstrip("/\\") in _ALL_FILES and index:
                    said = f"it may use every file below {word}"
                    yield Fault(path=f"words[{index}]", found=said, want=_QUESTION, severity=Severity.MEDIUM)
        return
    field, tools = ("allowed", model.allowed) if isinstance(model, AgentSettings) else ("tools", model.tools)
    for index, tool in enumerate(tools):
        said = tool.replace(" ", "")
        if said in _EVERYTHING:
            whole = field == "allowed" or said in ("*", "Bash(*)", "Bash(:*)", "Bash(**)")
            weight = None if whole else Severity.LOW
            yield Fault(path=f"{field}[{index}]", found=f"{tool} allows everything", want=_QUESTION, severity=weight)


_EVERYTHING = frozenset(
    {
        "*",
        "Bash",
        "Bash(*)",
        "Bash(:*)",
        "Bash(**)",
        "bash",
        "shell",
        "Shell(*)",
        "mcp__*",
        "WebFetch(*)",
        "Write(*)",
        "Edit(*)",
    }
)
_ALL_FILES = frozenset({"", "~", "$HOME", "${HOME}", "/home", "/Users", "/etc", "/root", "C:", "%USERPROFILE%"})
_QUESTION = Decision("which commands does it need?")


CONTROL = Control(
    id="bounded-tools",
    title="Commands allowed without asking are limited",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "allowed",
        "tools",
    ),
    references=(
        owasp_llm("LLM06:2025 Excessive Agency"),
        cwe(250),
        claude("settings"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Launch",
        "AgentSettings",
        "AgentText",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
