"""Programs started for an agent are pinned to a version.

`npx`, `uvx` and the like fetch the newest version at every start: whoever takes over the package runs code on your
machine the same day. Name an exact version, or an image by its digest.

Bad, agent:

    {"mcpServers": {"files": {"command": "npx", "args": ["-y", "@example/server-files"]}}}

Good, agent:

    {"mcpServers": {"files": {"command": "npx", "args": ["-y", "@example/server-files@1.4.2"]}}}
"""

from collections.abc import Iterator

from ringfence.controls.commands.launches import without_version
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import atlas, cwe, owasp_llm
from ringfence.models.agent import Launch


def faults(model: Launch) -> Iterator[Fault]:
    """A package or image that is fetched at the start has an exact version."""
    loose = without_version(model.words)
    if loose:
        yield Fault(
            path="words",
            found=f"{loose} is fetched at every start, in whatever version is current",
            want=_QUESTION,
        )


_QUESTION = Decision("which version did you review?")


CONTROL = Control(
    id="pinned-launches",
    title="Programs started for an agent are pinned to a version",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=("words",),
    references=(
        owasp_llm("LLM03:2025 Supply Chain"),
        cwe(1357),
        atlas("AML.T0010"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Launch",),
    standards=frozenset({Standard.DEFAULT}),
)
