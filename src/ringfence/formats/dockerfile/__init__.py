"""Dockerfiles, after the Dockerfile reference: what they say about the image that comes out of the last stage.

From the text up: `lines` (instructions as written), `words` (quotes and variables), `arguments` (flags and words of an
instruction), `scripts` (its commands), `users`, `stage`, `reading` (the model), `file` (places), `writing` (patches).
"""

import re

from ringfence.controls.control import Scope
from ringfence.formats.dockerfile.file import Dockerfile
from ringfence.formats.document import Document, Read

SCOPE = Scope.DOCKERFILE

_NAME = re.compile(r"(.+[._-])?(dockerfile|containerfile)", re.IGNORECASE)
_VARIANT = re.compile(r"(.+[._-])?(dockerfile|containerfile)[._-].+", re.IGNORECASE)
_NOT = tuple(
    ".dockerignore .containerignore .md .rst .txt .html .yaml .yml .json .toml .py .go .js .ts .rb .rs .java .c .h .cpp"
    " .vim .lua .j2 .jinja .jinja2 .erb .tmpl .tpl .gotmpl .mustache .sh .ps1 .patch .diff .bak .orig .rej .swp .lock"
    " .svg .png .snap .log .gz".split()
)
_FROM = re.compile(r"FROM[ \t]+(?:--platform=\S+[ \t]+)?([\w./:@${}-]+)(?:[ \t]+AS[ \t]+\S+)?[ \t]*", re.IGNORECASE)
_ANY_FROM = re.compile(r"^[ \t]*FROM[ \t]+\S", re.IGNORECASE | re.MULTILINE)
_ARG = re.compile(r"ARG[ \t]+[A-Za-z_]", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"^[ \t]*(?:RUN|CMD|COPY|ADD|ENV|ENTRYPOINT|WORKDIR|USER|LABEL|EXPOSE|ARG|FROM|VOLUME|HEALTHCHECK)[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_SYNTAX = re.compile(r"#[ \t]*syntax[ \t]*=[ \t]*\S*dockerfile", re.IGNORECASE)


def claims(name: str, head: str) -> bool:
    """Whether a file is a Dockerfile: by its name, or because it begins as one and goes on as one.

    `Dockerfile.prod` and its kin need a FROM as well: there are fragments and helpers of such names.
    """
    if _NAME.fullmatch(name):
        return True
    if _VARIANT.fullmatch(name):
        return not name.lower().endswith(_NOT) and _ANY_FROM.search(head) is not None
    if "." in name.lstrip("."):
        return False
    return _SYNTAX.match(head) is not None or _begins(head)


def load(text: str, file: str, read: Read) -> Document:
    """Read a Dockerfile. Never raises for what it holds."""
    return Dockerfile(text, file)


def _begins(head: str) -> bool:
    """Comments and ARGs, then a FROM with an image and nothing else, then nothing or an instruction."""
    at = 0
    while at < len(head):
        found = head.find("\n", at)
        stop = len(head) if found < 0 else found
        line = head[at:stop].strip()
        at = stop + 1
        if not line or line.startswith("#") or _ARG.match(line):
            continue
        return _FROM.fullmatch(line) is not None and (
            not head[at:].strip() or _INSTRUCTION.search(head, at) is not None
        )
    return False
