"""Archives that others made (zip, tar under gzip), into a folder: bounded, regular files alone, no path that leads out.

Releases of an index have a form of their own that can be read in one way only (`plugins.archive`); this is for what was
packed by anybody's tools, and whose digest is known.
"""

import io
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ringfence.errors import InvalidPlugin

MAX_FILES = 10_000
MAX_BYTES = 256 << 20
_MAX_TAR = MAX_BYTES + (64 << 20)
_CHUNK = 1 << 20


def unpack(data: bytes, folder: Path) -> None:
    """Write what an archive holds into a new folder. Raises InvalidPlugin, and the folder is then not to be used."""
    try:
        members = list(_zip(data) if data.startswith(b"PK") else _tar(data))
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidPlugin(f"its archive is damaged: {error}") from None
    put(_without_top(members), folder)


def put(members: list[tuple[str, bytes]], folder: Path) -> None:
    """Write files into a new folder. Raises InvalidPlugin for paths that lead out or fall together."""
    folder.mkdir(parents=True)
    seen: dict[str, str] = {}
    for path, content in members:
        parts = path.split("/")
        bad = any(part in ("", ".", "..") or len(part.encode()) > 240 for part in parts) or len(parts) > 32
        if bad or "\\" in path or not path.isprintable():
            raise InvalidPlugin(f"it holds {path[:100]!r}, which is no path inside a plugin")
        for depth in range(1, len(parts) + 1):
            here = "/".join(parts[:depth])
            kind = here + ("/" if depth < len(parts) else "")
            folded = unicodedata.normalize("NFC", here.casefold())
            if seen.setdefault(folded, kind) != kind:
                raise InvalidPlugin(f"it holds {here[:100]!r} in two spellings, or as a file and a folder")
        place = folder.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(place, "xb") as file:
                file.write(content)
        except FileExistsError:
            raise InvalidPlugin(f"it holds {path[:100]!r} twice") from None


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    left = MAX_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        infos = whole.infolist()
        _refuse_many(len(infos))
        for info in infos:
            kind = info.external_attr >> 28
            if info.is_dir():
                continue
            if kind not in (0, 0o10):
                raise InvalidPlugin(f"it holds {info.filename[:100]!r}, which is no regular file")
            with whole.open(info) as member:
                content = member.read(left + 1)
            left -= len(content)
            _refuse_large(left)
            yield info.filename, content


def _tar(data: bytes) -> Iterator[tuple[str, bytes]]:
    left, count = MAX_BYTES, 0
    with tarfile.open(fileobj=io.BytesIO(_inflated(data)), mode="r:") as whole:
        for member in whole:
            count += 1
            _refuse_many(count)
            if member.isdir():
                continue
            if not member.isreg():
                raise InvalidPlugin(f"it holds {member.name[:100]!r}, which is no regular file")
            left -= member.size
            _refuse_large(left)
            content = whole.extractfile(member)
            yield member.name.removeprefix("./"), content.read() if content else b""


def _inflated(data: bytes) -> bytes:
    """What is under gzip, never more than a bound: a small archive can hold very much."""
    stream = zlib.decompressobj(wbits=31)
    whole = stream.decompress(data, _MAX_TAR + 1)
    if len(whole) > _MAX_TAR:
        _refuse_large(-1)
    if not stream.eof:
        raise EOFError("it ends too early")
    return whole


def _without_top(members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Without the one folder that everything is in, as `NAME-VERSION/` and npm's `package/`."""
    tops = {path.partition("/")[0] for path, _ in members}
    kept = {"", ".", "..", ".claude-plugin", "skills", "hooks", "commands", "agents"}
    if len(tops) != 1 or any("/" not in path for path, _ in members) or tops & kept:
        return members
    return [(path.partition("/")[2], content) for path, content in members]


def _refuse_many(count: int) -> None:
    if count > MAX_FILES:
        raise InvalidPlugin(f"it holds more than {MAX_FILES} files")


def _refuse_large(left: int) -> None:
    if left < 0:
        raise InvalidPlugin(f"it holds more than {MAX_BYTES} bytes")
