"""Which configurations that were found in a folder hold here: those that Ringfence wrote, or that somebody allowed.

A grant is the operator's. A `ringfence.toml` in somebody else's tree would grant in his name what its author likes, and
the programs that it fetches secrets with would run; so a file that nobody named counts only as it was last written or
allowed, byte for byte.
"""

import hashlib
import os
from pathlib import Path

from ringfence.errors import ConfigError
from ringfence.gate.state import ready_state, state_dir

#: Of one file the SHA-256 of what it said before and says now, in hexadecimal, a line each.
_MAX_BYTES = 2 * 65


def holds(file: Path, text: bytes) -> bool:
    """Whether a file was written or allowed here as it is now."""
    try:
        with open(_place(file), "rb") as handle:
            known = handle.read(_MAX_BYTES).decode("ascii", "replace").split()
    except OSError:
        known = []
    return hashlib.sha256(text).hexdigest() in known


def refusal(file: Path) -> ConfigError:
    """What is said of a file that does not hold."""
    return ConfigError(
        "was found here, and you have not written or allowed it as it is now",
        file=str(file),
        hint="'ringfence grants' shows what it grants, 'ringfence trust' allows it; or name your own with --config",
    )


def remember(file: Path, *texts: bytes) -> None:
    """Let a file hold as it says in `texts` (two at most), and no otherwise. Raises ConfigError."""
    import tempfile

    try:
        place = _place(file)
        ready_state()
        place.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(descriptor, "w") as handle:
            handle.writelines(hashlib.sha256(text).hexdigest() + "\n" for text in texts)
        os.replace(draft, place)
    except OSError as error:
        raise ConfigError(f"could not be allowed: {error.strerror}", file=str(file)) from error


def _place(file: Path) -> Path:
    """Where it is kept, named after the file's real path."""
    return state_dir() / "trusted" / hashlib.sha256(os.fsencode(os.path.realpath(file))).hexdigest()
