"""Group commit: one fdatasync makes the records of many waiting threads and processes durable.

Whoever gets the sync lock first syncs for all who have written by then; the others find that
their record is durable already. The sync lock is the state file's flock; it is taken before
the write lock or without it, never after it.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from ringfence.errors import JournalTampered, JournalUnavailable
from ringfence.journal import layout
from ringfence.journal.state import State, StateFile


class GroupSync:
    """Makes records durable. `settled` reads the state under the write lock, for when the page is in flux."""

    def __init__(self, directory: Path, state_file: StateFile, settled: Callable[[], State]) -> None:
        self._directory = directory
        self._state_file = state_file
        self._settled = settled
        self._mutex = threading.Lock()
        self._durable = 0
        self._failed = False
        self._first = -1
        self._fd = -1

    def reach(self, count: int) -> None:
        """Return once the first `count` records are durable. Raises JournalUnavailable."""
        if self._durable >= count and not self._failed:
            return
        with self._mutex:
            if self._failed:
                raise self._refusal()
            if self._durable < count:
                self._sync(count)

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """No sync is under way inside the block, and none begins after it."""
        with self._mutex:
            self._failed = True
            yield

    def abandon(self) -> None:
        """Close the descriptor."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd, self._first = -1, -1

    def _sync(self, count: int) -> None:
        fd = self._state_file.fd
        fcntl.flock(fd, fcntl.LOCK_EX)
        try:
            self._durable = self._state_file.synced()
            if self._durable >= count:
                return
            state = self._state_file.read() or self._settled()
            if state.offset > 0:  # else the segment is only about to be made, and all before it are synced
                self._fdatasync(state.first)
            self._state_file.set_synced(state.count)
            self._durable = state.count
        finally:
            fcntl.flock(fd, fcntl.LOCK_UN)
        if self._durable < count:
            raise JournalTampered(f"the journal in {self._directory} lost records while it was written to")

    def _fdatasync(self, first: int) -> None:
        """Sync a segment. Older ones were synced when they were closed."""
        if first != self._first:
            self.abandon()
            self._fd = os.open(self._directory / layout.segment_name(first), os.O_WRONLY | os.O_CLOEXEC)
            self._first = first
        try:
            os.fdatasync(self._fd)
        except OSError as error:
            # After a failed sync the kernel may call the lost pages clean: a second try proves nothing.
            self._failed = True
            raise self._refusal() from error

    def _refusal(self) -> JournalUnavailable:
        return JournalUnavailable(
            f"the journal in {self._directory} cannot make records durable: the disk refused to sync",
            hint="check the disk, then start again; `ringfence journal verify` says what is there",
        )
