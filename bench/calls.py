"""Calls: one-shot, pooled, and what they are held against."""

import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import ringfence
from bench.measure import Figure, alternate, rate

CODE = "class Plugin:\n    def echo(self, x):\n        return x\n"
MANIFEST = """\
name = "bench"
version = "1.0.0"
description = "Says back what it is told."
license = "Apache-2.0"
[entry]
module = "bench_plugin"
class = "Plugin"
[methods.echo]
description = "echo"
arguments = { type = "object", properties = { x = { type = "integer" } }, required = ["x"] }
result = { type = "integer" }
"""
HAND = "import sys; sys.path[:0] = ['/plugin']; import bench_plugin; print(bench_plugin.Plugin().echo(1))"


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    # As it is where pip installed it: an editable install has no bytecode where $PYTHONDONTWRITEBYTECODE is set.
    compileall.compile_dir(Path(ringfence.__file__).parent, quiet=2)
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-"))
    folder.chmod(0o755)
    os.environ["RINGFENCE_STATE"] = str(folder / "state")
    os.environ["RINGFENCE_CONFIG"] = str(folder / "ringfence.toml")
    try:
        plugin = folder / "bench"
        plugin.mkdir()
        (plugin / "bench_plugin.py").write_text(CODE)
        (plugin / "plugin.toml").write_text(MANIFEST)
        command = [sys.executable, "-m", "ringfence"]
        subprocess.run([*command, "grant", str(plugin), "--all-methods"], check=True, capture_output=True)
        subprocess.run([*command, "run", "bench", "echo", '{"x": 1}'], check=True, capture_output=True)
        return [
            *_one_shot(folder, plugin, 3 if smoke else 30),
            *_help(3 if smoke else 30),
            *_pooled(20 if smoke else 300),
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quiet(command: list[str], **more: object) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)  # type: ignore[call-overload]


def _bare(folder: Path, plugin: Path) -> list[str]:
    """The same plugin under bwrap by hand: the same root, no seccomp, no journal, no checks."""
    [root] = [p for p in (folder / "state" / "runtime").iterdir() if p.is_dir()]
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", str(root), "/", "--dev-bind", "/dev/null"]
    command += ["/dev/null", "--tmpfs", "/tmp", "--ro-bind", str(plugin), "/plugin", "/usr/bin/python3", "-I", "-S"]
    return [*command, "-c", HAND]


def _one_shot(folder: Path, plugin: Path, count: int) -> list[tuple[str, ...]]:
    as_user = {"user": 65532, "group": 65532, "extra_groups": []} if os.geteuid() == 0 else {}
    bare = _bare(folder, plugin)
    own = [sys.executable, "-m", "ringfence", "run", "bench", "echo", '{"x": 1}']
    code = f"import sys; sys.path[:0] = [{str(plugin)!r}]; import bench_plugin; print(bench_plugin.Plugin().echo(1))"
    image = os.environ.get("RINGFENCE_BENCH_IMAGE", "")
    docker = _docker(plugin, image)
    peers = {"docker_run_hardened": lambda: _quiet(docker)} if image else {}
    figures = alternate(
        count,
        plain_subprocess=lambda: _quiet([sys.executable, "-I", "-S", "-c", code]),
        bare_bwrap_python=lambda: _quiet(bare, **as_user),
        ringfence_run=lambda: _quiet(own),
        **peers,
    )
    floor = figures["bare_bwrap_python"]
    rows = [figure.row(floor if figure is not floor else None) for figure in figures.values()]
    more = (figures["ringfence_run"].median - floor.median) * 1e3
    rows.append(("ringfence run beyond bare bwrap", f"{more:.1f} ms", "", "aim", "80 ms"))
    if not image:
        rows.append(("docker run hardened", "not measured", "", "", "name an image in $RINGFENCE_BENCH_IMAGE"))
    return rows


def _docker(plugin: Path, image: str) -> list[str]:
    """The same plugin in a container as hard as flags make it: no filter of ours, no journal, no checks.

    The client is `docker`, or $RINGFENCE_BENCH_DOCKER; it finds its engine by $DOCKER_HOST.
    """
    command = [os.environ.get("RINGFENCE_BENCH_DOCKER", "docker"), "run", "--rm", "--network", "none", "--read-only"]
    command += ["--user", "65532:65532", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
    command += ["--tmpfs", "/tmp", "--pids-limit", "64", "--memory", "256m", "--cpus", "1"]
    return [*command, "--volume", f"{plugin}:/plugin:ro", image, "python3", "-I", "-S", "-c", HAND]


def _help(count: int) -> list[tuple[str, ...]]:
    figures = alternate(
        count,
        import_argparse=lambda: _quiet([sys.executable, "-c", "import argparse"]),
        ringfence_help=lambda: _quiet([sys.executable, "-m", "ringfence", "--help"]),
    )
    floor = figures["import_argparse"]
    return [floor.row(), figures["ringfence_help"].row(floor)]


def _floor(count: int) -> Figure:
    """Fork, seven namespaces, one result over a pipe: no walls beyond, no journal, no checks."""
    script = Path(__file__).with_name("floor.py")
    done = subprocess.run([sys.executable, str(script), str(count)], check=True, capture_output=True, text=True)
    return Figure("pre-forked floor", json.loads(done.stdout))


def _pooled(count: int) -> list[tuple[str, ...]]:
    from ringfence import Gate

    floor = _floor(count)
    rows = [floor.row()]
    for cell in ("prefork", "bubblewrap"):
        with Gate(cell=cell, ready=4) as gate:
            answers = []

            def call(gate: Gate = gate, answers: list[object] = answers) -> None:
                answer = gate.call("bench", "echo", {"x": 1})
                answers.append(answer)
                if not answer.ok:
                    raise SystemExit(f"the call failed: {answer.body}")

            call()
            time.sleep(0.5)
            rows.append(_spaced(f"pooled call, {cell}, a cell is ready", count, call).row(floor))
            for threads in (1, 4):
                seconds = _together(call, count, threads)
                rows.append(rate(f"calls on two cores, {cell}, {threads} callers", count, seconds, 1 / floor.median))
    return rows


def _spaced(name: str, count: int, call: object) -> Figure:
    """With a pause between, so that the pool has a cell ready: what a caller waits for."""
    seconds = []
    for _ in range(min(count, 100)):
        started = time.perf_counter()
        call()  # type: ignore[operator]
        seconds.append(time.perf_counter() - started)
        time.sleep(0.03)
    return Figure(name, seconds)


def _together(call: object, count: int, threads: int) -> float:
    each = count // threads

    def work() -> None:
        for _ in range(each):
            call()  # type: ignore[operator]

    workers = [threading.Thread(target=work) for _ in range(threads)]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
