"""How each wall of a container cell is taken out, for the attacks of the catalogue."""

import os
from dataclasses import replace

from attacks.harness import Breach, both, changed, limits_off, no_landlock, no_seccomp, profile_limits, without
from ringfence.cells import containerflags
from ringfence.cells.plan import Plan, Step
from ringfence.model import Namespace


def _without_namespace(wall: str, namespace: Namespace, *flags: str) -> Breach:
    def breach(plan: Plan) -> Plan:
        plan = plan.without(wall) if wall in {s.wall for s in plan.steps} else plan
        expect = replace(plan.expect, namespaces=plan.expect.namespaces - {namespace})
        return replace(plan, steps=(*plan.steps, Step(wall="breach", arguments=flags)), expect=expect)

    return breach


def _added(*flags: str) -> Breach:
    return lambda plan: replace(plan, steps=(*plan.steps, Step(wall="breach", arguments=flags)))


def _user_zero(plan: Plan) -> Plan:
    plan = changed(user=("--user", "0:0"))(plan.without("directory"))
    return replace(plan, expect=replace(plan.expect, user=0))


def _all_capabilities(plan: Plan) -> Plan:
    plan = changed(capabilities=("--cap-add", "SYS_ADMIN"))(no_seccomp(no_landlock(_user_zero(plan))))
    setup = dict(plan.setup) | {"drop_capabilities": False}
    return replace(plan, setup=setup, expect=replace(plan.expect, no_capabilities=False))


def _plugin_writable(plan: Plan) -> Plan:
    source = plan.profile.mounts[0].source
    os.chmod(source, 0o777)
    os.chmod(f"{source}/attack.py", 0o666)
    return _shown(source, "/plugin")(plan.without("mount /plugin"))


def _shown(source: str, target: str) -> Breach:
    """A folder of the host that nobody granted."""
    flags = containerflags.mount(source, target, writable=True)
    return lambda plan: replace(plan, steps=(*plan.steps, Step(wall=f"breach {target}", arguments=flags)))


def _canary(plan: Plan) -> Plan:
    return _shown(os.environ["RINGFENCE_TEST_CANARY_FOLDER"], "/granted/shown")(plan)


def _memory(size: int) -> Breach:
    flags = ("--memory", str(size), "--memory-swap", str(size))
    return both(limits_off("RLIMIT_AS"), profile_limits(memory_bytes=size), changed(memory=flags))


def _scratch(plan: Plan) -> Plan:
    plan = limits_off("RLIMIT_FSIZE")(plan)
    wide = f"size={256 << 20}"
    steps = [replace(s, arguments=tuple(a.replace(f"size={8 << 20}", wide) for a in s.arguments)) for s in plan.steps]
    return replace(plan, steps=tuple(steps))


_HOST_NETWORK = both(
    _without_namespace("network namespace", Namespace.NETWORK, "--network", "host"), no_seccomp, no_landlock
)

#: By control and name of the attack; what is not here is breached as in the other cells.
BREACHES: dict[tuple[str, str], Breach] = {
    ("read-only-root", "write into the root"): both(without("root"), _user_zero, no_landlock),
    ("read-only-plugin", "change its own code"): both(_plugin_writable, no_landlock),
    ("non-root-user", "be user 0"): _user_zero,
    ("no-capabilities", "mount"): _all_capabilities,
    ("no-host-namespaces", "nested user namespace"): no_seccomp,
    ("no-host-namespaces", "find the parent's process"): both(
        _without_namespace("none", Namespace.PID, "--pid", "host"), no_landlock
    ),
    ("no-host-namespaces", "see the host's name"): _without_namespace("uts namespace", Namespace.UTS, "--uts", "host"),
    ("granted-network-only", "TCP to the host's loopback"): _HOST_NETWORK,
    ("granted-network-only", "abstract unix socket of the host"): _HOST_NETWORK,
    ("granted-mounts-only", "read a file of the host"): _canary,
    ("no-sensitive-mounts", "read the host's password hashes"): _shown("/etc", "/granted/shown"),
    ("no-host-environment", "read the host's environment"): _added("--env", "RINGFENCE_TEST_CANARY=seen"),
    ("no-loader-variables", "be loaded with another library"): _added("--env", "LD_PRELOAD=/nonexistent.so"),
    ("bounded-memory", "memory bomb"): _memory(2 << 30),
    ("bounded-memory", "memory bomb over many processes"): _memory(2 << 30),
    ("bounded-memory", "memory bomb in sockets"): _memory(2 << 30),
    ("bounded-processes", "fork bomb"): both(_memory(4 << 30), changed(processes=("--pids-limit", "400"))),
    ("bounded-scratch", "fill /tmp"): _scratch,
    ("bounded-open-files", "open without end"): both(limits_off("RLIMIT_NOFILE"), without("open files")),
}
