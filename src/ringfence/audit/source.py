"""The text of a file, bounded, decoded, and never through a link that leads out of the tree."""

import os
import stat
from collections.abc import Iterable
from typing import IO, Any

MAX_BYTES = 8 * 1024 * 1024
#: Files of one folder that formats see.
MAX_NAMES = 5000
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Unreadable(Exception):
    """Why a file cannot be examined, in one sentence."""


def opened(path: str) -> IO[bytes]:
    """A regular file, to be read. Raises Unreadable for what is none or closed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # asked first: Python makes no file of a folder
        os.close(descriptor)
        raise Unreadable("it is no regular file")
    return os.fdopen(descriptor, "rb")


def data(path: str) -> bytes:
    """The bytes of a regular file, one more than MAX_BYTES at most. Raises Unreadable for what is none or closed."""
    with opened(path) as file:
        return file.read(MAX_BYTES + 1)


def encoding(content: bytes) -> str:
    """How a text is written, by how it begins."""
    return next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")


def text(content: bytes) -> str:
    """The characters. Raises Unreadable for what is no text in UTF-8, or in UTF-16 that says so."""
    if len(content) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES // 1024**2} MiB")
    try:
        said = content.decode(encoding(content))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"it is no UTF-8: line {line} holds other bytes") from None
    if "\0" in said:
        raise Unreadable("it holds NUL characters, so it is no text")
    return said


#: Where a plugin keeps the programs that its hooks, its commands and its servers start.
_PROGRAMS = ("bin", "hooks", "lib", "scripts", "server", "servers")


class Tree:
    """The files below a root, as formats may read them: by relative path. `listed` are those that are audited.

    `held` is what formats keep for as long as the audit lasts.
    """

    def __init__(self, root: str, listed: Iterable[str] = ()) -> None:
        self._root = os.path.realpath(root)
        self._listed = tuple(listed)
        self.held = dict[str, Any]()
        self._skills: set[str] | None = None

    def names(self, folder: str) -> list[str]:
        """The names of the regular files in a folder of the tree; none for one outside of it."""
        full = self._inside(folder)
        if full is None:
            return []
        try:
            with os.scandir(full) as found:
                return sorted(one.name for one in found if one.is_file(follow_symlinks=False))[:MAX_NAMES]
        except OSError:
            return []

    def folders(self, ends: tuple[str, ...]) -> list[str]:
        """The folders of audited files with such names."""
        return sorted({os.path.dirname(path) for path in self._listed if path.endswith(ends)})

    def is_of_skill(self, path: str) -> bool:
        """Whether a file lies beside or below a SKILL.md that is audited, or a plugin's hooks."""
        if self._skills is None:
            self._skills = {os.path.dirname(one) for one in self._listed if os.path.basename(one).lower() == "skill.md"}
            self._skills |= {os.path.dirname(one) for one in self._listed if one.endswith("hooks/hooks.json")}
            set_up = [one for one in self._listed if one.endswith((".claude/settings.json", ".cursor/hooks.json"))]
            self._skills |= {os.path.join(os.path.dirname(one), "hooks") for one in set_up}
            told = (*self._beside(".claude-plugin/plugin.json"), *self._beside("hooks/hooks.json"))
            self._skills |= {os.path.join(root, name) for root in told for name in _PROGRAMS}
        folder = os.path.dirname(path)
        while self._skills:
            if folder in self._skills:
                return True
            if not folder:
                break
            folder = os.path.dirname(folder)
        return False

    def _beside(self, name: str) -> set[str]:
        """The folders below which an audited file of this name lies."""
        return {one.removesuffix(name).rstrip("/") for one in self._listed if ("/" + one).endswith("/" + name)}

    def __call__(self, path: str) -> str | None:
        """The text of a file of the tree; None where there is none, or it lies outside, or it is no text."""
        full = self._inside(path)
        try:
            return text(data(full)) if full is not None and full != self._root else None
        except Unreadable:
            return None

    def _inside(self, path: str) -> str | None:
        """Where a path of the tree is; None for one that leads out of it, or that no file can have."""
        full = os.path.normpath(os.path.join(self._root, path))
        try:
            real = os.path.realpath(full)
        except ValueError:  # a NUL, or half a character
            return None
        return full if real == full and f"{full}/".startswith(self._root.rstrip("/") + "/") else None
