"""What was attempted in one call, as data, and what of it is worth a word."""

import sys

from ringfence.dataclasses import dataclass
from ringfence.programs.words import PROBES, credentials

#: What every interpreter looks at, and what belongs to the plugin.
_ORDINARY = (
    *"/usr/ /lib /ringfence /plugin /tmp /granted /run/secrets /dev/null /dev/urandom /dev/random /dev/zero".split(),
    *("/dev/shm /etc/ /proc/self /proc/meminfo /proc/cpuinfo /proc/stat /sys/devices/system /sys/fs/cgroup").split(),  # noqa: S108
    *"/var/lib/dpkg /bin/ /sbin/ /nonexistent".split(),
    sys.base_prefix + "/",  # where the interpreter's own libraries are looked for
)
#: A cell has no resolver to ask, so what is seen of a look-up is the search for one.
LOOK_UP = "a resolver of names"
_FOLDERS = frozenset("/ /tmp /etc /usr /proc /dev /sys /run /bin /home".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One thing that was tried. `kind`: "network", "process", "escape", "credential", "probe", "path", "delete"."""

    kind: str
    what: str


def of_path(path: str, *, changes: bool) -> Attempt | None:
    """What reaching for a path is; None for what every program does."""
    if credentials(path) and not path.startswith(("/granted", "/plugin")):
        return Attempt(kind="credential", what=path)
    if PROBES.search(path) and not path.startswith(("/plugin", "/usr/")):
        return Attempt(kind="probe", what=path)
    if not path.startswith("/"):
        return None
    if path == "/etc/resolv.conf":
        return Attempt(kind="network", what=LOOK_UP)
    if path.startswith(_ORDINARY) or path in _FOLDERS:
        if changes and path.startswith(("/plugin", "/usr/", "/etc/", "/lib")):
            return Attempt(kind="delete", what=path)
        return None
    return Attempt(kind="delete" if changes else "path", what=path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One watched call: how it ended, and what it attempted."""

    code: str
    error: str
    attempts: frozenset[Attempt]
