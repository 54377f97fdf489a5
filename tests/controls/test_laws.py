"""The laws of the catalogue, over generated workloads: a new control needs no new test here."""

import dataclasses

from hypothesis import given, settings

from controls.strategies import workloads
from ringfence.controls import judging, modelpath
from ringfence.controls.control import Scope
from ringfence.controls.hardening import faults, hardened
from ringfence.formats import profile
from ringfence.model import Workload

#: The laws of profiles; those of files stand in tests/formats and tests/audit.
PLUGIN = judging(Scope.PLUGIN)

law = settings(deadline=None, max_examples=200)


def leaves(value: object, path: str = "") -> dict[str, object]:
    """Every field of a model by its path, as the controls name them."""
    if not dataclasses.is_dataclass(value):
        return {path: value}
    inner = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    return {at: leaf for name, part in inner for at, leaf in leaves(part, f"{path}.{name}".lstrip(".")).items()}


@law
@given(workloads)
def test_nothing_is_at_fault_after_hardening(workload: Workload) -> None:
    """Law 1: a hardened workload passes every control."""
    assert faults(hardened(workload)) == []


@law
@given(workloads)
def test_hardening_twice_changes_nothing(workload: Workload) -> None:
    """Law 1: hardening what is hardened gives the same workload."""
    once = hardened(workload)
    assert hardened(once) == once


@law
@given(workloads)
def test_hardening_one_control_breaks_no_other(workload: Workload) -> None:
    """Law 1: what one control wants never adds a fault of another."""
    before = {control.id: len(list(control.faults(workload))) for control in PLUGIN}
    for one in PLUGIN:
        alone = hardened(workload, [one])
        after = {control.id: len(list(control.faults(alone))) for control in PLUGIN}
        assert after[one.id] == 0
        assert {id: count for id, count in after.items() if count > before[id]} == {}


@law
@given(workloads)
def test_hardening_changes_only_what_the_control_guards(workload: Workload) -> None:
    """A control's fix leaves every field that it does not guard as it was."""
    before = leaves(workload)
    for one in PLUGIN:
        after = leaves(hardened(workload, [one]))
        changed = {path for path in before if before[path] != after[path]}
        assert changed <= set(one.guards), one.id


@law
@given(workloads)
def test_every_fault_lies_within_the_guards(workload: Workload) -> None:
    """No control finds a fault at a field that its record does not name."""
    for control, fault in faults(workload):
        assert any(modelpath.is_within(fault.path, guard) for guard in control.guards), fault


@law
@given(workloads)
def test_what_is_written_and_read_back_is_the_same(workload: Workload) -> None:
    """Law 2: a profile's text stands for exactly one workload."""
    assert profile.load(profile.dump(workload)) == workload


@law
@given(workloads)
def test_what_is_emitted_passes_its_own_check(workload: Workload) -> None:
    """Law 3: a hardened profile, written out and read again, has no fault."""
    assert faults(profile.load(profile.dump(hardened(workload)))) == []
