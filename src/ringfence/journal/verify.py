"""Verify a journal, or a copy of one, from its segments and checkpoints alone.

Steps: (1) read the checkpoints and check every signature; (2) check every line of every
segment and compute the tree; (3) compare the root at every checkpoint's size; (4) compare
with what the writers' state remembers, if it is there. The state, the bases and the torn files
are never a reason to find a journal good, only to find it bad.
"""

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import JournalTampered, JournalUnavailable
from ringfence.journal import checkpoints, keys, layout, merkle
from ringfence.journal.chain import Broken, Chain
from ringfence.journal.line import MAX_LINE_BYTES
from ringfence.journal.note import Checkpoint, PublicKey, unfinished
from ringfence.journal.state import State, peek

_CHUNK = 4 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a good journal was found to be.

    `signed` is how many records the newest checkpoint covers, `root` (hex) the tree's root over
    all `records`; `torn_bytes` stand behind the last whole line; `set_aside` names torn files.
    """

    records: int
    segments: int
    bytes: int
    checkpoints: int
    signed: int
    root: str
    key: str | None
    torn_bytes: int
    set_aside: tuple[str, ...]


def verify(
    directory: Path, *, held: Sequence[Checkpoint] = (), key: PublicKey | None = None, deep: bool = False
) -> Report:
    """Verify the journal in `directory`.

    `held` are checkpoints kept elsewhere, `key` the public key kept elsewhere (default: the one beside
    the journal). `deep` parses every record; otherwise only those that no signature covers.
    Raises JournalTampered naming the place, or JournalUnavailable if there is no journal.
    """
    # In this order a journal that is being written to verifies too: each step sees at least what the last one saw.
    state, synced = peek(directory / layout.STATE)
    own, rest = checkpoints.read_all(directory / layout.CHECKPOINTS)
    firsts = layout.segments(directory)
    if not firsts and not own and state is None:
        raise JournalUnavailable(f"there is no journal in {directory}")
    key = key or keys.public_key(directory)
    _check_notes(directory, own, rest, key, state)
    known = sorted([*own, *held], key=lambda checkpoint: checkpoint.size)
    _check_signatures(held, key)
    return _Run(directory, firsts, known, deep).finish(len(own), key, state, synced)


def _check_notes(
    directory: Path, own: list[Checkpoint], rest: bytes, key: PublicKey | None, state: State | None
) -> None:
    """(1) The journal's own checkpoints: whole, signed, in order, and the last one not missing."""
    path = directory / layout.CHECKPOINTS
    if rest and not unfinished(rest):
        raise JournalTampered(f"{path}: what follows checkpoint {len(own)} is no checkpoint")
    _check_signatures(own, key)
    for before, following in pairwise(own):
        if following.size < before.size:
            raise JournalTampered(f"{path}: checkpoints of {before.size} and {following.size} records are out of order")
    if state and state.sealed > (own[-1].size if own else 0):
        raise JournalTampered(f"{path}: the checkpoint of {state.sealed} records is gone")


def _check_signatures(notes: Iterable[Checkpoint], key: PublicKey | None) -> None:
    for checkpoint in notes:
        if key is None:
            raise JournalTampered(
                "there are checkpoints but no public key to check them with",
                hint="give the key with --public-key",
            )
        key.verify(checkpoint)


class _Run:
    """Steps (2) to (4) over one directory."""

    def __init__(self, directory: Path, firsts: list[int], known: list[Checkpoint], deep: bool) -> None:
        self._directory = directory
        self._firsts = firsts
        self._known = known
        self._bytes = 0
        self._torn = 0
        self._deep = deep

    def finish(self, own: int, key: PublicKey | None, state: State | None, synced: int) -> Report:
        signed = self._known[-1].size if self._known else 0
        sizes = {checkpoint.size for checkpoint in self._known} | ({state.count} if state else set())
        chain = Chain(sorted(sizes), parse_from=0 if self._deep else signed)
        self._read(chain)
        self._compare(chain)
        self._compare_state(chain, state, synced)
        names = sorted(name for name in os.listdir(self._directory) if name.startswith("torn-"))
        return Report(
            records=chain.count,
            segments=len(self._firsts),
            bytes=self._bytes,
            checkpoints=own,
            signed=signed,
            root=chain.root().hex(),
            key=str(key) if key else None,
            torn_bytes=self._torn,
            set_aside=tuple(names),
        )

    def _read(self, chain: Chain) -> None:
        """(2) Every line of every segment."""
        for first in self._firsts:
            if first != chain.count:
                raise self._tampered(chain.count, f"is missing: the segment after it begins with record {first}")
            if self._torn:
                raise self._tampered(chain.count - 1, "is followed by bytes that are no record")
            try:
                for lines in self._batches(first):
                    chain.feed(lines)
            except Broken as broken:
                raise self._tampered(broken.seq, broken.why) from None

    def _batches(self, first: int) -> Iterator[list[bytes]]:
        """The whole lines of a segment, chunk by chunk; counts what is left over as torn."""
        rest = b""
        with open(self._directory / layout.segment_name(first), "rb", buffering=0) as file:
            while chunk := file.read(_CHUNK):
                self._bytes += len(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                yield lines
                if len(rest) > MAX_LINE_BYTES:
                    break
        self._torn = len(rest)

    def _compare(self, chain: Chain) -> None:
        """(3) The root at every checkpoint, oldest first, so that the first wrong one is named."""
        good = 0
        for checkpoint in self._known:
            if checkpoint.size > chain.count:
                raise self._tampered(chain.count, f"is missing: a signed checkpoint names {checkpoint.size} records")
            if chain.roots[checkpoint.size] != checkpoint.root:
                raise self._tampered(checkpoint.size - 1, self._unlike("the signed checkpoint", good, checkpoint.size))
            good = checkpoint.size

    def _compare_state(self, chain: Chain, state: State | None, synced: int) -> None:
        """(4) What the writers remember: at least as many records, and the same tree."""
        written = max(synced, state.count if state else 0)
        if written > chain.count:
            why = f"is missing: {written} were written (if this is a copy made meanwhile, copy again without `state`)"
            raise self._tampered(chain.count, why)
        if state and chain.roots[state.count] != merkle.root(state.peaks):
            good = self._known[-1].size if self._known else 0
            raise self._tampered(state.count - 1, self._unlike("the writers' own state", good, state.count))

    def _unlike(self, what: str, good: int, size: int) -> str:
        return f"or another after record {good} was changed: {what} of {size} records has another root"

    def _tampered(self, seq: int, why: str) -> JournalTampered:
        """The error for record `seq`, with the place where it stands (or should)."""
        at = max(0, bisect_right(self._firsts, max(seq, 0)) - 1)
        first = self._firsts[at] if self._firsts else 0
        name, number = layout.segment_name(first), max(max(seq, 0) - first, 0) + 1
        return JournalTampered(
            f"{self._directory / name}, line {number}: record {max(seq, 0)} {why}",
            hint="keep the directory as evidence; what comes before this place is as it was written",
            details={"segment": name, "line": number, "record": max(seq, 0)},
        )
