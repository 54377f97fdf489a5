"""A git repository as git is shown it: its objects and its references, and nothing of what it says of itself.

Its configuration and its files can name programs (for signatures, differences, transports), leave commits out, or be
pipes that never end. So git is given a folder that was made for it, whose configuration is ours.
"""

import os
import re
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError

#: What of a repository is looked at where it lies, beside its objects.
_PARTS = ("refs", "packed-refs", "shallow", "worktrees", "reftable")
_MOST = 1 << 20
_HEAD = re.compile(r"ref: refs/\S+|[0-9a-f]{40}|[0-9a-f]{64}")
_KINDS = (
    ("objectFormat", re.compile(r"^\s*objectformat\s*=\s*\"?(sha1|sha256)\"?\s*$", re.IGNORECASE | re.MULTILINE)),
    ("refStorage", re.compile(r"^\s*refstorage\s*=\s*\"?(files|reftable)\"?\s*$", re.IGNORECASE | re.MULTILINE)),
)

#: What git may not do, whatever it is asked: write, fetch, put one object in the place of another, ask anybody.
_NOTHING = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "HOME": os.devnull, "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Repository:
    """`top` is the folder that its files lie in, `git` the folder to tell git of, the others the repository's.

    `is_shallow`: commits that came before those which are here are kept elsewhere.
    """

    top: str
    git: str
    own: str
    objects: str
    is_shallow: bool

    def environment(self) -> dict[str, str]:
        """The variables to run git with, and no others."""
        return {"PATH": os.environ.get("PATH", os.defpath), "GIT_OBJECT_DIRECTORY": self.objects, **_NOTHING}

    def inside(self, paths: Sequence[str]) -> list[str]:
        """Paths as the repository has them. Raises UsageError for one that is not of it."""
        return [self._inside(path) for path in paths]

    def _inside(self, path: str) -> str:
        folder, name = os.path.split(os.path.abspath(path))
        found = os.path.relpath(os.path.join(os.path.realpath(folder), name), self.top)
        if found == ".." or found.startswith("../"):
            raise UsageError(f"{path} is not in the repository {self.top}", hint="search one repository at a time")
        return found


@contextmanager
def shown(folder: str) -> Iterator[Repository]:
    """The repository that a folder belongs to, while it is looked at. Raises UsageError where there is none."""
    top, own, common = _found(folder)
    with tempfile.TemporaryDirectory(prefix="ringfence-git-") as git:
        for part in _PARTS:
            if os.path.exists(os.path.join(common, part)):
                os.symlink(os.path.join(common, part), os.path.join(git, part))
        head = (_said(os.path.join(own, "HEAD")) or "").strip()
        config = _said(os.path.join(common, "config")) or ""
        if not _HEAD.fullmatch(head):
            raise _none(folder)
        _write(os.path.join(git, "HEAD"), head)
        kinds = [f"\t{name} = {kind[1].lower()}\n" for name, pattern in _KINDS if (kind := pattern.search(config))]
        _write(
            os.path.join(git, "config"),
            f"[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n[extensions]\n{''.join(kinds)}",
        )
        objects = os.path.join(common, "objects")
        yield Repository(
            top=top, git=git, own=own, objects=objects, is_shallow=bool(_said(os.path.join(common, "shallow")))
        )


def _found(folder: str) -> tuple[str, str, str]:
    """The folder of the files, that of the working tree's own state, and that of the repository."""
    top = os.path.realpath(folder)
    while True:
        for one in (git_folder(top) or top, top):
            common = os.path.normpath(os.path.join(one, (_said(os.path.join(one, "commondir")) or "").strip()))
            if os.path.lexists(os.path.join(one, "HEAD")) and all(
                os.path.isdir(os.path.join(common, part)) for part in ("objects", "refs")
            ):
                return top, one, os.path.realpath(common)
        if os.path.lexists(os.path.join(top, ".git")) or top == os.path.dirname(top):
            raise _none(folder)
        top = os.path.dirname(top)


def git_folder(top: str) -> str | None:
    """Where a folder's `.git` is, or leads; None where there is none."""
    own = os.path.join(top, ".git")
    if os.path.isfile(own) and (led := (_said(own) or "").strip()).startswith("gitdir:"):
        own = os.path.join(top, led.removeprefix("gitdir:").strip())
    return own if os.path.isdir(own) else None


def _none(folder: str) -> UsageError:
    return UsageError(
        f"the history of {folder} cannot be read: it is not a git repository", hint="name a folder of a git repository"
    )


def _said(path: str) -> str | None:
    """What a small file holds; None where it is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError):
        return None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return file.read(_MOST).decode("utf-8", "replace")


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
