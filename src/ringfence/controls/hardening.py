"""Checking and hardening by the catalogue. Both are generic, so that no control can do either in its own way."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ringfence.controls import judging, modelpath
from ringfence.controls.control import REMOVE, Control, Decision, Fault, Scope
from ringfence.errors import ConfigError

# One control's fix may uncover another's fault (no destination left, so no network): a few
# rounds settle that. More would mean that two controls want opposite things.
_ROUNDS = 4

_Model = TypeVar("_Model")


def faults(model: object, controls: Iterable[Control] | None = None) -> list[tuple[Control, Fault]]:
    """Every place where a control does not hold, in the order of `controls` (else: those for plugins).

    Controls for another type of model are passed over. Raises ConfigError when there is no control
    at all: nothing checked is not all good.
    """
    some = judging(Scope.PLUGIN) if controls is None else tuple(controls)
    if not some:
        raise ConfigError("no control is loaded, so nothing can be checked", hint="select at least one")
    return [(one, fault) for one in some if one.takes(model) for fault in one.faults(model)]


def hardened(model: _Model, controls: Iterable[Control] | None = None) -> _Model:
    """The nearest model at which no control finds a fault.

    Raises ConfigError where a fix needs a person's decision (the message is the question), and
    when there is no control; RuntimeError where controls contradict each other, and ValueError
    where one names a field that the model does not have: defects of the catalogue.
    """
    some = judging(Scope.PLUGIN) if controls is None else tuple(controls)
    for _ in range(_ROUNDS):
        if not faults(model, some):
            return model
        for control in some:
            model = put_right(model, _decided(control, model))
    left = faults(model, some)
    if left:
        raise RuntimeError("these controls contradict each other: " + _names(left))
    return model


def put_right(model: _Model, found: Sequence[Fault]) -> _Model:
    """The model with these faults gone: values first, then removals from the end, so that indices stay true, then
    what is appended.

    A fault whose `want` is a Decision is left as it is.
    """
    for fault in found:
        if fault.want is not REMOVE and not isinstance(fault.want, Decision):
            model = modelpath.replaced(model, modelpath.steps(fault.path), fault.want)
    for place in modelpath.from_the_end(fault.path for fault in found if fault.want is REMOVE):
        model = modelpath.removed(model, place)
    for path, element in dict.fromkeys(one for fault in found for one in fault.appends):
        model = modelpath.appended(model, path, element)
    return model


def _decided(control: Control, model: object) -> list[Fault]:
    found = list(control.faults(model)) if control.takes(model) else []
    for fault in found:
        if isinstance(fault.want, Decision):
            raise ConfigError(f"{control.id}: {fault.path}: {fault.found}", hint=fault.want.question)
    return found


def _names(found: list[tuple[Control, Fault]]) -> str:
    return ", ".join(sorted({control.id for control, _ in found}))
