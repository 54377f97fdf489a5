"""The auditor: one small file cold, trees of 100, 1,000 and 10,000 mixed files, each kind alone, and Checkov beside it.

Checkov is measured where $RINGFENCE_BENCH_CHECKOV names its executable (from PyPI, in an environment of its own).
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Figure, alternate

STACK = Path(__file__).parents[1] / "examples" / "stack"
OWN = [sys.executable, "-m", "ringfence", "audit", "--format", "concise", "--fail-on", "never"]
KINDS = {
    "compose": ("docker-compose.{}.yml", "compose.yaml"),
    "dockerfile": ("Dockerfile.{}", "Dockerfile"),
    "kubernetes": ("deployment-{}.yaml", "deployment.yaml"),
}


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-audit-"))
    try:
        return [
            *_cold(3 if smoke else 15),
            *_curve(folder, (100,) if smoke else (100, 1000, 10_000)),
            *_kinds(folder, smoke),
        ]
    finally:
        shutil.rmtree(folder)


def _cold(count: int) -> list[tuple[str, ...]]:
    figures = alternate(
        count,
        python_c_import_yaml=lambda: quiet([sys.executable, "-c", "import yaml"]),
        audit_one_compose_file_cold=lambda: quiet([*OWN, str(STACK / "compose.yaml")]),
    )
    floor = figures["python_c_import_yaml"]
    return [floor.row(), figures["audit_one_compose_file_cold"].row(floor)]


def _curve(folder: Path, sizes: tuple[int, ...]) -> list[tuple[str, ...]]:
    rows = list[tuple[str, ...]]()
    for size in sizes:
        tree = _tree(folder / f"mixed-{size}", size, tuple(KINDS))
        rows.append(rated(f"audit {size:,} mixed files", size, timed([*OWN, str(tree)]), None))
    rows.append(("peak memory of one process", f"{_peak_kib() // 1024} MiB", "", "", ""))
    return rows


def _kinds(folder: Path, smoke: bool) -> list[tuple[str, ...]]:
    checkov = os.environ.get("RINGFENCE_BENCH_CHECKOV")
    size = 20 if smoke else 100
    rows = list[tuple[str, ...]]()
    for kind in KINDS:
        tree = _tree(folder / kind, size, (kind,))
        own = timed([*OWN, str(tree)])
        peer = timed([checkov, "--quiet", "--compact", "-d", str(tree)]) if checkov else None
        if peer is not None:
            rows.append(rated(f"checkov, {size} {kind} files", size, peer, None))
        rows.append(rated(f"audit {size} {kind} files", size, own, peer))
    return rows


def _tree(folder: Path, size: int, kinds: tuple[str, ...]) -> Path:
    for number in range(size):
        name, source = KINDS[kinds[number % len(kinds)]]
        place = folder / f"part-{number // 50}"
        place.mkdir(parents=True, exist_ok=True)
        text = (STACK / source).read_text().replace("web", f"web{number}")
        (place / name.format(number)).write_text(text)
    return folder


def quiet(command: list[str]) -> None:
    """Run it, and pass over what it says."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def timed(command: list[str]) -> Figure:
    """Three runs, cold but for the disk's cache."""
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        quiet(command)
        seconds.append(time.perf_counter() - started)
    return Figure(command[-1], seconds)


def rated(name: str, files: int, figure: Figure, peer: Figure | None) -> tuple[str, ...]:
    beside = ("checkov", f"{peer.median / figure.median:.1f}x as fast") if peer else ("", "")
    return (name, f"{files / figure.median:.0f} files/s", f"{figure.p95 * 1e3:.0f} ms in all", *beside)


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
