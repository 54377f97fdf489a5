"""Archives of releases under attack: what is not byte for byte as `pack` writes it is refused, and nothing escapes."""

import gzip
import io
import os
import stat
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringfence.errors import InvalidPlugin
from ringfence.plugins.archive import LIMITS, listing, members, pack, unpack, write_members

PREFIX = "words-1.0.0"
MANIFEST = """\
name = "words"
version = "1.0.0"
description = "Counts words."
license = "Apache-2.0"
[entry]
module = "words"
class = "Words"
[methods.count]
description = "Count."
arguments = { type = "object" }
result = {}
"""


def member(name: str, data: bytes = b"x", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    """A member as `pack` would write it, with fields changed."""
    info = tarfile.TarInfo(f"{PREFIX}/{name}")
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def tar(*found: tuple[tarfile.TarInfo, bytes], form: int = tarfile.USTAR_FORMAT, end: bytes = bytes(1024)) -> bytes:
    made = b""
    for info, data in found:
        made += info.tobuf(form, "utf-8", "surrogateescape") + data + bytes(-len(data) % 512)
    return made + end


def squeezed(data: bytes, *, level: int = 9) -> bytes:
    """Under gzip as `pack` writes it."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush()


class Bench:
    """Where archives are unpacked, beside something that they may not touch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.canary = folder / "canary"
        self.canary.write_text("untouched")
        self.count = 0

    def refused(self, data: bytes, **options: object) -> str:
        """Unpack, list and walk an archive, which must be refused each time; what unpacking says."""
        archive, target = self._places()
        archive.write_bytes(data)
        with pytest.raises(InvalidPlugin) as caught:
            unpack(archive, target, **options)  # type: ignore[arg-type]
        with pytest.raises(InvalidPlugin):
            listing(archive, **options)  # type: ignore[arg-type]
        with pytest.raises(InvalidPlugin):
            [list(chunks) for _, _, chunks in members(archive, **options)]  # type: ignore[arg-type]
        self.unharmed(target)
        assert len(caught.value.message) < 400
        assert caught.value.message.isprintable()
        return caught.value.message

    def taken(self, data: bytes) -> dict[str, bytes]:
        """Unpack an archive that is in order; its files."""
        archive, target = self._places()
        archive.write_bytes(data)
        tree = unpack(archive, target)
        self.unharmed(target)
        files = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}
        assert files.keys() == tree.files.keys()
        return files

    def unharmed(self, target: Path) -> None:
        """Nothing but plain files and folders below the target, and nothing beside it."""
        assert self.canary.read_text() == "untouched"
        assert {path.name for path in self.folder.iterdir()} <= {"canary", "archives", "targets"}
        for path in target.rglob("*"):
            mode = path.lstat().st_mode
            assert stat.S_ISREG(mode) or stat.S_ISDIR(mode), path
            assert not mode & (stat.S_ISUID | stat.S_ISGID | stat.S_IWOTH | stat.S_IXUSR * stat.S_ISREG(mode)), path

    def _places(self) -> tuple[Path, Path]:
        self.count += 1
        for name in ("archives", "targets"):
            (self.folder / name).mkdir(exist_ok=True)
        return self.folder / "archives" / str(self.count), self.folder / "targets" / str(self.count)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


GOOD = tar(member("a.py"), member("b/c.py", b"y" * 600), member("b/d.py", b""))


def test_an_archive_in_order(bench: Bench) -> None:
    """What the attacks below change one thing in is taken."""
    assert bench.taken(squeezed(GOOD)) == {"a.py": b"x", "b/c.py": b"y" * 600, "b/d.py": b""}


@pytest.mark.parametrize(
    "name",
    [
        "../canary",
        "../../canary",
        "a/../../canary",
        "a/../b",
        "./a",
        "a/./b",
        "/etc/passwd",
        "//a",
        "a//b",
        "a/",
        "",
        ".",
        "..",
        "..\\canary",
        "C:\\canary",
        "C:canary",
        "a\nb",
        "a\x1b[31mb",
        "a\u202eyp.exe",
        "a\u200bb",
        "a\xadb",
        "a ",
        "a.",
        "a./b",
        "x/" * 40 + "y",
        "d" * 142 + "/" + "f" * 99,
        ".git/hooks/pre-commit",
        "__pycache__/words.pyc",
        "words.pyc",
        ".venv/bin/python",
    ],
)
def test_names_that_lead_elsewhere(bench: Bench, name: str) -> None:
    """Traversal, absolute paths, other systems' paths, invisible and odd names, and what is never loaded."""
    bench.refused(squeezed(tar(member("a.aa"), member(name))))
    bench.refused(squeezed(tar(member(name))))


@pytest.mark.parametrize(
    "name", [f"other-1.0/{PREFIX}", "../canary", "/canary", "canary", "words-1.0.0", "./words-1.0.0/a"]
)
def test_members_outside_the_folder(bench: Bench, name: str) -> None:
    """A member whose first part is not the archive's folder."""
    info = tarfile.TarInfo(name)
    info.size = 1
    bench.refused(squeezed(tar(member("a.py"), (info, b"x"))))
    bench.refused(squeezed(tar((info, b"x"), member("a.py"))))


@pytest.mark.parametrize(
    "fields",
    [
        {"type": tarfile.SYMTYPE, "linkname": "../../canary"},
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": f"{PREFIX}/a.py"},
        {"type": tarfile.LNKTYPE, "linkname": "../canary"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3},
        {"type": tarfile.BLKTYPE, "devmajor": 8, "devminor": 0},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CONTTYPE},
        {"type": tarfile.AREGTYPE},
        {"type": tarfile.GNUTYPE_LONGNAME},
        {"type": tarfile.GNUTYPE_SPARSE},
        {"type": tarfile.XHDTYPE},
        {"type": tarfile.XGLTYPE},
        {"type": b"Z"},
        {"mode": 0o755},
        {"mode": 0o4755},
        {"mode": 0o2644},
        {"mode": 0o666},
        {"uid": 1},
        {"gid": 1},
        {"uname": "root"},
        {"gname": "root"},
        {"mtime": 1},
        {"linkname": "x"},
    ],
)
def test_members_that_are_no_plain_files(bench: Bench, fields: dict[str, object]) -> None:
    """Links, devices, pipes, folders, extensions, rights, owners, times: one field more than `pack` writes."""
    data = b"" if fields.get("type") in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE) else b"x"
    bench.refused(squeezed(tar(member("a.py"), member("b.py", data, **fields))))
    bench.refused(squeezed(tar(member("b.py", data, **fields), member("c.py"))))


@pytest.mark.parametrize(
    "names",
    [
        ("a.py", "A.py"),
        ("a.py", "a.PY"),
        ("Dir/a", "dir/b"),
        ("caf\u00e9", "cafe\u0301"),
        ("stra\u00dfe", "strasse"),
        ("\ufb01le", "file"),
        ("\u212a", "k"),
        ("a", "\uff41"),
        ("a.py", "a.py"),
        ("a", "a/b"),
    ],
)
def test_names_that_fall_together(bench: Bench, names: tuple[str, str]) -> None:
    """Names that are one on some file system, twice the same, and a file that is a folder; in either order."""
    bench.refused(squeezed(tar(*map(member, names))))
    bench.refused(squeezed(tar(*map(member, reversed(names)))))


@pytest.mark.parametrize("names", [("b", "a"), ("b/a", "a"), ("a-b/c", "a/c"), ("a/c", "a/b/c")])
def test_another_order(bench: Bench, names: tuple[str, str]) -> None:
    """The same members in another order would be another archive of the same files; in theirs they are taken."""
    bench.refused(squeezed(tar(*map(member, names))))
    assert bench.taken(squeezed(tar(*map(member, reversed(names))))).keys() == set(names)


@pytest.mark.parametrize(("at", "text"), [(329, b"0000001"), (337, b"0000001"), (263, b"01"), (500, b"hidden")])
def test_fields_that_nobody_reads(bench: Bench, at: int, text: bytes) -> None:
    """Numbers of devices, another version of the format, and text in the header's padding."""
    header = bytearray(GOOD[:512])
    header[at : at + len(text)] = text
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\x00 ".encode()
    assert tarfile.TarInfo.frombuf(bytes(header), "utf-8", "strict").name == f"{PREFIX}/a.py"
    bench.refused(squeezed(bytes(header) + GOOD[512:]))


def test_bombs(bench: Bench) -> None:
    """Zeros that shrink a thousandfold, a size that is a lie, too many files and bytes."""
    bomb = squeezed(tar(member("a.bin", bytes(64 << 20))))
    assert len(bomb) < 1 << 17
    assert "grows more than" in bench.refused(bomb)
    small = LIMITS._replace(max_bytes=1000, max_files=3)
    assert "more than 1000 bytes" in bench.refused(squeezed(tar(member("a", os.urandom(1001)))), limits=small)
    assert "more than 3 files" in bench.refused(squeezed(tar(*[member(f"f{n}") for n in range(4)])), limits=small)
    for size in (1 << 30, 8**11 - 1):
        info, _ = member("a.py")
        info.size = size
        assert "holds more than" in bench.refused(squeezed(tar((info, b"x"))))
    written = sum(path.stat().st_size for path in (bench.folder / "targets").rglob("*") if path.is_file())
    assert written <= LIMITS.max_ratio * len(bomb) + (4 << 20)


def test_an_archive_that_is_too_large(bench: Bench) -> None:
    """Its own size is looked at before it is read."""
    data = squeezed(tar(member("a", os.urandom(4000))))
    assert "larger than 1000 bytes" in bench.refused(data, limits=LIMITS._replace(max_archive=1000))


def test_sizes_of_other_forms(bench: Bench) -> None:
    """A size in base 256, with spaces, or negative is not what `pack` writes."""
    for size in (
        b"\x80" + bytes(10) + b"\x01",
        b"\xff" * 12,
        b"         1 \x00",
        b"1\x00" + bytes(10),
        b"00000000001 ",
    ):
        header = bytearray(tar(member("a.py"))[:512])
        header[124:136] = size.ljust(12, b"\x00")
        header[148:156] = b" " * 8
        header[148:156] = f"{sum(header):06o}\x00 ".encode()
        bench.refused(squeezed(bytes(header) + b"x".ljust(512, b"\x00") + bytes(1024)))


def test_other_forms_of_tar(bench: Bench) -> None:
    """GNU and pax archives, those of the tar command, and an old one without a magic."""
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        long = f"{'d' * 90}/{'f' * 120}.py"
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w", format=form) as archive:
            info, data = member(long)
            archive.addfile(info, io.BytesIO(data))
        bench.refused(squeezed(held.getvalue()))
    bench.refused(squeezed(tar(member("a.py"), form=tarfile.GNU_FORMAT)))
    old = bytearray(GOOD)
    old[257:265] = bytes(8)
    bench.refused(squeezed(bytes(old)))
    headers = {"path": "../../canary", "size": "1"}
    pax = tarfile.TarInfo(f"{PREFIX}/a.py")
    pax.pax_headers = headers
    bench.refused(squeezed(pax.tobuf(tarfile.PAX_FORMAT) + bytes(1024)))


@pytest.mark.parametrize(
    "change",
    [
        lambda tar: tar + bytes(512),
        lambda tar: tar + bytes(9216),
        lambda tar: tar + GOOD,
        lambda tar: tar + b"x",
        lambda tar: tar[:-512],
        lambda tar: tar[:-1024],
        lambda tar: tar[:-1024] + b"\x01".rjust(1024, b"\x00"),
        lambda tar: tar[:-512] + b"\x01".rjust(512, b"\x00"),
        lambda tar: bytes(512) + tar,
        lambda tar: bytes(1024),
        lambda tar: b"",
        lambda tar: tar[:513] + b"hidden behind the end".ljust(511, b"\x00") + tar[1024:],
    ],
)
def test_ends_and_gaps(bench: Bench, change: Callable[[bytes], bytes]) -> None:
    """Padding, a second archive behind the first, half an end, no member, and text in the gaps between members."""
    bench.refused(squeezed(change(GOOD)))


def test_other_wrappings(bench: Bench) -> None:
    """Two gzip streams, a name or comment or time in gzip, bytes behind it, no gzip, other compressions, and a zip."""
    whole = squeezed(GOOD)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"{PREFIX}/a.py", "x")
    half = len(GOOD) // 1024 * 512
    for data in (
        whole + whole,
        squeezed(GOOD[:half]) + squeezed(GOOD[half:]),
        whole + squeezed(b""),
        whole + b"\x00",
        whole + b"PK\x05\x06" + bytes(18),
        whole + held.getvalue(),
        held.getvalue(),
        b"#!/bin/sh\n" + whole,
        gzip.compress(GOOD, mtime=1),
        b"\x1f\x8b\x08\x08" + whole[4:10] + b"name\x00" + whole[10:],
        b"\x1f\x8b\x08\x10" + whole[4:10] + b"comment\x00" + whole[10:],
        b"\x1f\x8b\x08\x04" + whole[4:10] + b"\x02\x00xx" + whole[10:],
        GOOD,
        zlib.compress(GOOD),
        whole[:-8] + bytes(4) + whole[-4:],
        whole[:-4] + bytes(4),
        b"",
    ):
        bench.refused(data)


def test_cut_off_at_any_byte(bench: Bench) -> None:
    """No part of an archive is an archive."""
    data = squeezed(GOOD)
    for length in range(len(data)):
        bench.refused(data[:length])


def test_what_is_no_file(bench: Bench) -> None:
    """A link, a pipe, a device, a folder and nothing in the archive's place: refused, and nobody waits for a writer."""
    place = bench.folder / "archives"
    place.mkdir()
    (place / "whole").write_bytes(squeezed(GOOD))
    (place / "link").symlink_to(place / "whole")
    os.mkfifo(place / "pipe")
    for path in (place / "link", place / "pipe", place, place / "absent", Path("/dev/zero")):
        with pytest.raises(InvalidPlugin):
            unpack(path, bench.folder / "targets")


def test_into_what_is_there(bench: Bench) -> None:
    """A folder with something in it, a file and a link to a folder elsewhere are not unpacked into."""
    archive, target = bench._places()
    archive.write_bytes(squeezed(GOOD))
    target.mkdir()
    (target / "mine").write_text("mine")
    with pytest.raises(InvalidPlugin, match="is not empty"):
        unpack(archive, target)
    assert [path.name for path in target.iterdir()] == ["mine"]
    with pytest.raises(InvalidPlugin):
        unpack(archive, bench.canary)
    bench.unharmed(target)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
def test_changed_bytes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever bytes of the tar or of the gzip are changed: refused, or taken as exactly what `pack` would write."""
    bench = Bench(tmp_path_factory.mktemp("fuzz"))
    inside = data.draw(st.booleans())
    raw = bytearray(GOOD if inside else squeezed(GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255) | st.sampled_from(b"\x00/.0127 "))
    changed = squeezed(bytes(raw)) if inside else bytes(raw)
    try:
        files = bench.taken(changed)
    except InvalidPlugin:
        return
    again = tar(*[member(name, found) for name, found in sorted(files.items(), key=lambda one: one[0].split("/"))])
    assert gzip.decompress(changed) == again


@given(
    st.lists(
        st.tuples(st.text(alphabet="abAB/.\\: \u00e9e\u0301\u200b", max_size=6), st.binary(max_size=20)), max_size=6
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_any_members(tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, bytes]]) -> None:
    """Whatever the members are called: refused, or every one of them is there, under its name, apart from others."""
    bench = Bench(tmp_path_factory.mktemp("members"))
    try:
        files = bench.taken(squeezed(tar(*[member(name, data) for name, data in found])))
    except InvalidPlugin:
        return
    assert files == dict(found)
    assert len({name.casefold() for name in files}) == len(found) > 0


@given(st.binary(max_size=600))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Noise, bare and under gzip, is refused."""
    bench = Bench(tmp_path_factory.mktemp("noise"))
    bench.refused(data)
    bench.refused(squeezed(data))
    bench.refused(squeezed(data)[:10] + data)


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe", "setuid", "case", "long", "invisible", "zeros"])
def test_what_is_not_packed(bench: Bench, kind: str) -> None:
    """What no reader would take is not written in the first place, and no half archive is left."""
    plugin = bench.folder / "targets"
    plugin.mkdir()
    (plugin / "plugin.toml").write_text(MANIFEST)
    (plugin / "words.py").write_text("class Words: pass\n")
    if kind == "link":
        (plugin / "link.py").symlink_to(bench.canary)
    elif kind == "folder link":
        (plugin / "folder").symlink_to(bench.folder)
    elif kind == "pipe":
        os.mkfifo(plugin / "pipe")
    elif kind == "setuid":
        (plugin / "words.py").chmod(0o4755)
    elif kind == "case":
        (plugin / "Words.py").write_text("")
    elif kind == "long":
        (plugin / ("d" * 120)).mkdir()
        (plugin / ("d" * 120) / ("f" * 130)).write_text("")
    elif kind == "invisible":
        (plugin / "a\u202eb.py").write_text("")
    else:
        (plugin / "zeros.bin").write_bytes(bytes(32 << 20))
    (bench.folder / "archives").mkdir()
    with pytest.raises(InvalidPlugin):
        pack(plugin, bench.folder / "archives" / "words-1.0.0.tar.gz")
    assert list((bench.folder / "archives").iterdir()) == []


def test_what_killed_writers_left_is_cleared_away(tmp_path: Path) -> None:
    """Of this archive, and of writers that are gone: another archive's, a living one's and anybody's file stay."""
    gone = subprocess.Popen(["true"])
    gone.wait()
    left = [f".a.tar.gz.{gone.pid}.tmp", f".a.tar.gz.{os.getpid()}.tmp"]
    kept = [f".b.tar.gz.{gone.pid}.tmp", ".a.tar.gz.1.tmp", ".a.tar.gz.mine.tmp"]
    for name in (*left, *kept):
        (tmp_path / name).write_text("half")
    write_members(tmp_path / "a.tar.gz", PREFIX, {"x": b"x"})
    assert sorted(os.listdir(tmp_path)) == sorted(["a.tar.gz", *kept])


def test_a_real_archive_and_its_way_back(bench: Bench) -> None:
    """What is packed is unpacked as it was, reads the same for Python's own tarfile, and is the same bytes again."""
    plugin = bench.folder / "targets"
    plugin.mkdir()
    (plugin / "plugin.toml").write_text(MANIFEST)
    (plugin / "words.py").write_text("class Words: pass\n")
    (plugin / "deep" / "er").mkdir(parents=True)
    (plugin / "deep" / "er" / ("f" * 90)).write_bytes(os.urandom(100_000))
    (bench.folder / "archives").mkdir()
    archive = bench.folder / "archives" / "words-1.0.0.tar.gz"
    archive.with_name(f".{archive.name}.{os.getpid()}.tmp").write_text("what a killed writer left")
    packed = pack(plugin, archive)
    assert os.listdir(archive.parent) == [archive.name]
    with tarfile.open(archive) as found:
        names = {one.name.removeprefix(f"{PREFIX}/"): one for one in found.getmembers()}
        assert names.keys() == packed.tree.files.keys()
        assert all(one.isreg() and one.mode == 0o644 and one.uid == one.mtime == 0 for one in names.values())
    back = bench.folder / "archives" / "back"
    assert unpack(archive, back).digest == packed.tree.digest
    again = bench.folder / "archives" / "again.tar.gz"
    assert pack(back, again).digest == packed.digest
    assert again.read_bytes() == archive.read_bytes()
