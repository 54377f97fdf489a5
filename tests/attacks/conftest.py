"""The range on which attacks run, what they aim at, and the record of what was stopped where."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.harness import Range
from dockerengine import DockerEngine


@pytest.fixture(scope="session")
def range_(runtime_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    """This machine's means to make cells; a container engine once a test needs one."""
    started: list[DockerEngine] = []

    def place() -> str:
        started.append(DockerEngine(tmp_path_factory))
        return str(started[0].socket)

    made = Range(runtime_store, engine_socket=place)
    yield made
    made.close()
    for engine in started:
        engine.stop()


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        connection.sendall(b"hello")
        connection.close()


@pytest.fixture(scope="module")
def values(canary: None) -> Iterator[dict[str, object]]:
    """What attacks aim at: a server on loopback, one on an abstract socket, a file, this process."""
    tcp = socket.create_server(("127.0.0.1", 0))
    name = f"ringfence-test-{os.getpid()}"
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0" + name)
    abstract.listen()
    for listener in (tcp, abstract):
        threading.Thread(target=_serve, args=(listener,), daemon=True).start()
    folder = os.environ["RINGFENCE_TEST_CANARY_FOLDER"]
    yield {
        "parent": os.getpid(),
        "hostname": socket.gethostname(),
        "port": tcp.getsockname()[1],
        "abstract": name,
        "canary": f"{folder}/canary",
    }
    for listener in (tcp, abstract):
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A file of the host, and a variable of its environment, that no cell may see."""
    folder = Path(f"/var/tmp/ringfence-canary-{os.getpid()}")
    folder.mkdir(mode=0o755)
    (folder / "canary").write_text("canary")
    os.environ["RINGFENCE_TEST_CANARY_FOLDER"] = str(folder)
    os.environ["RINGFENCE_TEST_CANARY"] = "canary"
    yield
    del os.environ["RINGFENCE_TEST_CANARY_FOLDER"], os.environ["RINGFENCE_TEST_CANARY"]
    (folder / "canary").unlink()
    folder.rmdir()


class Results:
    """control id -> place -> verdict, from tests that passed."""

    def __init__(self) -> None:
        self.verdicts: dict[str, dict[str, str]] = {}

    def stopped(self, control: str, place: str) -> None:
        """An attack on this control was stopped there, and succeeded with its wall out."""
        self.verdicts.setdefault(control, {})[place] = "stopped"

    def dump(self) -> str:
        """For a person who looks at a failure."""
        return json.dumps(self.verdicts, indent=2, sort_keys=True)


@pytest.fixture(scope="session")
def results() -> Iterator[Results]:
    """What the attacks of this session found."""
    return Results()
