"""Checking lines against each other: the part of verify that does no I/O.

Everything is computed from the lines alone. A line is right if it begins with the hash of the
line before it and ends with its own number (see line.py for why head and tail suffice).
"""

from binascii import hexlify
from hashlib import sha256

from ringfence.journal import line, merkle


class Broken(Exception):
    """Record number `seq` is where the lines stop agreeing; `why` continues "record N …"."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(why)
        self.seq = seq
        self.why = why


class Chain:
    """The tree over all lines fed so far, and its root at each size that was asked for."""

    def __init__(self, sizes: list[int], *, parse_from: int) -> None:
        """`sizes`: ascending tree sizes whose roots are wanted; lines from `parse_from` on are parsed as well."""
        self.count = 0
        self.roots: dict[int, bytes] = {0: merkle.EMPTY_ROOT}
        self._last = line.NO_LEAF
        self._peaks: tuple[bytes, ...] = ()
        self._sizes = [size for size in reversed(sizes) if size > 0]
        self._parse_from = parse_from

    def feed(self, lines: list[bytes]) -> None:
        """Check the next lines, given without newlines. Raises Broken."""
        while lines:
            room = self._sizes[-1] - self.count if self._sizes else len(lines)
            self._take(lines[:room], lines[room : room + 1])
            lines = lines[room:]
            if self._sizes and self.count == self._sizes[-1]:
                self.roots[self._sizes.pop()] = self.root()

    def root(self) -> bytes:
        """The root over all lines fed so far."""
        return merkle.root(self._peaks)

    def _take(self, lines: list[bytes], beyond: list[bytes]) -> None:
        """The tight loop: one head, one tail and one hash a line."""
        seq, last = self.count, self._last
        leaves: list[bytes] = []
        for text in lines:
            head = text.startswith(b'{"prev":"%b","record":{' % hexlify(last))
            if not head or not text.endswith(b'},"seq":%d}' % seq):
                raise self._broken(seq, last, text, (lines + beyond)[len(leaves) + 1 :])
            last = sha256(b"\x00" + text).digest()
            leaves.append(last)
            seq += 1
        for at in range(max(0, self._parse_from - self.count), len(lines)):
            if not line.canonical(lines[at]):
                raise Broken(self.count + at, "is not canonical JSON")
        self._peaks = merkle.extend(self._peaks, self.count, leaves)
        self.count, self._last = seq, last

    def _broken(self, seq: int, last: bytes, text: bytes, following: list[bytes]) -> Broken:
        """Which record it is that was changed, and how."""
        said = line.claims(text)
        if said is None:
            return Broken(seq, "is not a line of a journal")
        if said[1] != seq:
            return Broken(seq, f"is not where it belongs: record {said[1]} stands in its place")
        if said[0] == last:
            return Broken(seq, "is not written as a journal writes it")
        successor = line.claims(following[0]) if following else None
        if seq > 0 and successor and successor[0] == line.leaf(text):
            return Broken(seq - 1, f"was changed: record {seq} holds another hash for it")
        return Broken(seq, "was changed, or the record before it was: they do not fit together")
