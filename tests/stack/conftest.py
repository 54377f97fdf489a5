"""A server with an engine and a registry, a neighbour, and the shop's images."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import lan
from dockerengine import DockerEngine
from needs import unavailable
from stack.compose_project import REGISTRY, Server

#: What the images are made of; one tree is all three. The packages are only unpacked: nothing has to be set up in them.
_PACKAGES = "base-files,base-passwd,coreutils,dash,grep,libc-bin,sed,python3,redis-server,busybox-static"
_PORT = 5000


def _missing() -> str:
    for program in ("docker-compose", "docker-registry", "mmdebstrap"):
        if shutil.which(program) is None:
            return f"the stack needs Debian's {program}"
    return lan.missing()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a wire with a neighbour; its engine has the images, by digest."""
    lacking = _missing()
    if lacking:
        unavailable(lacking)
    wire = lan.Lan()
    try:
        engine = DockerEngine(tmp_path_factory, inside=wire.server)
        try:
            registry = _registry(wire, tmp_path_factory.mktemp("registry"))
            try:
                yield Server(lan=wire, engine=engine, images=_images(engine, tmp_path_factory.mktemp("tree")))
            finally:
                registry.terminate()
                registry.wait()
        finally:
            engine.stop()
    finally:
        wire.stop()


def _registry(wire: lan.Lan, folder: Path) -> "subprocess.Popen[bytes]":
    config = folder / "config.yml"
    config.write_text(
        f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {folder / 'data'}}}}}\n"
        f"http: {{addr: '127.0.0.1:{_PORT}'}}\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*wire.server, "docker-registry", "serve", str(config)], stdout=log, stderr=log)
    for _ in range(2000):
        assert process.poll() is None, (folder / "log").read_text()
        if wire.asks(wire.server, "127.0.0.1", _PORT, "/v2/"):
            return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError("the registry does not answer")


def _images(engine: DockerEngine, folder: Path) -> dict[str, str]:
    """Make the three images and push them; what a registry gives for each name."""
    tree = folder / "tree.tar"
    hooks = (
        'for one in passwd group; do cp "$1/usr/share/base-passwd/$one.master" "$1/etc/$one"; done',
        'mkdir -p "$1/data" "$1/app" "$1/run/secrets" && chown 65532:65532 "$1/data"',
        # A program of root that anybody may start as root: what no-new-privileges is for.
        'cp "$1/usr/bin/python3" "$1/usr/bin/rooted" && chmod 4755 "$1/usr/bin/rooted"',
        # What nothing here runs takes long to pack, push and pull.
        'cd "$1/usr/share" && rm -rf doc locale man zoneinfo i18n perl5',
        'cd "$1" && rm -rf usr/lib/*/gconv usr/lib/*/perl-base var/lib/dpkg/info',
    )
    words = ["mmdebstrap", "--quiet", "--variant=extract", f"--include={_PACKAGES}"]
    words += [f"--extract-hook={hook}" for hook in hooks]
    subprocess.run([*words, "bookworm", str(tree)], check=True, capture_output=True, timeout=600)
    tags = {name: f"{REGISTRY}/{name}" for name in ("shop/web:1.4", "shop/app:1.4", "redis:7.0")}
    first, *others = tags.values()
    engine.run("import", str(tree), first, timeout=600)
    tree.unlink()
    for tag in others:
        engine.run("tag", first, tag)
    found = dict[str, str]()
    for name, tag in tags.items():
        engine.run("push", tag, timeout=600)
        engine.run("tag", tag, tag.rpartition(":")[0] + ":latest")
        found[name] = engine.run("inspect", "--format", "{{index .RepoDigests 0}}", tag).strip().partition("@")[2]
    return found
