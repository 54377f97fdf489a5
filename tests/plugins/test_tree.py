import hashlib
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.plugin_dirs import make_plugin
from ringfence.errors import InvalidPlugin
from ringfence.plugins import tree as tree_module
from ringfence.plugins.snapshot import snapshot, verify_snapshot
from ringfence.plugins.tree import TreeLimits, TreeWatch, changes, hash_tree


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(place))


def settle() -> None:
    """Let every time of the files made so far lie well in the past."""
    time.sleep(TreeWatch.SETTLED / 1e9 + 0.02)


def test_digest_is_that_of_sorted_sha256sum_lines(tmp_path: Path) -> None:
    """Anyone can compute the digest: the SHA-256 of `sha256sum`'s lines, sorted by path."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x").write_bytes(b"1")
    (tmp_path / "b.py").write_bytes(b"2")
    (tmp_path / "a").write_bytes(b"3")
    lines = f"{sha256(b'3')}  a\n{sha256(b'2')}  b.py\n{sha256(b'1')}  b/x\n"
    assert hash_tree(tmp_path).digest == "sha256:" + sha256(lines.encode())
    assert hash_tree(tmp_path).files == {"a": sha256(b"3"), "b.py": sha256(b"2"), "b/x": sha256(b"1")}


def test_the_command_in_the_docs_gives_the_digest(tmp_path: Path) -> None:
    """The pipe that docs/plugins.md shows prints the digest of a plugin."""
    plugin = make_plugin(tmp_path, other="")
    (plugin / "sub").mkdir()
    (plugin / "sub" / "a").write_text("x")
    text = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text()
    command = next(line for line in text.splitlines() if line.startswith("    find "))
    done = subprocess.run(["sh", "-c", command], cwd=plugin, capture_output=True, text=True, check=True)
    assert "sha256:" + done.stdout.split()[0] == hash_tree(plugin).digest


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.text("abc.é ", min_size=1, max_size=5).filter(lambda n: n not in (".", "..")), st.binary(max_size=9)
    )
)
def test_digest_is_a_function_of_names_and_bytes(files: dict[str, bytes]) -> None:
    """The same names and bytes give the same digest in another place, and a snapshot holds them all."""
    import tempfile

    with tempfile.TemporaryDirectory() as parent:
        one, two = Path(parent, "one"), Path(parent, "two")
        for place, names in ((one, sorted(files)), (two, sorted(files, reverse=True))):
            place.mkdir()
            for name in names:
                (place / name).write_bytes(files[name])
        assert hash_tree(one) == hash_tree(two)
        copied = snapshot(one, Path(parent, "store"))
        assert {path.name: path.read_bytes() for path in copied.path.iterdir()} == files


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda place: place.symlink_to("/etc/passwd"), "'odd' is a symbolic link"),
        (lambda place: place.symlink_to("."), "'odd' is a symbolic link"),
        (lambda place: place.symlink_to("word_count.py"), "'odd' is a symbolic link"),
        (os.mkfifo, "'odd' is a pipe"),
        (make_socket, "'odd' is a socket"),
        (lambda place: (place.write_text(""), place.chmod(0o4755)), "'odd' is set-user-ID or set-group-ID"),
        (lambda place: (place.write_text(""), place.chmod(0o2755)), "'odd' is set-user-ID or set-group-ID"),
        (lambda place: place.with_name("new\nline").write_text(""), "has a character that names may not have"),
        (lambda place: place.with_name("back\\slash").write_text(""), "has a character that names may not have"),
        (lambda place: open(os.fsencode(place) + b"\xff", "w").close(), "a name in '.' is not UTF-8"),
    ],
)
def test_odd_things_are_refused(tmp_path: Path, make: object, message: str) -> None:
    """Links, devices, pipes, set-user-ID files and odd names keep a plugin from being hashed or copied."""
    plugin = make_plugin(tmp_path / "plugin")
    make(plugin / "odd")  # type: ignore[operator]
    for act in (hash_tree, lambda place: snapshot(place, tmp_path / "store")):
        with pytest.raises(InvalidPlugin) as caught:
            act(plugin)
        assert message in caught.value.message


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (TreeLimits(max_files=2), "more than 2 files"),
        (TreeLimits(max_bytes=10), "is larger than"),
        (TreeLimits(max_depth=2), "deeper than 2 directories"),
        (TreeLimits(max_path=10), "longer than 10 bytes"),
    ],
)
def test_size_is_bounded(tmp_path: Path, limits: TreeLimits, message: str) -> None:
    """Too many files, bytes, levels and too long paths are refused."""
    make_plugin(tmp_path)
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text("")
    with pytest.raises(InvalidPlugin, match=message):
        hash_tree(tmp_path, limits=limits)


def test_endless_file_is_refused(tmp_path: Path) -> None:
    """A sparse file beyond the bound is refused without reading all of it."""
    with open(tmp_path / "big", "wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(InvalidPlugin, match="larger than"):
        hash_tree(tmp_path, limits=TreeLimits(max_bytes=1 << 20))


def test_what_is_not_hashed_is_not_copied(tmp_path: Path) -> None:
    """Compiled files and tools' folders change neither the digest nor what a cell sees."""
    plugin = make_plugin(tmp_path / "plugin")
    before = hash_tree(plugin)
    for name in ("__pycache__/word_count.cpython-311.pyc", "evil.pyc", ".git/config", "sub/__pycache__/x.py"):
        (plugin / name).parent.mkdir(parents=True, exist_ok=True)
        (plugin / name).write_text("x")
    assert hash_tree(plugin) == before
    copied = snapshot(plugin, tmp_path / "store").path
    assert {str(path.relative_to(copied)) for path in copied.rglob("*")} == {"plugin.toml", "word_count.py"}


def test_snapshot_is_readable_by_all_and_writable_by_none(tmp_path: Path) -> None:
    """A cell runs as another user, and nobody may change what was hashed, whatever the modes and umask were."""
    plugin = make_plugin(tmp_path / "plugin")
    (plugin / "sub").mkdir(mode=0o700)
    (plugin / "sub" / "run.sh").write_text("")
    (plugin / "sub" / "run.sh").chmod(0o777)
    old = os.umask(0o077)
    try:
        copied = snapshot(plugin, tmp_path / "new" / "store").path
    finally:
        os.umask(old)
    assert {path.stat().st_mode & 0o7777 for path in copied.rglob("*") if path.is_file()} == {0o444}
    assert {path.stat().st_mode & 0o7777 for path in (copied.parent, copied, copied / "sub")} == {0o755}


def test_snapshot_is_found_again_and_verifies(tmp_path: Path) -> None:
    """The second time nothing is copied, and the name says what the copy holds."""
    plugin = make_plugin(tmp_path / "plugin")
    first = snapshot(plugin, tmp_path / "store")
    inode = first.path.stat().st_ino
    assert snapshot(plugin, tmp_path / "store") == first
    assert first.path.stat().st_ino == inode
    assert verify_snapshot(first.path) == first.tree
    assert "sha256:" + first.path.name == first.tree.digest


def test_damaged_snapshot_is_noticed_and_replaced(tmp_path: Path) -> None:
    """A copy with other bytes than its name says does not verify, and the next snapshot puts it right."""
    plugin = make_plugin(tmp_path / "plugin")
    path = snapshot(plugin, tmp_path / "store").path
    (path / "extra.py").write_text("import os")
    with pytest.raises(InvalidPlugin, match="is not what was copied"):
        verify_snapshot(path)
    assert snapshot(plugin, tmp_path / "store").path == path
    assert not (path / "extra.py").exists()
    assert [entry.name for entry in (tmp_path / "store").iterdir()] == [path.name]


def test_many_make_the_same_snapshot_at_once(tmp_path: Path) -> None:
    """Concurrent snapshots of one plugin all succeed and leave one whole copy and no debris."""
    plugin = make_plugin(tmp_path / "plugin")
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(snapshot(plugin, tmp_path / "store"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(one == found[0] for one in found)
    assert len(list((tmp_path / "store").iterdir())) == 1


def test_a_file_that_changes_while_it_is_copied(tmp_path: Path) -> None:
    """Whatever a plugin's directory does meanwhile, the copy holds what its name says."""
    plugin = make_plugin(tmp_path / "plugin")
    stop = threading.Event()

    def scribble() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            (plugin / "word_count.py").write_text(f"x = {number}\n" * (number % 500))

    writer = threading.Thread(target=scribble)
    writer.start()
    try:
        for _ in range(30):
            copied = snapshot(plugin, tmp_path / "store")
            assert verify_snapshot(copied.path) == copied.tree
    finally:
        stop.set()
        writer.join()


def test_debris_of_killed_copies_goes_away(tmp_path: Path) -> None:
    """What a killed copy left an hour ago is removed by the next one; a fresh one, maybe at work, stays."""
    store = tmp_path / "store"
    for name, age in ((".new-old", 7200), (".new-fresh", 0)):
        (store / name).mkdir(parents=True)
        os.utime(store / name, (time.time() - age,) * 2)
    snapshot(make_plugin(tmp_path / "plugin"), store)
    assert not (store / ".new-old").exists()
    assert (store / ".new-fresh").exists()


def test_changes_are_named() -> None:
    """The difference of two trees is a line for each file, sorted by path."""
    old, new = {"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "0": "1"}
    assert changes(old, new) == ["added: 0", "changed: b", "removed: c"]
    assert changes(old, old) == []


class CountingHash:
    """Stands before hash_tree and counts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        real = hash_tree

        def counted(*args: object, **kwargs: object) -> object:
            self.times += 1
            return real(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(tree_module, "hash_tree", counted)


def test_watch_hashes_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settled, unchanged tree is not read again."""
    make_plugin(tmp_path)
    settle()
    counted = CountingHash(monkeypatch)
    watch = TreeWatch(tmp_path)
    assert watch.tree() == watch.tree() == hash_tree(tmp_path)
    assert counted.times == 1


@pytest.mark.parametrize("act", ["same size", "old time", "new file", "removed", "renamed", "replaced", "mode"])
def test_watch_sees_every_change(tmp_path: Path, act: str) -> None:
    """Content of the same size, faked times, and files that come, go, move or are replaced are all seen."""
    plugin = make_plugin(tmp_path / "plugin", extra="x = 1\n")
    settle()
    watch = TreeWatch(plugin)
    watch.tree()
    place = plugin / "extra.py"
    before = place.stat()
    if act in ("same size", "old time"):
        place.write_text("x = 2\n")
        if act == "old time":
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif act == "new file":
        (plugin / "new.py").write_text("")
    elif act == "removed":
        place.unlink()
    elif act == "renamed":
        place.rename(plugin / "other.py")
    elif act == "replaced":
        other = tmp_path / "other"
        other.write_text("x = 3\n")
        other.rename(place)
    else:
        place.chmod(0o4755)
    if act == "mode":
        with pytest.raises(InvalidPlugin):
            watch.tree()
    else:
        assert watch.tree() == hash_tree(plugin)


def test_watch_does_not_trust_fresh_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right after a change the times cannot tell a second one, so the tree is hashed again."""
    make_plugin(tmp_path)
    counted = CountingHash(monkeypatch)
    watch = TreeWatch(tmp_path)
    watch.tree()
    watch.tree()
    assert counted.times == 2
