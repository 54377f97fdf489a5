"""Images that an engine builds from the emitted context: file for file those of our own builder, and they run."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Desk
from dockerengine import DockerEngine
from images.bases import alpine_base, debian_base
from images.conftest import HARDENED, IMAGES, RUN, Runner, Shelf
from needs import unavailable
from ringfence.errors import ImageRefused
from ringfence.images import description, places
from ringfence.images.layout import Image, read_archive
from ringfence.images.tree import Entry, flattened


class Programs:
    """podman and buildah with a store of their own, which holds the base."""

    def __init__(self, folder: Path, base: Path) -> None:
        (folder / "containers.conf").write_text(
            '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n'
            '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n'
        )
        (folder / "storage.conf").write_text(
            f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n'
        )
        self.environment = {
            "CONTAINERS_CONF": str(folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"),
            "BUILDAH_ISOLATION": "chroot",
        }
        self.run("podman", "import", "--quiet", str(base), "localhost/debian:12-slim")

    def run(self, *words: str) -> str:
        """The standard output of a command, which must succeed."""
        done = subprocess.run(
            words, capture_output=True, text=True, env={**os.environ, **self.environment}, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Iterator[Programs]:
    """podman and buildah, and the base that they build upon."""
    for program in ("podman", "buildah"):
        if shutil.which(program) is None or os.geteuid() != 0:
            unavailable(f"{program} is not here, or only root can run it here")
    folder = tmp_path_factory.mktemp("programs")
    yield Programs(folder, debian_base(store))
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def base(engine: DockerEngine, store: Path) -> None:
    """The base that Docker builds upon."""
    with debian_base(store).open("rb") as file:
        engine.run("import", "-", "debian:12-slim", input=file.read())


def told(image: Image) -> dict[str, bytes | None]:
    """Which packages an image says that it holds."""
    prefix = "var/lib/dpkg/status.d/"
    files = flattened(image.layers)
    return {path.removeprefix(prefix): one.data for path, one in files.items() if path.startswith(prefix) and one.data}


def nameless(engine: DockerEngine) -> str:
    """Images that nobody named, which a build would leave of its stages."""
    return engine.run("images", "--all", "--filter", "dangling=true", "--format", "{{.ID}} {{.Size}}")


def same_files(image: Image, own: Image) -> None:
    """Every path, mode, owner, link and content is the same; other versions only where the mirror has moved on."""
    mine, theirs = told(own), told(image)
    assert theirs.keys() == mine.keys()
    moved = [name for name, control in mine.items() if theirs[name] != control]
    if moved:
        print(f"the mirror has other versions by now: {moved}")
        return
    assert flattened(image.layers) == flattened(own.layers)


def test_docker_builds_what_our_own_builder_builds(
    desk: Desk, runner: Runner, shelf: Shelf, engine: DockerEngine, base: None
) -> None:
    """Docker 20.10's own build of the context: the same files, found clean, healthy when run hardened, in the bill."""
    own = shelf.layout.read(shelf.build(IMAGES / "base").name)
    environment = {"RINGFENCE_ENGINE": str(engine.socket)}
    before = nameless(engine)
    words = ("image", "build", "base", "--by-engine", "--network", "host", "--engine", "docker", "--tag", "by-docker:1")
    done = desk.run(*words, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "docker: FROM debian:12-slim AS packages" in done.stderr
    assert nameless(engine) == before
    image = places.read("engine:by-docker:1", str(engine.socket))
    same_files(image, own)
    scanned = desk.run("image", "scan", "engine:by-docker:1", "--json", env=environment)
    assert (scanned.returncode, json.loads(scanned.stdout)["findings"]) == (0, [])
    bill = json.loads(desk.run("image", "sbom", "engine:by-docker:1", env=environment).stdout)
    assert {"s6", "execline", "busybox"} <= {one["name"] for one in bill["components"]}
    options = (*HARDENED, RUN.format(65532), "--health-interval", "500ms")
    made = engine.run("run", "--detach", *options, "by-docker:1").strip()
    runner.started.append(made)
    runner.until(made, ".State.Health.Status", "healthy")
    engine.run("stop", "--time", "60", made)
    assert runner.state(made, ".State.ExitCode") == "0"


@pytest.mark.parametrize("kind", ["podman", "buildah"])
def test_programs_build_what_our_own_builder_builds(
    desk: Desk, shelf: Shelf, programs: Programs, folder: Path, kind: str
) -> None:
    """`podman build` and `buildah bud` of the same context, with the health check that OCI's own form would lose.

    Healthy in podman, read-only, without capabilities or network, with the memory that it gives to the user itself.
    """
    own = shelf.layout.read(shelf.build(IMAGES / "base").name)
    tag = f"localhost/by-{kind}:1"
    words = ("image", "build", str(IMAGES / "base"), "--by-engine", "--network", "host", "--engine", kind, "--tag", tag)
    done = desk.run(*words, env=programs.environment, timeout=600)
    assert done.returncode == 0, done.stderr
    saved = folder / "saved.tar"
    programs.run("podman", "save", "--quiet", "--format", "docker-archive", "--output", str(saved), tag)
    image = read_archive(saved.read_bytes())
    same_files(image, own)
    assert image.config["config"]["Healthcheck"]["Test"] == own.config["config"]["Healthcheck"]["Test"]
    assert image.config["created"] == "1970-01-01T00:00:00Z"
    memory = "type=tmpfs,destination=/run,U=true,tmpfs-mode=0755"
    made = programs.run("podman", "run", "--detach", *HARDENED, "--mount", memory, tag).strip()
    try:
        ends = time.monotonic() + 300
        check = ["podman", "healthcheck", "run", made]
        while subprocess.run(check, capture_output=True, env={**os.environ, **programs.environment}).returncode != 0:
            assert time.monotonic() < ends, programs.run("podman", "logs", made)
            time.sleep(0.2)
    finally:
        programs.run("podman", "rm", "--force", made)


def test_alpines_recipe_builds_upon_a_stand_in(desk: Desk, runner: Runner, engine: DockerEngine, store: Path) -> None:
    """All of Alpine's recipe but its packages: programs at Alpine's places, one /usr, healthy, apk's list kept."""
    variant = description.load(IMAGES / "monitoring")
    engine.run("import", "-", "alpine:3.22", input=alpine_base(variant, store))
    environment = {"RINGFENCE_ENGINE": str(engine.socket)}
    words = ("image", "build", "monitoring", "--for", "alpine", "--engine", "docker", "--tag", "by-alpine:1")
    done = desk.run(*words, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr
    image = places.read("engine:by-alpine:1", str(engine.socket))
    files = flattened(image.layers)
    assert [files[name] for name in ("bin", "sbin", "lib", "lib64")] == [
        Entry(0o777, target=f"usr/{name}") for name in ("bin", "sbin", "lib", "lib64")
    ]
    assert {"usr/bin/s6-svscan", "usr/bin/node_exporter", "usr/lib/apk/db/installed"} <= files.keys()
    gone = {"usr/bin/sh", "usr/bin/busybox", "etc/shadow", "etc/apk/repositories", "usr/lib/apk/db/scripts.tar"}
    assert not gone & files.keys()
    bill = json.loads(desk.run("image", "sbom", "engine:by-alpine:1", env=environment).stdout)
    assert {one["name"] for one in bill["components"]} == {"alpine-baselayout-data", *variant.packages["alpine"]}
    options = (*HARDENED, RUN.format(65532), "--health-interval", "500ms")
    made = engine.run("run", "--detach", *options, "by-alpine:1").strip()
    runner.started.append(made)
    runner.until(made, ".State.Health.Status", "healthy")


def test_base_that_is_not_to_be_had_is_one_sentence(desk: Desk, engine: DockerEngine, programs: Programs) -> None:
    """Which one, why, and what to do, by every engine; nothing is left."""
    for kind in ("docker", "podman", "buildah"):
        environment = {"RINGFENCE_ENGINE": str(engine.socket), **programs.environment}
        words = ("--engine", kind, "--base", "registry.invalid/alpine:3.22", "--tag", "none:1")
        done = desk.run("image", "build", str(IMAGES / "base"), "--for", "alpine", *words, env=environment)
        assert done.returncode == ImageRefused.exit_code, done.stderr
        assert f"{kind} cannot get the base image registry.invalid/alpine:3.22: " in done.stderr
        assert "Traceback" not in done.stderr


def test_step_that_fails_is_named_with_what_it_said(desk: Desk, engine: DockerEngine, base: None, folder: Path) -> None:
    """A package that nobody has: in which step, and in the step's own words."""
    home = folder / "images" / "odd"
    home.mkdir(parents=True)
    (home / "image.toml").write_text('name = "odd"\ndescription = "x"\n[packages]\ndebian = ["no-such-thing"]\n')
    before = nameless(engine)
    words = ("--by-engine", "--engine", "docker", "--network", "host")
    done = desk.run("image", "build", str(home), *words, env={"RINGFENCE_ENGINE": str(engine.socket)}, timeout=600)
    assert done.returncode == ImageRefused.exit_code
    assert "docker could not build the image, in RUN sh /stage/gather: " in done.stderr
    assert "there is no package no-such-thing" in done.stderr
    assert nameless(engine) == before
    assert engine.run("images", "--quiet", "debian:12-slim") != ""


def test_image_that_breaks_a_rule_is_taken_away_again(desk: Desk, engine: DockerEngine, folder: Path) -> None:
    """An engine's build is judged as ours is: what it made does not stay."""
    from images.conftest import variant_folder

    home = variant_folder(folder, 'name = "weak"\ndescription = "weak"\nsupervised = false\n')
    (home / "files" / "usr" / "bin").mkdir(parents=True)
    (home / "files" / "usr" / "bin" / "bash").write_text("#!/bin/sh\n")
    variant = description.load(home)
    engine.run("import", "-", "alpine:stand-in", input=alpine_base(variant, folder))
    words = ("--for", "alpine", "--base", "alpine:stand-in", "--engine", "docker", "--tag", "weak:1")
    done = desk.run("image", "build", str(home), *words, env={"RINGFENCE_ENGINE": str(engine.socket)}, timeout=600)
    assert done.returncode == ImageRefused.exit_code, done.stderr
    assert "/usr/bin/bash a shell, for whoever gets to run one program (no-shell)" in done.stderr
    assert engine.run("images", "--quiet", "weak:1") == ""


def test_base_past_its_end_is_refused_whatever_it_is_called(desk: Desk, engine: DockerEngine, folder: Path) -> None:
    """What counts is the release that is found inside, not the name; built all the same where that is asked for."""
    home = folder / "images" / "old"
    home.mkdir(parents=True)
    (home / "image.toml").write_text('name = "old"\ndescription = "x"\nsupervised = false\n')
    engine.run("import", "-", "fresh:1", input=alpine_base(description.load(home), folder, "3.15.4"))
    words = (
        "image",
        "build",
        str(home),
        "--for",
        "alpine",
        "--base",
        "fresh:1",
        "--engine",
        "docker",
        "--tag",
        "old:1",
    )
    environment = {"RINGFENCE_ENGINE": str(engine.socket)}
    done = desk.run(*words, env=environment, timeout=600)
    assert done.returncode == ImageRefused.exit_code, done.stderr
    assert "alpine 3.15.4 is repaired no more since 2023-11-01" in done.stderr
    assert engine.run("images", "--quiet", "old:1") == ""
    assert desk.run(*words, "--allow-unsupported-release", env=environment, timeout=600).returncode == 0
    labels = engine.run("inspect", "--format", "{{json .Config.Labels}}", "old:1")
    assert json.loads(labels)["org.opencontainers.image.base.name"] == "fresh:1"
