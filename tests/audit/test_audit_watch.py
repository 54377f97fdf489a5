"""`--watch`: audits again when a file changes, until it is interrupted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from audit.audit_desk import SAFE_COMPOSE, Folder


def _until_said(out: Path, *words: bytes) -> None:
    ends = time.monotonic() + 300
    while not all(one in out.read_bytes() for one in words):
        assert time.monotonic() < ends, out.read_bytes()
        time.sleep(0.1)


def test_a_change_is_audited_and_an_interrupt_ends_it(folder: Folder) -> None:
    """A second report follows the change; Ctrl-C ends with 130 and no traceback."""
    file = folder.write("compose.yaml", SAFE_COMPOSE + '      - "3001:3000"\n')
    out = folder.path / "out.txt"
    with out.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "ringfence", "audit", "--watch", "--format", "concise"],
            cwd=folder.path,
            stdout=sink,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        _until_said(out, b"published-ports", b"3001")
        file.write_text(SAFE_COMPOSE + '      - "4001:4000"\n')
        _until_said(out, b"published-ports", b"4001")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=600)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert err == b""
