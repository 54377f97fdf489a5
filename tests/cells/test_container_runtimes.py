"""OCI runtimes with a kernel of their own: refused, or named and accepted as what nobody can examine from outside."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attacks.harness import Range, gained, plugin_of, request
from conftest import Desk
from dockerengine import DockerEngine
from ringfence.cells import containerengine, containerkernel, containertold, runtime
from ringfence.cells.containerengine import Engine
from ringfence.cells.containersettings import Settings
from ringfence.cells.containerstream import Pieces
from ringfence.cells.plan import Plan
from ringfence.cells.pool import Pool
from ringfence.errors import SandboxUnavailable
from walledengine import walled_engine

PROBE = """
import os, sys, time
class Plugin:
    def look(self):
        sys.stderr.write("a word")
        return {"user": os.getuid(), "kernel": open("/proc/version").read()}
    def wait(self):
        time.sleep(60)
"""
#: A plugin that writes a report of its end into the first process's stream, and ends.
FORGED = """
import struct
said = (%s).encode()
there = os.open('/proc/1/fd/1', os.O_WRONLY)
os.write(there, struct.pack('>B3xL', 4, len(said) + 4) + struct.pack('>L', len(said)) + said)
os._exit(9)
"""
ACCEPTED = 'runtime = "runsc"\nallow_unexamined_runtime = true\n'
UNEXAMINED = (
    "what runs in the runtime runsc has a kernel of its own: its namespaces, privileges, filter, user and mounts are "
    "by its own word, not examined from outside"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """An engine with gVisor, by its name and under others."""
    started = walled_engine(tmp_path_factory)
    yield started
    started.stop()


@pytest.fixture
def walled(desk: Desk, engine: DockerEngine) -> Desk:
    """A desk with something to call."""
    desk.config.write_text(f'[container]\nengine = "unix://{engine.socket}"\n')
    desk.grant(desk.plugin(PROBE, "look", "wait"))
    return desk


@pytest.fixture
def accepted(walled: Desk, engine: DockerEngine) -> Desk:
    """The same, where gVisor is named and accepted."""
    walled.config.write_text(walled.config.read_text().replace("[container]\n", f"[container]\n{ACCEPTED}"))
    return walled


def _range(engine: DockerEngine, store: Path, name: str = "runsc") -> Range:
    settings = Settings(engine=str(engine.socket), runtime=name, allow_unexamined_runtime=True)
    return Range(store, _engine=Engine(settings, runtime.ensure(store), store))


@pytest.fixture
def range_(engine: DockerEngine, runtime_store: Path) -> Iterator[Range]:
    """Cells of gVisor."""
    made = _range(engine, runtime_store)
    yield made
    made.close()


def _containers(engine: DockerEngine) -> list[str]:
    return engine.run("ps", "--all", "--quiet").split()


def _none_left(engine: DockerEngine) -> None:
    ends = time.monotonic() + 300
    while _containers(engine):
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_gvisor_runs_here(engine: DockerEngine) -> None:
    """So that what follows is not refused because it does not start."""
    image = engine.busybox("walled:1")
    told = engine.run("run", "--rm", "--network", "none", "--runtime", "runsc", image, "dmesg")
    assert "gVisor" in told


@pytest.mark.parametrize("name", ["runsc", "walled"])
def test_gvisor_is_refused_with_what_cannot_be_examined(walled: Desk, engine: DockerEngine, name: str) -> None:
    """By its name or its program, before a container is made; on record; the hint says how it is accepted."""
    answer = walled.call("probe", "look", None, "--cell", "container", "--runtime", name)
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert answer["data"]["error"] == (
        f"the runtime {name} of {_title(engine)} cannot hold a cell: it has a kernel of its own, so the namespaces, "
        "privileges, filters, user and mounts in it could not be examined from outside"
    )
    assert f'runtime = "{name}" and allow_unexamined_runtime = true under [container]' in str(answer["data"])
    assert walled.journal()[-1]["code"] == "sandbox-unavailable"
    assert _containers(engine) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("strong", "the container ended before it was ready"),
        ("open", "somebody other than the container's first process spoke for it"),
    ],
)
def test_gvisor_in_disguise_is_refused_too(accepted: Desk, engine: DockerEngine, name: str, said: str) -> None:
    """Under names that say nothing: its first process does not reach the door, or another knocks for it."""
    answer = accepted.call("probe", "look", None, "--cell", "container", "--runtime", name)
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert said in answer["data"]["error"], answer
    assert "runc" in str(answer["data"])
    _none_left(engine)


def test_named_and_accepted_it_answers(accepted: Desk, engine: DockerEngine) -> None:
    """In gVisor's kernel; the envelope, both records and a warning say that nobody examined it; nothing is left."""
    done = accepted.run("run", "probe", "look", "--cell", "container")
    data = json.loads(done.stdout)["data"]
    assert done.returncode == 0, data
    assert (data["result"]["user"], data["output"]["stderr"]) == (65532, "a word")
    assert data["result"]["kernel"] != Path("/proc/version").read_text()
    assert data["isolation"]["unexamined"] == UNEXAMINED
    assert data["isolation"]["skipped"][0] == "landlock"
    assert data["isolation"]["limits"].startswith("engine, cgroup-")
    assert done.stderr == f"ringfence: warning: {UNEXAMINED}\n"
    call = accepted.journal()[-2]
    assert (call["type"], call["isolation"]["unexamined"]) == ("call", UNEXAMINED)
    _none_left(engine)


def test_other_calls_are_examined_as_ever(accepted: Desk) -> None:
    """What is accepted for that runtime weakens no other, and says nothing there."""
    done = accepted.run("run", "probe", "look", "--cell", "container", "--runtime", "runc")
    isolation = json.loads(done.stdout)["data"]["isolation"]
    assert ("unexamined" in isolation, isolation["runtime"], done.stderr) == (False, "runc", "")


def test_accepted_must_be_true_or_false(accepted: Desk) -> None:
    """A word in its place is named with its line."""
    accepted.config.write_text(accepted.config.read_text().replace("= true", '= "yes"'))
    answer = accepted.call("probe", "look", None, "--cell", "container")
    assert answer["data"]["code"] == "invalid-config"
    assert "allow_unexamined_runtime must be true or false" in answer["data"]["error"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ungrouped", "without: a group of its own, its bound on memory, its bound on processes$"),
        ("unconfined", "without: user namespace of the sandbox, a user of the sandbox that is not root, a read-only"),
        ("rooted", "without: user namespace of the sandbox, a user of the sandbox that is not root$"),
    ],
)
def test_sandbox_without_a_wall_is_refused(engine: DockerEngine, runtime_store: Path, name: str, said: str) -> None:
    """gVisor whose own programs are not bounded or not confined, by the kernel's word."""
    made = _range(engine, runtime_store, name)
    with plugin_of("return 1") as folder:
        whole = made.plan("container", made.profile(folder))
        with pytest.raises(SandboxUnavailable, match=said), made.made(whole):
            pass
    made.close()
    _none_left(engine)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--privileged",), "closed doors: Privileged"),
        (("--cap-add", "SYS_ADMIN"), "closed doors: CapAdd"),
        (("--pid", "host"), "closed doors: PidMode"),
        (("--user", "0:0"), "User as asked for"),
        (("--ulimit", "nofile=9000:9000"), "Ulimits as asked for"),
        (("--memory", str(3 << 30), "--memory-swap", str(3 << 30)), "its bound on memory"),
        (("--mount", "type=bind,source=/srv,target=/srv,bind-propagation=rprivate"), "closed doors: /srv is shown"),
    ],
)
def test_engine_that_does_otherwise_is_refused(
    range_: Range, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], said: str
) -> None:
    """It makes another container than it was asked for: seen from outside, or by its own word."""
    engine = range_.engine()
    real = engine.create
    monkeypatch.setattr(engine, "create", lambda words, command, **kind: real([*words, *more], command, **kind))
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        with pytest.raises(SandboxUnavailable, match=f"came up without: .*{said}"), range_.made(whole):
            pass


def test_guest_that_is_somebody_else_is_refused(range_: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own word alone, where the engine's would not have told."""
    engine = range_.engine()
    real = engine.create
    monkeypatch.setattr(containertold, "engines_word", lambda *_: None)
    monkeypatch.setattr(
        engine, "create", lambda words, command, **kind: real([*words, "--user", "65533:0"], command, **kind)
    )
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        with (
            pytest.raises(SandboxUnavailable, match="came up without: user 65532, no other groups"),
            range_.made(whole),
        ):
            pass


def test_users_are_mapped_there_too(
    tmp_path_factory: pytest.TempPathFactory, runtime_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an engine with userns-remap none of gVisor's programs is a user of the host's, or the cell is refused."""
    own = walled_engine(tmp_path_factory, remapped=True)
    made = _range(own, runtime_store)
    with plugin_of("return [os.getuid(), os.stat('/plugin').st_uid]") as folder:
        whole = made.plan("container", made.profile(folder))
        with made.made(whole) as cell:
            assert cell.call(request()).answer == {"result": [65532, 65534]}
        engine = made.engine()
        real = engine.create
        monkeypatch.setattr(
            engine, "create", lambda words, command, **kind: real([*words, "--userns", "host"], command, **kind)
        )
        with pytest.raises(SandboxUnavailable, match="user namespace of all its programs"), made.made(whole):
            pass
    made.close()
    own.stop()


STATUS = (
    "Name:\tpython3\nUid:\t65532\t65532\t65532\t65532\nGid:\t65532\t65532\t65532\t65532\nGroups:\t 65532 \n"
    "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nSeccomp:\t2\n"
)
MOUNTS = "none / 9p ro,trans=fd 0 0\nnone /tmp tmpfs rw 0 0\nnone /plugin 9p ro 0 0\nnone /proc proc rw 0 0\n"
TOLD: dict[str, object] = {"status": STATUS, "mounts": MOUNTS, "interfaces": ["lo"], "no_new_privileges": True}


def _planned() -> Plan:
    from ringfence.cells import container

    profile = Range(Path("/nonexistent")).profile(Path("/srv/plugin"))
    return container.plan(profile, runtime.Runtime("/nonexistent", "3.11", "0" * 64), group_limits=True)


def test_guest_with_all_its_walls_is_taken_at_its_word() -> None:
    """The valid word, of which the next test changes one part at a time."""
    containertold.guests_word(TOLD, _planned())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": STATUS.replace("Uid:\t65532\t65532", "Uid:\t65532\t0")}, "user 65532"),
        ({"status": STATUS.replace("Groups:\t 65532", "Groups:\t 65532 0")}, "no other groups"),
        ({"status": STATUS.replace("CapEff:\t0000000000000000", "CapEff:\t0000000000200000")}, "empty capability sets"),
        ({"status": STATUS.replace("CapEff:\t0000000000000000\n", "")}, "empty capability sets"),
        ({"status": STATUS.replace("Seccomp:\t2", "Seccomp:\t0")}, "seccomp filter"),
        ({"status": "nothing"}, "says nothing clear of its walls"),
        ({"status": STATUS.replace("Uid:", "Other:")}, "says nothing clear of its walls"),
        ({"mounts": MOUNTS.replace("/ 9p ro", "/ 9p rw")}, "a read-only root"),
        ({"mounts": MOUNTS.replace("/plugin 9p ro", "/plugin 9p rw")}, "its mount /plugin as granted"),
        ({"mounts": MOUNTS + "none /host 9p ro 0 0\n"}, "closed doors: /host is shown"),
        ({"mounts": "none\n"}, "says nothing clear of its walls"),
        ({"interfaces": ["lo", "eth0"]}, "no network"),
        ({"no_new_privileges": False}, "no new privileges"),
        ({"interfaces": None}, "says nothing of its walls"),
    ],
)
def test_guest_that_misses_a_wall_is_refused(change: dict[str, object], said: str) -> None:
    """By its own word, for want of a better one."""
    with pytest.raises(SandboxUnavailable, match=said):
        containertold.guests_word(TOLD | change, _planned())


def test_guest_that_says_nothing_is_refused() -> None:
    """Silence is no wall."""
    with pytest.raises(SandboxUnavailable, match="says nothing of its walls"):
        containertold.guests_word(None, _planned())


def test_kernel_that_counts_no_processes_is_refused(range_: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guest tries the bound before it is used: root's processes are not counted by it, here as anywhere."""
    real = containerkernel.adapted

    def as_root(planned: Plan, name: str) -> Plan:
        root = {"user": ("--user", "0:0"), "capabilities": ("--cap-add", "SYS_ADMIN")}
        planned = real(planned.without("directory"), name)
        return replace(planned, steps=tuple(replace(s, arguments=root.get(s.wall, s.arguments)) for s in planned.steps))

    monkeypatch.setattr(containerkernel, "adapted", as_root)
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder))
        with pytest.raises(SandboxUnavailable, match="does not hold a bound on processes"), range_.made(whole):
            pass


def test_granted_network_is_refused(accepted: Desk, engine: DockerEngine) -> None:
    """No listener can be handed out of gVisor, so such a call is refused before anything is made."""
    asked = '[permissions]\nnetwork = ["example.org:443"]\n'
    folder = accepted.plugin(PROBE, "look", name="networked", extra=asked)
    done = accepted.run("grant", str(folder), "--all-methods", "--net", "example.org:443")
    assert done.returncode == 0, done.stderr
    answer = accepted.call("networked", "look", None, "--cell", "container")
    assert answer["data"]["error"] == (
        "a cell of the runtime runsc cannot be given a network: no listener can be handed out of it"
    )
    assert _containers(engine) == []


def test_too_little_memory_is_said(range_: Range) -> None:
    """The runtime's own programs live in what the call is granted, and a call that cannot begin says so."""
    with plugin_of("return 1") as folder:
        whole = range_.plan("container", range_.profile(folder, memory_bytes=12 << 20))
        with pytest.raises(SandboxUnavailable) as raised, range_.made(whole):
            pass
    assert "may need more memory" in raised.value.hint or "could not start" in raised.value.message


def test_every_byte_comes_through(range_: Range) -> None:
    """Megabytes in and out at once, in order, with what was written last before the end."""
    code = """
for number in range(64):
    os.write(1, bytes([number]) * 40_000)
    os.write(2, bytes([255 - number]) * 20_000)
os.write(1, b'the end')
return self.policy['text'][::-1]
"""
    text = "".join(map(str, range(400_000)))
    with plugin_of(code) as folder:
        profile = range_.profile(folder, output_bytes=16 << 20, result_bytes=16 << 20)
        with range_.made(range_.plan("container", profile)) as cell:
            ended = cell.call(request(policy={"text": text}))
    assert gained(ended) == text[::-1]
    assert ended.stdout == b"".join(bytes([n]) * 40_000 for n in range(64)) + b"the end"
    assert ended.stderr == b"".join(bytes([255 - n]) * 20_000 for n in range(64))


def test_output_is_passed_on_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent ends a cell at the end of its channel: what stands in the pipes by then must be on its way."""
    with monkeypatch.context() as patch:
        patch.syspath_prepend(str(Path(containertold.__file__).with_name("guest")))
        for name in ("carried", "container", "guest"):  # by plain name, as inside a cell
            patch.delitem(sys.modules, name, raising=False)
        import carried  # type: ignore[import-not-found]

        for name in ("carried", "container", "guest"):
            patch.delitem(sys.modules, name)
    sent: list[tuple[int, bytes]] = []
    monkeypatch.setattr(carried, "_send", lambda kind, data: sent.append((kind, data)))
    channel, theirs = socket.socketpair()
    out, out_write = os.pipe2(os.O_NONBLOCK)
    errors, errors_write = os.pipe2(os.O_NONBLOCK)
    carrier = carried._Carrier(channel, {out: carried.OUTPUT, errors: carried.ERRORS}, 0)
    for fd in (channel.fileno(), out, errors):
        carrier._poll.register(fd)
    theirs.sendall(b"answer")
    os.write(out_write, b"last")
    os.write(errors_write, b"words")
    theirs.close()
    os.close(out_write)
    carrier._pass_channel()
    carrier._pass_channel()
    assert sent == [
        (carried.CHANNEL, b"answer"),
        (carried.OUTPUT, b"last"),
        (carried.OUTPUT, b""),
        (carried.ERRORS, b"words"),
        (carried.CHANNEL, b""),
    ]
    for fd in (out, errors, errors_write):
        os.close(fd)


def test_how_the_guest_ended_is_known(range_: Range) -> None:
    """Its exit code and what it wrote before come through, though no process of the host's was it."""
    with plugin_of("os.write(1, b'last words'); os._exit(7)") as folder:
        with range_.made(range_.plan("container", range_.profile(folder))) as cell:
            ended = cell.call(request())
    assert (ended.code, ended.detail, ended.stdout) == ("plugin-crashed", "ended with exit code 7", b"last words")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("os.kill(os.getpid(), 40); time.sleep(9)", "killed by signal 40"),
        ("os.kill(os.getpid(), 11); time.sleep(9)", "killed by SIGSEGV"),
        (FORGED % "'{' * 4000", ""),
        (FORGED % '\'{"status": 123456789012345678901, "cpu_us": 1, "peak_kib": 1}\'', ""),
        # Which of two ends is read first, the forged one or that of the torn stream, is the plugin's own race.
        (FORGED % '\'{"status": 127, "cpu_us": 1, "peak_kib": 1}\'', "ended with exit code 0|"),
    ],
)
def test_hostile_end_is_an_outcome(range_: Range, code: str, said: str) -> None:
    """Signals without a name, and reports that the plugin forges of its own end, are told as what they are."""
    with plugin_of(code) as folder:
        with range_.made(range_.plan("container", range_.profile(folder, wall_millis=60_000))) as cell:
            ended = cell.call(request())
    assert ended.code == "plugin-crashed"
    assert re.fullmatch(said, ended.detail)


def test_killed_for_memory_is_said(range_: Range) -> None:
    """All of the sandbox dies then, and its group with it; the engine remembers why."""
    code = "keep = [bytearray(b'x' * (8 << 20)) for _ in range(60)]; return len(keep)"
    with plugin_of(code) as folder:
        with range_.made(range_.plan("container", range_.profile(folder, memory_bytes=128 << 20))) as cell:
            cell.account.oom = lambda: cell.account._oom  # type: ignore[attr-defined,method-assign]
            cell.account.sample = lambda: None  # type: ignore[method-assign]
            assert cell.call(request()).code == "memory-limit"


def test_pool_keeps_cells_ready(engine: DockerEngine, runtime_store: Path) -> None:
    """Cells wait, each answers once, none is left when the pool ends."""
    settings = Settings(engine=str(engine.socket), runtime="runsc", allow_unexamined_runtime=True)
    pool = Pool(runtime_store, "container", ready=1, settings=settings)
    threads = threading.active_count()
    with plugin_of("return os.getpid()") as folder:
        for _ in range(2):
            cell = pool.take(Range(runtime_store).profile(folder))
            assert cell.alive()
            assert isinstance(gained(cell.call(request())), int)
            cell.destroy()
            assert not cell.alive()
            pool.refill()
        pool.close()
    assert threading.active_count() < threads
    _none_left(engine)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the client leaves a socket that it could not connect
def test_engine_killed_in_the_middle_of_a_call(tmp_path_factory: pytest.TempPathFactory, runtime_store: Path) -> None:
    """All of a call passes the engine there: it ends with it, with an outcome, and the sandbox is dead."""
    own = walled_engine(tmp_path_factory)
    made = _range(own, runtime_store)
    with plugin_of("time.sleep(60)") as folder:
        with made.made(made.plan("container", made.profile(folder))) as cell:
            threading.Timer(0.3, lambda: own._process.send_signal(signal.SIGKILL)).start()
            ended = cell.call(request())
            cell.destroy()
            assert (ended.code, cell.alive()) == ("plugin-crashed", False)
    own._process.wait(timeout=600)
    made.close()
    own.stop()


def test_killed_gate_leaves_nothing_running(accepted: Desk, engine: DockerEngine) -> None:
    """SIGKILL to Ringfence in the middle of a call ends the container too."""
    running = subprocess.Popen(
        [sys.executable, "-m", "ringfence", "run", "probe", "wait", "--cell", "container"],
        stdout=subprocess.PIPE,
        env=accepted.environment,
        cwd=accepted.folder,
    )
    ends = time.monotonic() + 300
    while not (len(accepted.journal()) > 1 and accepted.journal()[-1]["type"] == "call"):
        assert time.monotonic() < ends
    assert len(_containers(engine)) == 1
    running.send_signal(signal.SIGKILL)
    running.communicate()
    _none_left(engine)


def test_other_kernels_are_looked_at_as_far_as_they_can_be(range_: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Kata's machine only the groups are known from outside; here gVisor stands in for it."""
    monkeypatch.setattr(range_.engine(), "own_kernel", "kata")
    with plugin_of("return 1") as folder:
        with range_.made(range_.plan("container", range_.profile(folder))) as cell:
            assert (cell.isolation["namespaces"], cell.call(request()).answer) == ([], {"result": 1})


def test_explain_shows_what_it_would_be(accepted: Desk) -> None:
    """With the bound on the threads of gVisor's programs, and a network refused before anything is made."""
    done = accepted.run("explain", "probe", "look", "--cell", "container", "--plan")
    assert "# processes: --pids-limit" in done.stdout, done.stderr
    assert int(done.stdout.split("--pids-limit ")[1].split()[0]) > 128


def test_server_warns_at_its_start(accepted: Desk) -> None:
    """Once, as nobody reads what it answers."""
    done = accepted.run("serve", "--stdio", "--ready", "0", input=b"")
    assert "cells of a runtime with a kernel of its own are not examined" in done.stderr


def test_doctor_names_what_must_be_accepted(desk: Desk, engine: DockerEngine) -> None:
    """The runtimes that hold cells only by name."""
    said = desk.run("doctor", env={"RINGFENCE_ENGINE": str(engine.socket)}).stdout
    assert "runsc, unconfined, ungrouped, walled: held by name, and not examined" in " ".join(said.split())


@pytest.mark.parametrize("step", [1, 3, 7, 8, 9, 1000])
def test_pieces_are_put_together(step: int) -> None:
    """However they are cut on their way; what says that it is larger than what comes is given as it comes."""
    sent = [(1, b"abc"), (2, b""), (3, b"x" * 300), (1, b""), (200, b"unknown")]
    data = b"".join(bytes((kind, 0, 0, 0)) + len(part).to_bytes(4, "big") + part for kind, part in sent)
    data += bytes((4, 0, 0, 0)) + (1 << 31).to_bytes(4, "big") + b"begun"
    pieces, found = Pieces(), []
    for start in range(0, len(data), step):
        found += list(pieces.feed(data[start : start + step]))
    joined: list[tuple[int, bytes]] = []
    for kind, part in found:
        if joined and part and joined[-1][0] == kind and joined[-1][1]:
            joined[-1] = (kind, joined[-1][1] + part)
        else:
            joined.append((kind, part))
    assert joined == [*sent, (4, b"begun")]


class _Told:
    """What an engine says of itself whose default runtime is Kata, under a name of its own."""

    def info(self) -> dict[str, object]:
        """Two runtimes."""
        known = {"runc": {"path": "runc"}, "fast": {"path": "/opt/bin/kata-runtime"}}
        return {"Runtimes": known, "DefaultRuntime": "fast", "SecurityOptions": ["name=seccomp,profile=default"]}

    def version(self) -> dict[str, str]:
        """Any."""
        return {"Version": "28.2.0"}


def test_default_runtime_with_its_own_kernel_is_refused() -> None:
    """Nobody named it, it is the engine's own choice; the doctor says so. Named, another one is used."""
    told = _Told()
    assert containerengine.own_kernel(told.info(), None) == ("fast", "kata")
    assert containerengine.own_kernel(told.info(), "runc") == ("", "")
    shim = {"Runtimes": {"vm": {"runtimeType": "io.containerd.kata.v2"}}}
    assert containerengine.own_kernel(shim, "vm") == ("vm", "kata")
    ok, _, follows = containerengine.judged(told, "/run/docker.sock")  # type: ignore[arg-type]
    assert ok is None
    assert "its default runtime fast has a kernel of its own, in which no cell can be examined" in follows


@pytest.mark.parametrize("named", [None, "fast"])
def test_only_a_named_and_accepted_runtime_is_used(
    monkeypatch: pytest.MonkeyPatch, runtime_store: Path, named: str | None
) -> None:
    """Neither the acceptance alone nor the name alone is enough."""
    monkeypatch.setattr(containerengine, "find", lambda _: "")
    monkeypatch.setattr(containerengine, "client", lambda _: _Closing())
    settings = Settings(runtime=named, allow_unexamined_runtime=named is None)
    with pytest.raises(SandboxUnavailable, match=r"the runtime fast of docker 28\.2\.0 cannot hold a cell"):
        Engine(settings, runtime.Runtime("/nonexistent", "3.11", "0" * 64), runtime_store)


class _Closing(_Told):
    """The same, as a client that is closed."""

    def close(self) -> None:
        """Nothing is open."""


def _title(engine: DockerEngine) -> str:
    return "docker " + engine.run("version", "--format", "{{.Server.Version}}").strip()
