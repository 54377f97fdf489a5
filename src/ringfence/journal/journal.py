"""The journal as its writers see it: open, append, checkpoint, close.

Invariants:
- a line and the state after it are written under one lock, so lines never interleave;
- `append` returns only when its line is durable;
- nothing is written behind a torn tail: it is set aside and reported first;
- a checkpoint is signed only over records that are durable already.
"""

import contextlib
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import JournalTampered, JournalUnavailable
from ringfence.journal import layout, record
from ringfence.journal.state import State
from ringfence.journal.writer import Writer

if TYPE_CHECKING:
    from ringfence.journal.note import Signer

SEGMENT_BYTES = 64 << 20
SEGMENT_SECONDS = 7 * 86400
CHECKPOINT_RECORDS = 1024
CHECKPOINT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof for the caller that a record is durable: its number and its leaf hash (hex)."""

    index: int
    leaf: str


class Journal:
    """An append-only, tamper-evident journal in a directory. Safe for many threads and processes."""

    def __init__(
        self,
        path: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        segment_seconds: int = SEGMENT_SECONDS,
        checkpoint_records: int = CHECKPOINT_RECORDS,
        checkpoint_seconds: float = CHECKPOINT_SECONDS,
    ) -> None:
        self.path = path
        self._segment_bytes = segment_bytes
        self._segment_seconds = segment_seconds
        self._checkpoint_records = checkpoint_records
        self._checkpoint_seconds = checkpoint_seconds
        self._opened_at = time.time()
        self._signer: Signer | None = None
        self._writer: Writer | None = None
        self._retired: list[Writer] = []
        self._mutex = threading.RLock()
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        segment_seconds: int = SEGMENT_SECONDS,
        checkpoint_records: int = CHECKPOINT_RECORDS,
        checkpoint_seconds: float = CHECKPOINT_SECONDS,
    ) -> "Journal":
        """Open the journal in `path`, making it (0700) where there is none, and recover it after a crash.

        A segment ends at `segment_bytes` or `segment_seconds`. A checkpoint is signed after
        `checkpoint_records` records, or, by a writer that lives that long, every `checkpoint_seconds`;
        see `close` for short-lived ones. Raises JournalUnavailable, or JournalTampered where
        records that were durable are gone.
        """
        journal = cls(
            Path(path),
            segment_bytes=segment_bytes,
            segment_seconds=segment_seconds,
            checkpoint_records=checkpoint_records,
            checkpoint_seconds=checkpoint_seconds,
        )
        layout.make_directory(journal.path)
        with layout.explained(journal.path, "be opened"), journal._locked() as writer:
            writer.settle()
        _open_journals.add(journal)
        return journal

    def append(self, entry: dict[str, object]) -> Receipt:
        """Write one record; return when it is durable. Raises InvalidRecord, JournalUnavailable, JournalTampered."""
        body = record.encode(entry)
        with layout.explained(self.path, "take a record"):
            with self._locked() as writer:
                state = writer.settle()
                rotate = self._full(state)
                state = writer.put(writer.rotate(state) if rotate else state, body)
            writer.sync.reach(state.count)
            if rotate or self._due(state):
                self._seal(lambda now: rotate or self._due(now))
        return Receipt(state.count - 1, state.last.hex())

    def checkpoint(self) -> bytes:
        """The newest signed checkpoint (a C2SP note), made now if records came after the last one."""
        from ringfence.journal import checkpoints

        with layout.explained(self.path, "be signed"):
            note = self._seal(lambda state: state.count > state.sealed or state.sealed_at == 0)
            latest = checkpoints.latest(self.path) if note is None else None
        if note is None and latest is None:
            raise JournalTampered(f"the journal in {self.path} was signed, but its checkpoints are gone")
        return latest[0].note if latest else note or b""

    def close(self) -> None:
        """Close; sign what is unsigned if the last checkpoint is older than `checkpoint_seconds`.

        A writer that has signed before signs again; a one-shot writer mostly does not, and
        leaves its records to the next one (docs/journal.md says what that means).
        """
        with self._mutex:
            if self._closed:
                return
            try:
                with layout.explained(self.path, "be signed"):
                    if self._due_at_close(self._settled()):
                        self._seal(self._due_at_close)
            finally:
                self._closed = True
                _open_journals.discard(self)
        # Outside the mutex: a thread that syncs may still need it to finish.
        self._retire()
        for writer in self._retired:
            writer.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[Writer]:
        """Hold the write lock, among the threads of this process and among processes."""
        with self._mutex:
            if self._closed:
                raise JournalUnavailable(f"the journal in {self.path} is closed")
            while True:
                if self._writer is None:
                    self._writer = Writer(self.path, self._settled)
                with self._writer.lock():
                    if not self._writer.replaced():
                        yield self._writer
                        return
                self._retire()

    def _settled(self) -> State:
        with self._locked() as writer:
            return writer.settle()

    def _full(self, state: State) -> bool:
        """Whether the current segment has had its size or its time."""
        if state.count == state.first:
            return False
        return state.offset >= self._segment_bytes or time.time() - state.started >= self._segment_seconds

    def _due(self, state: State) -> bool:
        """Whether to sign now. Time counts from this writer's birth, so that a one-shot writer need not."""
        unsigned = state.count - state.sealed
        waited = time.time() - max(state.sealed_at, self._opened_at)
        return unsigned >= self._checkpoint_records or (unsigned > 0 and waited >= self._checkpoint_seconds)

    def _due_at_close(self, state: State) -> bool:
        old = time.time() - state.sealed_at >= self._checkpoint_seconds
        return state.count > state.sealed and (old or self._signer is not None)

    def _seal(self, wanted: Callable[[State], bool]) -> bytes | None:
        """Sign, unless somebody else has meanwhile and it is no longer `wanted`."""
        from ringfence.journal import keys, note  # noqa: F401  (loaded before the lock is taken: it takes long)

        with self._locked() as writer:
            state = writer.settle()
            if not wanted(state):
                return None
            if self._signer is None:
                self._signer = keys.signer(self.path)
            return writer.seal(state, self._signer)

    def _retire(self) -> None:
        """Stop using the open files; other threads may still be syncing with them."""
        if self._writer is not None:
            self._retired.append(self._writer)
            self._writer = None

    def _after_fork(self) -> None:
        """In a forked child: let go of the parent's locks and descriptors; they are opened anew when needed."""
        self._mutex = threading.RLock()
        self._retire()
        for writer in self._retired:
            writer.abandon()
        self._retired.clear()


_open_journals: "weakref.WeakSet[Journal]" = weakref.WeakSet()


def _after_fork() -> None:
    for journal in list(_open_journals):
        journal._after_fork()


os.register_at_fork(after_in_child=_after_fork)
