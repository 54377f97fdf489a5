"""Attacks that are about no single control: the protocol, left-overs, tricks with /proc, secrets, the way out."""

import os
import select
import shutil
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attacks.harness import (
    CELLS,
    Range,
    attack,
    both,
    gained,
    no_landlock,
    no_seccomp,
    plugin_of,
    refused,
    request,
    without,
)
from ringfence.cells import made, wire
from ringfence.cells.relay import is_public
from ringfence.errors import SandboxUnavailable
from ringfence.model import Destination, Mount, Network, Reach, Workload

cells = pytest.mark.parametrize("cell", CELLS)
#: An engine puts a /proc and a /sys into every container; there Landlock closes them.
without_proc = pytest.mark.parametrize("cell", [cell for cell in CELLS if cell != "container"])

FIND_CHANNEL = """
def channel():
    for fd in range(3, 256):
        try:
            s = socket.socket(fileno=os.dup(fd))
            s.getpeername()
            return s
        except OSError:
            pass
"""


@cells
@pytest.mark.parametrize(
    ("name", "code", "outcome"),
    [
        ("two results", "s = channel(); s.sendall(b'\\0\\0\\0\\x0c{\"result\":1}'); return 2", "protocol-error"),
        (
            "early result, then goes on",
            "channel().sendall(b'\\0\\0\\0\\x0c{\"result\":1}'); time.sleep(300)",
            "protocol-error",
        ),
        ("a length of 4 GB", "channel().sendall(b'\\xff\\xff\\xff\\xff'); time.sleep(300)", "output-limit"),
        ("not JSON", "channel().sendall(b'\\0\\0\\0\\x04{{{{'); os._exit(0)", "invalid-result"),
        ("not an object", "channel().sendall(b'\\0\\0\\0\\x02[]'); os._exit(0)", "protocol-error"),
        ("half a frame", "channel().sendall(b'\\0\\0\\0\\x09{'); os._exit(0)", "plugin-crashed"),
        ("nothing at all", "os._exit(0)", "plugin-crashed"),
        ("a crash", "ctypes.string_at(0)", "plugin-crashed"),
        ("closes the channel, works on", "os.closerange(3, 256); time.sleep(300)", "plugin-crashed"),
    ],
)
def test_forged_protocol(
    range_: Range, monkeypatch: pytest.MonkeyPatch, cell: str, name: str, code: str, outcome: str
) -> None:
    """Whatever is said on the guest's channel, the answer is one clear outcome, before the call's time is up."""
    if "goes on" in name:
        monkeypatch.setattr(made, "_END_SECONDS", 0.5)
    ended = attack(range_, cell, FIND_CHANNEL + code)
    assert ended.code == outcome, ended
    assert ended.call_us < 60_000_000


@cells
def test_a_parent_that_looks_late_sees_that_the_guest_has_ended(
    range_: Range, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    """A busy machine that keeps the parent from looking makes no liar of a guest that answered and ended."""
    monkeypatch.setattr(made, "_END_SECONDS", 0)
    feed = wire.AnswerReader.feed
    with plugin_of("return 'in time'") as folder:
        with range_.made(range_.plan(cell, range_.profile(folder))) as one:
            closed = select.poll()
            closed.register(one.channel, 0)

            def slowly(self: wire.AnswerReader, part: bytes) -> None:
                feed(self, part)
                assert closed.poll(600_000)

            monkeypatch.setattr(wire.AnswerReader, "feed", slowly)
            assert gained(one.call(request())) == "in time"


@cells
@pytest.mark.parametrize(
    "result",
    [
        "float('nan')",
        "float('inf')",
        "10 ** 5000",
        "b'bytes'",
        "{1, 2}",
        "object()",
        "type('R', (), {'__reduce__': lambda self: (os.system, ('id',))})()",
        "(lambda x: (x.append(x), x)[1])([])",
        "__import__('functools').reduce(lambda x, _: [x], range(100000), [])",
        "__import__('functools').reduce(lambda x, _: [x], range(200), [])",
        "'\\ud800'",
        "{1.5: {(1, 2): 3}}",
    ],
)
def test_results_that_are_no_json(range_: Range, cell: str, result: str) -> None:
    """A result that is not plain JSON is an invalid result, never a crash of the parent."""
    ended = attack(range_, cell, f"return {result}")
    if ended.code == "ok":
        assert ended.answer is not None
        error = ended.answer["error"]
        assert isinstance(error, dict)
        assert error["code"] in {"invalid-result", "plugin-error"}
    else:
        assert ended.code in {"invalid-result", "plugin-crashed"}


@cells
def test_monkeypatched_guest(range_: Range, cell: str) -> None:
    """A plugin that rewrites the guest in its own process changes its own answer and nothing else."""
    code = """
    guest = sys.modules['guest']
    guest._encode = lambda value: b'{"result": "forged"}'
    os._exit = lambda code: time.sleep(300)
    return 'real'
    """
    assert gained(attack(range_, cell, code)) == "forged"  # it was killed in its sleep
    assert gained(attack(range_, cell, "return 'next'")) == "next"


@cells
def test_leftovers_die_with_the_call(range_: Range, cell: str) -> None:
    """Daemons, threads and atexit hooks end with the answer; nothing of them runs on."""
    marker = f"/var/tmp/ringfence-left-{os.getpid()}"
    os.makedirs(marker, mode=0o777, exist_ok=True)
    os.chmod(marker, 0o777)
    try:
        code = """
        import atexit
        def tick(name):
            while True:
                open('/granted/out/' + name, 'w').write(str(time.time()))
                time.sleep(0.02)
        atexit.register(lambda: tick('atexit'))
        threading.Thread(target=tick, args=('thread',)).start()
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in range(1, 65):
                    try: signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError): pass
                tick('daemon')
            os._exit(0)
        while len(os.listdir('/granted/out')) < 2:
            time.sleep(0.01)
        return 'left'
        """
        mount = Mount(source=marker, target="/granted/out", writable=True, grant="write.out")
        assert gained(attack(range_, cell, code, mounts=(mount,))) == "left"
        assert {"thread", "daemon"} <= set(os.listdir(marker))
        before = {n: (Path(marker) / n).read_text() for n in os.listdir(marker)}
        time.sleep(0.3)
        assert {n: (Path(marker) / n).read_text() for n in os.listdir(marker)} == before
    finally:
        for name in os.listdir(marker):
            os.unlink(f"{marker}/{name}")
        os.rmdir(marker)


@cells
def test_next_call_sees_nothing_of_the_last(range_: Range, cell: str) -> None:
    """Files, secrets, modules, environment and processes of one call are gone for the next, of the same maker too."""
    write = """
    open('/tmp/left', 'w').write('x')
    sys.modules['left'] = sys
    import json, asyncio
    json.left = asyncio.left = 'x'
    os.environ['LEFT'] = 'x'
    return open('/run/secrets/token').read()
    """
    look = """
    import json, asyncio
    found = [p for p in ('/tmp/left', '/run/secrets/token') if os.path.exists(p)]
    found += [n for n, m in (('json', json), ('asyncio', asyncio)) if hasattr(m, 'left')]
    return found + ['environment'] * ('LEFT' in os.environ) + ['module'] * ('left' in sys.modules)
    """
    source = "import os, sys\nclass Plugin:\n    def write(self):\n" + _indented(write)
    source += "    def attack(self):\n" + _indented(look)
    with plugin_of(source, whole=True) as folder:
        plan = range_.plan(cell, range_.profile(folder))
        with range_.made(plan) as first:
            asked = request(secrets={"token": b"sesame"}) | {"method": "write"}
            assert gained(first.call(asked)) == "sesame"
        with range_.made(plan) as second:
            assert gained(second.call(request())) == []


def _indented(code: str) -> str:
    return "".join(" " * 4 + line + "\n" for line in code.strip("\n").splitlines())


def test_cells_of_one_maker_share_nothing(range_: Range) -> None:
    """Two cells of the same maker, alive at the same time, see neither each other's files nor processes."""
    from ringfence.cells import machine, prefork

    code = """
    open('/tmp/mine', 'w').close()
    time.sleep(0.5)
    return [sorted(os.listdir('/tmp')), os.getpid(), sum(_there(p) for p in range(2, 300))]
    """
    helper = (
        "def _there(pid):\n    try:\n        os.kill(pid, 0)\n    except OSError:\n        return 0\n    return 1\n"
    )
    source = "import os, time\n" + helper + "class Plugin:\n    def attack(self):\n" + _indented(code)
    with plugin_of(source, whole=True) as folder:
        maker = prefork.Maker(range_.plan("prefork", range_.profile(folder)), machine.bubblewrap(), range_.accountant)
        try:
            made = [maker.make(), maker.make()]
            results: list[object] = []
            threads = [threading.Thread(target=lambda c=c: results.append(gained(c.call(request())))) for c in made]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for cell in made:
                cell.destroy()
        finally:
            maker.close()
    assert results == [[["mine"], 1, 0]] * 2


@without_proc
@pytest.mark.parametrize(
    "path", ["/proc/self/exe", "/proc/1/root", "/proc/self/fd", "/proc/self/mem", "/dev/fd/0", "/sys"]
)
def test_no_proc_to_play_with(range_: Range, cell: str, path: str) -> None:
    """There is no /proc and no /sys in a cell, so no trick with them."""
    assert "FileNotFoundError" in refused(attack(range_, cell, f"return os.stat({path!r}).st_ino"))


@without_proc
def test_proc_would_show_more(range_: Range, cell: str) -> None:
    """The same look finds something where /proc is there."""
    if cell == "prefork":
        breach = lambda plan: replace(plan, tmpfs=plan.tmpfs[:-1])  # noqa: E731
    else:
        breach = lambda plan: replace(  # noqa: E731
            plan, steps=(*plan.steps, replace(plan.steps[-1], wall="proc", arguments=("--proc", "/proc")))
        )
    assert gained(attack(range_, cell, "return os.stat('/proc/self/exe').st_ino", breach=breach))


@pytest.mark.parametrize(
    "code",
    [
        "return os.listdir('/proc')",
        "return os.listdir('/sys')",
        "return str(open('/proc/self/mem', 'rb'))",
        "return open('/proc/1/environ', 'rb').read()",
        "return open('/proc/self/mountinfo').read()",
        "return open('/proc/self/comm', 'w').write('x')",
        "os.kill(1, 9); time.sleep(0.2); os.kill(1, 0); return 'signalled'",
    ],
)
def test_a_containers_proc_is_closed(range_: Range, code: str) -> None:
    """Nothing of /proc and /sys of a container can be read, its first process not be signalled; Landlock holds it."""
    assert "PermissionError" in refused(attack(range_, "container", code))
    if "environ" in code:  # that process is not dumpable either
        assert "PermissionError" in refused(attack(range_, "container", code, breach=no_landlock))
    else:
        assert gained(attack(range_, "container", code, breach=no_landlock)) is not None


LIST_DESCRIPTORS = """
import stat
found = []
for fd in range(0, 256):
    try:
        found.append((fd, os.fstat(fd).st_mode))
    except OSError:
        pass
"""


@cells
def test_inherited_descriptors(range_: Range, cell: str) -> None:
    """Open are the three standard streams and the channel; and the file of ctypes that it makes for itself."""
    code = LIST_DESCRIPTORS + "return [stat.S_IFMT(mode) for fd, mode in found if not stat.S_ISREG(mode)]"
    kinds = gained(attack(range_, cell, code))
    assert kinds == [stat.S_IFCHR, stat.S_IFIFO, stat.S_IFIFO, stat.S_IFSOCK]


@without_proc
def test_no_file_that_the_cell_was_made_with_is_left(range_: Range, cell: str) -> None:
    """A memory file could grow past the limits, and of one maker's cells the next could read where the last stopped."""
    code = (
        LIST_DESCRIPTORS
        + "return [os.pread(fd, 20, 0).decode('latin-1') for fd, mode in found if fd > 2 and stat.S_ISREG(mode)]"
    )
    held = gained(attack(range_, cell, code))
    assert isinstance(held, list)
    assert not [text for text in held if "localhost" in text]


def test_cells_of_one_maker_share_no_writable_file(range_: Range) -> None:
    """No file that the maker opened (ctypes keeps one, with code) can be written by a cell."""
    code = (
        LIST_DESCRIPTORS
        + """
written = []
for fd, mode in found:
    if stat.S_ISREG(mode):
        try:
            written.append(os.pwrite(fd, b'planted', 0))
        except OSError as error:
            written.append(error.errno)
return written
"""
    )
    import errno

    found = gained(attack(range_, "prefork", code))
    assert isinstance(found, list)
    assert set(found) <= {errno.EBADF}


@cells
def test_written_folder_leads_nowhere(range_: Range, cell: str) -> None:
    """In a folder of the host that may be written no link, device, socket or set-user-ID file can be left."""
    folder = Path(f"/var/tmp/ringfence-written-{os.getpid()}-{cell}")
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    code = """
    out = '/granted/out/'
    def tried(name, make):
        try:
            make()
        except OSError as error:
            return name + ' ' + type(error).__name__
        return name + ' made'
    open(out + 'honest', 'w').close()
    return [
        tried('symlink', lambda: os.symlink('/etc/shadow', out + 'a')),
        tried('fifo', lambda: os.mkfifo(out + 'b')),
        tried('device', lambda: os.mknod(out + 'c', 0o20666, os.makedev(1, 3))),
        tried('setuid', lambda: os.chmod(out + 'honest', 0o4777)),
        tried('setuid open', lambda: os.close(os.open(out + 'd', os.O_CREAT | os.O_WRONLY, 0o6755))),
        tried('link', lambda: os.link('/plugin/attack.py', out + 'e')),
        tried('socket', lambda: socket.socket(socket.AF_UNIX).bind(out + 'f')),
        tried('swap', lambda: os.rename(out, '/granted/other')),
    ]
    """
    mount = Mount(source=str(folder), target="/granted/out", writable=True, grant="write.out")
    try:
        found = gained(attack(range_, cell, code, mounts=(mount,)))
        assert isinstance(found, list)
        assert not [f for f in found if f.endswith("made")]
        assert os.listdir(folder) == ["honest"]
        through = gained(attack(range_, cell, code, mounts=(mount,), breach=both(no_seccomp, no_landlock)))
        assert isinstance(through, list)
        assert {"symlink made", "fifo made", "setuid made"} <= set(through)
    finally:
        for name in os.listdir(folder):
            (folder / name).unlink()
        folder.rmdir()


@cells
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("openly", "os.chdir('/granted/out')"),
        ("behind a path that is too long", "os.chdir('/granted/out')\nfor _ in range(20): enter('d' * 250)"),
        (
            "in a folder that is closed",
            "os.chdir('/granted/out')\nenter('closed')\nclosed.append('/granted/out/closed')",
        ),
    ],
    ids=["open", "long", "closed"],
)
def test_filling_a_written_folder_is_noticed(range_: Range, cell: str, name: str, code: str) -> None:
    """Many files in a granted folder end the call once they are more than its scratch limit, wherever they lie."""
    folder = Path(f"/var/tmp/ringfence-filled-{os.getpid()}-{cell}")
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    code = f"""
closed = []
def enter(name):
    os.mkdir(name)
    os.chdir(name)
{code}
handles = [open(str(number), 'wb') for number in range(40)]
for one in closed:
    os.chmod(one, 0)
for one in handles:
    one.write(b'x' * (1 << 20))
    one.close()
    time.sleep(0.02)
return 'filled'
"""
    mount = Mount(source=str(folder), target="/granted/out", writable=True, grant="write.out")
    try:
        assert attack(range_, cell, code, mounts=(mount,)).code == "disk-limit"
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder)


@cells
def test_landlock_is_a_second_wall(range_: Range, cell: str) -> None:
    """With the read-only bind of the plugin gone, Landlock alone still stops the write."""
    from attacks import catalogue, containers

    _plugin_writable = containers._plugin_writable if cell == "container" else catalogue._plugin_writable
    code = "open('/plugin/new', 'w').close(); return 'written'"
    assert "PermissionError" in refused(attack(range_, cell, code, breach=_plugin_writable))
    assert gained(attack(range_, cell, code, breach=both(_plugin_writable, no_landlock))) == "written"


def test_network_namespace_alone_holds(range_: Range) -> None:
    """Without filter and Landlock, the empty network namespace still leads nowhere."""
    code = "socket.create_connection(('127.0.0.1', 22), timeout=2)"
    ended = attack(range_, "bubblewrap", code, breach=both(no_seccomp, no_landlock))
    assert "ConnectionRefusedError" in refused(ended)


@pytest.mark.parametrize(
    ("wall", "named"),
    [
        ("network namespace", "network namespace"),
        ("ipc namespace", "ipc namespace"),
        ("uts namespace", "uts namespace"),
        ("cgroup namespace", "cgroup namespace"),
        ("pid namespace", "pid namespace"),
    ],
)
def test_missing_wall_is_refused(range_: Range, wall: str, named: str) -> None:
    """A cell that came up without a wall that was asked for is never used."""
    with plugin_of("return 1") as folder:
        plan = range_.plan("bubblewrap", range_.profile(folder)).without(wall)
        with pytest.raises(SandboxUnavailable, match=named), range_.made(plan):
            pass


@cells
@pytest.mark.parametrize(("what", "named"), [("seccomp", "seccomp"), ("capabilities", "capabilit")])
def test_missing_inner_wall_is_refused(range_: Range, cell: str, what: str, named: str) -> None:
    """The same for the filter and for capabilities, in every cell."""
    from attacks import catalogue, containers

    all_capabilities = (containers if cell == "container" else catalogue)._all_capabilities
    with plugin_of("return 1") as folder:
        whole = range_.plan(cell, range_.profile(folder))
        plan = no_seccomp(whole) if what == "seccomp" else all_capabilities(whole)
        plan = replace(plan, expect=replace(whole.expect, user=plan.expect.user))
        with pytest.raises(SandboxUnavailable, match=named), range_.made(plan):
            pass


def test_landlock_failure_is_refused(range_: Range) -> None:
    """A guest that cannot put up Landlock says so, and the cell is never used."""
    with plugin_of("return 1") as folder:
        plan = range_.plan("bubblewrap", range_.profile(folder))
        landlock = dict(plan.setup["landlock"]) | {"read": ["/nonexistent"]}  # type: ignore[call-overload]
        broken = replace(plan, setup=dict(plan.setup) | {"landlock": landlock})
        with pytest.raises(SandboxUnavailable, match="wall could not be put up"), range_.made(broken):
            pass


# The way out.


@pytest.fixture
def server() -> Iterator[int]:
    """A server on the host's loopback that says hello; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.sendall(b"hello")
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def _granted(*destinations: tuple[str, int]):
    def edit(workload: Workload) -> Workload:
        found = tuple(Destination(host=h, port=p) for h, p in destinations)
        return replace(workload, network=Network(reach=Reach.GRANTED, destinations=found))

    return edit


CONNECT = "return socket.create_connection((%r, %d), timeout=60).recv(5).decode()"


@cells
def test_granted_address_is_reached(range_: Range, server: int, cell: str) -> None:
    """An address that was granted as such answers at its place inside the cell, and no other port does."""
    edit = _granted(("127.0.0.1", server))
    assert gained(attack(range_, cell, CONNECT % ("127.0.1.1", server), edit=edit)) == "hello"
    assert "Error" in refused(attack(range_, cell, CONNECT % ("127.0.0.1", server), edit=edit))
    assert "PermissionError" in refused(attack(range_, cell, CONNECT % ("127.0.1.1", server + 1), edit=edit))


@cells
def test_name_that_leads_inside_is_refused(range_: Range, server: int, cell: str) -> None:
    """A granted name whose address is private is not connected to, whatever form the address takes."""
    edit = _granted(("inside.example", server))
    code = CONNECT % ("inside.example", server)
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1%lo"):
        ended = attack(range_, cell, code, edit=edit, resolver=lambda host, port, a=address: [a])
        assert ended.answer in ({"result": ""}, ended.answer)
        assert "hello" not in str(ended.answer)


def test_rebinding_gains_nothing(range_: Range, server: int) -> None:
    """What was checked is what is connected to: a name that changes its mind is asked once a connection."""
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.2.1"] if len(asked) % 2 else ["127.0.0.1"]

    code = f"""
    said = []
    for _ in range(4):
        try:
            s = socket.create_connection(('rebind.example', {server}), timeout=1)
            s.settimeout(1)
            said.append(s.recv(5).decode())
        except OSError as error:
            said.append(type(error).__name__)
    return said
    """
    found = gained(attack(range_, "prefork", code, edit=_granted(("rebind.example", server)), resolver=resolver))
    assert asked
    assert isinstance(found, list)
    assert "hello" not in found


def test_mixed_answers_are_refused_whole(range_: Range, server: int) -> None:
    """One private address among public ones refuses the name: an attacker chooses the order."""
    edit = _granted(("mixed.example", server))
    ended = attack(
        range_,
        "prefork",
        CONNECT % ("mixed.example", server),
        edit=edit,
        resolver=lambda h, p: ["127.0.0.1", "192.0.2.1"],
    )
    assert "hello" not in str(ended.answer)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "::127.0.0.1",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    """Private, loopback, link-local and dressed-up forms of them."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    """And the others are not refused."""
    assert is_public(address)


@cells
def test_names_are_not_resolved_inside(range_: Range, cell: str) -> None:
    """No name but a granted one means anything in a cell; no packet asks for it."""
    code = "return socket.getaddrinfo('example.org', 443)"
    assert "gaierror" in refused(attack(range_, cell, code))


# Secrets.


@cells
def test_secret_is_in_no_listing(range_: Range, cell: str) -> None:
    """While a call with a secret runs, the host's process listings do not show it."""
    canary = b"correct-horse-battery-staple"
    seen: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            for pid in filter(str.isdigit, os.listdir("/proc")):
                for name in ("cmdline", "environ"):
                    try:
                        data = Path(f"/proc/{pid}/{name}").read_bytes()
                    except OSError:
                        continue
                    if canary in data:
                        seen.append(f"{pid}/{name}")

    looker = threading.Thread(target=look)
    looker.start()
    try:
        code = "time.sleep(0.7); return open('/run/secrets/token').read() + ' '.join(os.environ.values())"
        found = gained(attack(range_, cell, code, secrets={"token": canary}))
    finally:
        stop.set()
        looker.join()
    assert str(found).startswith(canary.decode())
    assert str(found).count(canary.decode()) == 1
    assert seen == []


def test_breach_without_a_wall_name_is_an_error(range_: Range) -> None:
    """A test that takes out a wall which is not there proves nothing, so it fails."""
    with plugin_of("return 1") as folder, pytest.raises(KeyError):
        without("no such wall")(range_.plan("bubblewrap", range_.profile(folder)))
