"""Dockerfiles, after the Dockerfile reference: what they say about the image that comes out of the last stage."""

import re

from ringfence.controls.control import Scope
from ringfence.formats.dockerfile.file import Dockerfile
from ringfence.formats.document import Document, Read

SCOPE = Scope.DOCKERFILE

_NAME = re.compile(r"(.+[._-])?(dockerfile|containerfile)", re.IGNORECASE)
_VARIANT = re.compile(r"(dockerfile|containerfile)[._-].+", re.IGNORECASE)
_NOT = tuple(
    ".dockerignore .containerignore .md .txt .yaml .yml .json .py .go .js .ts .rb .vim .sh .patch .bak .gz".split()
)
_FROM = re.compile(r"^[ \t]*FROM[ \t]+\S", re.IGNORECASE | re.MULTILINE)
# Comments and ARGs, then a FROM that names an image and nothing else.
_BEGIN = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\r?\n|[ \t]*ARG[ \t]+[^\n]*\n)*"
    r"[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?[\w./:@${}-]+(?:[ \t]+AS[ \t]+\S+)?[ \t]*(?:\r?\n|$)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"^[ \t]*(RUN|CMD|COPY|ADD|ENV|ENTRYPOINT|WORKDIR|USER|LABEL|EXPOSE)[ \t]", re.IGNORECASE | re.MULTILINE
)


def claims(name: str, head: str) -> bool:
    """Whether a file is a Dockerfile: by its name, or because it begins with FROM and goes on as one.

    `Dockerfile.prod` and its kin need a FROM as well: there are fragments and helpers of such names.
    """
    if _NAME.fullmatch(name):
        return True
    if _VARIANT.fullmatch(name) and not name.lower().endswith(_NOT):
        return _FROM.search(head) is not None
    if "." in name or _BEGIN.match(head) is None:
        return False
    return _INSTRUCTION.search(head) is not None or head.count("\n") <= 2


def load(text: str, file: str, read: Read) -> Document:
    """Read a Dockerfile. Never raises for what it holds."""
    return Dockerfile(text, file)
