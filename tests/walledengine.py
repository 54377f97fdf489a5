"""A Docker engine with gVisor: Debian's runsc, by its own name and under others."""

import shutil

import pytest

from dockerengine import DockerEngine
from needs import unavailable

#: What it needs on a machine without KVM.
ARGUMENTS = ["--platform=ptrace", "--network=none"]


def walled_engine(tmp_path_factory: pytest.TempPathFactory, *, remapped: bool = False) -> DockerEngine:
    """`runsc` and `walled` as they should be; others without what each is named for, and in disguise."""
    program = shutil.which("runsc")
    if program is None:
        unavailable("gVisor is not installed: Debian's runsc")
    other = tmp_path_factory.mktemp("runtimes") / "strong"
    other.symlink_to(program)

    def named(path: object, *more: str) -> dict[str, object]:
        return {"path": str(path), "runtimeArgs": [*ARGUMENTS, *more]}

    runtimes: dict[str, object] = {
        "runsc": named(program),
        "walled": named(program),
        "ungrouped": named(program, "--ignore-cgroups"),
        "unconfined": named(program, "--TESTONLY-unsafe-nonroot"),
        "rooted": {"path": program, "runtimeArgs": ["--platform=ptrace", "--network=host"]},
        "strong": named(other, "--ignore-cgroups"),
        "open": named(other, "--ignore-cgroups", "--fsgofer-host-uds"),
    }
    return DockerEngine(tmp_path_factory, runtimes=runtimes, remapped=remapped)
