"""Plugin sources are pinned to a commit.

A marketplace that names a repository, or a branch of it, installs whatever is there on the day. A commit, or the
digest of an archive, is what was reviewed.

Bad, agent:

    {"name": "m", "plugins": [{"name": "a", "source": {"source": "github", "repo": "example/a", "ref": "main"}}]}

Good, agent:

    {"name": "m", "plugins": [{"name": "a", "source": {"source": "github", "repo": "example/a", "sha":
    "5f3c1d2e4b6a798081a2b3c4d5e6f708192a3b4c"}}, {"name": "b", "source": "./plugins/b"}]}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import claude, cwe, owasp_llm
from ringfence.models.agent import PluginSource


def faults(model: PluginSource) -> Iterator[Fault]:
    """A source cannot change behind one's back."""
    if not model.pinned:
        said = f"it is taken from {model.at!r}, which moves" if model.at else "it is taken in whatever version there is"
        yield Fault(path="at", found=said, want=_QUESTION)


_QUESTION = Decision("which commit did you review?")


CONTROL = Control(
    id="pinned-plugin-sources",
    title="Plugin sources are pinned to a commit",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=("at",),
    references=(
        owasp_llm("LLM03:2025 Supply Chain"),
        cwe(1357),
        claude("plugin-marketplaces"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PluginSource",),
    standards=frozenset({Standard.DEFAULT}),
)
