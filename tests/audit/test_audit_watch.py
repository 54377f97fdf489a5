"""`--watch`: audits again when a file changes, until it is interrupted."""

import os
import signal
import subprocess
import sys
import time

from audit.audit_desk import SAFE_COMPOSE, Folder


def test_a_change_is_audited_and_an_interrupt_ends_it(folder: Folder) -> None:
    """A second report follows the change; Ctrl-C ends with 130 and no traceback."""
    file = folder.write("compose.yaml", SAFE_COMPOSE)
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
        time.sleep(2)
        file.write_text(SAFE_COMPOSE + '      - "3001:3000"\n')
        for _ in range(100):
            if b"published-ports" in out.read_bytes():
                break
            time.sleep(0.2)
        assert b"published-ports" in out.read_bytes()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert err == b""
