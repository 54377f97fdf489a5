"""What of a Compose file could not be read, and why: each with its place."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringfence.formats.compose.merging import Fields
from ringfence.formats.compose.project import TOP, Project
from ringfence.formats.compose.recognise import is_addition as is_added_name
from ringfence.formats.document import Place, Unread
from ringfence.formats.yamlread import duplicates, entries, is_null
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

if TYPE_CHECKING:
    from ringfence.formats.compose.file import ComposeFile


def unread(document: "ComposeFile") -> Iterator[Unread]:
    """Damage of this file and of those merged into it, keys that stand twice, and what cannot be followed."""
    project = document.project
    seen = set[tuple[int, str]]()
    for file in (document.file, *project.parts):
        for one in project.files.broken.get(file, ()):
            place = Place(file=file, line=one.line, column=one.column, end_line=one.line, end_column=one.column + 1)
            yield Unread(place=place, message=one.message)
        for root in project.files.roots(file) or ():
            for node, message in (*_shape(root), *_repeated(root)):
                yield Unread(place=document.span(node, node), message=message)
    for node, message in project.problems:
        if (id(node), message) not in seen:
            seen.add((id(node), message))
            yield Unread(place=document.span(node, node), message=message)


def is_addition(project: Project, fields: Fields) -> bool:
    """Whether a service says so little that the file must be meant to be laid over another one."""
    if {"image", "build", "extends"} & fields.keys():
        return False
    return is_added_name(posixpath.basename(project.file))


def _shape(root: Node) -> Iterator[tuple[Node, str]]:
    if not isinstance(root, Mapping):
        yield root, "a Compose file is a mapping"
        return
    pairs = entries(root)
    services = pairs.get("services")
    if services is not None and not is_null(services[1]) and not isinstance(resolved(services[1]), Mapping):
        yield services[0], "`services` is no mapping"
    if pairs and not any(name in TOP or name.startswith("x-") or _is_service(pair[1]) for name, pair in pairs.items()):
        yield root.pairs[0][0], "nothing here is of a Compose file"


def _is_service(node: Node) -> bool:
    return not {"image", "build", "extends"}.isdisjoint(entries(node))


def _repeated(root: Node) -> Iterator[tuple[Node, str]]:
    """Keys that stand twice in one mapping: Compose refuses such a file."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key in duplicates(node):
                yield key, f"the key {_short(key)} stands here twice"
            waiting += [value for _, value in node.pairs]
        elif isinstance(node, Sequence):
            waiting += node.items


def _short(key: Scalar) -> str:
    return key.value if len(key.value) <= 60 else key.value[:57] + "…"
