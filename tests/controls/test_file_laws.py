"""The laws of the catalogue for what stands in files, over generated models: a new control needs no new test here."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controls.model_strategies import MODULES, judged, models
from ringfence.controls import judging, modelpath
from ringfence.controls.control import Control, Decision, Fault, Scope
from ringfence.controls.hardening import faults, put_right

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
each = pytest.mark.parametrize(
    ("scope", "shape"),
    [pytest.param(scope, shape, id=f"{scope}-{shape.__name__}") for scope in MODULES for shape in judged(scope)],
)


def hardened(model: Any, controls: list[Control]) -> Any:
    """What fixing makes of a model: every fault that needs no decision is put right, until none is left."""
    for _ in range(4):
        before = model
        for control in controls:
            model = put_right(model, fixable(model, [control]))
        if model == before:
            break
    return model


def fixable(model: Any, controls: Iterable[Control]) -> list[Fault]:
    return [fault for _, fault in faults(model, controls) if not isinstance(fault.want, Decision)]


@each
@law
@given(data=st.data())
def test_the_laws_hold(scope: Scope, shape: type, data: st.DataObject) -> None:
    """All of them over each model that is drawn: to draw one takes longer than to judge it."""
    model = data.draw(models(shape))
    controls = [one for one in judging(scope) if one.takes(model)]
    faults_lie_within_the_guards_and_have_words(model, controls)
    putting_one_control_right_breaks_no_other(model, controls)
    nothing_fixable_is_at_fault_after_fixing(model, controls)


def nothing_fixable_is_at_fault_after_fixing(model: Any, controls: list[Control]) -> None:
    """Law 1: what needs no decision is gone, fixing again changes nothing."""
    fixed = hardened(model, controls)
    assert fixable(fixed, controls) == []
    assert hardened(fixed, controls) == fixed


def putting_one_control_right_breaks_no_other(model: Any, controls: list[Control]) -> None:
    """Law 1: what one control wants never adds a fault of another."""
    before = {one.id: len(list(one.faults(model))) for one in controls}
    for control in controls:
        alone = put_right(model, list(control.faults(model)))
        if alone == model:
            continue
        after = {one.id: len(list(one.faults(alone))) for one in controls}
        assert {id: count for id, count in after.items() if count > before[id]} == {}, control.id


def faults_lie_within_the_guards_and_have_words(model: Any, controls: list[Control]) -> None:
    """Every fault names a place that the record guards and that the model has, and says what stands there."""
    for control, fault in faults(model, controls):
        assert any(modelpath.is_within(fault.path, guard) for guard in control.guards), (control.id, fault)
        put_right(model, [fault])
        assert fault.found
        if isinstance(fault.want, Decision):
            assert fault.want.question
