"""`ringfence audit --running`: what runs is judged by the controls of the files that it comes from."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit.audit_desk import Folder, folder  # noqa: F401 - a fixture
from dockerengine import DockerEngine

HARDENED = (
    "--user 65532:65532 --read-only --security-opt no-new-privileges:true --cap-drop ALL --memory 64m --cpus 0.5"
    " --pids-limit 50 --network none --restart unless-stopped --health-cmd true --log-driver json-file"
    " --log-opt max-size=1m --tmpfs /tmp"
)

Start = Callable[..., str]


@pytest.fixture
def start(docker_engine: DockerEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts containers by the flags of `docker run`; they are gone after the test."""
    base = docker_engine.busybox("ringfence-running:1.0")
    monkeypatch.setenv("RINGFENCE_ENGINE", str(docker_engine.socket))
    made = list[str]()

    def started(flags: str, name: str) -> str:
        made.append(name)
        image = docker_engine.run("inspect", "--format", "{{.Id}}", base).strip()
        docker_engine.run("run", "--detach", "--name", name, *flags.split(), image, "sleep", "600")
        return name

    yield started
    for one in made:
        docker_engine.attempt("rm", "--force", one)


def found(folder: Folder, *words: str) -> set[str]:  # noqa: F811
    report: Any = folder.report("--running", *words)
    assert report["unread"] == []
    return {one["control"] for one in report["findings"]}


def test_a_hardened_container_passes(folder: Folder, start: Start) -> None:  # noqa: F811
    """Each wall of a Compose file is seen on the container that runs."""
    assert found(folder, start(HARDENED, "hardened")) == set()
    assert folder.code == 0


@pytest.mark.parametrize(
    ("before", "after", "control"),
    [
        ("--user 65532:65532", "", "non-root-user"),
        ("--user 65532:65532", "--user 0:65532", "non-root-user"),
        ("--read-only", "", "read-only-root"),
        ("--security-opt no-new-privileges:true", "", "no-new-privileges"),
        ("--security-opt no-new-privileges:true", "--security-opt no-new-privileges=false", "no-new-privileges"),
        ("--cap-drop ALL", "", "capabilities-dropped"),
        ("--cap-drop ALL", "--cap-drop ALL --cap-add SYS_PTRACE", "no-added-capabilities"),
        ("--memory 64m", "", "bounded-memory"),
        ("--cpus 0.5", "", "bounded-cpu"),
        ("--pids-limit 50", "", "bounded-processes"),
        ("--pids-limit 50", "--pids-limit -1", "bounded-processes"),
        ("--network none", "--network host", "no-host-namespaces"),
        ("--restart unless-stopped", "", "restart-policy"),
        ("--health-cmd true", "--no-healthcheck", "health-checked"),
        ("--log-opt max-size=1m", "", "bounded-logs"),
        ("--tmpfs /tmp", "--security-opt seccomp=unconfined", "seccomp-confined"),
        ("--tmpfs /tmp", "--security-opt systempaths=unconfined", "masked-proc"),
        ("--tmpfs /tmp", "--pid host", "no-host-namespaces"),
        ("--tmpfs /tmp", "--ipc host", "no-host-namespaces"),
        ("--tmpfs /tmp", "--device /dev/null:/dev/x", "no-devices"),
        ("--tmpfs /tmp", "--volume /etc:/host-etc", "no-sensitive-host-paths"),
        ("--tmpfs /tmp", "--volume {socket}:/var/run/docker.sock", "no-engine-socket"),
        ("--tmpfs /tmp", "--env DATABASE_PASSWORD=vT9-kQz7.mB2x", "no-secrets-in-environment"),
    ],
)
def test_what_a_container_lacks_is_found(
    folder: Folder,  # noqa: F811
    start: Start,
    docker_engine: DockerEngine,
    before: str,
    after: str,
    control: str,
) -> None:
    """One wall is taken out, and that one is missed."""
    assert HARDENED.count(before) == 1
    flags = HARDENED.replace(before, after.format(socket=docker_engine.socket))
    assert control in found(folder, start(flags, "lacking"))


def test_a_published_port_is_seen_with_its_address(folder: Folder, start: Start) -> None:  # noqa: F811
    """On every interface it is a finding, on loopback it is none."""
    flags = HARDENED.replace("--network none", "--publish 18080:80")
    assert "published-ports" in found(folder, start(flags, "open"))
    flags = flags.replace("18080:80", "127.0.0.1:18081:80")
    assert "published-ports" not in found(folder, start(flags, "closed"))


def test_all_that_runs_is_judged(folder: Folder, start: Start) -> None:  # noqa: F811
    """Without names: the good one, then the bad one, each by its name."""
    start(HARDENED, "first-good")
    start(HARDENED.replace("--read-only", ""), "then-bad")
    report: Any = folder.report("--running")
    assert report["summary"]["files"]["containers"] >= 2
    subjects = {one["subject"] for one in report["findings"] if one["control"] == "read-only-root"}
    assert subjects == {"container then-bad"}
    sarif = json.loads(folder.audit("--running", "--format", "sarif"))
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif["runs"][0]["results"]}
    assert uris == {"container:then-bad"} or uris == {"container%3Athen-bad"}


def test_what_does_not_run_or_answer_is_said(
    folder: Folder,  # noqa: F811
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One sentence each; and a container is not fixed."""
    folder.audit("--running", "no-such-container")
    assert (folder.code, "no container 'no-such-container' is known to the engine at" in folder.err) == (2, True)
    folder.audit("--running", "--fix")
    assert (folder.code, "--running only looks" in folder.err) == (2, True)
    monkeypatch.setenv("RINGFENCE_ENGINE", "/nonexistent.sock")
    folder.audit("--running")
    assert folder.code != 0
    assert "no container engine listens on /nonexistent.sock" in folder.err
