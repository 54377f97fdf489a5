"""Flags of the container cell: every field of a profile reaches one, and what an engine left out is noticed."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attacks.containers import _shown
from attacks.harness import Range, plugin_of, request
from conftest import Desk
from dockerengine import DockerEngine
from profiles import hardened_profile
from ringfence.cells import container, containerflags, containerverify, runtime
from ringfence.cells.plan import Plan
from ringfence.controls import GUARDED
from ringfence.errors import SandboxUnavailable
from ringfence.model import Destination, Mount, Network, Reach, Workload

ROOT = runtime.Runtime("/nonexistent", "3.11", "0" * 64)


def _limit(**values: int) -> Callable[[Workload], Workload]:
    return lambda w: replace(w, limits=replace(w.limits, **values))


MOUNT = Mount(source="/srv/a", target="/granted/a", writable=True, grant="write.a")

#: An edit of each field that a control guards, and where it must be seen: in the flags, the guest's setup, or by the
#: parent, which counts bytes and time itself. What no edit can reach is the same flag for every profile.
EDITS: dict[str, Callable[[Workload], Workload]] = {
    "limits.memory_bytes": _limit(memory_bytes=300 << 20),
    "limits.processes": _limit(processes=7),
    "limits.cpu_millis": _limit(cpu_millis=1500),
    "limits.cpu_seconds": _limit(cpu_seconds=3),
    "limits.open_files": _limit(open_files=77),
    "limits.scratch_bytes": _limit(scratch_bytes=3 << 20),
    "mounts": lambda w: replace(w, mounts=(MOUNT,)),
    "environment.variables": lambda w: replace(w, environment=replace(w.environment, variables=(("A", "b"),))),
    "network.reach": lambda w: replace(
        w, network=Network(reach=Reach.GRANTED, destinations=(Destination(host="a.example", port=443),))
    ),
}  # fmt: skip
ALWAYS = {
    "user": ("--user", "65532:65532"),
    "group": ("--user", "65532:65532"),
    "no_new_privileges": ("--security-opt", "no-new-privileges"),
    "capabilities": ("--cap-drop", "ALL"),
    "seccomp": ("--security-opt", "seccomp=allow-list"),
    "read_only_root": ("--read-only",),
    "host_namespaces": ("--cgroupns", "private"),
}
BY_THE_PARENT = {"limits.wall_millis", "limits.output_bytes", "limits.result_bytes"}
#: An engine starts a container with no variable but those it is told; destinations are the guest's listeners.
BY_DESIGN = {"environment.inherits_host", "network.destinations"}


def _planned(workload: Workload) -> Plan:
    return container.plan(workload, ROOT, group_limits=True)


def test_every_guarded_field_is_somewhere() -> None:
    """No field that a control guards is without a flag, a rlimit or a bound of the parent's."""
    reached = set(EDITS) | set(ALWAYS) | BY_THE_PARENT | BY_DESIGN
    assert {g for g in GUARDED if not any(r == g or r.startswith(f"{g}.") for r in reached)} == set()
    assert container.ENFORCES == GUARDED


@pytest.mark.parametrize("field", EDITS)
def test_changed_field_changes_the_plan(field: str) -> None:
    """Another value is another flag or another setup of the guest."""
    before, after = hardened_profile("one"), EDITS[field](hardened_profile("one"))
    one, other = _planned(before), _planned(after)
    assert (one.arguments(), one.setup) != (other.arguments(), other.setup)


@pytest.mark.parametrize("field", ALWAYS)
def test_wall_is_in_every_plan(field: str) -> None:
    """The same for every profile, and in the object that the engine is sent."""
    arguments = _planned(hardened_profile("one")).arguments()
    words = ALWAYS[field]
    assert any(tuple(arguments[i : i + len(words)]) == words for i in range(len(arguments)))


def test_the_engines_object_is_what_the_flags_say() -> None:
    """Spelled out once, whole."""
    made = containerflags.body(_planned(hardened_profile("one")).arguments())
    host = made["HostConfig"]
    assert made["User"] == "65532:65532"
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert "CapAdd" not in host
    assert host["NetworkMode"] == "none"
    assert host["Memory"] == host["MemorySwap"] > 0
    assert host["PidsLimit"] > 0
    assert host["LogConfig"] == {"Type": "none", "Config": {}}
    assert host["RestartPolicy"]["Name"] == "no"
    assert host["AutoRemove"] is True
    assert set(host["Tmpfs"]) == {"/tmp", "/run/secrets"}
    assert not {"Privileged", "PidMode", "Binds", "Devices"} & set(host)


def test_path_with_a_comma_stays_one_path() -> None:
    """Mounts are quoted as the engines' own command line quotes them."""
    words = containerflags.mount('/srv/a,b="c"', "/granted/a", writable=False)
    (made,) = containerflags.body(words)["HostConfig"]["Mounts"]
    assert (made["Source"], made["ReadOnly"]) == ('/srv/a,b="c"', True)


def test_unknown_flag_is_refused() -> None:
    """A step without a line in the table is never left out."""
    with pytest.raises(SandboxUnavailable, match="knows no flag --gpus"):
        containerflags.body(["--gpus", "all"])


MOUNTINFO = """\
1 0 0:1 / / ro,relatime - overlay overlay rw
2 1 0:2 / /proc rw,nosuid - proc proc rw
3 2 0:2 /sys /proc/sys ro - proc proc rw
4 1 0:3 / /tmp rw,nosuid - tmpfs tmpfs rw
5 1 8:1 /srv /granted/with\\040space ro - ext4 /dev/vda rw
"""


def test_mountinfo_is_read_as_the_kernel_writes_it() -> None:
    """Spaces are octal there; the first options are the mount's own."""
    found = list(containerverify.mounts(MOUNTINFO))
    assert [(one.point, one.writable) for one in found] == [
        ("/", False),
        ("/proc", True),
        ("/proc/sys", False),
        ("/tmp", True),
        ("/granted/with space", False),
    ]


@pytest.fixture(scope="module")
def range_(engine: DockerEngine, runtime_store: Path) -> Iterator[Range]:
    """This machine's means to make container cells."""
    made = Range(runtime_store, engine_socket=lambda: str(engine.socket))
    yield made
    made.close()


def test_auditor_finds_nothing_at_a_cell(range_: Range, engine: DockerEngine, desk: Desk) -> None:
    """What runs is judged as anybody's container is, by every control of Compose files: not even what is low."""
    desk.config.write_text("")
    with plugin_of("return 1") as folder, range_.made(range_.plan("container", range_.profile(folder))):
        done = desk.run("audit", "--running", "--format", "json", env={"RINGFENCE_ENGINE": str(engine.socket)})
    assert done.returncode == 0, done
    report = json.loads(done.stdout)
    assert report["summary"]["files"] == {"containers": 1}, done
    assert (report["findings"], report["unread"]) == ([], [])


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        (lambda plan: _sent(plan, "root", ()), "a read-only root"),
        (lambda plan: _sent(plan, "memory", ()), "its bound on memory"),
        (lambda plan: _sent(plan, "processes", ()), "its bound on processes"),
        (lambda plan: _sent(plan, "no new privileges", ("--privileged",)), "wall could not be put up"),
        (lambda plan: _sent(plan, "seccomp", ("--security-opt", "seccomp=unconfined")), "the engine's filter"),
        (lambda plan: _sent(plan, "user", ("--user", "1000:1000")), "user 65532"),
        (_shown("/srv", "/mnt"), "closed doors: /mnt is shown"),
    ],
)
def test_what_the_engine_left_out_is_noticed(
    range_: Range, breach: Callable[[Plan], Plan], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine is sent less than was planned: the kernel's word refuses the cell, whatever the engine says."""
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        sent = breach(whole).arguments()
        engine = range_.engine()
        real = engine.create
        planned = whole.arguments()
        monkeypatch.setattr(engine, "create", lambda words, command: real([*sent, *words[len(planned) :]], command))
        with pytest.raises(SandboxUnavailable, match=said), range_.made(whole):
            pass
        ends = time.monotonic() + 300
        while engine.ours(orphans=False) and time.monotonic() < ends:
            time.sleep(0.05)  # an engine that is removing a container already says so, and takes its time
        assert engine.ours(orphans=False) == []


def _sent(plan: Plan, wall: str, arguments: tuple[str, ...]) -> Plan:
    assert wall in {step.wall for step in plan.steps}
    return replace(plan, steps=tuple(replace(s, arguments=arguments) if s.wall == wall else s for s in plan.steps))


def test_signal_without_a_name_is_told(range_: Range) -> None:
    """A guest may end by any signal, most of the real-time ones have a number alone."""
    with plugin_of("os.kill(os.getpid(), 40); time.sleep(9)") as folder:
        with range_.made(range_.plan("container", range_.profile(folder))) as cell:
            ended = cell.call(request())
    assert (ended.code, ended.detail) == ("plugin-crashed", "killed by signal 40")
