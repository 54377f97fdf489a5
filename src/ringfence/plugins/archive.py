"""A release of a plugin as one file: `NAME-VERSION.tar.gz`, the same bytes for the same tree.

A tar of the format ustar (POSIX.1-1988) under gzip (RFC 1952). Members are regular files only, below the folder
`NAME-VERSION/`, in the order of their paths' parts, mode 0644, owner 0, time 0; no folders, links, devices or
extensions. The reader takes nothing else: every header has to be, byte for byte, the one that the writer would
have written for that name and size, so there is no second way to read an archive, and nowhere to hide in one.

Bounds are looked at before anything is written: `Limits`. What one archive may say and another tool may see
otherwise is refused: names that fall together when case or Unicode form is ignored, a file that is also a folder,
bytes after the end.
"""

import contextlib
import hashlib
import os
import tarfile
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.leftovers import clear_away
from ringfence.plugins.tree import LEFT_OUT, LEFT_OUT_SUFFIXES, Tree, TreeLimits, copy_tree, tree_digest

SUFFIX = ".tar.gz"
_BLOCK = 512
_END = 2 * _BLOCK
_CHUNK = 1 << 16
#: gzip without name, comment or time, as zlib itself writes it.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


class Limits(NamedTuple):
    """Upper bounds: bytes of the archive, bytes and number of its files, bytes of a path, levels, growth."""

    max_archive: int = 64 << 20
    max_bytes: int = 256 << 20
    max_files: int = 10_000
    max_path: int = 240
    max_depth: int = 32
    #: The tar may be this many times as large as the archive; the first MiB is free.
    max_ratio: int = 200


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """What was packed: `digest` is that of the archive ("sha256:HEX"), `length` its bytes, `tree` its files."""

    name: str
    version: str
    digest: str
    length: int
    tree: Tree


def pack(folder: Path, archive: Path, *, limits: Limits = LIMITS) -> Packed:
    """Pack the plugin in `folder` into the new file `archive`. Raises InvalidPlugin; leaves nothing half-written."""
    from ringfence.plugins.manifest import load_manifest

    manifest = load_manifest(folder)
    bounds = TreeLimits(limits.max_files, limits.max_bytes, limits.max_depth, limits.max_path)
    with _writing(archive, f"{manifest.name}-{manifest.version}", limits) as writer:
        tree = copy_tree(folder, writer.add, limits=bounds)
        digest, length = writer.close()
    return Packed(name=manifest.name, version=manifest.version, digest=digest, length=length, tree=tree)


def write_members(archive: Path, prefix: str, members: Mapping[str, Path | bytes], *, limits: Limits = LIMITS) -> None:
    """Write any files in the form of an archive of a release. Raises InvalidPlugin."""
    with _writing(archive, prefix, limits) as writer:
        for path in sorted(members, key=lambda path: path.split("/")):
            data = members[path]
            writer.add(path, iter([data if isinstance(data, bytes) else data.read_bytes()]))
        writer.close()


@contextlib.contextmanager
def _writing(archive: Path, prefix: str, limits: Limits) -> Iterator["_Writer"]:
    """A writer, which the caller closes; the file is there when all of it is. Raises InvalidPlugin."""
    temporary = archive.with_name(f".{archive.name}.{os.getpid()}.tmp")
    try:
        clear_away(archive)
        with open(temporary, "xb") as file:
            yield _Writer(file, prefix, limits)
            os.fsync(file.fileno())
        os.replace(temporary, archive)
    except OSError as error:
        raise InvalidPlugin(f"cannot write {archive}: {(error.strerror or 'error').lower()}") from None
    finally:
        temporary.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path, *, limits: Limits = LIMITS) -> Tree:
    """Write the files of `archive` into the empty or new `folder`; returns what they are.

    Raises InvalidPlugin for anything but an archive as `pack` makes it; `folder` is then not to be used.
    """
    files: dict[str, str] = {}
    try:
        folder.mkdir(mode=0o755, exist_ok=True)
        if any(folder.iterdir()):
            raise InvalidPlugin(f"{folder} is not empty")
        for path, _, chunks in members(archive, limits=limits):
            files[path] = _write(folder / path, chunks)
    except OSError as error:
        raise InvalidPlugin(f"cannot unpack {archive.name}: {(error.strerror or 'error').lower()}") from None
    return Tree(tree_digest(files), files)


def listing(archive: Path, *, limits: Limits = LIMITS) -> tuple[str, dict[str, int]]:
    """The folder's name in the archive, and its files with their sizes; reads all of it. Raises InvalidPlugin."""
    reader = _Reader(archive, limits)
    sizes: dict[str, int] = {}
    for path, size, chunks in reader.members():
        sizes[path] = size
        for _ in chunks:
            pass
    return reader.prefix, sizes


def members(archive: Path, *, limits: Limits = LIMITS) -> Iterator[tuple[str, int, Iterator[bytes]]]:
    """(path, size, chunks) of every file. The chunks are read before the next member is asked for."""
    yield from _Reader(archive, limits).members()


class _Writer:
    """Writes the canonical form to an open file."""

    def __init__(self, file: BinaryIO, prefix: str, limits: Limits) -> None:
        self._file = file
        self._prefix = prefix
        self._limits = limits
        self._names = _Names(limits)
        self._deflate = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        self._sha256 = hashlib.sha256()
        self._length = 0
        self._plain = 0

    def add(self, path: str, chunks: Iterator[bytes]) -> None:
        """One file, in the order of paths."""
        self._names.take(path)
        data = b"".join(chunks)
        self._put(_header(self._prefix, path, len(data)) + data + bytes(-len(data) % _BLOCK))

    def close(self) -> tuple[str, int]:
        """End the archive; its digest and length."""
        self._put(bytes(_END))
        self._emit(self._deflate.flush())
        if self._plain > _allowed(self._length, self._limits):
            raise InvalidPlugin(
                f"the files shrink to less than a {self._limits.max_ratio}th: no reader would take that"
            )
        if self._length > self._limits.max_archive:
            raise InvalidPlugin(f"the archive would have more than {self._limits.max_archive} bytes")
        return f"sha256:{self._sha256.hexdigest()}", self._length

    def _put(self, data: bytes) -> None:
        self._plain += len(data)
        self._emit(self._deflate.compress(data))

    def _emit(self, data: bytes) -> None:
        self._file.write(data)
        self._sha256.update(data)
        self._length += len(data)


class _Reader:
    """Reads the canonical form, and refuses everything else."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._names = _Names(limits)
        self.prefix = ""

    def members(self) -> Iterator[tuple[str, int, Iterator[bytes]]]:
        try:
            descriptor = os.open(self._archive, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise self._fault(f"cannot be read: {(error.strerror or 'error').lower()}") from None
        with open(descriptor, "rb") as file:
            yield from self._members(_Inflater(file, self._limits, self._fault))

    def _members(self, tar: "_Inflater") -> Iterator[tuple[str, int, Iterator[bytes]]]:
        total = 0
        while (header := tar.exactly(_BLOCK)) != bytes(_BLOCK):
            path, size = self._parsed(header)
            total += size
            if total > self._limits.max_bytes:
                raise self._fault(f"holds more than {self._limits.max_bytes} bytes")
            rest = size

            def chunks() -> Iterator[bytes]:
                nonlocal rest
                while rest:
                    data = tar.exactly(min(rest, _CHUNK))
                    rest -= len(data)
                    yield data

            yield path, size, chunks()
            if rest:
                raise RuntimeError("the next member was asked for before this one was read")
            if tar.exactly(-size % _BLOCK).strip(b"\0"):
                raise self._fault(f"has something behind the end of {path!r}")
        if tar.exactly(_BLOCK) != bytes(_BLOCK) or not self.prefix:
            raise self._fault("does not end as an archive of a release does")
        tar.end()

    def _parsed(self, header: bytes) -> tuple[str, int]:
        """Path and size of a member whose header is exactly the one that we would write."""
        try:
            found = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError, ValueError):
            raise self._fault("has a member that is no regular file of a release") from None
        prefix, slash, path = found.name.partition("/")
        if not slash or (self.prefix and prefix != self.prefix):
            raise self._fault(f"has a member outside its folder: {found.name[:80]!r}")
        self.prefix = prefix
        _refuse_odd_part(prefix)
        self._names.take(path)
        if header != _header(prefix, path, found.size):
            raise self._fault(f"has a member that is not packed as `ringfence plugin pack` does: {path[:80]!r}")
        return path, found.size

    def _fault(self, what: str) -> InvalidPlugin:
        return InvalidPlugin(
            f"{self._archive.name} {what}", hint="`ringfence plugin pack` makes an archive of a plugin"
        )


class _Inflater:
    """The bytes under gzip: one stream, bounded in size and growth, with nothing behind it."""

    def __init__(self, file: BinaryIO, limits: Limits, fault: Callable[[str], InvalidPlugin]) -> None:
        self._file = file
        self._limits = limits
        self._fault = fault
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._length = os.fstat(file.fileno()).st_size
        self._given = 0
        self._ready = b""
        if self._length > limits.max_archive:
            raise fault(f"is larger than {limits.max_archive} bytes")
        head = file.read(len(_GZIP_HEAD))
        if head != _GZIP_HEAD:
            raise fault("is no archive of a release")
        self._pending = head

    def exactly(self, count: int) -> bytes:
        """The next `count` bytes."""
        while len(self._ready) < count:
            self._ready += self._more(count - len(self._ready))
        data, self._ready = self._ready[:count], self._ready[count:]
        return data

    def end(self) -> None:
        """Raises unless all has been read."""
        rest = self._ready
        while not rest and not self._inflate.eof:
            rest = self._more(1, at_end=True)
        if rest or self._inflate.unused_data or self._file.read(1):
            raise self._fault("goes on behind its end")

    def _more(self, wanted: int, *, at_end: bool = False) -> bytes:
        source = self._inflate.unconsumed_tail or self._pending or self._file.read(_CHUNK)
        self._pending = b""
        if not source or self._inflate.eof:
            if at_end and self._inflate.eof:
                return b""
            raise self._fault("is cut off")
        try:
            data = self._inflate.decompress(source, max(wanted, _CHUNK))
        except zlib.error:
            raise self._fault("is damaged") from None
        self._given += len(data)
        if self._given > _allowed(self._length, self._limits):
            raise self._fault(f"grows more than {self._limits.max_ratio}-fold")
        return data


class _Names:
    """The paths seen so far: rising, and apart from each other for every file system."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._last: tuple[str, ...] = ()
        self._spelled: dict[str, tuple[str, bool]] = {}
        self._count = 0

    def take(self, path: str) -> None:
        """Raises InvalidPlugin for a path that may not stand here."""
        self._count += 1
        if self._count > self._limits.max_files:
            raise InvalidPlugin(f"the archive holds more than {self._limits.max_files} files")
        parts = tuple(path.split("/"))
        if len(path.encode()) > self._limits.max_path or len(parts) > self._limits.max_depth:
            raise InvalidPlugin(f"the path {path[:80]!r}… is longer or deeper than a release may have")
        for part in parts:
            _refuse_odd_part(part)
        if parts <= self._last:
            raise InvalidPlugin(f"{path!r} stands twice in the archive, or not in its order")
        self._last = parts
        for depth in range(1, len(parts) + 1):
            self._spell("/".join(parts[:depth]), is_file=depth == len(parts))

    def _spell(self, path: str, *, is_file: bool) -> None:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())
        known = self._spelled.setdefault(folded, (path, is_file))
        if known[0] != path:
            raise InvalidPlugin(f"{path!r} and {known[0]!r} are one name on some file systems")
        if known[1] != is_file:
            raise InvalidPlugin(f"{path!r} is both a file and a folder")


def _refuse_odd_part(part: str) -> None:
    if part in ("", ".", "..") or not part.isprintable() or "\\" in part or ":" in part or part[-1] in ". ":
        raise InvalidPlugin(f"{part[:80]!r} is no name that a release may have")
    if part in LEFT_OUT or part.endswith(LEFT_OUT_SUFFIXES):
        raise InvalidPlugin(f"{part[:80]!r} has no place in a release: it is never loaded")


def _header(prefix: str, path: str, size: int) -> bytes:
    info = tarfile.TarInfo(f"{prefix}/{path}")
    info.size = size
    try:
        return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
    except ValueError:
        raise InvalidPlugin(f"the path {path[:80]!r}… is too long for an archive") from None


def _allowed(length: int, limits: Limits) -> int:
    return (1 << 20) + limits.max_ratio * length


def _write(place: Path, chunks: Iterator[bytes]) -> str:
    place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    whole = hashlib.sha256()
    with open(place, "xb") as file:
        for chunk in chunks:
            whole.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return whole.hexdigest()
