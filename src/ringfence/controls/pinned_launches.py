"""What is started for an agent is pinned to a version.

`npx`, `uvx` and the like fetch the newest version at every start: who takes over the package runs on your machine the
same day. Name an exact version, or an image by its digest.

Bad, agent:

    {"mcpServers": {"files": {"command": "npx", "args": ["-y", "@example/server-files"]}}}

Good, agent:

    {"mcpServers": {"files": {"command": "npx", "args": ["-y", "@example/server-files@1.4.2"]}}}
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import atlas, cwe, owasp_llm
from ringfence.models.agent import Launch


def faults(model: Launch) -> Iterator[Fault]:
    """A package or image that is fetched at the start has an exact version."""
    words = [word for word in model.words if word]
    while words and (words[0] in _BEFORE or _SETS.fullmatch(words[0])):
        words = words[1:]
    if not words:
        return
    program = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".cmd").removesuffix(".exe").lower()
    loose = _loose(program, words[1:])
    if loose:
        yield Fault(path="words", found=f"{loose} is fetched anew in whatever version there is", want=_QUESTION)


def _loose(program: str, words: list[str]) -> str:
    """What has no version; "" where all have."""
    if program in ("npx", "bunx", "pnpx") or (
        program in ("pnpm", "yarn", "bun", "npm") and words[:1] in (["dlx"], ["x"], ["exec"])
    ):
        package = _option(words, ("-p", "--package")) or _first(
            words[1:] if program in ("pnpm", "yarn", "bun", "npm") else words
        )
        return "" if not package or package.startswith((".", "/")) or _EXACT.search(package) else package
    if program in ("uvx", "pipx") or (program == "uv" and words[:2] == ["tool", "run"]):
        rest = words[2:] if program == "uv" else words[1:] if program == "pipx" and words[:1] == ["run"] else words
        package = _option(rest, ("--from", "--spec")) or _first(rest)
        return (
            ""
            if not package or package.startswith((".", "/")) or "==" in package or _EXACT.search(package)
            else package
        )
    if program in ("docker", "podman") and words[:1] == ["run"]:
        image = _image(words[1:])
        return "" if not image or "@sha256:" in image else image
    if program == "go" and words[:1] == ["run"]:
        package = _first(words[1:])
        return (
            package
            if "." in package.partition("/")[0]
            and not re.search(r"@v\d+\.\d+\.\d+", package)
            and not package.startswith(".")
            else ""
        )
    if program == "deno" and any(word.startswith(("https://", "http://", "npm:", "jsr:")) for word in words):
        return next(
            (
                w
                for w in words
                if w.startswith(("https://", "http://", "npm:", "jsr:")) and not re.search(r"@v?\d+\.\d+\.\d+", w)
            ),
            "",
        )
    if program in ("pip", "pip3") and words[:1] == ["install"]:
        package = _first(words[1:])
        return "" if not package or "==" in package else package
    return ""


def _first(words: list[str]) -> str:
    return next((word for word in words if not word.startswith("-")), "")


def _option(words: list[str], names: tuple[str, ...]) -> str:
    for index, word in enumerate(words):
        if word in names and index + 1 < len(words):
            return words[index + 1]
        for name in names:
            if word.startswith(name + "="):
                return word[len(name) + 1 :]
    return ""


def _image(words: list[str]) -> str:
    """The image of `docker run`: the first word that is no option and no option's value."""
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = "=" not in word and word not in _FLAGS and not (len(word) == 2 and word in ("-i", "-t", "-d"))
        else:
            return word
    return ""


_FLAGS = frozenset(
    {"--rm", "-it", "-ti", "--init", "--interactive", "--tty", "--detach", "--privileged", "--read-only", "-di", "-dit"}
)
_BEFORE = frozenset({"env", "sudo", "cmd", "/c", "cmd.exe", "/C", "exec", "timeout", "nohup"})
_SETS = re.compile(r"[A-Za-z_]\w*=.*")
_EXACT = re.compile(r"(?<!^)@v?\d+\.\d+\.\d+[\w.+-]*$")
_QUESTION = Decision("which version was looked at?")


CONTROL = Control(
    id="pinned-launches",
    title="What is started for an agent is pinned to a version",
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
