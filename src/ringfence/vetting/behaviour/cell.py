"""A watched cell: the cell that every call gets, with the kernel's questions answered from outside."""

import contextlib
import secrets as random_names
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from ringfence.cells import bubblewrap, cgroup, machine, runtime
from ringfence.cells.made import MadeCell
from ringfence.dataclasses import replace
from ringfence.gate import profile as profiles
from ringfence.gate.grants import Grant, Resources
from ringfence.gate.message import message
from ringfence.gate.state import state_dir
from ringfence.plugins.manifest import Manifest, Method
from ringfence.vetting.behaviour import filters, witness
from ringfence.vetting.behaviour.record import Call
from ringfence.vetting.behaviour.supervisor import Supervisor

MAX_MILLIS = 5000
_SAMPLES = {
    "notes.txt": "alpha beta\ngamma\n",
    "requirements.txt": "packaging==24.2\n",
    "data.json": '{"a": [1, 2, 3]}\n',
    "table.csv": "name,value\na,1\n",
}


class Bench:
    """A plugin laid out to be called in watched cells. `with Bench(…) as bench: bench.call(…)`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._manifest = manifest
        self._accountant = cgroup.find()
        self._program = machine.bubblewrap()
        self._runtime = runtime.ensure(state_dir() / "runtime")
        self._base = Path(tempfile.mkdtemp(prefix="ringfence-behaviour-"))
        self._base.chmod(0o755)
        self._module = "_" + random_names.token_hex(6)
        self._opened = filters.opened()
        self._asking = filters.asking().hex()
        try:
            self._lay_out(folder)
        except OSError:
            self.close()
            raise

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove everything that was laid out."""
        shutil.rmtree(self._base, ignore_errors=True)

    def _lay_out(self, folder: Path) -> None:
        """The plugin's files with the witness beside them, and folders to grant."""
        from ringfence.plugins.tree import copy_tree

        code = self._base / "code"

        def put(path: str, chunks: Iterator[bytes]) -> None:
            file = code / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with open(file, "wb") as out:
                out.writelines(chunks)

        code.mkdir()
        copy_tree(folder, put)
        shutil.copyfile(witness.__file__, code / f"{self._module}.py")
        for name in (*self._manifest.permissions.read, *self._manifest.permissions.write):
            granted = self._base / "granted" / name
            granted.mkdir(parents=True)
            for file, text in _SAMPLES.items():
                (granted / file).write_text(text, encoding="utf-8")
            granted.chmod(0o777 if name in self._manifest.permissions.write else 0o755)  # the cell's user is nobody's
        for path in self._base.rglob("*"):
            if "granted" not in path.parts:
                path.chmod(0o755 if path.is_dir() else 0o644)

    def grant(self) -> Grant:
        """All that the plugin asks for, with folders of our own."""
        asked = self._manifest.permissions
        place = self._base / "granted"
        return Grant(
            plugin=self._manifest.name,
            path=self._base / "code",
            version=self._manifest.version,
            digest="sha256:" + "0" * 64,
            methods=tuple(self._manifest.methods),
            read={name: str(place / name) for name in asked.read},
            write={name: str(place / name) for name in asked.write},
            secrets={},
            network=asked.network,
            resources=Resources(processes=asked.processes, memory_bytes=asked.memory_bytes),
        )

    def call(self, method: Method, arguments: Mapping[str, object], *, grant: Grant | None, forward: float = 0) -> Call:
        """One call in a fresh cell. Raises SandboxUnavailable where there is none."""
        drafted = profiles.draft(
            self._manifest.name, str(self._base / "code"), grant, timeout_ms=min(method.timeout_ms, MAX_MILLIS)
        )
        profile = profiles.settle(drafted)
        planned = bubblewrap.plan(profile, self._runtime, group_limits=self._accountant.kind != cgroup.ProcTree.kind)
        cell = bubblewrap.make(replace(planned, seccomp=self._opened), self._program, self._accountant)
        watcher = Supervisor(cell.pid, cell.pidfd, network=bool(grant and grant.network))
        sink = _Sink(cell.listeners)
        try:
            ended = cell.call(self._message(cell, method, arguments, grant, forward))
        finally:
            sink.close()
            watcher.close()
            cell.destroy()
        code, error = ended.code, ""
        answer = ended.answer or {}
        found = answer.get("error")
        if isinstance(found, dict):
            code, error = str(found.get("code")), f"{found.get('type')}: {found.get('message')}"[:300]
        if not watcher.ready:
            code, error = "unwatched", watcher.fault or error or "the witness did not come up"
        return Call(code=code, error=error, attempts=frozenset(watcher.attempts))

    def _message(
        self, cell: MadeCell, method: Method, arguments: Mapping[str, object], grant: Grant | None, forward: float
    ) -> dict[str, object]:
        """The request to the witness, with that to the plugin in it."""
        entry = self._manifest.entry
        secrets = {name: b"canary-" + name.encode() for name in self._manifest.permissions.secrets} if grant else {}
        inner = message(cell, (entry.module, entry.class_name), method.name, [], dict(arguments), secrets)
        given = {"request": inner, "program": self._asking, "forward": forward}
        return message(cell, (self._module, "Witness"), "call", [], given, {})


class _Sink:
    """Takes what is sent to granted destinations, and lets it lead nowhere."""

    def __init__(self, listeners: tuple[socket.socket, ...]) -> None:
        self._listeners = listeners
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._take, name="ringfence-sink", daemon=True)
        if listeners:
            self._thread.start()

    def close(self) -> None:
        self._closed.set()
        if self._listeners:
            self._thread.join(timeout=5)

    def _take(self) -> None:
        for listener in self._listeners:
            listener.settimeout(0.02)
        while not self._closed.is_set():
            for listener in self._listeners:
                with contextlib.suppress(OSError):
                    connection, _ = listener.accept()
                    with connection:
                        connection.settimeout(0.2)
                        connection.recv(65536)
                        connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")
