"""The journal's signing key: made on first use, 0600, whole or not there at all.

The caller holds the journal's lock, so two first users make one key.
"""

import os
import re
import secrets
import socket
import stat
from pathlib import Path

from ringfence.errors import JournalUnavailable
from ringfence.journal import layout
from ringfence.journal.note import PublicKey, Signer


def signer(directory: Path) -> Signer:
    """The journal's signer, made now if there is none. Raises JournalUnavailable."""
    path = directory / layout.KEY
    with layout.explained(directory, "be signed"):
        text = _read_private(path)
        if text is None:
            return _create(directory)
    try:
        return Signer.parse(text)
    except ValueError:
        raise JournalUnavailable(
            f"the journal cannot be signed: {path} does not hold its private key",
            hint="put the key back from a backup; a new journal needs a new directory",
        ) from None


def public_key(directory: Path) -> PublicKey | None:
    """The public half that lies beside the journal, or None where nothing was ever signed."""
    try:
        with open(directory / layout.PUBLIC_KEY, encoding="utf-8", errors="replace") as file:
            return PublicKey.parse(file.read(4096))
    except FileNotFoundError:
        return None


def _read_private(path: Path) -> str | None:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    with open(fd, encoding="utf-8", errors="replace") as file:
        if stat.S_IMODE(os.fstat(fd).st_mode) & 0o077:
            raise JournalUnavailable(
                f"the journal cannot be signed: other users may read {path}", hint=f"chmod 600 {path}"
            )
        return file.read(4096)


def _create(directory: Path) -> Signer:
    """Make a key; the public half goes first, so that a private key never stands without one."""
    made = Signer.generate(_origin())
    layout.write_new(directory / layout.PUBLIC_KEY, f"{made.public}\n".encode())
    layout.write_new(directory / layout.KEY, made.dump().encode())
    return made


def _origin() -> str:
    """A name for the log, unique among the journals of one host: a URL without scheme (tlog-checkpoint)."""
    host = re.sub(r"[^a-z0-9.-]", "-", socket.gethostname().lower()) or "localhost"
    return f"{host}/ringfence-journal/{secrets.token_hex(4)}"
