"""Secrets in the history of a git repository: each once, with the commit that brought it.

git runs without hooks, helpers, pagers or anything that the repository's configuration names; it is read as a stream,
and what it may
cost is bounded. A bound that was reached is said.
"""

import hashlib
import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from typing import IO

from ringfence.audit.engine import root_of
from ringfence.audit.finding import Finding, Report, Unread
from ringfence.audit.judge import subject_findings
from ringfence.audit.settings import Settings
from ringfence.controls.control import Scope
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.formats.document import Place, Subject
from ringfence.models.text import HeldSecret, Text
from ringfence.secrets.scan import scan

#: Bytes of differences that are read.
MAX_BYTES = 4 * 1024**3
#: Characters of one stretch of added lines.
_STRETCH = 1 << 20
_LINE = 64 * 1024
_MARK = "\x01commit "
_HUNK = re.compile(r"@@ -[0-9,]+ \+([0-9]+)")
_GIT = (
    "git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "diff.external=", "-c",
    "core.attributesFile=/dev/null", "-c", "safe.directory=*", "-c", "protocol.allow=never",
)  # fmt: skip
_LOG = (
    "log", "--all", "--reverse", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
    "--diff-filter=AM", "--diff-merges=off", "--format=%x01commit %H %cs",
)  # fmt: skip


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
    names = [] if list(paths) == ["."] else [os.path.abspath(path) for path in paths]
    found, commits, seen = list[Finding](), set[str](), set[bytes]()
    stream = _Stream(folder, names)
    for added in stream.added():
        commits.add(added.commit)
        for one in scan(added.text, added.file):
            print_ = hashlib.sha256(added.text[one.start : one.end].encode("utf-8", "replace")).digest()
            if print_ not in seen:
                seen.add(print_)
                found += _findings(added, one.start, one.end, one.kind, settings)
    unread = (stream.stopped,) if stream.stopped is not None else ()
    elapsed = time.perf_counter() - started
    return Report(
        root=root, findings=tuple(found), unread=unread, files={"commits": len(commits)}, skipped=(), elapsed=elapsed
    )


def _findings(added: _Added, start: int, end: int, kind: str, settings: Settings) -> list[Finding]:
    line = added.line + added.text.count("\n", 0, start)
    column = start - added.text.rfind("\n", 0, start)
    # No such path is in the tree, so that no report shows a line of today's file for one of long ago.
    file = f"{added.file}@{added.commit[:12]}"
    place = Place(file=file, line=line, column=column, end_line=line, end_column=column + end - start)
    model = Text(name=file, secrets=(HeldSecret(kind=kind),))
    name = f"commit {added.commit[:12]} of {added.date}"
    return subject_findings(Subject(scope=Scope.TEXT, name=name, model=model, unknown=frozenset()), place, settings)


class _Stream:
    """What git says of all commits, piece by piece."""

    def __init__(self, folder: str, names: list[str]) -> None:
        self._command = [*_GIT, "-C", folder, *_LOG, "--", *names]
        self._folder = folder
        self.stopped: Unread | None = None

    def added(self) -> Iterator[_Added]:
        """Stretches of added lines, the oldest commit first."""
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
        environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "HOME": os.devnull}
        environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
        try:
            process = subprocess.Popen(
                self._command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment
            )
        except OSError:
            raise UsageError("there is no git program", hint="install git to search a repository's history") from None
        assert process.stdout is not None  # noqa: S101
        assert process.stderr is not None  # noqa: S101
        with process:
            try:
                yield from self._read(process.stdout)
            finally:
                if self.stopped is not None or process.poll() is None:
                    process.kill()
            said = process.stderr.read(2000).decode("utf-8", "replace").strip()
        if process.returncode and self.stopped is None:
            first = said.splitlines()[0] if said else "git failed"
            raise UsageError(
                f"the history of {self._folder} cannot be read: {first}", hint="name a folder of a git repository"
            )

    def _read(self, stream: IO[bytes]) -> Iterator[_Added]:
        commit = date = file = ""
        line, size, total = 0, 0, 0
        held = list[str]()
        while raw := stream.readline(_LINE):
            total += len(raw)
            if total > MAX_BYTES:
                self._stop(commit)
                break
            said = raw.decode("utf-8", "replace")
            if said.startswith("+") and not said.startswith("+++ "):
                held.append(said[1:])
                size += len(said)
                if size < _STRETCH:
                    continue
            if held:
                yield _Added(commit=commit, date=date, file=file, line=line, text="".join(held))
                line, size = line + len(held), 0
                held.clear()
            if said.startswith(_MARK):
                commit, _, date = said[len(_MARK) :].strip().partition(" ")
            elif said.startswith("+++ "):
                file = said[4:].rstrip("\r\n").strip('"').removeprefix("b/")
            elif hunk := _HUNK.match(said):
                line = int(hunk[1])
        if held:
            yield _Added(commit=commit, date=date, file=file, line=line, text="".join(held))

    def _stop(self, commit: str) -> None:
        place = Place(file=f"history@{commit[:12]}", line=1, column=1, end_line=1, end_column=1)
        self.stopped = Unread(
            place=place, message=f"the history is larger than {MAX_BYTES // 1024**3} GiB: what is newer was not read"
        )
