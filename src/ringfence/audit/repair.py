"""Fixes over whole paths: every file that is examined, previewed as a diff or written."""

import difflib
import os
import re
from collections.abc import Sequence

from ringfence.audit.engine import root_of, targets
from ringfence.audit.examine import examine
from ringfence.audit.fix import fixed, write
from ringfence.audit.kinds import HEAD, kind_of
from ringfence.audit.reports.text import safe
from ringfence.audit.settings import Settings
from ringfence.audit.source import Tree, Unreadable, data, text
from ringfence.dataclasses import dataclass

#: Only what ends a line for every program: a form feed does not.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Repaired:
    """What became of one file. `diff` is unified; `left` are (subject, why) that could not be put right."""

    file: str
    made: int
    diff: str
    left: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]


def repair(paths: Sequence[str], settings: Settings, *, unsafe: bool, write: bool) -> list[Repaired]:
    """Put right what can be; with `write` in the files themselves, each replaced whole.

    Raises UsageError for a path that does not exist, ConfigError for a file that cannot be written: those before it
    are written by then, those after it are not.
    """
    root = root_of(paths)
    listed = [file for file, _ in targets(paths, root, settings)]
    tree = Tree(root, listed)
    good = _good_as_built(root, listed, settings, tree)
    found = [_one(root, file, settings, unsafe, write, tree) for file in listed if file not in good]
    return [one for one in found if one is not None]


def _good_as_built(root: str, listed: list[str], settings: Settings, tree: Tree) -> set[str]:
    """Files at fault only by themselves: the kustomizations that are built of them put it right."""
    building = [file for file in listed if os.path.basename(file).lower().startswith("kustomization")]
    judged = [examine(root, file, settings, named=False, tree=tree) for file in building]
    parts = {part for one in judged for part in one.parts}
    return parts - {finding.place.file for one in judged if one.file not in parts for finding in one.findings}


def _one(root: str, file: str, settings: Settings, unsafe: bool, keep: bool, tree: Tree) -> Repaired | None:
    path = os.path.join(root, file)
    try:
        content = data(path)
        kind = kind_of(file, content[:HEAD], of_skill=tree.is_of_skill(file))
        if kind is None:
            return None
        said = text(content)
    except Unreadable:
        return None  # the report that follows says so
    result = fixed(said, file, kind, tree, settings, unsafe=unsafe)
    if result.made and keep:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        write(path, content, result.text.encode(encoding))
    diff = _diff(file, said, result.text) if result.made else ""
    return Repaired(file=file, made=result.made, diff=diff, left=result.left, assumptions=result.assumptions)


def _masked(text: str, file: str) -> str:
    """A text as it is shown: without the secrets in it, wherever they stand."""
    from ringfence.audit.masking import telling, without
    from ringfence.secrets.scan import scan

    found = scan(text, file)
    secrets = [text[one.start : one.end] for one in found]
    for one in reversed(found):
        text = text[: one.start] + "*" * (one.end - one.start) + text[one.end :]
    return without(text, telling(secrets))


def _diff(file: str, before: str, after: str) -> str:
    shown = [_LINE.findall(_masked(said, file)) for said in (before, after)]
    name = safe(file)
    lines = difflib.unified_diff(shown[0], shown[1], f"a/{name}", f"b/{name}", n=2)
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)
