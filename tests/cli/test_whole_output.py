"""What is printed arrives whole, however the process was stopped meanwhile."""

import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_waits_for_its_reader_survives_a_stop(unbuffered: str) -> None:
    """A pipe takes a part of it; the process is stopped and goes on, as `docker pause` does; nothing is missing."""
    command = [sys.executable, "-m", "ringfence", "controls", "--json"]
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        size = fcntl.fcntl(process.stdout, fcntl.F_GETPIPE_SZ)
        ends = time.monotonic() + 300
        while struct.unpack("i", fcntl.ioctl(process.stdout, termios.FIONREAD, b"\0" * 4))[0] < size:
            assert time.monotonic() < ends
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        process.send_signal(signal.SIGCONT)
        said = process.stdout.read()
    assert len(said) > size
    assert json.loads(said)
    assert process.returncode == 0
