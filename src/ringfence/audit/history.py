"""Secrets in the history of a git repository: each once, with the commit that brought it.

git is shown a repository without its configuration (`repository.py`), so that nothing which that names is run; it is read as a
stream, and what it may cost is bounded. A bound that was reached is said.
"""

import hashlib
import os
import re
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from ringfence.audit.engine import root_of
from ringfence.audit.finding import Finding, Report, Unread
from ringfence.audit.judge import subject_findings
from ringfence.audit.repository import Repository, shown
from ringfence.audit.settings import Settings
from ringfence.controls.control import Scope
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.formats.document import Place, Subject
from ringfence.models.text import HeldSecret, Text
from ringfence.secrets.scan import scan

#: Bytes of differences that are read.
MAX_BYTES = 4 * 1024**3
#: Memory that git may take: an object of a few kilobytes can be one of many gigabytes.
_MAX_MEMORY = 4 * 1024**3
#: Seconds without a word of git's after which it is ended: what should be a file of the repository can be a pipe.
MAX_SILENCE = 600.0
#: Characters of one stretch of added lines.
_STRETCH = 1 << 20
_LINE = 64 * 1024
#: What stands before a commit, its message and its differences. It is drawn, so that no message can hold it.
_MARK = f"\x01{os.urandom(8).hex()} "
_HUNK = re.compile(r"(@@+)((?: -[0-9]+(?:,[0-9]+)?)+) \+([0-9]+)(?:,([0-9]+))? @@")
_GIT = (
    "git", "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "core.attributesFile=/dev/null",
    "-c", "core.quotePath=false", "-c", "core.commitGraph=false", "-c", "safe.directory=*",
)  # fmt: skip
_LOG = (
    "log", "--all", "--reverse", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text",
    "--no-mailmap", "--submodule=short", "--diff-filter=AM", "--diff-merges=dense-combined", f"--format={_MARK}%H %cs",
)  # fmt: skip

#: What commits, and what tags, say of themselves.
_MESSAGES = ("log", "--all", "--reverse", "--no-mailmap", f"--format={_MARK}%H %cs%n%B")
_TAGS = ("for-each-ref", f"--format={_MARK}%(objectname) %(creatordate:short)%0a%(contents)", "refs/tags")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Added:
    """Lines that a commit added to a file, from a line on."""

    commit: str
    date: str
    file: str
    line: int
    text: str


def audit_history(paths: Sequence[str], settings: Settings) -> Report:
    """What was found in all commits that any reference leads to. Raises UsageError where there is no repository."""
    started = time.perf_counter()
    root = root_of(paths)
    folder = paths[0] if os.path.isdir(paths[0]) else os.path.dirname(paths[0]) or "."
    found, commits, seen = list[Finding](), set[str](), set[bytes]()
    with shown(folder) as repository:
        names = repository.inside(paths)
        stream = _Stream(folder, repository, [] if list(paths) == ["."] or names == ["."] else names)
        for added in stream.added():
            commits.add(added.commit)
            for one in scan(added.text, added.file):
                print_ = hashlib.sha256(added.text[one.start : one.end].encode("utf-8", "replace")).digest()
                if print_ not in seen:
                    seen.add(print_)
                    found += _findings(added, one.start, one.end, one.kind, settings)
    unread = tuple(one for one in (_earlier(repository), stream.stopped) if one is not None)
    elapsed = time.perf_counter() - started
    return Report(
        root=root, findings=tuple(found), unread=unread, files={"commits": len(commits)}, skipped=(), elapsed=elapsed
    )


def _earlier(repository: Repository) -> Unread | None:
    """What a clone leaves out that was told to."""
    if not repository.is_shallow:
        return None
    return _unread("", "the clone is shallow: earlier commits are not here, and were not read")


def _unread(commit: str, message: str) -> Unread:
    file = f"history@{commit[:12]}" if commit else "history"
    return Unread(place=Place(file=file, line=1, column=1, end_line=1, end_column=1), message=message)


def _findings(added: _Added, start: int, end: int, kind: str, settings: Settings) -> list[Finding]:
    line = added.line + added.text.count("\n", 0, start)
    column = start - added.text.rfind("\n", 0, start)
    # No such path is in the tree, so that no report shows a line of today's file for one of long ago.
    file = f"{added.file}@{added.commit[:12]}"
    place = Place(file=file, line=line, column=column, end_line=line, end_column=column + end - start)
    model = Text(name=file, secrets=(HeldSecret(kind=kind, example=False),))
    name = f"commit {added.commit[:12]} of {added.date}"
    return subject_findings(Subject(scope=Scope.TEXT, name=name, model=model, unknown=frozenset()), place, settings)


class _Stream:
    """What git says of all commits, piece by piece."""

    def __init__(self, folder: str, repository: Repository, names: list[str]) -> None:
        self._folder, self._repository, self._names = folder, repository, names
        self._total, self._commit = 0, ""
        self.stopped: Unread | None = None

    def added(self) -> Iterator[_Added]:
        """Stretches of added lines, the oldest commit first; then of what commits and tags say."""
        yield from self._run((*_LOG, "--", *self._names), self._read)
        if not self._names:
            yield from self._run(_MESSAGES, self._said)
            yield from self._run(_TAGS, self._said)

    def _run(self, words: Sequence[str], read: Callable[[IO[bytes]], Iterator[_Added]]) -> Iterator[_Added]:
        if self.stopped is not None:
            return
        command = [*_GIT, "--git-dir", self._repository.git, *words]
        environment = self._repository.environment()
        with tempfile.TemporaryFile() as errors:
            try:
                process = subprocess.Popen(
                    command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL, env=environment
                )
            except OSError:
                raise UsageError(
                    "there is no git program", hint="install git to search a repository's history"
                ) from None
            assert process.stdout is not None  # noqa: S101
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MAX_MEMORY, _MAX_MEMORY))
            with process, self._ended_where_silent(process):
                try:
                    yield from read(process.stdout)
                finally:
                    if self.stopped is not None or process.poll() is None:
                        process.kill()
            errors.seek(0)
            said = errors.read(2000).decode("utf-8", "replace").strip()
        if process.returncode and self.stopped is None:
            lines = said.splitlines() or ["git failed"]
            first = next((line for line in lines if line.startswith("fatal:")), lines[0])
            raise UsageError(
                f"the history of {self._folder} cannot be read: {first}", hint="name a folder of a git repository"
            )

    @contextmanager
    def _ended_where_silent(self, process: "subprocess.Popen[bytes]") -> Iterator[None]:
        """Meanwhile a thread ends git where it says nothing for long."""
        over = threading.Event()

        def watch() -> None:
            heard = -1
            while heard != self._total:
                heard = self._total
                if over.wait(MAX_SILENCE):
                    return
            self._stop(f"git said nothing for {MAX_SILENCE:g} seconds: what is newer was not read")
            process.kill()

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _read(self, stream: IO[bytes]) -> Iterator[_Added]:
        commit = date = file = ""
        hunk, held = _Hunk(), list[str]()
        line, size, broken, kept = 0, 0, False, False
        for said in self._lines(stream):
            continued, broken = broken, not said.endswith("\n")
            if not continued:
                kept = hunk.adds(said)
            if kept:
                line = line if held else hunk.line
                held.append(_readable(said if continued else said[hunk.signs :]))
                size += len(said)
                if size < _STRETCH:
                    continue
            if held:
                text = "".join(held)
                yield _Added(commit=commit, date=date, file=file, line=line, text=text)
                size = 0
                held.clear()
            if kept or continued or hunk.left:
                continue
            if said.startswith(_MARK):
                commit, _, date = said[len(_MARK) :].strip().partition(" ")
                self._commit = commit
            elif said.startswith("+++ "):
                file = _unquoted(said[4:].rstrip("\r\n\t")).removeprefix("b/")
            elif begun := _HUNK.match(said):
                hunk.begin(begun)
        if held:
            yield _Added(commit=commit, date=date, file=file, line=line, text="".join(held))

    def _said(self, stream: IO[bytes]) -> Iterator[_Added]:
        commit, date, held = "", "", list[str]()
        for said in self._lines(stream):
            if not said.startswith(_MARK):
                held.append(said)
                continue
            if held:
                yield _Added(commit=commit, date=date, file="message", line=1, text="".join(held))
            commit, _, date = said[len(_MARK) :].strip().partition(" ")
            self._commit = commit
            held.clear()
        if held:
            yield _Added(commit=commit, date=date, file="message", line=1, text="".join(held))

    def _lines(self, stream: IO[bytes]) -> Iterator[str]:
        """Lines, and of long ones the parts, until there were too many."""
        while raw := stream.readline(_LINE):
            self._total += len(raw)
            if self._total > MAX_BYTES:
                self._stop(f"the history is larger than {MAX_BYTES // 1024**3} GiB: what is newer was not read")
                return
            yield raw.decode("utf-8", "replace")

    def _stop(self, why: str) -> None:
        self.stopped = _unread(self._commit, why)


class _Hunk:
    """A piece of a difference: how many lines of it are still to come, so that none of them is taken for what is around."""

    def __init__(self) -> None:
        self.signs, self.line, self._old, self._new = 1, 0, [0], 0

    @property
    def left(self) -> bool:
        """Whether lines are to come."""
        return self._new > 0 or any(one > 0 for one in self._old)

    def begin(self, head: re.Match[str]) -> None:
        """It is told by its head what is to come."""
        self.signs = len(head[1]) - 1
        self._old = [int(one.partition(",")[2] or 1) for one in head[2].split()]
        self._new, self.line = int(head[4] or 1), int(head[3]) - 1

    def adds(self, said: str) -> bool:
        """Whether a line of it, which is `line` of the file then, is one that none of those before had."""
        if not self.left or said.startswith("\\"):
            return False
        signs = said[: self.signs]
        if "-" not in signs:
            self._new, self.line = self._new - 1, self.line + 1
        gone = "-" if "-" in signs else " "
        self._old = [one - (sign == gone) for one, sign in zip(self._old, signs.ljust(self.signs), strict=False)]
        return signs == "+" * self.signs


def _readable(said: str) -> str:
    """A line without what makes UTF-16 of it; nothing of one that is no text."""
    if "\0" not in said:
        return said
    said = said.replace("\0", "")
    strange = sum((not one.isprintable() and one not in "\t\r\n") or one == "\ufffd" for one in said)
    return said if strange <= 2 + len(said) / 20 else "\n"


_ESCAPED = re.compile(r"\\(?:([0-7]{3})|(.))")


def _unquoted(name: str) -> str:
    """A file's name as it is, where git wrote it in quotes."""
    if not name.startswith('"'):
        return name
    return _ESCAPED.sub(lambda one: chr(int(one[1], 8)) if one[1] else one[2], name.strip('"'))
