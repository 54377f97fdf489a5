"""What a builder refuses in an instruction, in one sentence each."""

from ringfence.formats.dockerfile.arguments import Word
from ringfence.formats.dockerfile.lines import Raw
from ringfence.formats.dockerfile.words import is_mixed_array

_NEEDS = {
    "ADD": "a source and a target",
    "ARG": "a name",
    "COPY": "a source and a target",
    "ENV": "a name and a value",
    "EXPOSE": "a port",
    "HEALTHCHECK": "CMD or NONE",
    "LABEL": "a name and a value",
    "RUN": "a command",
    "SHELL": "an array of strings",
    "USER": "a user",
    "WORKDIR": "a path",
}
_WITH_ARRAY = frozenset({"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL"})


def problem_of(raw: Raw, words: "list[Word] | tuple[()]" = (), begin: int = 0) -> str:
    """Why no builder takes an instruction; "" where nothing speaks against it. `begin` is where its flags end."""
    if raw.onbuild and raw.keyword == "ONBUILD":
        return "ONBUILD needs another instruction than itself"
    if raw.onbuild and raw.keyword in ("FROM", "MAINTAINER"):
        return f"{raw.keyword} cannot stand behind ONBUILD"
    if raw.keyword in _NEEDS and _lacks(raw, words):
        return f"{raw.keyword} needs {_NEEDS[raw.keyword]}"
    if raw.keyword in ("ENV", "LABEL"):
        bad = next((one.text for one in words if "=" not in one.text), None)
        return "" if bad is None else f"{raw.keyword} needs NAME=value, not {bad[:40]!r}"
    if raw.keyword in _WITH_ARRAY and raw.body.startswith("[", begin) and is_mixed_array(raw.body[begin:]):
        return "an array of arguments holds strings only"
    return ""


def _lacks(raw: Raw, words: "list[Word] | tuple[()]") -> bool:
    """Whether something is missing; what a variable may hold several words for is not counted."""
    count = len(words) + len(raw.heredocs)
    if raw.keyword in ("ADD", "COPY") and count == 1:
        return not any("$" in one.text for one in words)
    return count == 0
