"""The system calls that a cell may make: four ready-made BPF programs and what finds them.

`allow.toml` is the reviewed list, `numbers.toml` the numbers of its calls, `build` makes the
programs from both; they are kept in the tree, so running a cell needs no compiler and no
libseccomp. Nothing here builds or judges at run time.
"""

import os

from ringfence.errors import SandboxUnavailable

#: Machines, as `uname -m` names them, that have programs.
ARCHITECTURES = ("x86_64", "aarch64")

#: The same list for container engines.
ENGINE_PROFILE = "engine.json"


def program_name(arch: str, *, network: bool) -> str:
    """The file beside this module that holds the program."""
    return f"{arch}-net.bpf" if network else f"{arch}.bpf"


def load(arch: str | None, *, network: bool) -> bytes:
    """The BPF program for a machine: raw `struct sock_filter[]`, as `bwrap --seccomp` takes it.

    `arch` is what `uname -m` says; None is this machine. `network` adds TCP sockets over IPv4.
    Raises SandboxUnavailable where there is no program for the machine or it cannot be read.
    """
    machine = os.uname().machine if arch is None else arch
    if machine not in ARCHITECTURES:
        raise SandboxUnavailable(
            f"there is no seccomp allow-list for {machine!r} machines",
            hint="cells run on " + " and ".join(ARCHITECTURES),
        )
    path = os.path.join(os.path.dirname(__file__), program_name(machine, network=network))
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise SandboxUnavailable(
            f"the seccomp program {path} cannot be read: {error.strerror}", hint="reinstall ringfence"
        ) from error


def engine_profile_path() -> str:
    """The profile for container engines."""
    return os.path.join(os.path.dirname(__file__), ENGINE_PROFILE)


def engine_profile() -> str:
    """The profile for container engines, as JSON. Raises SandboxUnavailable where it cannot be read."""
    path = engine_profile_path()
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise SandboxUnavailable(
            f"the seccomp profile {path} cannot be read: {error.strerror}", hint="reinstall ringfence"
        ) from error
