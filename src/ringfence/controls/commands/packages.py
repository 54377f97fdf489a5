"""What installers of languages' packages are given to install, for the controls that judge it."""

import re

_VALUED = frozenset(
    "-r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links"
    " --prefix --root --platform --python-version --python --trusted-host --cache-dir --timeout --retries --proxy --src"
    " --log --progress-bar --no-binary --only-binary --upgrade-strategy --abi --implementation --report --user-agent"
    " --registry --install-dir --bindir --source --git --path --features --target-dir --profile --bin".split()
)
#: An installer by its name: the words that begin an installation, and what a name with a version looks like.
_INSTALLERS: dict[str, tuple[frozenset[str], re.Pattern[str]]] = {
    "pip": (frozenset({"install"}), re.compile(r".*[=<>~@].*|.*\.(whl|zip|tar\.gz|tgz)")),
    "npm": (frozenset({"install", "i", "add"}), re.compile(r"@?[^@]+@(?!latest$|next$).+|.*\.tgz")),
    "gem": (frozenset({"install"}), re.compile(r".+:.+|.*\.gem")),
    "go": (frozenset({"install", "get"}), re.compile(r"[^@]*(@(?!latest$|main$|master$|upgrade$).+)?")),
    "cargo": (frozenset({"install"}), re.compile(r"[^@]+@.+")),
}
_SAME = {"pip2": "pip", "pip3": "pip", "pipx": "pip", "pnpm": "npm"}
# What names versions in another place, or installs what lies beside it.
_SETTLED = {
    "pip": frozenset("-c --constraint --require-hashes".split()),
    "gem": frozenset({"-v", "--version"}),
    "cargo": frozenset("--version --vers --path --git".split()),
}


def loose(words: tuple[str, ...]) -> list[str]:
    """The packages that a command installs by name and without a version; a file of requirements is none."""
    name, arguments = _installer(words)
    verbs, pattern = _INSTALLERS.get(name, (frozenset(), _ANYTHING))
    at = next((at for at, word in enumerate(arguments) if not word.startswith("-")), 0)
    if not arguments or arguments[at] not in verbs:
        return []
    options = {word.partition("=")[0] for word in arguments}
    if options & _SETTLED.get(name, frozenset()):
        return []
    if name == "npm" and not (options & {"-g", "--global"} or "--location=global" in arguments):
        return []
    found = _named(arguments[at + 1 :])
    return [one for one in found if not (pattern.fullmatch(one) or (name != "go" and _is_path(one)))]


def _installer(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The installer, and its arguments: `python3 -m pip`, `uv pip` and `yarn global` are others by another name."""
    name = words[0].rpartition("/")[2]
    if name.startswith("python") and words[1:3] == ("-m", "pip"):
        return "pip", words[3:]
    if name == "uv" and words[1:2] == ("pip",):
        return "pip", words[2:]
    if name == "yarn" and words[1:2] == ("global",):
        return "npm", (*words[2:], "-g")
    if name.startswith("pip") and name[3:].replace(".", "").isdigit():
        return "pip", words[1:]
    return _SAME.get(name, name), words[1:]


def _named(words: tuple[str, ...]) -> list[str]:
    """The packages among the arguments: no option, no path, no address, and no variable."""
    found, skip = list[str](), False
    for word in words:
        if skip or word.startswith("-"):
            skip = not skip and word in _VALUED
        elif word and "$" not in word and not word.startswith((".", "/", "`")) and "://" not in word:
            found.append(word)
    return found


def _is_path(word: str) -> bool:
    return "/" in word and not word.startswith("@")


_ANYTHING = re.compile("")
