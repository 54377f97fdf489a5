"""Writers of one journal that are killed at random moments. A program of its own: a large process takes long to fork.

`python crash_writers.py DIRECTORY ROUNDS` prints what was acknowledged: the leaf of each record, by its index.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from journal.journalkit import record
from ringfence.journal import Journal
from ringfence.journal.note import Signer

#: Writers at a time.
WRITERS = 3


def write(directory: Path, pipe: int) -> None:
    """Append for ever; tell each receipt through the pipe once it is there."""
    with Journal.open(directory, segment_bytes=3000, checkpoint_records=5) as journal:
        while True:
            receipt = journal.append(record(pid=os.getpid()))
            os.write(pipe, f"{receipt.index} {receipt.leaf}\n".encode())


def start(directory: Path, pipe: int) -> int:
    """A writer's process."""
    pid = os.fork()
    if pid == 0:
        try:
            write(directory, pipe)
        finally:
            os._exit(1)
    return pid


def killed(directory: Path, chance: random.Random, *, late: bool) -> dict[int, str]:
    """What the writers of one round acknowledged. `late`: none is killed before something was."""
    ours, theirs = os.pipe()
    pids = [start(directory, theirs) for _ in range(WRITERS)]
    os.close(theirs)
    if late:
        select.select([ours], [], [], 30)
    for pid in pids:
        time.sleep(chance.random() * 0.02)
        os.kill(pid, signal.SIGKILL)
    endings = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    assert endings == [-signal.SIGKILL] * WRITERS, endings
    with open(ours) as stream:
        pairs = [line.split() for line in stream if line.endswith("\n")]
    return {int(index): leaf for index, leaf in pairs}


def main() -> None:
    """All rounds; in every other one the writers are killed as they begin, too."""
    Signer.generate("warm")  # so that forked children find cryptography imported
    directory, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chance, seen = random.Random(2), dict[int, str]()
    for number in range(rounds):
        seen |= killed(directory, chance, late=number % 2 == 1)
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
