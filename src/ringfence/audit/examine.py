"""One file, from its bytes to what was found in it. Nothing that a file holds can end the audit."""

import os
import sys
from typing import TYPE_CHECKING

from ringfence.audit.finding import Finding
from ringfence.audit.judge import findings
from ringfence.audit.kinds import HEAD, Kind, kind_of
from ringfence.audit.masking import masked_unread, secrets_of
from ringfence.audit.settings import Settings
from ringfence.audit.source import MAX_BYTES, Tree, Unreadable, data, encoding, opened, text
from ringfence.controls.control import Scope
from ringfence.dataclasses import dataclass
from ringfence.formats.document import Document, Place, Unread

if TYPE_CHECKING:
    from ringfence.formats.kubernetes.gathering import Summary


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """What came of one file. `kind` is "" for one that nothing examines; `parts` are files that were judged with it;
    `chart` is the Helm chart whose template it is; `summary` what it adds to what only the whole tree shows;
    `rendered` the chart that was rendered from it."""

    file: str
    kind: str
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    parts: tuple[str, ...]
    chart: str
    summary: "Summary | None" = None
    rendered: str = ""


def examine(
    root: str, file: str, settings: Settings, *, named: bool, content: bytes | None = None, tree: Tree | None = None
) -> Examined:
    """Examine a file below a root. `named`: it was asked for by name, so that not knowing it is worth a word.

    `tree` is what files of one audit share.
    """
    kind: Kind | None = None
    try:
        path = os.path.join(root, file) if content is None else ""
        content = data(path) if content is None else content
        large = bool(path) and len(content) > MAX_BYTES
        said = text(content) if not large and encoding(content) != "utf-8" else None
        head = said[:HEAD].encode("utf-8", "replace") if said is not None else content[:HEAD]
        kind = kind_of(file, head, of_skill=tree is not None and tree.is_of_skill(file))
        if large:
            return _large(path, file, kind, content[:HEAD], settings, named=named)
        if kind is None:
            return _plain(file, content, said, settings, named=named)
        return _judged(root, file, text(content) if said is None else said, kind, settings, tree or Tree(root))
    except Unreadable as why:
        # What cannot be opened could have been anything; what is no text and not named ours is not ours.
        return (
            _unread(file, kind.scope if kind else "", str(why)) if kind or named or content is None else _nothing(file)
        )
    except Exception as error:
        if os.environ.get("RINGFENCE_DEBUG"):
            import traceback

            traceback.print_exception(error, file=sys.stderr)
        said_ = f"a defect of Ringfence keeps it from being examined: {type(error).__name__}: {error}"
        return _unread(file, kind.scope if kind else "", said_[:300])


def _judged(root: str, file: str, said: str, kind: Kind, settings: Settings, tree: Tree) -> Examined:
    chart = kind.scope is Scope.KUBERNETES and _is_chart(file)
    document = _rendered(root, file) if chart else kind.format().load(said, file, tree)
    aside = _as_text(said, file, tree, settings)
    return Examined(
        file=file,
        kind=kind.scope.value,
        findings=tuple(findings(document, file, settings, aside)),
        unread=masked_unread(document.unread, secrets_of(aside or document, file)) if document.unread else (),
        parts=tuple(getattr(document, "parts", ())),
        chart="" if chart else getattr(document, "chart", ""),
        rendered=getattr(document, "chart", "") if chart else "",
        summary=_summary(document, kind.scope),
    )


def _as_text(said: str, file: str, tree: Tree, settings: Settings) -> Document | None:
    """The file as nothing but text, where that is looked at."""
    if not settings.selection.reads_text():
        return None
    from ringfence.formats.text import load

    return load(said, file, tree)


def _plain(file: str, content: bytes, said: str | None, settings: Settings, *, named: bool) -> Examined:
    """A file that is of no kind: only what no text should hold is looked for."""
    if not settings.selection.reads_text() or (said is None and b"\0" in content[:HEAD]):
        return _unread(file, "", _UNKNOWN) if named else _nothing(file)
    if len(content) > MAX_BYTES:
        return _unread(
            file, Scope.TEXT, f"it is larger than {MAX_BYTES // 1024**2} MiB, so it is not searched for secrets"
        )
    from ringfence.formats.text import load

    document = load(content.decode("utf-8", "replace") if said is None else said, file, Tree(os.curdir))
    found = tuple(findings(document, file, settings))
    return Examined(file=file, kind=Scope.TEXT.value, findings=found, unread=(), parts=(), chart="")


def _large(path: str, file: str, kind: Kind | None, head: bytes, settings: Settings, *, named: bool) -> Examined:
    """A file that is too large to be held: only what no text should hold is looked for, window by window."""
    unread = list[Unread]()
    if kind is not None:
        unread += _unread(file, kind.scope, f"it is larger than {MAX_BYTES // 1024**2} MiB").unread
    if not settings.selection.reads_text() or (encoding(head) == "utf-8" and b"\0" in head):
        return (
            _unread(file, kind.scope if kind else "", unread[0].message if unread else _UNKNOWN)
            if kind or named
            else _nothing(file)
        )
    from ringfence.formats.text import load_large

    with opened(path) as stream:
        document = load_large(stream, file, encoding(head))
    found = tuple(findings(document, file, settings))
    unread += document.unread
    scope = kind.scope if kind else Scope.TEXT
    return Examined(file=file, kind=scope.value, findings=found, unread=tuple(unread), parts=(), chart="")


_UNKNOWN = "nothing here knows how to examine it"


def _is_chart(file: str) -> bool:
    if not file.endswith("Chart.yaml"):
        return False
    from ringfence.audit.chart import is_chart

    return is_chart(file)


def _rendered(root: str, file: str) -> Document:
    from ringfence.audit.chart import rendered

    return rendered(root, file)


def _summary(document: Document, scope: Scope) -> "Summary | None":
    """What a file adds: of Terraform, which knows of more than its files say, the policies that are there."""
    if scope is not Scope.KUBERNETES and all(one.scope is not Scope.KUBERNETES for one in document.subjects):
        return None
    from ringfence.formats.kubernetes.gathering import summary

    found = summary(document)
    return found if scope is Scope.KUBERNETES else found._replace(used=())


def _unread(file: str, kind: str, message: str) -> Examined:
    place = Place(file=file, line=1, column=1, end_line=1, end_column=1)
    unread = (Unread(place=place, message=message),)
    return Examined(file=file, kind=kind, findings=(), unread=unread, parts=(), chart="")


def _nothing(file: str) -> Examined:
    return Examined(file=file, kind="", findings=(), unread=(), parts=(), chart="")
