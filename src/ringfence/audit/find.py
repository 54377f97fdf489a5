"""Finds files: what git would see below a folder, never through a link, never anything but regular files."""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ringfence.audit.gitignore import MAX_BYTES, Rules, matches
from ringfence.audit.gitindex import Tracked
from ringfence.audit.kinds import may_be_text, worth_opening
from ringfence.audit.repository import git_folder
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError

#: Folders that hold no infrastructure of their own.
NEVER = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".terraform", ".tox"})
MAX_FILES = 1_000_000

_Scope = tuple[str, Rules]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Folder:
    """A folder that is being looked through; `path` is relative to the root.

    `tracked` is None outside of a repository: `.gitignore` means nothing there. `ignored`: only what is tracked counts.
    """

    path: str
    entries: Iterator[os.DirEntry[str]]
    rules: tuple[_Scope, ...]
    tracked: Tracked | None
    ignored: bool


def files(root: str, exclude: Iterable[str] = (), *, every: bool = False) -> Iterator[str]:
    """Paths of the regular files below a folder that could be of a kind that is examined, relative to it, in order.

    Folders that cannot be looked into are among them, for what lies there could be of any kind.
    `every`: all of them are, but for those whose name says that they are no text. Raises UsageError for too many.
    """
    excluded = tuple(exclude)
    for number, path in enumerate(_below(root, excluded, every)):
        if number >= MAX_FILES:
            raise UsageError(
                f"there are more than {MAX_FILES:,} files below {root}", hint="audit its folders one by one"
            )
        yield path


def _below(root: str, excluded: tuple[str, ...], every: bool) -> Iterator[str]:
    stack = list[_Folder]()
    opened = _opened(root, "", None, ignored=False)
    if opened is None:
        yield ""
        return
    stack.append(opened)
    while stack:
        here = stack[-1]
        entry = next(here.entries, None)
        if entry is None:
            stack.pop()
            continue
        path = f"{here.path}/{entry.name}" if here.path else entry.name
        folder = entry.is_dir(follow_symlinks=False)
        if folder:
            if entry.name in NEVER:
                continue
        elif not (
            entry.is_file(follow_symlinks=False) and (worth_opening(entry.name) or (every and may_be_text(entry.name)))
        ):
            continue
        if any(matches(glob, path) for glob in excluded):
            continue
        ignored = False
        if here.tracked is not None and (here.ignored or _is_ignored(path, here.rules, folder=folder)):
            ignored = True
            if not (here.tracked.folder(path) if folder else here.tracked.file(path)):
                continue
        opened = _opened(root, path, here, ignored=ignored) if folder else None
        if opened is not None:
            stack.append(opened)
        else:
            yield path  # a file, or a folder of which nobody sees what is in it: whoever opens that says why


def _opened(root: str, path: str, parent: _Folder | None, *, ignored: bool) -> _Folder | None:
    """A folder with the rules for what is in it; None where it cannot be looked into."""
    full = os.path.join(root, path) if path else root
    try:
        entries = _entries(full)
    except OSError:
        return None
    own = {entry.name for entry in entries}
    rules, tracked = (parent.rules, parent.tracked) if parent else _outer(root)
    if ".git" in own and (git := git_folder(full)):
        rules, ignored = _excluded(git, path), False
        tracked = Tracked(git, below=len(path) + 1 if path else 0)
    if ".gitignore" in own and tracked is not None:
        rules = (*rules, (path, _rules(_text(os.path.join(full, ".gitignore")))))
    return _Folder(path=path, entries=iter(entries), rules=rules, tracked=tracked, ignored=ignored)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _is_ignored(path: str, rules: tuple[_Scope, ...], *, folder: bool) -> bool:
    for base, some in reversed(rules):
        verdict = some.verdict(path[len(base) + 1 :] if base else path, folder=folder)
        if verdict is not None:
            return verdict
    return False


def _outer(root: str) -> tuple[tuple[_Scope, ...], Tracked | None]:
    """The repository that the root lies in, and its own excludes; a `.gitignore` above the root does not count."""
    top = os.path.dirname(os.path.realpath(root))
    prefix = os.path.basename(os.path.realpath(root))
    while True:
        if git := git_folder(top):
            return (), Tracked(git, above=f"{prefix}/")
        if top == os.path.dirname(top):
            return (), None
        prefix = f"{os.path.basename(top)}/{prefix}"
        top = os.path.dirname(top)


def _excluded(git: str, path: str) -> tuple[_Scope, ...]:
    exclude = os.path.join(git, "info", "exclude")
    return ((path, _rules(_text(exclude))),) if os.path.isfile(exclude) else ()


@lru_cache(maxsize=64)  # a repository can hold one text under many names
def _rules(text: str) -> Rules:
    return Rules(text)


def _text(path: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return file.read(MAX_BYTES).decode("utf-8", "replace")
