"""A stack that is emitted, and one that is put right, stand up and hold; the careless one falls to the same attacks."""

import shutil
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit.audit_desk import Folder
from lan import LISTENING, NEIGHBOUR, SERVER
from ringfence.cli.main import main
from stack.compose_project import REGISTRY, Commands, Project, Server, hurried

SHOP = Path(__file__).parents[2] / "examples" / "shop"
SERVICES = ("web", "app", "db")
_SECRETS = {"database-password": "bK4-tR8.wX1z", "database-settings": "requirepass bK4-tR8.wX1z\nprotected-mode no\n"}


def _laid_out(folder: Path) -> None:
    """The files of the shop beside its Compose file."""
    for name in ("visits", "index.html", "shop.py"):
        shutil.copy(SHOP / name, folder / name)
    (folder / "secrets").mkdir()
    for name, text in _SECRETS.items():
        (folder / "secrets" / name).write_text(text)
        (folder / "secrets" / name).chmod(0o444)


def _audited(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """(subject, control) of all that the auditor finds in a folder's Compose file."""
    desk = Folder(folder, capsys)
    return [(one["subject"], one["control"]) for one in desk.report("compose.yaml")["findings"]]


def _decided(text: str, server: Server) -> str:
    """The file after its owner answered what no fix can know: versions, checks, networks, where secrets are."""
    for before, after in (
        ("image: registry.example.com/shop/web\n", _DECISIONS["web"]),
        ("image: registry.example.com/shop/app:latest\n", _DECISIONS["app"]),
        ("image: registry.example.com/redis:latest\n", _DECISIONS["db"]),
        ("    environment:\n      DATABASE_PASSWORD: vT9-kQz7.mB2x\n", "    secrets: [database-password]\n"),
        ("    environment:\n      REDIS_PASSWORD: vT9-kQz7.mB2x\n", "    secrets: [database-settings]\n"),
        (_CARELESS_COMMAND, "command: [redis-server, /run/secrets/database-settings, --dir, /data]"),
        ("    links: [app]\n", ""),
        ("    links: [db]\n", ""),
        ("volumes:\n  records: {}\n", "volumes:\n  records: {}\n" + _DECLARED),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    for name, digest in server.images.items():
        text = text.replace(f"/{name}\n", f"/{name}@{digest}\n")
    return text


_CARELESS_COMMAND = "command: sh -c 'exec redis-server --dir /data --bind 0.0.0.0 --requirepass \"$$REDIS_PASSWORD\"'"
_DECISIONS = {
    "web": """image: registry.example.com/shop/web:1.4
    networks: [front, app]
    healthcheck: {test: [CMD, busybox, wget, -q, -O, /dev/null, "http://127.0.0.1:3000/"], interval: 5s}
""",
    "app": """image: registry.example.com/shop/app:1.4
    networks: [app, db]
    healthcheck: {test: [CMD, python3, /app/shop.py, check], interval: 5s}
""",
    "db": """image: registry.example.com/redis:7.0
    networks: [db]
    healthcheck: {test: [CMD-SHELL, redis-cli ping | grep -q -e PONG -e NOAUTH], interval: 5s}
""",
}
_DECLARED = """networks:
  front: {}
  app: {internal: true}
  db: {internal: true}
secrets:
  database-password: {file: ./secrets/database-password}
  database-settings: {file: ./secrets/database-settings}
"""
#: What is left to somebody after the careless file was put right as far as can be.
_OPEN = {
    *(
        (f"service {name}", control)
        for name in SERVICES
        for control in ("health-checked", "pinned-digest", "pinned-tag")
    ),
    *((f"service {name}", "no-secrets-in-environment") for name in ("app", "db")),
    ("service db", "internal-databases"),
}


@pytest.fixture(params=["spec", "2.4", "docker-run"])
def emitted(
    request: pytest.FixtureRequest,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Project]:
    """The shop as it is emitted, in both file formats, audited, and as commands: then up."""
    monkeypatch.chdir(tmp_path)
    _laid_out(tmp_path)
    (tmp_path / "shop.toml").write_text(server.real((SHOP / "shop.toml").read_text()))
    capsys.readouterr()
    if request.param == "docker-run":
        assert main(["emit", "docker-run", "shop.toml"]) == 0
        with Commands(server, tmp_path, hurried(capsys.readouterr().out)) as project:
            project.wait_healthy(*SERVICES)
            yield project
        return
    assert main(["emit", "compose", "shop.toml", "--file-format", request.param]) == 0
    (tmp_path / "compose.yaml").write_text(capsys.readouterr().out)
    assert _audited(tmp_path, capsys) == []
    file = tmp_path / "compose.yaml"
    file.write_text(hurried(file.read_text()))
    with Project(server, tmp_path, "emitted") as project:
        project.wait_healthy(*SERVICES)
        yield project


def test_an_emitted_stack_stands_and_holds(emitted: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """It does its work, for this machine alone, what breaks into a service stays in it, and nothing is found at what
    runs."""
    _works(emitted)
    assert _breaches(emitted) == []
    assert _judged(emitted, capsys) == set()


@pytest.fixture
def careless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the careless file."""
    _laid_out(tmp_path)
    folder = tmp_path / "careless"
    folder.mkdir()
    shutil.copytree(tmp_path / "secrets", folder / "secrets")
    shutil.copy(SHOP / "careless" / "compose.yaml", folder)
    monkeypatch.chdir(folder)
    return folder


def test_a_careless_stack_falls_to_every_attack(
    server: Server, careless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the attacks would prove nothing. They are the incident: the port and the database are open to the wire."""
    file = careless / "compose.yaml"
    file.write_text(server.real(file.read_text()))
    with Project(server, careless, "careless") as project:
        _works(project)
        assert _breaches(project) == [*_BESIDE_OTHERS, *_ALONE]
        assert _judged(project, capsys) >= {"non-root-user", "read-only-root", "published-ports", "no-default-bridge"}


def test_a_careless_stack_put_right_stands_and_holds(
    server: Server, careless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What needs no decision is put right, what does is asked; answered, nothing is found and no attack succeeds."""
    file = careless / "compose.yaml"
    assert len(_audited(careless, capsys)) > 35
    main(["audit", "--fix", "--unsafe-fixes", "--set", "memory=96m", "--set", "pids=50", "compose.yaml"])
    assert set(_audited(careless, capsys)) == _OPEN
    file.write_text(_decided(file.read_text(), server))
    assert _audited(careless, capsys) == []
    file.write_text(hurried(file.read_text()).replace("registry.example.com", REGISTRY))
    with Project(server, careless, "righted") as project:
        project.wait_healthy(*SERVICES)
        _works(project)
        assert _breaches(project) == []
        assert _judged(project, capsys) == set()


def _works(project: Project) -> None:
    """Through the published port, web asks app, and app asks the database."""
    wire = project.server.lan
    answers = list[str]()
    for _ in range(1500):
        answers.append(wire.asks(wire.server, "127.0.0.1", 3001, "/cgi-bin/visits"))
        if '"answer": ' in answers[-1]:
            break
        time.sleep(0.2)
    assert '{"answer": ' in answers[-1], answers[-1]
    assert "<h1>Open</h1>" in wire.asks(wire.server, "127.0.0.1", 3001, "/")


def _judged(project: Project, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The controls that do not hold for the containers that run."""
    names = [project.state(name)["Name"].lstrip("/") for name in SERVICES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RINGFENCE_ENGINE", str(project.server.engine.socket))
        report = Folder(Path.cwd(), capsys).report("--running", *names)
    assert report["summary"]["files"] == {"containers": len(SERVICES)}
    return {one["control"] for one in report["findings"]}


def _breaches(project: Project) -> list[str]:
    """The attacks that succeed. Those that are stopped by silence wait for it together, and the others beside them."""
    for service in SERVICES:
        project.container(service)
    with ThreadPoolExecutor(len(_BESIDE_OTHERS)) as pool:
        begun = {name: pool.submit(attack, project) for name, attack in _BESIDE_OTHERS.items()}
        done = [name for name, one in begun.items() if one.result()]
    return done + [name for name, attack in _ALONE.items() if attack(project)]


def _python(project: Project, service: str, code: str, user: str = "") -> str:
    """What a program says that is run in a service; "" where it fails."""
    done = project.inside(service, "python3", "-c", textwrap.dedent(code), user=user)
    return done.stdout if done.returncode == 0 else ""


def _neighbour_sees_web(project: Project) -> bool:
    wire = project.server.lan
    return "Open" in wire.asks(wire.neighbour, SERVER, 3001)


def _neighbour_sees_database(project: Project) -> bool:
    """On the server's address, and straight at the container's, which a neighbour may set a route to."""
    wire = project.server.lan
    addresses = [SERVER, *project.addresses("db")]
    return any("-" in wire.tells(wire.neighbour, one, 6379, "PING\r\nQUIT\r\n") for one in addresses)


def _web_sees_database(project: Project) -> bool:
    """A service that does not need the database, and was broken into."""
    code = """
        import os, socket
        os.environ["RES_OPTIONS"] = "timeout:2 attempts:1"  # a name that nobody knows is asked for ten seconds else
        socket.create_connection(({!r}, 6379), timeout=2)
        print("open")
    """
    addresses = [*project.addresses("db"), "db"]
    return any("open" in _python(project, "web", code.format(one)) for one in addresses)


def _reaches_out(service: str) -> Callable[[Project], bool]:
    code = f"import urllib.request as u; print(u.urlopen('http://{NEIGHBOUR}:{LISTENING}/', timeout=2).read())"
    return lambda project: "stolen" in _python(project, service, code)


def _writes(service: str) -> Callable[[Project], bool]:
    """Into the root, as whoever the service runs as."""
    return lambda project: project.inside(service, "touch", "/bin/planted").returncode == 0


def _gains_root(project: Project) -> bool:
    """By a program that belongs to root and runs as root."""
    done = project.inside("app", "rooted", "-c", "import os; print(os.geteuid())", user="65532:65532")
    return done.stdout.strip() == "0"


def _has_capabilities(service: str) -> Callable[[Project], bool]:
    """Any at all, also those that a program could get by exec."""

    def attack(project: Project) -> bool:
        said = dict(line.split(":", 1) for line in project.inside(service, "cat", "/proc/1/status").stdout.splitlines())
        return any(int(said[f"Cap{one}"], 16) for one in ("Eff", "Prm", "Bnd", "Inh", "Amb"))

    return attack


def _is_root(service: str) -> Callable[[Project], bool]:
    return lambda project: project.inside(service, "id", "-u").stdout.strip() == "0"


def _takes_memory(service: str) -> Callable[[Project], bool]:
    return lambda project: (
        "all" in _python(project, service, "b = bytearray(300 << 20); b[::4096] = b[::4096]; print('all')")
    )


def _takes_processes(service: str) -> Callable[[Project], bool]:
    code = """
        import os, signal, sys, time
        made = []
        try:
            for _ in range(400):
                pid = os.fork()
                if not pid:
                    time.sleep(60)
                    os._exit(0)
                made.append(pid)
        except OSError:
            pass
        for pid in made:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        print("all" if len(made) == 400 else "bounded")
    """
    return lambda project: "all" in _python(project, service, code)


#: Each says whether it succeeded.
_BESIDE_OTHERS: dict[str, Callable[[Project], bool]] = {
    "the neighbour sees web": _neighbour_sees_web,
    "the neighbour sees the database": _neighbour_sees_database,
    "web sees the database": _web_sees_database,
    "the database reaches out": _reaches_out("db"),
    "the app reaches out": _reaches_out("app"),
    **{f"{name} writes to its root": _writes(name) for name in SERVICES},
    **{f"{name} runs as root": _is_root(name) for name in SERVICES},
    **{f"{name} has capabilities": _has_capabilities(name) for name in SERVICES},
    "root's programs give root": _gains_root,
}
#: What takes all that there is leaves nothing for another attack.
_ALONE: dict[str, Callable[[Project], bool]] = {
    **{f"{name} takes all memory": _takes_memory(name) for name in ("app", "db")},
    **{f"{name} takes all processes": _takes_processes(name) for name in ("app", "db")},
}
