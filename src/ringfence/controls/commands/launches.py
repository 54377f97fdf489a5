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
    match [program, *words]:
        case ["npx" | "bunx" | "pnpx", *rest] | ["npm" | "pnpm" | "yarn" | "bun", "dlx" | "x" | "exec", *rest]:
            return _unpinned(_option(rest, ("-p", "--package")) or _first(rest))
        case ["uvx", *rest] | ["uv", "tool", "run", *rest] | ["pipx", "run", *rest] | ["pipx", *rest]:
            package = _option(rest, ("--from", "--spec")) or _first(rest)
            return "" if "==" in package else _unpinned(package)
        case ["docker" | "podman", "run", *rest]:
            image = _image(rest)
            return "" if "@sha256:" in image else image
        case ["go", "run", *rest]:
            package = _first(rest)
            remote = "." in package.partition("/")[0] and not package.startswith(".")
            return package if remote and not _GO.search(package) else ""
        case ["deno", *rest]:
            return next((word for word in rest if word.startswith(_ADDRESSES) and not _RELEASE.search(word)), "")
        case ["pip" | "pip3", "install", *rest]:
            package = _first(rest)
            return "" if "==" in package else package
    return ""


def _unpinned(package: str) -> str:
    """The package, unless it is a path or names its exact version."""
    return "" if package.startswith((".", "/")) or _EXACT.search(package) else package


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
_ADDRESSES = ("https://", "http://", "npm:", "jsr:")
_GO = re.compile(r"@v\d+\.\d+\.\d+")
_RELEASE = re.compile(r"@v?\d+\.\d+\.\d+")
_EXACT = re.compile(r"(?<!^)@v?\d+\.\d+\.\d+[\w.+-]*$")
