"""What controls know of commands that fetch a package or an image before they start it."""

import re
from collections.abc import Sequence


def without_version(words: Sequence[str]) -> str:
    """What a command fetches in whatever version there is; "" where it fetches nothing, or says which version."""
    rest = [word for word in words if word]
    while rest and (rest[0] in _BEFORE or _SETS.fullmatch(rest[0])):
        rest = rest[1:]
    if not rest:
        return ""
    program = rest[0].replace("\\", "/").rpartition("/")[2].removesuffix(".cmd").removesuffix(".exe").lower()
    return _loose(program, rest[1:])


def _loose(program: str, words: list[str]) -> str:
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
