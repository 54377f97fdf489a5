"""What was done to an index: its own journal, and the copy of it that is hosted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.index import files
from ringfence.index.repository import utc_now

if TYPE_CHECKING:
    from ringfence.journal import Journal


@contextmanager
def recording(folder: Path) -> Iterator["Journal"]:
    """The journal of the index in `folder`, to append to; what was appended is then signed and copied."""
    from ringfence.journal import Journal

    with Journal.open(folder / "journal") as journal:
        yield journal
        journal.checkpoint()
    _copy(folder)


def stamp() -> str:
    """Now, as a record says it."""
    return utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _copy(folder: Path) -> None:
    """Bring the public copy up to date: segments, checkpoints, the public key; never the private one."""
    source, target = folder / "journal", folder / "public" / "journal"
    target.mkdir(parents=True, exist_ok=True)
    with files.locked(folder / ".copy.lock", "the public copy of the journal"):
        for each in sorted(source.iterdir()):
            if each.suffix == ".jsonl" or each.name in ("checkpoints", "key.pub"):
                _append_rest(each, target / each.name)


def _append_rest(source: Path, copy: Path) -> None:
    """These files only grow: what the copy lacks is written behind its end."""
    have = copy.stat().st_size if copy.exists() else 0
    whole = source.stat().st_size
    if have > whole:
        files.write(copy, source.read_bytes())
    elif have < whole:
        with open(source, "rb") as old, open(copy, "ab") as new:
            old.seek(have)
            shutil.copyfileobj(old, new, 1 << 20)
