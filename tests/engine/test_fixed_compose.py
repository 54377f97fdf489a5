"""A fixed Compose file is started by a real engine: the program still does its work, within the walls."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from dockerengine import DockerEngine
from needs import unavailable
from ringfence.cli.main import main

BASE = "ringfence-base:1.0"
#: It writes where programs write, says who it is, and tries what it must not do.
SCRIPT = (
    "echo x > /tmp/a && echo wrote; id -u; (echo x > /bin/a) 2>/dev/null || echo closed;"
    " grep -q '^NoNewPrivs:.*1' /proc/self/status && echo bound; grep '^CapEff' /proc/self/status"
)
SERVICES = {
    "services": {"web": {"image": BASE, "network_mode": "none", "command": ["sh", "-c", SCRIPT.replace("$", "$$")]}}
}


def composed(engine: DockerEngine, folder: Path) -> str:
    """What the service prints when Debian's docker-compose starts it."""
    program = shutil.which("docker-compose")
    if program is None:
        unavailable("docker-compose is not installed")
    words = ["up", "--no-color", "--abort-on-container-exit", "--exit-code-from", "web"]
    done = subprocess.run(
        [program, "-f", "compose.yaml", *words],
        cwd=folder,
        env=engine.environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.partition("| ")[2] for line in done.stdout.splitlines() if " | " in line]
    subprocess.run([program, "down"], cwd=folder, env=engine.environment, capture_output=True, timeout=600, check=True)
    return "\n".join(lines)


def test_a_fixed_service_runs_within_its_walls(
    docker_engine: DockerEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the fix it is root and can write anywhere; after it neither, and /tmp is there to be written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    docker_engine.busybox(BASE)
    file = tmp_path / "compose.yaml"
    file.write_text('version: "2.4"\n' + yaml.safe_dump(SERVICES, sort_keys=False))
    before = composed(docker_engine, tmp_path).splitlines()
    assert before[:2] == ["wrote", "0"]
    assert not {"closed", "bound"} & set(before)
    main(["audit", "--fix", "--unsafe-fixes", "--skip", "restart-policy", "--format", "json"])
    service = yaml.safe_load(file.read_text())["services"]["web"]
    assert (service["read_only"], service["tmpfs"], service["user"]) == (True, ["/tmp"], "65532:65532")
    after = composed(docker_engine, tmp_path).splitlines()
    assert after == ["wrote", "65532", "closed", "bound", "CapEff:\t0000000000000000"]


def test_a_read_only_root_alone_would_break_it(docker_engine: DockerEngine) -> None:
    """So that the memory at /tmp is what keeps it working."""
    docker_engine.busybox(BASE)
    done = docker_engine.attempt("run", "--rm", "--read-only", BASE, "sh", "-c", "echo x > /tmp/a")
    assert done.returncode != 0
    assert "Read-only file system" in done.stderr


DEPLOYED = """\
services:
  web:
    image: ringfence-base:1.0
    network_mode: none
    command: [sleep, "9"]
    deploy:
      resources:
        limits:
          memory: 64m
          cpus: "0.5"
"""


@pytest.mark.parametrize("version", ["", 'version: "3.8"\n'])
def test_fixed_limits_of_a_deployment_hold(
    docker_engine: DockerEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Debian's docker-compose refuses a bound on processes among them; what a fix writes instead, it sets."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    docker_engine.busybox(BASE)
    file = tmp_path / "compose.yaml"
    file.write_text(version + DEPLOYED + "          pids: 20\n")
    assert "'pids'" in _compose(docker_engine, tmp_path, "up", "--no-start").stderr
    file.write_text(version + DEPLOYED)
    main(["audit", "--fix", "--unsafe-fixes", "--only", "bounded-processes", "--set", "pids=20", "--format", "json"])
    done = _compose(docker_engine, tmp_path, "up", "--no-start")
    assert done.returncode == 0, done.stderr
    made = docker_engine.run("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.service=web").split()
    form = "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"
    assert docker_engine.run("inspect", "--format", form, *made).split() == [str(64 << 20), "500000000", "20"]
    assert _compose(docker_engine, tmp_path, "down").returncode == 0


def _compose(engine: DockerEngine, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("docker-compose")
    if program is None:
        unavailable("docker-compose is not installed")
    command = [program, "-f", "compose.yaml", *words]
    return subprocess.run(
        command, cwd=folder, env=engine.environment, capture_output=True, text=True, timeout=600, check=False
    )
