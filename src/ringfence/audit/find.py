"""Finds files: what git would see below a folder, never through a link, never anything but regular files."""

import os
import stat
from collections.abc import Iterable, Iterator

from ringfence.audit.gitignore import MAX_BYTES, Rules, matches
from ringfence.audit.kinds import may_be_text, worth_opening

#: Folders that hold no infrastructure of their own.
NEVER = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".terraform", ".tox"})
MAX_FILES = 1_000_000
MAX_DEPTH = 100

_Scope = tuple[str, Rules]


def files(root: str, exclude: Iterable[str] = (), *, every: bool = False) -> Iterator[str]:
    """Paths of the regular files below a folder that could be of a kind that is examined, relative to it, in order.

    Folders that cannot be looked into are among them, for what lies there could be of any kind.
    `every`: all of them are, but for those whose name says that they are no text.
    """
    excluded = tuple(exclude)
    for number, path in enumerate(_below(root, "", _outer(root), excluded, 0, every)):
        if number >= MAX_FILES:
            return
        yield path


def _below(
    root: str, folder: str, rules: tuple[_Scope, ...], excluded: tuple[str, ...], depth: int, every: bool
) -> Iterator[str]:
    try:
        entries = _entries(os.path.join(root, folder) if folder else root)
    except OSError:
        yield folder  # nobody sees what is in it: whoever opens it says why
        return
    if any(entry.name == ".gitignore" for entry in entries):
        text = _text(os.path.join(root, folder, ".gitignore"))
        rules = (*rules, (folder, Rules(text)))
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder:
            if entry.name in NEVER or depth >= MAX_DEPTH or _is_ignored(path, rules, folder=True):
                continue
            if not any(matches(glob, path) for glob in excluded):
                yield from _below(root, path, rules, excluded, depth + 1, every)
        elif entry.is_file(follow_symlinks=False) and (
            worth_opening(entry.name) or (every and may_be_text(entry.name))
        ):
            ignored = _is_ignored(path, rules, folder=False)
            if not (ignored or (excluded and any(matches(glob, path) for glob in excluded))):
                yield path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _is_ignored(path: str, rules: tuple[_Scope, ...], *, folder: bool) -> bool:
    for base, some in reversed(rules):
        verdict = some.verdict(path[len(base) + 1 :] if base else path, folder=folder)
        if verdict is not None:
            return verdict
    return False


def _outer(root: str) -> tuple[_Scope, ...]:
    """The repository's own excludes; a `.gitignore` above the root counts up to the repository's top."""
    found = list[_Scope]()
    exclude = os.path.join(root, ".git", "info", "exclude")
    if os.path.isfile(exclude):
        found.append(("", Rules(_text(exclude))))
    return tuple(found)


def _text(path: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return file.read(MAX_BYTES).decode("utf-8", "replace")
