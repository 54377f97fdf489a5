"""The open files of a journal that is written to, and the steps that need its lock.

Policy (when to rotate, when to sign) is the journal's; here is only how. Every method but
`lock`, `replaced` and `close` is called with the lock held.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import replace
from ringfence.errors import JournalTampered
from ringfence.journal import layout, line, merkle, record, recovery
from ringfence.journal.state import State, StateFile
from ringfence.journal.sync import GroupSync

if TYPE_CHECKING:
    from ringfence.journal.note import Signer

_APPEND = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW


class Writer:
    """Lock, state and current segment of the journal in `directory`. Raises OSError where the disk refuses."""

    def __init__(self, directory: Path, settled: Callable[[], State]) -> None:
        self._directory = directory
        self._first = -1
        self._segment = -1
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._lock = os.open(directory / layout.LOCK, flags, 0o600)
        try:
            self._state_file = StateFile(directory / layout.STATE)
        except OSError:
            os.close(self._lock)
            raise
        self.sync = GroupSync(directory, self._state_file, settled)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the write lock against other processes; a killed holder's lock is freed by the kernel."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def replaced(self) -> bool:
        """Whether somebody removed the files behind these descriptors, so that they protect nothing."""
        return any(os.fstat(fd).st_nlink == 0 for fd in (self._lock, self._state_file.fd))

    def close(self) -> None:
        """Close every descriptor, once nobody syncs any more."""
        with self.sync.stopped():
            self.abandon()

    def abandon(self) -> None:
        """Close every descriptor at once: a forked child must not wait for its parent's threads."""
        self.sync.abandon()
        self._state_file.close()
        os.close(self._lock)
        self._close_segment()

    def settle(self) -> State:
        """The state to append to: read from the page, or recovered, with nothing torn behind it."""
        state = self._state_file.read()
        if state is None:
            return self._recover(recovery.rebuild(self._directory, self._state_file.synced()))
        size = os.fstat(self._open_segment(state)).st_size
        if size < state.offset:
            raise self._shortened(state, size)
        if size > state.offset:
            return self._recover(recovery.advance(self._directory, state))
        return state

    def put(self, state: State, body: bytes) -> State:
        """Write one line and the state after it."""
        state = self._write(state, body)
        self._state_file.write(state)
        return state

    def rotate(self, state: State) -> State:
        """Close the current segment durably and begin the next one."""
        os.fdatasync(self._open_segment(state))
        state = replace(state, first=state.count, offset=0, started=int(time.time()))
        recovery.write_base(self._directory, state)
        # The page first: a segment that exists before the page names it would be taken for the last one.
        self._state_file.write(state)
        return state

    def seal(self, state: State, signer: "Signer") -> bytes:
        """Sign the tree as it is, durably."""
        from ringfence.journal import checkpoints

        os.fdatasync(self._open_segment(state))
        note = signer.sign(state.count, merkle.root(state.peaks))
        checkpoints.append(self._directory, note)
        self._state_file.write(replace(state, sealed=state.count, sealed_at=int(time.time())))
        return note

    def _recover(self, state: State) -> State:
        """Set aside what is torn behind `state`, and write the records that tell of it."""
        fd = self._open_segment(state)
        if os.fstat(fd).st_size > state.offset:
            self._state_file.forget()  # until the report is written, whoever comes next must look again
            recovery.set_aside(self._directory, fd, state)
        for path, report in recovery.unreported(self._directory):
            state = self._write(state, record.encode(report))
            recovery.reported(path)
        if state.started == 0:
            state = replace(state, started=int(time.time()))
        self._state_file.write(state)
        return state

    def _write(self, state: State, body: bytes) -> State:
        text = line.make(state.last, body, state.count)
        fd = self._open_segment(state)
        if state.offset == 0:
            layout.sync_directory(self._directory)
        try:
            layout.write_all(fd, text + b"\n")
        except OSError:
            os.ftruncate(fd, state.offset)
            raise
        return recovery.after(state, text)

    def _open_segment(self, state: State) -> int:
        """The descriptor of the state's segment, which is created only while nothing is in it."""
        if state.first != self._first:
            self._close_segment()
            flags = _APPEND | os.O_CREAT if state.offset == 0 else _APPEND
            try:
                self._segment = os.open(self._directory / layout.segment_name(state.first), flags, 0o600)
            except FileNotFoundError:
                raise self._shortened(state, 0) from None
            self._first = state.first
        return self._segment

    def _close_segment(self) -> None:
        if self._segment >= 0:
            os.close(self._segment)
        self._first, self._segment = -1, -1

    def _shortened(self, state: State, size: int) -> JournalTampered:
        name = layout.segment_name(state.first)
        return JournalTampered(
            f"the journal was shortened: {self._directory / name} has {size} bytes of the {state.offset} written",
            hint=recovery.EVIDENCE_HINT,
            details={"segment": name, "record": state.count - 1},
        )
