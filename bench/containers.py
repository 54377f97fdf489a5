"""The container cell beside `docker run` and podman in the same run; the images' sizes and times.

Starts an engine of its own, with the tests' starter; as anybody but root, or without Debian's engine, it has no rows.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Row = tuple[str, ...]
_ROOT = Path(__file__).parents[1]
_PROGRAM = "import json,asyncio"


def run(smoke: bool) -> list[Row]:
    """All rows."""
    sys.path.insert(0, str(_ROOT / "tests"))
    from dockerengine import DockerEngine, missing

    if missing():
        return [("container cell", "-", "-", missing(), "-")]
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-"))

    class Factory:
        """What the starter asks of pytest."""

        def mktemp(self, name: str) -> Path:
            made = folder / name
            made.mkdir()
            return made

    engine = DockerEngine(Factory())  # type: ignore[arg-type]
    try:
        return [
            *_calls(engine, folder, 3 if smoke else 30),
            *_podman(Factory(), 2 if smoke else 15),
            *_images(engine, folder, smoke),
        ]
    finally:
        engine.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _timed(count: int, work: Callable[[], object], between: Callable[[], object] = lambda: None) -> list[float]:
    times = []
    for _ in range(count):
        between()
        started = time.monotonic()
        work()
        times.append((time.monotonic() - started) * 1000)
    return times


def _row(what: str, times: list[float], beside: str, other: float | None) -> Row:
    median = statistics.median(times)
    ratio = "-" if other is None else f"{other / median:.1f}x faster"
    return (
        what,
        f"{median:.1f} ms",
        f"{sorted(times)[min(int(len(times) * 0.95), len(times) - 1)]:.1f} ms",
        beside,
        ratio,
    )


def _calls(engine: object, folder: Path, count: int) -> list[Row]:
    from attacks.harness import Range, plugin_of, request
    from ringfence.cells.containersettings import Settings
    from ringfence.cells.pool import Pool

    store = folder / "runtime"
    store.mkdir()
    settings = Settings(engine=str(engine.socket))  # type: ignore[attr-defined]
    rows = []
    with plugin_of("class Plugin:\n    def attack(self):\n        return 1\n", whole=True) as plugin:
        profile = Range(store).profile(plugin)
        alone = Pool(store, "container", settings=settings)
        image = alone._engine.image.id  # type: ignore[union-attr]
        words = ["run", "--rm", "--network", "none", "--entrypoint", "/usr/bin/python3", image, "-c", _PROGRAM]
        peer = _timed(count, lambda: engine.run(*words))  # type: ignore[attr-defined]
        base = statistics.median(peer)
        rows.append(_row("docker run, an interpreter", peer, "", None))

        def call(pool: Pool) -> None:
            cell = pool.take(profile)
            assert cell.call(request()).answer == {"result": 1}
            cell.destroy()

        rows.append(
            _row("container cell, one-shot", _timed(count, lambda: call(alone)), f"docker run {base:.0f} ms", base)
        )
        alone.close()
        ready = Pool(store, "container", ready=2, settings=settings)
        call(ready)

        def stocked() -> None:
            ready.refill()
            ends = time.monotonic() + 60
            while not all(len(shelf.cells) >= 2 for shelf in ready._shelves.values()):
                assert time.monotonic() < ends
                time.sleep(0.02)

        pooled = _timed(count, lambda: call(ready), stocked)
        rows.append(_row("container cell, from the pool", pooled, f"docker run {base:.0f} ms", base))
        ready.close()
    return rows


def _podman(factory: object, count: int) -> list[Row]:
    """Podman's own command, and the cell in it."""
    from attacks.harness import Range, plugin_of, request
    from podmanengine import PodmanEngine
    from ringfence.cells.containersettings import Settings
    from ringfence.cells.pool import Pool

    if shutil.which("podman") is None:
        return [("container cell in podman", "-", "-", "podman is not here", "-")]
    engine = PodmanEngine(factory)  # type: ignore[arg-type]
    try:
        store = engine.folder / "runtime"
        store.mkdir()
        weaker = not Path("/sys/fs/cgroup/cgroup.controllers").exists()
        settings = Settings(engine=str(engine.socket), allow_host_cgroup_namespace=weaker)
        pool = Pool(store, "container", settings=settings)
        with plugin_of("class Plugin:\n    def attack(self):\n        return 1\n", whole=True) as plugin:
            profile = Range(store).profile(plugin)

            def call() -> None:
                cell = pool.take(profile)
                assert cell.call(request()).answer == {"result": 1}
                cell.destroy()

            image = pool._engine.image.id  # type: ignore[union-attr]
            words = ["run", "--rm", "--network", "none", "--entrypoint", "/usr/bin/python3", image, "-c", _PROGRAM]
            peer = _timed(count, lambda: engine.run(*words))
            base = statistics.median(peer)
            cell = _row("container cell in podman, one-shot", _timed(count, call), f"podman run {base:.0f} ms", base)
        pool.close()
        return [_row("podman run, an interpreter", peer, "", None), cell]
    finally:
        engine.stop()


def _images(engine: object, folder: Path, smoke: bool) -> list[Row]:
    from ringfence.images import build, debian, description
    from ringfence.images.layout import Layout, archive

    layout = Layout(folder / "layout")
    store = Path("/var/tmp/ringfence-test-packages")
    rows = []
    for name in ("base",) if smoke else ("base", "guest", "workspace"):
        variant = description.load(description.SHIPPED / name)
        debian.fetch(debian.resolve(variant.packages["debian"]), _made(store), lambda text: None)
        started = time.monotonic()
        built = build.build(variant, layout, store, distribution=debian.release())
        spent = time.monotonic() - started
        rows.append((f"image {name}: build", f"{spent:.1f} s", "-", f"{built.size / 1e6:.1f} MB", "-"))
    if not smoke and shutil.which("mmdebstrap"):
        for what, more in (("debian:slim-class", ()), ("python:slim-class", ("--include=python3",))):
            target = folder / "root.tar"
            subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", *more, "bookworm", str(target)], check=True)
            rows.append((f"root by mmdebstrap, {what}", f"{target.stat().st_size / 1e6:.1f} MB", "-", "", "-"))
            target.unlink()
    engine.run("load", input=archive(layout.read("base-debian12"), "base:bench"))  # type: ignore[attr-defined]
    return [*rows, *_life(engine, 2 if smoke else 7)]


def _made(store: Path) -> Path:
    store.mkdir(exist_ok=True)
    return store


def _life(engine: object, count: int) -> list[Row]:
    """From the start of a container to its first healthy answer, its stop, and what it takes at rest."""
    run_tmpfs = "--tmpfs=/run:exec,uid=65532,gid=65532,mode=0755"
    started, stopped, memory = [], [], []
    for _ in range(count):
        begun = time.monotonic()
        made = engine.run(
            "run", "--detach", "--read-only", "--cap-drop", "ALL", "--network", "none", run_tmpfs, "base:bench"
        ).strip()  # type: ignore[attr-defined]
        while engine.attempt("exec", made, "/usr/lib/ringfence/health").returncode != 0:  # type: ignore[attr-defined]
            time.sleep(0.01)
        started.append((time.monotonic() - begun) * 1000)
        stats = engine.run("stats", "--no-stream", "--format", "{{json .}}", made)  # type: ignore[attr-defined]
        memory.append(json.loads(stats)["MemUsage"].split(" ")[0])
        begun = time.monotonic()
        engine.run("stop", made)  # type: ignore[attr-defined]
        stopped.append((time.monotonic() - begun) * 1000)
        engine.run("rm", made)  # type: ignore[attr-defined]
    return [
        _row("image base: start to healthy", started, "", None),
        _row("image base: stop", stopped, "", None),
        ("image base: memory at rest", memory[-1], "-", "", "-"),
    ]
