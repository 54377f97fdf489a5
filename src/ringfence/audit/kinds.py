"""The kinds of files that are examined: one visible tuple, and which of them a file is.

A look at the name and the first bytes decides whether a format is asked at all, so that only formats of which there
are files are imported.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Read

#: How much of a file is looked at to know its kind, in bytes.
HEAD = 64 * 1024


class Format(Protocol):
    """What a module of `ringfence.formats` offers."""

    SCOPE: Scope

    def claims(self, name: str, head: str) -> bool:
        """Whether a file is of this kind."""
        ...

    def load(self, text: str, file: str, read: Read) -> Document:
        """Read it; never raises for what it holds."""
        ...


class Kind(NamedTuple):
    """A format by its module's name, and whether a name and a beginning could be its."""

    scope: Scope
    may_be: Callable[[str, bytes], bool]

    def format(self) -> Format:
        """The format's module."""
        return cast("Format", import_module(f"ringfence.formats.{self.scope.value}"))


_YAML = (".yaml", ".yml")
_TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json")
_COMPOSE_NAME = re.compile(r"compose", re.IGNORECASE)
_DOCKERFILE_NAME = re.compile(r"(^|[._-])(dockerfile|containerfile)([._-]|$)", re.IGNORECASE)
# What has no extension may be anything that mentions these words: it has to begin as a manifest does.
_MANIFEST = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[^\n]*\n)*(?:apiVersion|kind)[ \t]*:")
#: A program that offers tools to agents says so.
_OFFERS = re.compile(rb"\bmcp\b|FastMCP|McpServer|modelcontextprotocol|inputSchema")
_LISTS_TOOLS = re.compile(rb"^[ \t]*mcp_?servers[ \t]*:|^[ \t]*tools[ \t]*:", re.MULTILINE | re.IGNORECASE)
_FROM = re.compile(rb"^[ \t]*(FROM|from|From)[ \t]+\S", re.MULTILINE)


def _compose(name: str, head: bytes) -> bool:
    if not name.lower().endswith(_YAML):
        return False
    return b"services" in head or _COMPOSE_NAME.search(name) is not None


def _dockerfile(name: str, head: bytes) -> bool:
    return _DOCKERFILE_NAME.search(name) is not None or ("." not in name and _FROM.search(head) is not None)


def _kubernetes(name: str, head: bytes) -> bool:
    lower = name.lower()
    if "." not in lower and lower != "kustomization":
        return _MANIFEST.match(head) is not None
    if not lower.endswith((*_YAML, ".json", ".tpl")) and lower != "kustomization":
        return False
    return b"apiVersion" in head or lower in ("kustomization.yaml", "kustomization.yml", "chart.yaml", "kustomization")


def _terraform(name: str, head: bytes) -> bool:
    return name.endswith(_TERRAFORM) or (name.endswith(".json") and b'"format_version"' in head[:200])


def _agent(name: str, head: bytes) -> bool:
    lower = name.lower()
    if lower.endswith((".py", ".js", ".mjs", ".cjs", ".ts", ".go")):
        return _OFFERS.search(head) is not None
    if lower.endswith(_YAML):
        return _LISTS_TOOLS.search(head) is not None
    return lower.endswith((".md", ".mdc", ".json", "rules", ".goosehints", ".toml"))


#: In the order in which they are asked.
KINDS: tuple[Kind, ...] = (
    Kind(Scope.TERRAFORM, _terraform),
    Kind(Scope.COMPOSE, _compose),
    Kind(Scope.DOCKERFILE, _dockerfile),
    Kind(Scope.KUBERNETES, _kubernetes),
    Kind(Scope.AGENT, _agent),
)

#: Programs that come with an agent's skill.
_SCRIPTS = tuple(
    ".py .pyw .sh .bash .zsh .ksh .fish .command .js .mjs .cjs .jsx .ts .mts .cts .tsx .ps1 .psm1 .bat .cmd .vbs .rb"
    " .pl .php .lua .go .rs .swift .java .cs .applescript .rake .r .jl .ex .exs .kt .kts .scala .groovy .gradle .tex"
    " .sty .service .desktop .ipynb .vim vimrc .el .plist .hta .wsf .dart .tcl .zsh-theme"
    " .bashrc .zshrc .profile .bash_profile .aliases .conf .md".split()
)
#: Files that builders and shells run by themselves, and what installing runs.
_RUN = frozenset(["makefile", "rakefile", ".envrc", "package.json", "composer.json"])
#: What a skill's text may have an agent follow.
_ASSETS = (".txt", ".csv", ".tsv", ".xml", ".html", ".htm", *_YAML, ".toml", ".json", ".prompt", ".j2", ".tmpl")


def kind_of(path: str, head: bytes, *, of_skill: bool = False) -> Kind | None:
    """The kind of a file by its path and its first HEAD bytes; None for what nothing here examines.

    `of_skill`: it lies beside or below an agent's skill, whose programs are looked at too.
    """
    name = path.rpartition("/")[2]
    own = name.lower().endswith(_SCRIPTS) or name.lower() in _RUN or ("." not in name and head.startswith(b"#!"))
    if of_skill and own:
        return KINDS[-1]
    if head.startswith(b"#!"):  # a script, whatever it prints
        return None
    text: str | None = None
    for kind in KINDS:
        if kind.may_be(name, head):
            text = head.decode("utf-8", "replace") if text is None else text
            said = path if kind.scope is Scope.AGENT else name
            if kind.format().claims(said, text.removeprefix("\ufeff")):
                return kind
    return KINDS[-1] if of_skill and name.lower().endswith(_ASSETS) else None


def worth_opening(name: str) -> bool:
    """Whether a file of this name could be of any kind: what else it is need not be opened."""
    lower = name.lower()
    return (
        lower.endswith((*_YAML, *_TERRAFORM, *_SCRIPTS, *_ASSETS, ".tpl", ".mdc", "rules"))
        or lower in _RUN
        or "." not in lower
        or _DOCKERFILE_NAME.search(lower) is not None
    )


_NO_TEXT = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|ico|webp|tiff?|psd|svgz|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|zip|gz|tgz|bz2|xz|zst"
    r"|7z|rar|jar|war|whl|egg|class|pyc|pyo|so|dll|dylib|exe|o|a|lib|bin|dat|db|sqlite3?|pdf|docx?|xlsx?|pptx?|odt|ttf"
    r"|otf|woff2?|eot|wasm|parquet|npy|npz|pt|onnx|pb|iso|img|dmg|deb|rpm|apk|pack|idx)$",
    re.IGNORECASE,
)


def may_be_text(name: str) -> bool:
    """Whether a file of this name could be a text."""
    return _NO_TEXT.search(name) is None
