"""Our quick dataclasses behave as the standard ones do, which judge the same classes beside them."""

import copy
import dataclasses as standard
import pickle
import subprocess
import sys

import pytest

from ringfence import dataclasses as quick
from ringfence.model import Destination, Limits, Network, Reach


def make(kit):
    """The same classes, made by either kit."""

    @kit.dataclass(frozen=True, kw_only=True, slots=True, order=True)
    class Point:
        """Where."""

        x: int
        y: int = 2

        @property
        def total(self) -> int:
            return self.x + self.y

    @kit.dataclass(kw_only=True)
    class Box:
        name: str
        items: list = kit.field(default_factory=list)
        _open: bool = False

        def __str__(self) -> str:
            return self.name

    @kit.dataclass(frozen=True)
    class Pair:
        left: object
        right: object = None

    @kit.dataclass(eq=False)
    class Alone:
        x: int

    return Point, Box, Pair, Alone


@pytest.fixture(params=[standard, quick, "warm"], ids=["standard", "quick", "quick, after many"])
def classes(request):
    """Point, Box, Pair and Alone; also when so many were made that they have an `__init__` of their own."""
    if request.param != "warm":
        return make(request.param)
    point, box, pair, alone = made = make(quick)
    general = [each.__init__ for each in made]
    for number in range(quick._WORTH_COMPILING):
        point(x=number), box(name="b"), pair(number), alone(number)
    assert all(each.__init__ is not before for each, before in zip(made, general, strict=True))
    return made


def test_values_come_by_name_or_place_with_defaults(classes):
    point, box, pair, alone = classes
    assert (point(x=1).x, point(x=1).y, point(x=1, y=5).total) == (1, 2, 6)
    assert (pair(1).right, pair(1, 2).right, pair(1, right=3).right) == (None, 2, 3)
    assert alone(4).x == 4
    first, second = box(name="a"), box(name="b")
    first.items.append(1)
    assert (first.items, second.items, first._open, str(first)) == ([1], [], False, "a")


def test_wrong_arguments_are_refused(classes):
    point, _, pair, _ = classes
    for wrong in (lambda: point(), lambda: point(1), lambda: point(x=1, z=1), lambda: pair(1, 2, 3)):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(TypeError):
        pair(1, left=1)


def test_equality_hash_order_and_text(classes):
    point, box, pair, alone = classes
    assert point(x=1) == point(x=1, y=2)
    assert point(x=1) != point(x=2)
    assert point(x=1) != (1, 2)
    assert hash(point(x=1)) == hash(point(x=1))
    assert point(x=1) < point(x=1, y=3) <= point(x=2)
    assert point(x=3) > point(x=2) >= point(x=2)
    assert box(name="a") == box(name="a")
    assert alone(1) != alone(1)
    with pytest.raises(TypeError):
        hash(box(name="a"))
    with pytest.raises(TypeError):
        assert pair(1) < pair(2)
    assert repr(point(x=1)).endswith("Point(x=1, y=2)")
    assert point.__doc__ == "Where."


def test_frozen_stays_as_it_is(classes):
    point, box, pair, _ = classes
    for change in (lambda: setattr(point(x=1), "x", 2), lambda: delattr(pair(1), "left")):
        with pytest.raises(standard.FrozenInstanceError):
            change()
    open_box = box(name="a")
    open_box.name = "b"
    assert open_box.name == "b"
    assert not hasattr(point(x=1), "__dict__")


def test_the_standard_functions_know_them(classes):
    point, box, _, _ = classes
    assert standard.is_dataclass(point)
    assert standard.is_dataclass(point(x=1))
    assert [one.name for one in standard.fields(box)] == ["name", "items", "_open"]
    assert standard.replace(point(x=1), y=9) == point(x=1, y=9)
    assert standard.asdict(box(name="a")) == {"name": "a", "items": [], "_open": False}
    match point(x=1):
        case point(x=1, y=y):
            assert y == 2


def test_our_functions_do_the_same():
    point, box, _, _ = make(quick)
    assert quick.replace(point(x=1), y=9) == point(x=1, y=9)
    assert [one.name for one in quick.fields(box(name="a"))] == ["name", "items", "_open"]
    assert quick.is_dataclass(point)
    assert quick.is_dataclass(point(x=1))
    assert not quick.is_dataclass(1)


def test_copies_and_pickles():
    network = Network(reach=Reach.GRANTED, destinations=(Destination(host="a.example", port=1),))
    assert copy.deepcopy(network) == network
    assert pickle.loads(pickle.dumps(network)) == network


def test_a_class_has_the_fields_of_its_base():
    @quick.dataclass(frozen=True, kw_only=True, slots=True)
    class More(Destination):
        more: int

    one = More(host="a", port=1, more=2)
    assert [field.name for field in quick.fields(More)] == ["host", "port", "more"]
    assert quick.replace(one, port=3) == More(host="a", port=3, more=2) != one
    assert one != Destination(host="a", port=1)
    assert copy.copy(one) == one


def test_what_is_not_taken_over_is_refused():
    with pytest.raises(TypeError, match="positional fields of a base"):

        @quick.dataclass(frozen=True)
        class More(Limits):
            more: int

    with pytest.raises(TypeError, match="__post_init__"):

        @quick.dataclass
        class Late:
            x: int

            def __post_init__(self) -> None: ...


def test_a_call_does_without_the_standard_module():
    program = "import sys, ringfence.gate.gate; print('dataclasses' in sys.modules, 'inspect' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=600)
    assert said.stdout == "False False\n"
