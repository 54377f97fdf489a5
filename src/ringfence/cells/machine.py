"""What this machine can isolate: facts that cells need and `ringfence doctor` prints.

Each fact is found by trying or by reading the kernel's own word, never assumed.
"""

import contextlib
import functools
import os
import re
import subprocess
from pathlib import Path

from ringfence.cells.bubblewrap import Bubblewrap
from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable

_FOLDERS = ("/usr/bin", "/bin", "/usr/local/bin")
_OLDEST = (0, 8, 0)
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_CLONE = Path("/proc/sys/kernel/unprivileged_userns_clone")
_MOST = Path("/proc/sys/user/max_user_namespaces")

#: The first release without GHSA-pxhw-h44j-8pfx; Debian and Ubuntu backport the repair.
_REPAIRED = (0, 12, 0)


@functools.cache
def bubblewrap() -> Bubblewrap:
    """bwrap of this machine; raises SandboxUnavailable where there is none, or it is too old."""
    places = (f"{folder}/bwrap" for folder in _FOLDERS)
    path = next((place for place in places if os.access(place, os.X_OK)), None)
    if path is None:
        raise SandboxUnavailable("bubblewrap is not installed", hint="sudo apt install bubblewrap")
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False, env={})
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxUnavailable(f"{path} could not be asked for its version: {error}") from error
    match = re.search(r"(\d+)\.(\d+)\.(\d+)", said.stdout)
    version = tuple(map(int, match.groups())) if match else (0, 0, 0)
    if version < _OLDEST:
        raise SandboxUnavailable(
            f"bubblewrap {'.'.join(map(str, version))} at {path} cannot forbid nested user namespaces",
            hint="install bubblewrap 0.8.0 or newer (Debian 12, Ubuntu 24.04)",
        )
    return Bubblewrap(path, ".".join(map(str, version)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the doctor's table. `ok` is None for what is good to know but decides nothing."""

    name: str
    ok: bool | None
    found: str
    follows: str


def facts() -> list[Fact]:
    """All that decides how well this machine can isolate."""
    return [_bubblewrap(), _user_namespaces(), _seccomp(), _landlock(), _accounting(), _started_as(), *_engines()]


def _bubblewrap() -> Fact:
    try:
        program = bubblewrap()
    except SandboxUnavailable as error:
        return Fact("bubblewrap", False, error.message, error.hint)
    note = ""
    if tuple(map(int, program.version.split("."))) < _REPAIRED:
        note = "older than 0.12.0: keep the distribution's updates on (GHSA-pxhw-h44j-8pfx)"
    return Fact("bubblewrap", True, f"{program.version} at {program.path}", note)


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text().strip()
    return ""


def _user_namespaces() -> Fact:
    """Try one, as the user that cells run as."""
    name = "user namespaces"
    try:
        program = bubblewrap()
    except SandboxUnavailable:
        return Fact(name, False, "not tried: bubblewrap is missing", "")
    identity = {"user": 65532, "group": 65532, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [program.path, "--unshare-all", "--disable-userns", "--ro-bind", "/", "/", "--", "/bin/true"]
    command[2:2] = ["--unshare-user"]
    try:
        tried = subprocess.run(  # type: ignore[call-overload]
            command, capture_output=True, text=True, timeout=60, check=False, env={}, **identity
        )
    except subprocess.TimeoutExpired:
        return Fact(name, False, "bubblewrap did not end within a minute", "")
    if tried.returncode == 0:
        return Fact(name, True, "work for unprivileged users", "")
    return Fact(name, False, " ".join(tried.stderr.split())[:200], _namespace_help())


def _namespace_help() -> str:
    if _read(_APPARMOR) == "1":
        return (
            "AppArmor restricts unprivileged user namespaces here (Ubuntu 24.04): install the profile for "
            "bwrap with 'sudo apt install apparmor-profiles && sudo ln -s "
            "/usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ && sudo apparmor_parser -r "
            "/etc/apparmor.d/bwrap-userns-restrict', or give up that protection for everybody with "
            "'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0'"
        )
    if _read(_CLONE) == "0":
        return "allow them with 'sudo sysctl kernel.unprivileged_userns_clone=1'"
    if _read(_MOST) == "0":
        return "allow them with 'sudo sysctl user.max_user_namespaces=10000'"
    return "in a container, allow user namespaces and unmasked mounts, or run Ringfence on the host"


def _seccomp() -> Fact:
    from ringfence.cells.seccomp import load

    actions = _read(Path("/proc/sys/kernel/seccomp/actions_avail")).split()
    if "kill_process" not in actions:
        return Fact("seccomp filters", False, "the kernel offers none", "use a kernel with CONFIG_SECCOMP_FILTER")
    try:
        size = len(load(None, network=False)) // 8
    except SandboxUnavailable as error:
        return Fact("seccomp filters", False, error.message, error.hint)
    return Fact("seccomp filters", True, f"allow-list of {size} instructions for {os.uname().machine}", "")


def _landlock() -> Fact:
    from ringfence.cells.guest import walls

    abi = walls.landlock_abi()
    if abi == 0:
        return Fact("Landlock", None, "not offered", "calls run without this second wall; Linux 5.13 has it")
    return Fact("Landlock", True, f"ABI {abi}", "" if abi >= 6 else "ABI 6 (Linux 6.12) adds network and signals")


def _accounting() -> Fact:
    from ringfence.cells import cgroup

    kind = cgroup.find().kind
    if kind == "rlimits":
        return Fact(
            "cgroup limits",
            None,
            "none can be made by this user",
            "memory is bounded per process and watched in sum, cores by affinity; "
            "run as root or delegate a cgroup v2 and name it in $RINGFENCE_CGROUP",
        )
    return Fact("cgroup limits", True, kind, "")


def _engines() -> list[Fact]:
    """Every container engine that listens, and what it lacks; calls in the default cell need none."""
    from ringfence.cells.containersettings import Settings

    name = "container engine"
    found = []
    for place in _engine_sockets():
        from ringfence.cells import containerengine

        try:
            engine = containerengine.client(containerengine.find(Settings(engine=place)))
            with contextlib.closing(engine):
                found.append(Fact(name, *containerengine.judged(engine, place)))
        except SandboxUnavailable as error:
            found.append(Fact(name, None, error.message, error.hint))
    return found or [Fact(name, None, "none listens", "only 'run --cell container' needs one: docker.io or podman")]


def _engine_sockets() -> list[str]:
    """Sockets of engines that are there, without loading what speaks to them."""
    from ringfence.cells.containersettings import sockets

    return list(dict.fromkeys(os.path.realpath(place) for place in sockets() if os.path.exists(place)))


def _started_as() -> Fact:
    if os.geteuid() == 0:
        return Fact("runs as", None, "root", "cells run as user 65532 of the host, never as root")
    return Fact("runs as", None, f"user {os.geteuid()}", "cells run as this user, in namespaces of their own")
