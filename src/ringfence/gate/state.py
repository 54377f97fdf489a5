"""Where Ringfence keeps what it makes: the journal, snapshots of plugins, the guest's root."""

import contextlib
import os
from pathlib import Path

from ringfence.configfile import check_owner


def state_dir() -> Path:
    """$RINGFENCE_STATE; as root /var/lib/ringfence; else ringfence in $XDG_STATE_HOME or ~/.local/state."""
    if named := os.environ.get("RINGFENCE_STATE"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/ringfence")
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser().absolute() / "ringfence"


def ready_state() -> Path:
    """The same, made where it is missing. Nobody else may write it: it holds what runs. Raises ConfigError.

    Whatever the umask is, cells may pass it: those of root run as somebody else.
    """
    folder = state_dir()
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    with contextlib.suppress(OSError):  # who needs it says so, and what for
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            if each == folder or os.geteuid() == 0:
                each.chmod(0o755)
    if folder.is_dir():
        check_owner(folder.stat(), folder, "Ringfence's own folder", folder)
    return folder
