"""The subprocess cell: rlimits, a process group and nothing else. Never used unless asked for by name.

It exists for machines that can do nothing better, and says `isolation: none` wherever a call is
recorded. The interpreter and the guest are those of the guest's root; what they see is the host.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from ringfence.cells import bubblewrap, wire
from ringfence.cells.cgroup import Accountant
from ringfence.cells.made import Exit, MadeCell
from ringfence.cells.plan import CELL_USER, Expect, Plan, guest_setup
from ringfence.cells.runtime import Runtime
from ringfence.errors import SandboxUnavailable
from ringfence.model import Reach, Workload

NAME = "subprocess"


def plan(profile: Workload, runtime: Runtime, *, group_limits: bool) -> Plan:
    """The rlimits of the profile. A granted network cannot be given: there is no wall to have a door in."""
    if profile.network.reach is not Reach.NONE:
        raise SandboxUnavailable(
            "the subprocess cell cannot keep a call to its granted destinations", hint="use the bubblewrap cell"
        )
    setup = guest_setup(profile, group_limits=group_limits) | {"landlock": None, "drop_capabilities": False}
    user = CELL_USER if os.geteuid() == 0 else os.geteuid()
    return Plan(
        cell=NAME,
        profile=profile,
        steps=(),
        seccomp=None,
        setup=setup,
        tmpfs=(),
        expect=Expect(namespaces=frozenset(), no_new_privileges=False, seccomp=False, no_capabilities=False, user=user),
    )


class _Process(MadeCell):
    """A made cell whose end is a process group's: no namespace ends the rest with the first."""

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        super().kill()


def make(planned: Plan, runtime: Runtime, accountant: Accountant) -> MadeCell:
    """Start the interpreter with its limits. Raises SandboxUnavailable."""
    profile = planned.profile
    paths = {m.target: m.source for m in profile.mounts}
    with contextlib.ExitStack() as undo:
        account = accountant.open(profile.limits)
        undo.callback(account.close)
        folder = tempfile.TemporaryDirectory(prefix="ringfence-call-", ignore_cleanup_errors=True)
        undo.callback(folder.cleanup)
        if os.geteuid() == 0:
            os.chown(folder.name, CELL_USER, CELL_USER)
        with contextlib.ExitStack() as theirs:
            ends, inner = wire.connect(undo, theirs)
            process = subprocess.Popen(
                _command(runtime, inner.channel.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=inner.stdout,
                stderr=inner.stderr,
                pass_fds=(inner.channel.fileno(),),
                env=_environment(profile, runtime, folder.name),
                cwd=folder.name,
                start_new_session=True,
                **bubblewrap.identity(),
            )
            undo.callback(bubblewrap.end, process)
        wire.send(ends.channel, dict(planned.setup), account.doors)
        bubblewrap.say_hello(ends)
        pidfd = os.pidfd_open(process.pid)
        undo.callback(os.close, pidfd)
        account.hold(process.pid)
        undo.pop_all()
    reaper = bubblewrap.Reaper(process)

    def reap(timeout: float) -> Exit | None:
        ended = reaper(timeout)
        folder.cleanup()
        return ended

    return _Process(
        plan=planned,
        isolation={"cell": NAME, "isolation": "none", "user": planned.expect.user, "limits": account.kind},
        channel=ends.channel,
        stdout=ends.stdout,
        stderr=ends.stderr,
        pid=process.pid,
        pidfd=pidfd,
        account=account,
        listeners=(),
        reap=reap,
        paths={**paths, "/tmp": folder.name, "/run/secrets": folder.name},  # noqa: S108
    )


def _command(runtime: Runtime, descriptor: int) -> list[str]:
    start = f"import sys; sys.path.append({runtime.path + '/ringfence'!r}); import guest; guest.main()"
    return [f"{runtime.path}/usr/bin/python3", "-I", "-S", "-B", "-X", "utf8", "-c", start, str(descriptor)]


def _environment(profile: Workload, runtime: Runtime, folder: str) -> dict[str, str]:
    root = Path(runtime.path)
    libraries = sorted({str(p.parent) for p in root.glob("**/lib*.so*") if "python" not in p.parent.name})
    own = {"HOME": folder, "TMPDIR": folder, "LD_LIBRARY_PATH": ":".join(libraries)}
    return dict(profile.environment.variables) | own
