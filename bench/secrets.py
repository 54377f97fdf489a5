"""The search for secrets: megabytes a second of a core over sources, Markdown, JSON and YAML, with and without secrets.

Rates are of the processor's time, so that what else runs on the machine counts less; the wall's stands beside them.
detect-secrets is measured where $RINGFENCE_BENCH_DETECT_SECRETS names its executable (from PyPI, in an environment of
its own), over the same files in the same run.
"""

import json
import os
import random
import resource
import shutil
import string
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path
from statistics import median

import yaml

from bench.audit import OWN, quiet
from bench.measure import alternate
from ringfence.secrets.scan import scan

ROOT = Path(__file__).parents[1]
Texts = list[tuple[str, str]]


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    rows = list[tuple[str, ...]]()
    for name, texts in _kinds(smoke).items():
        if not texts:
            continue
        rows.append(_row(f"secrets in {name}, MB/s a core", texts, 1 if smoke else 7))
        rows.extend(_peer(name, texts))
    rows.append(_binary(1 if smoke else 5))
    return rows


def _kinds(smoke: bool) -> dict[str, Texts]:
    """Texts by their kind: the interpreter's sources, own pages, what packages say of themselves, and data."""
    paths = sysconfig.get_paths()
    library, packages = Path(paths["stdlib"]), Path(paths["purelib"])
    sources = _read([*library.glob("*.py"), *library.glob("[a-m]*/*.py")], smoke)
    data = _read([one for one in packages.rglob("*.json") if one.stat().st_size < 1 << 20], smoke)
    return {
        "sources": sources,
        "sources with one every 40 lines": [(name, _leaky(text)) for name, text in sources],
        "Markdown, small pages": _read(list((ROOT / "docs").rglob("*.md")), smoke),
        "Markdown of packages": [
            ("README.md", text) for _, text in _read(list(packages.glob("*.dist-info/METADATA")), smoke)
        ],
        "JSON": [(name, text) for name, text in data if text.count("\n") > 20 and not _is_dense(text)],
        "JSON with a key in every fourth line": [(name, text) for name, text in data if _is_dense(text)],
        "YAML": [(name + ".yaml", said) for name, text in data if (said := _as_yaml(text))],
    }


def _is_dense(text: str) -> bool:
    """Whether so many lines have a telling word that to judge them takes longer than to find them."""
    return text.count("key") * 6 > text.count("\n") > 20


def _read(files: list[Path], smoke: bool) -> Texts:
    chosen = sorted(files)[: 20 if smoke else None]
    return [(one.name, one.read_text(encoding="utf-8", errors="replace")) for one in chosen]


def _as_yaml(text: str) -> str:
    """The same as YAML, where it is small enough to be written in a moment."""
    if len(text) > 200_000:
        return ""
    try:
        return yaml.dump(json.loads(text), Dumper=yaml.CSafeDumper, allow_unicode=True)
    except ValueError:
        return ""


def _leaky(text: str) -> str:
    chance = random.Random(1)
    lines = text.split("\n")
    for at in range(0, len(lines), 40):
        drawn = "".join(chance.choice(string.ascii_letters + string.digits) for _ in range(16))
        lines[at] += f'\npassword = "{drawn}"'
    return "\n".join(lines)


def _row(name: str, texts: Texts, count: int) -> tuple[str, ...]:
    size = sum(len(text) for _, text in texts) / 1e6
    rates, walls = list[float](), list[float]()
    for at in range(count + 1):
        started, spent = time.perf_counter(), time.process_time()
        for file, text in texts:
            scan(text, file)
        if at:  # the first one makes what finds words
            rates.append(size / (time.process_time() - spent))
            walls.append(size / (time.perf_counter() - started))
    return (name, f"{median(rates):.1f} MB/s", f"{min(rates):.1f} MB/s", "by the wall", f"{median(walls):.1f} MB/s")


def _peer(name: str, texts: Texts) -> list[tuple[str, ...]]:
    peer = os.environ.get("RINGFENCE_BENCH_DETECT_SECRETS")
    if not peer:
        return []
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-secrets-"))
    try:
        for number, (file, text) in enumerate(texts):
            (folder / f"{number}-{file}").write_text(text)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([peer, "scan", "--no-verify", "--all-files", "."], cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    finally:
        shutil.rmtree(folder)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(len(text) for _, text in texts) / 1e6
    return [(f"detect-secrets, the same {name}", f"{size / spent:.1f} MB/s", "", "", "")]


def _binary(count: int) -> tuple[str, ...]:
    """An audit of a folder that holds 64 MiB of no text: what it takes longer than one of an empty folder."""
    folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-secrets-"))
    try:
        (folder / "empty").mkdir()
        (folder / "full").mkdir()
        for number in range(64):
            (folder / "full" / f"{number}.bin").write_bytes(os.urandom(1 << 20))
        figures = alternate(
            count,
            audit_64_files_of_1_MiB_that_are_no_text=lambda: quiet([*OWN, str(folder / "full")]),
            the_same_of_an_empty_folder=lambda: quiet([*OWN, str(folder / "empty")]),
        )
    finally:
        shutil.rmtree(folder)
    full, empty = figures.values()
    return full.row(empty)
