"""What all tests share: folders that a cell can reach, a state of their own, the command."""

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dockerengine import DockerEngine
from rootlessengine import RootlessEngine

#: Tests of container engines and of full machines: side by side they would only wait for one another.
TOGETHER = {"attacks", "cells", "engine", "images", "pool", "stack"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `-n`: one worker runs what stands in those folders, the other ones take file by file."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0])
            return "together" if file.parent.name in TOGETHER else str(file)

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """The tests themselves are no garbage: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


def open_folder(prefix: str) -> Path:
    """A new folder that user 65532 may pass; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix=f"ringfence-{prefix}-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one test."""
    made = open_folder("test")
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def runtime_store() -> Iterator[Path]:
    """The guest's root, built once a session."""
    made = open_folder("runtime")
    yield made / "runtime"
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def docker_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """A Docker engine, started once a session by the first test that asks for it."""
    engine = DockerEngine(tmp_path_factory)
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def remapped_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerEngine]:
    """One with userns-remap."""
    engine = DockerEngine(tmp_path_factory, remapped=True)
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def rootless_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RootlessEngine]:
    """One that an ordinary user started."""
    engine = RootlessEngine(tmp_path_factory)
    yield engine
    engine.stop()


class Desk:
    """An operator's desk: a state, a configuration, and the command as they would type it."""

    def __init__(self, folder: Path, runtime_store: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.config = folder / "ringfence.toml"
        self.state.mkdir(mode=0o755)
        runtime_store.mkdir(parents=True, exist_ok=True)
        (self.state / "runtime").symlink_to(runtime_store)
        inherited = {
            k: v for k, v in os.environ.items() if k == "RINGFENCE_DEBUG" or not k.startswith(("RINGFENCE_", "UPM_"))
        }
        self.environment = inherited | {"RINGFENCE_STATE": str(self.state), "RINGFENCE_CONFIG": str(self.config)}

    def run(
        self,
        *words: str,
        input: bytes | None = None,
        cwd: Path | None = None,
        timeout: float = 600,
        env: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run `ringfence WORDS`."""
        done = subprocess.run(
            [sys.executable, "-m", "ringfence", *words],
            input=input,
            capture_output=True,
            cwd=cwd or self.folder,
            env=self.environment | (env or {}),
            timeout=timeout,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        )

    def call(self, plugin: str, method: str, arguments: object = None, *more: str, **options: object) -> dict:
        """`ringfence run`; the envelope, with the exit code under `exit`."""
        done = self.run("run", plugin, method, json.dumps(arguments or {}), *more, **options)  # type: ignore[arg-type]
        return json.loads(done.stdout) | {"exit": done.returncode}

    def plugin(self, code: str, *methods: str, name: str = "probe", extra: str = "") -> Path:
        """Write a plugin whose class is `Plugin`, with methods that take and give anything."""
        folder = self.folder / name
        folder.mkdir(mode=0o755, exist_ok=True)
        (folder / f"{name.replace('-', '_')}.py").write_text(code)
        lines = [f'name = "{name}"', 'version = "1.0.0"', 'description = "A plugin of the tests."']
        lines += ['license = "Apache-2.0"', "[entry]", f'module = "{name.replace("-", "_")}"', 'class = "Plugin"']
        for method in methods:
            lines += [
                f"[methods.{method}]",
                f'description = "{method}"',
                'arguments = { type = "object" }',
                "result = {}",
            ]
        (folder / "plugin.toml").write_text("\n".join(lines) + "\n" + extra)
        return folder

    def grant(self, folder: Path, *words: str) -> None:
        """`ringfence grant`, which must succeed."""
        done = self.run("grant", str(folder), *(words or ("--all-methods",)))
        assert done.returncode == 0, done.stderr

    def journal(self) -> list[dict]:
        """All records of the journal."""
        done = self.run("journal", "show", "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def desk(folder: Path, runtime_store: Path) -> Desk:
    """A desk with nothing granted."""
    return Desk(folder, runtime_store)


DeskMaker = Callable[[], Desk]
