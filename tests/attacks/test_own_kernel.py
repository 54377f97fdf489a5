"""The attacks in a runtime with a kernel of its own: gVisor, named and accepted as what cannot be examined."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.catalogue import ATTACKS, Attack, stopped_in_container
from attacks.harness import Range, attack, gained
from dockerengine import DockerEngine
from ringfence.cells import runtime
from ringfence.cells.containerengine import Engine
from ringfence.cells.containersettings import Settings
from ringfence.model import Mount
from walledengine import walled_engine


@pytest.fixture(scope="module")
def walled(runtime_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    """Cells of gVisor."""
    engine: DockerEngine = walled_engine(tmp_path_factory)
    settings = Settings(engine=str(engine.socket), runtime="runsc", allow_unexamined_runtime=True)
    made = Range(runtime_store, _engine=Engine(settings, runtime.ensure(runtime_store), runtime_store))
    yield made
    made.close()
    engine.stop()


#: What gVisor's kernel, or this cell of its own accord, stops also where the one wall is taken out.
HELD_ANYWAY = {
    "mount",
    "kernel keyring",
    "find the parent's process",
    "see the host's name",
    "TCP to the host's loopback",
    "abstract unix socket of the host",
    "fork bomb",
}


@pytest.mark.parametrize("aimed", ATTACKS, ids=[f"{a.control}-{a.name.replace(' ', '-')}" for a in ATTACKS])
def test_attack_is_stopped_in_gvisor(walled: Range, values: dict[str, object], aimed: Attack) -> None:
    """Every attack of the catalogue fails; without its wall it succeeds, but for what is held twice there."""
    stopped_in_container(walled, aimed, values)
    if aimed.name not in HELD_ANYWAY:
        code = aimed.code % values if "%(" in aimed.code else aimed.code
        assert gained(attack(walled, "container", code, breach=aimed.breach_in("container"), **dict(aimed.limits)))


def test_it_is_gvisors_kernel(walled: Range) -> None:
    """And not this machine's, whose own words these are."""
    code = "return [open('/proc/version').read(), sorted(os.listdir('/sys/fs/cgroup')), os.uname().release]"
    version, groups, release = gained(attack(walled, "container", code))
    assert version != Path("/proc/version").read_text()
    assert (groups, release) != ([], Path("/proc/sys/kernel/osrelease").read_text().strip())


def test_granted_mount_is_as_granted(walled: Range, folder: Path) -> None:
    """What may be written is written to the host; what may only be read is not, by no way of writing."""
    for name in ("read", "write"):
        (folder / name).mkdir()
        (folder / name / "old").write_text("old")
        (folder / name).chmod(0o777)
        (folder / name / "old").chmod(0o666)
    mounts = tuple(
        Mount(source=str(folder / name), target=f"/granted/{name}", writable=name == "write", grant=name)
        for name in ("read", "write")
    )
    code = """
def tried(step):
    try:
        step()
    except OSError as error:
        return error.strerror
    return 'done'
there = '/granted/read/'
old = there + 'old'
steps = [
    lambda: open(old, 'a').close(), lambda: open(there + 'new', 'w').close(), lambda: os.unlink(old),
    lambda: os.truncate(old, 0), lambda: os.rename(old, there + 'other'), lambda: os.mkdir(there + 'd'),
    lambda: os.link(old, '/granted/write/linked'), lambda: os.utime(old, (1, 1)),
    lambda: os.symlink('/etc', '/granted/write/link'),
    lambda: socket.socket(socket.AF_UNIX).bind('/granted/write/socket'),
]
open('/granted/write/new', 'w').write('new')
return [tried(step) for step in steps]
"""
    assert "done" not in gained(attack(walled, "container", code, mounts=mounts))
    assert (folder / "write" / "new").read_text() == "new"
    assert sorted(one.name for one in (folder / "write").iterdir()) == ["new", "old"]
    assert [one.name for one in (folder / "read").iterdir()] == ["old"]
    assert (folder / "read" / "old").read_text() == "old"
    assert (folder / "read" / "old").stat().st_mtime > 1


def test_forged_pieces_reach_nobody_else(walled: Range) -> None:
    """A plugin that writes into the first process's stream can say what it could say anyway, and nothing more."""
    code = """
import struct
there = os.open('/proc/1/fd/1', os.O_WRONLY)
for kind, data in ((9, b'unknown'), (0, b''), (2, b'forged output'), (4, b'\\0\\0\\0\\x02{}')):
    os.write(there, struct.pack('>B3xL', kind, len(data)) + data)
os.write(there, struct.pack('>B3xL', 3, 1 << 30))
return 'answered'
"""
    ended = attack(walled, "container", code, wall_millis=3000)
    assert ended.code in ("ok", "timeout", "output-limit"), ended
    assert json.dumps(ended.answer) in ("null", '{"result": "answered"}')
