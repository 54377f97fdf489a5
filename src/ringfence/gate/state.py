"""Where Ringfence keeps what it makes: the journal, snapshots of plugins, the guest's root."""

import os
from pathlib import Path


def state_dir() -> Path:
    """$RINGFENCE_STATE; as root /var/lib/ringfence; else ringfence in $XDG_STATE_HOME or ~/.local/state."""
    if named := os.environ.get("RINGFENCE_STATE"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/ringfence")
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser().absolute() / "ringfence"
