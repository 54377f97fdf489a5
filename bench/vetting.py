"""Vetting held against plugins whose intent is known: precision, recall, and milliseconds a plugin, beside peers.

The corpora are `tests/vetting/corpus`; `$RINGFENCE_BENCH_VETTING` names a folder with `hostile/` and `honest/` of
others, one plugin a folder. bandit and guarddog are measured over the same folders in the same run, where
$RINGFENCE_BENCH_BANDIT and $RINGFENCE_BENCH_GUARDDOG name their executables (from PyPI, in an environment of their
own). A finding of high severity of bandit's, and a risk of guarddog's (a capability and a threat that belong together),
count as "blocked".
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Verdict
from ringfence.vetting.vet import vet

ROOT = Path(__file__).parents[1]
#: Blocks that only hold code against a manifest; a peer has none to hold it against.
_ASKED = {"host-not-asked", "network-not-asked", "process-not-asked", "path-not-asked"}
Judge = Callable[[Path], bool]


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    base = Path(tempfile.mkdtemp(prefix="ringfence-bench-vetting-"))
    try:
        hostile, honest = _corpora(base)
        if smoke:
            hostile, honest = hostile[:5], honest[:5]
        rows = _rows("vet, static", _static, hostile, honest)
        rows += _rows("vet, static without the manifest", _intent, hostile, honest)
        for name, variable, judge in (
            ("bandit", "RINGFENCE_BENCH_BANDIT", _bandit),
            ("guarddog", "RINGFENCE_BENCH_GUARDDOG", _guarddog),
        ):
            if program := os.environ.get(variable):
                rows += _rows(
                    name, lambda folder, judge=judge, program=program: judge(program, folder), hostile, honest
                )
        return rows
    finally:
        shutil.rmtree(base)


def _corpora(base: Path) -> tuple[list[Path], list[Path]]:
    named = os.environ.get("RINGFENCE_BENCH_VETTING")
    if named:
        found = [
            sorted(one for one in (Path(named) / kind).iterdir() if one.is_dir()) for kind in ("hostile", "honest")
        ]
        return found[0], found[1]
    sys.path.insert(0, str(ROOT / "tests"))
    from vetting.corpus_plugins import samples, write

    return tuple([write(one, base / kind) for one in samples(kind)] for kind in ("hostile", "honest"))


def _rows(name: str, judge: Judge, hostile: list[Path], honest: list[Path]) -> list[tuple[str, ...]]:
    times, caught, wrong = list[float](), 0, 0
    for folders, bad in ((hostile, True), (honest, False)):
        for folder in folders:
            started = time.perf_counter()
            blocked = judge(folder)
            times.append((time.perf_counter() - started) * 1000)
            caught += blocked and bad
            wrong += blocked and not bad
    times.sort()
    precision = caught / (caught + wrong) if caught + wrong else 0.0
    said = f"recall {caught / len(hostile):.1%} of {len(hostile)}, precision {precision:.1%}"
    said += f", {wrong} of {len(honest)} honest blocked"
    return [(name, f"{times[len(times) // 2]:.0f} ms", f"{times[int(len(times) * 0.95)]:.0f} ms", said, "")]


def _static(folder: Path) -> bool:
    return vet(folder, policy=Policy(), steps=["static"]).verdict is Verdict.BLOCK


def _intent(folder: Path) -> bool:
    report = vet(folder, policy=Policy(), steps=["static"])
    return any(one.verdict is Verdict.BLOCK and one.rule not in _ASKED for one in report.findings)


def _bandit(program: str, folder: Path) -> bool:
    done = subprocess.run([program, "-r", "-q", "-f", "json", str(folder)], capture_output=True, check=False)
    found = json.loads(done.stdout or b"{}").get("results", [])
    return any(one["issue_severity"] == "HIGH" for one in found)


def _guarddog(program: str, folder: Path) -> bool:
    words = [program, "pypi", "scan", str(folder), "--output-format", "json"]
    done = subprocess.run(words, capture_output=True, check=False)
    start = done.stdout.find(b"{")
    found = json.loads(done.stdout[start:]) if start >= 0 else {}
    return bool(found.get("risks"))  # a capability and a threat that belong together: its own verdict


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("  ".join(row))
