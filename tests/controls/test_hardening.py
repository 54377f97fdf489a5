"""Hardening is generic: what it does with any control's wishes, and what it refuses."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from profiles import hardened_profile
from ringfence.controls import load, modelpath
from ringfence.controls.control import REMOVE, Control, Decision, Fault
from ringfence.controls.hardening import faults, hardened
from ringfence.errors import ConfigError
from ringfence.model import Destination, Mount, Network, Reach, Workload

GOOD = hardened_profile()


def control(judge: Callable[[Workload], Iterator[Fault]], id: str = "test-control") -> Control:
    """A control with this judgement, as short as a real one."""
    return replace(load("bounded-cpu"), id=id, faults=judge)


def mount(source: str) -> Mount:
    return Mount(source=source, target="/granted" + source, writable=False, grant="read.x")


def test_no_control_at_all_is_an_error() -> None:
    """Nothing checked is not all good, neither for checking nor for hardening."""
    for ask in (faults, hardened):
        with pytest.raises(ConfigError, match="no control is loaded, so nothing can be checked"):
            ask(GOOD, ())


def test_a_decision_is_asked_for_and_nothing_is_guessed() -> None:
    """A control that cannot know the value stops hardening with its question as the hint."""

    def judge(workload: Workload) -> Iterator[Fault]:
        yield Fault(path="user", found="65532", want=Decision("which user owns the data?"))

    with pytest.raises(ConfigError, match=r"^test-control: user: 65532$") as raised:
        hardened(GOOD, [control(judge)])
    assert raised.value.hint == "which user owns the data?"


def test_an_unknown_field_is_an_error() -> None:
    """A control that names a field the model has not is found, not passed over."""

    def judge(workload: Workload) -> Iterator[Fault]:
        yield Fault(path="limits.memroy_bytes", found="none", want=1)

    with pytest.raises(ValueError, match="the model has no field 'memroy_bytes' there"):
        hardened(GOOD, [control(judge)])


def test_controls_that_contradict_each_other_are_named() -> None:
    """Two controls that want opposite things end in an error that names both, not in a loop."""

    def odd(workload: Workload) -> Iterator[Fault]:
        if workload.user != 1:
            yield Fault(path="user", found="not 1", want=1)

    def even(workload: Workload) -> Iterator[Fault]:
        if workload.user != 2:
            yield Fault(path="user", found="not 2", want=2)

    with pytest.raises(RuntimeError, match="these controls contradict each other: odd"):
        hardened(GOOD, [control(odd, "odd"), control(even, "even")])


def test_removals_do_not_shift_each_other() -> None:
    """Of several elements at fault exactly those go; a value beside them lands where it was meant."""

    def judge(workload: Workload) -> Iterator[Fault]:
        for index, one in enumerate(workload.mounts):
            if one.source.startswith("/bad"):
                yield Fault(path=f"mounts[{index}]", found="bad", want=REMOVE)
                yield Fault(path=f"mounts[{index}]", found="bad twice", want=REMOVE)
            elif one.grant == "read.x":
                yield Fault(path=f"mounts[{index}].grant", found="x", want="read.y")

    before = tuple(map(mount, ["/bad1", "/a", "/bad2", "/bad3", "/b"]))
    after = hardened(replace(GOOD, mounts=before), [control(judge)])
    assert [(one.source, one.grant) for one in after.mounts] == [("/a", "read.y"), ("/b", "read.y")]


def test_a_fault_uncovered_by_a_fix_is_put_right_too() -> None:
    """When the last destination goes, the network goes with it."""
    network = Network(reach=Reach.GRANTED, destinations=(Destination(host="*", port=443),))
    assert hardened(replace(GOOD, network=network)).network == Network(reach=Reach.NONE, destinations=())


def test_a_hardened_workload_is_returned_as_it_is() -> None:
    """Nothing is copied or touched where nothing is at fault."""
    assert hardened(GOOD) is GOOD


@pytest.mark.parametrize("path", ["", "a..b", "Mounts", "mounts[0]source", "a.", "[0]", "a[x].b"])
def test_what_is_no_path_is_refused(path: str) -> None:
    """Only field names, dots and indices make a model path."""
    with pytest.raises(ValueError, match="not a model path"):
        modelpath.steps(path)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("mounts[0]", "the model has no element 0 there"),
        ("user[0]", "an index needs a list, and this is a int"),
        ("user.name", "the model has no field 'name' there"),
        ("network.mounts", "the model has no field 'mounts' there"),
    ],
)
def test_a_place_that_the_model_has_not_is_refused(path: str, message: str) -> None:
    """Writing to a place that does not exist is an error that says which step is wrong."""
    with pytest.raises(ValueError, match=message):
        modelpath.replaced(GOOD, modelpath.steps(path), None)


def test_only_an_element_can_be_removed() -> None:
    """A field cannot be dropped from the model."""
    with pytest.raises(ValueError, match="only an element can be removed, not the field 'user'"):
        modelpath.removed(GOOD, modelpath.steps("user"))


def test_a_path_lies_within_its_field_and_no_namesake() -> None:
    """`mounts[0].source` is within `mounts`; `user` is not within `user_name`, nor the reverse."""
    assert modelpath.is_within("mounts[0].source", "mounts")
    assert not modelpath.is_within("network.reach", "network.destinations")
    assert not modelpath.is_within("user_name", "user")
