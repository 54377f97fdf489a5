"""The catalogue: one visible tuple of controls, and the hardening that follows from it.

Nothing registers itself: a control holds because it stands in `CONTROLS`. Checking and fixing
are generic and live here, so that no control can do either in its own way.
"""

from collections.abc import Iterable

from ringfence.controls import (
    bounded_cpu,
    bounded_memory,
    bounded_open_files,
    bounded_output,
    bounded_processes,
    bounded_scratch,
    bounded_time,
    granted_mounts_only,
    granted_network_only,
    modelpath,
    no_capabilities,
    no_host_environment,
    no_host_namespaces,
    no_loader_variables,
    no_new_privileges,
    no_sensitive_mounts,
    non_root_user,
    read_only_plugin,
    read_only_root,
    seccomp_allow_list,
)
from ringfence.controls.control import REMOVE, Control, Decision, Fault
from ringfence.errors import ConfigError
from ringfence.model import Workload

#: The version of the policy: the highest `since` of any control.
POLICY = 1

#: Every control, by id.
CONTROLS: tuple[Control, ...] = (
    bounded_cpu.CONTROL,
    bounded_memory.CONTROL,
    bounded_open_files.CONTROL,
    bounded_output.CONTROL,
    bounded_processes.CONTROL,
    bounded_scratch.CONTROL,
    bounded_time.CONTROL,
    granted_mounts_only.CONTROL,
    granted_network_only.CONTROL,
    no_capabilities.CONTROL,
    no_host_environment.CONTROL,
    no_host_namespaces.CONTROL,
    no_loader_variables.CONTROL,
    no_new_privileges.CONTROL,
    no_sensitive_mounts.CONTROL,
    non_root_user.CONTROL,
    read_only_plugin.CONTROL,
    read_only_root.CONTROL,
    seccomp_allow_list.CONTROL,
)

#: Every model path that some control guards; a cell enforces each of them or refuses.
GUARDED: frozenset[str] = frozenset(path for control in CONTROLS for path in control.guards)

# One control's fix may uncover another's fault (no destination left, so no network): a few
# rounds settle that. More would mean that two controls want opposite things.
_ROUNDS = 4


def faults(workload: Workload, controls: Iterable[Control] = CONTROLS) -> list[tuple[Control, Fault]]:
    """Every place where a control does not hold, in the order of `controls`.

    Raises ConfigError when there is no control at all: nothing checked is not all good.
    """
    some = tuple(controls)
    if not some:
        raise ConfigError("no control is loaded, so nothing can be checked", hint="select at least one")
    return [(control, fault) for control in some for fault in control.faults(workload)]


def hardened(workload: Workload, controls: Iterable[Control] = CONTROLS) -> Workload:
    """The nearest workload at which no control finds a fault.

    Raises ConfigError where a fix needs a person's decision (the message is the question), and
    when there is no control; RuntimeError where controls contradict each other, and ValueError
    where one names a field that the model does not have: defects of the catalogue.
    """
    some = tuple(controls)
    for _ in range(_ROUNDS):
        if not faults(workload, some):
            return workload
        for control in some:
            workload = _put_right(workload, control)
    left = faults(workload, some)
    if left:
        raise RuntimeError("these controls contradict each other: " + _names(left))
    return workload


def _put_right(workload: Workload, control: Control) -> Workload:
    """Apply what one control wants: values first, then removals from the end, so that indices stay true."""
    found = list(control.faults(workload))
    for fault in found:
        if isinstance(fault.want, Decision):
            raise ConfigError(f"{control.id}: {fault.path}: {fault.found}", hint=fault.want.question)
        if fault.want is not REMOVE:
            workload = modelpath.replaced(workload, modelpath.steps(fault.path), fault.want)
    removals = {modelpath.steps(fault.path) for fault in found if fault.want is REMOVE}
    for place in sorted(removals, reverse=True):
        workload = modelpath.removed(workload, place)
    return workload


def _names(found: list[tuple[Control, Fault]]) -> str:
    return ", ".join(sorted({control.id for control, _ in found}))
