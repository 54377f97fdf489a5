"""The search for secrets: megabytes a second over the standard library's sources, with and without secrets in them.

detect-secrets is measured where $RINGFENCE_BENCH_DETECT_SECRETS names its executable (from PyPI, in an environment of
its own), over the same files.
"""

import os
import random
import shutil
import string
import sysconfig
import tempfile
import time
from pathlib import Path

from bench.audit import timed
from ringfence.secrets.scan import scan


def run(smoke: bool = False) -> list[tuple[str, ...]]:
    """All rows."""
    library = Path(sysconfig.get_paths()["stdlib"])
    files = sorted(one for one in library.glob("*.py"))[: 20 if smoke else None]
    texts = [(one.name, one.read_text(encoding="utf-8", errors="replace")) for one in files]
    rows = [_row("secrets in sources, MB/s a core", texts, 1 if smoke else 5)]
    rows.append(_row("the same with a secret every 40 lines", [(n, _leaky(t)) for n, t in texts], 1 if smoke else 3))
    peer = os.environ.get("RINGFENCE_BENCH_DETECT_SECRETS")
    if peer:
        folder = Path(tempfile.mkdtemp(prefix="ringfence-bench-secrets-"))
        try:
            for name, text in texts:
                (folder / name).write_text(text)
            figure = timed([peer, "scan", "--all-files", str(folder)])
            size = sum(len(text) for _, text in texts) / 1e6
            rows.append(("detect-secrets, the same sources", f"{size / figure.median:.1f} MB/s", "", "", ""))
        finally:
            shutil.rmtree(folder)
    return rows


def _leaky(text: str) -> str:
    chance = random.Random(1)
    lines = text.split("\n")
    for at in range(0, len(lines), 40):
        lines[at] += (
            '\npassword = "' + "".join(chance.choice(string.ascii_letters + string.digits) for _ in range(16)) + '"'
        )
    return "\n".join(lines)


def _row(name: str, texts: list[tuple[str, str]], count: int) -> tuple[str, ...]:
    size = sum(len(text) for _, text in texts) / 1e6
    rates = []
    for _ in range(count):
        started = time.perf_counter()
        for file, text in texts:
            scan(text, file)
        rates.append(size / (time.perf_counter() - started))
    rates.sort()
    return (name, f"{rates[len(rates) // 2]:.1f} MB/s", f"{rates[0]:.1f} MB/s", "", "")
