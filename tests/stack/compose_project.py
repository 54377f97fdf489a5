"""A project on the server: brought up by docker-compose or by commands, and probed from inside and outside."""

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import lan
from dockerengine import CLIENT, DockerEngine

REGISTRY = "127.0.0.1:5000"
#: Which registry the examples name.
_EXAMPLE = "registry.example.com"
_HEALTHY_SECONDS = 300


@dataclass(frozen=True)
class Server:
    """`images`: digests by name and tag."""

    lan: lan.Lan
    engine: DockerEngine
    images: dict[str, str]

    def real(self, text: str) -> str:
        """A file of the examples with the registry and the digests that are there."""
        for name, digest in self.images.items():
            text = re.sub(
                rf"{re.escape(f'{_EXAMPLE}/{name}')}@sha256:[0-9a-f]{{64}}", f"{REGISTRY}/{name}@{digest}", text
            )
        return text.replace(_EXAMPLE, REGISTRY)


def hurried(text: str) -> str:
    """The three services asked for their health each second, not each fifth: one waits for the other."""
    found, count = re.subn(r"(interval:?) 5s", r"\1 1s", text)
    assert count == 3, text
    return found


class Project:
    """One project in a folder with a compose.yaml; up in its `with` block."""

    def __init__(self, server: Server, folder: Path, name: str) -> None:
        self.server = server
        self._folder = folder
        self._name = name
        self._ids = dict[str, str]()

    def compose(self, *words: str) -> str:
        """Run `docker-compose WORDS`, which must succeed."""
        environment = {**os.environ, **self.server.engine.environment, "COMPOSE_HTTP_TIMEOUT": "120"}
        done = subprocess.run(
            ["docker-compose", "--project-name", self._name, *words],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout

    def __enter__(self) -> "Project":
        try:
            self.compose("up", "--detach")
        except AssertionError as error:
            said = self.compose("logs", "--no-color", "--tail", "20")
            checks = self.server.engine.run("ps", "--all", "--quiet").split()
            states = self.server.engine.run("inspect", "--format", "{{.Name}} {{json .State}}", *checks)
            self.__exit__()
            raise AssertionError(f"{error}{said[-3000:]}{states[-3000:]}") from None
        return self

    def __exit__(self, *_: object) -> None:
        self.compose("down", "--volumes", "--timeout", "1")

    def container(self, service: str) -> str:
        """The container of a service."""
        if service not in self._ids:
            # The engine answers in a tenth of the time that docker-compose needs to start.
            labels = (f"project={self._name}", f"service={service}")
            filters = [word for one in labels for word in ("--filter", f"label=com.docker.compose.{one}")]
            self._ids[service] = self.server.engine.run("ps", "--all", "--quiet", *filters).strip()
        return self._ids[service]

    def state(self, service: str) -> dict:
        """What the engine says of it."""
        return json.loads(self.server.engine.run("inspect", self.container(service)))[0]

    def inside(self, service: str, *words: str, user: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a program in the service's container, as somebody who broke into it would."""
        as_user = ("--user", user) if user else ()
        return self.server.engine.attempt("exec", *as_user, self.container(service), *words, timeout=600)

    def wait_healthy(self, *services: str) -> None:
        """Until all checks succeed."""
        ends = time.monotonic() + _HEALTHY_SECONDS
        for service in services:
            health: dict = {}
            while time.monotonic() < ends:
                health = self.state(service)["State"].get("Health", {})
                if health.get("Status") == "healthy":
                    break
                time.sleep(0.1)
            else:
                raise AssertionError(f"{service} is not healthy: {health}")

    def addresses(self, service: str) -> list[str]:
        """Its addresses on all its networks."""
        networks = self.state(service)["NetworkSettings"]["Networks"]
        return [one["IPAddress"] for one in networks.values()]


class Commands(Project):
    """The same services, brought up by the commands of a shell."""

    def __init__(self, server: Server, folder: Path, commands: str) -> None:
        super().__init__(server, folder, "commands")
        self._commands = commands

    def __enter__(self) -> "Commands":
        client = self._folder / "bin"
        client.mkdir()
        (client / "docker").symlink_to(CLIENT)
        environment = self.server.engine.environment
        done = subprocess.run(
            ["sh"],
            input=self._commands,
            cwd=self._folder,
            env={**environment, "PATH": f"{client}:{environment['PATH']}"},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode:
            self.__exit__()
        assert done.returncode == 0, f"{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return self

    def __exit__(self, *_: object) -> None:
        engine = self.server.engine
        engine.attempt("rm", "--force", "--volumes", *engine.run("ps", "--all", "--quiet").split())
        engine.attempt("volume", "rm", *engine.run("volume", "ls", "--quiet").split())
        engine.run("network", "prune", "--force")

    def container(self, service: str) -> str:
        """It is named as the service."""
        return service
