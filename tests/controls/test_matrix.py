"""The matrix of results: its one shape, and that anything else is refused."""

import json

import pytest

from ringfence.controls import matrix
from ringfence.controls.matrix import Matrix, Verdict
from ringfence.errors import RingfenceError

RESULTS = Matrix(
    policy=1,
    places=("bubblewrap", "subprocess"),
    results={
        "read-only-root": {"bubblewrap": Verdict.STOPPED, "subprocess": Verdict.REFUSED},
        "bounded-cpu": {"bubblewrap": Verdict.NOT_ENFORCED},
    },
)
WHOLE = {"policy": 1, "places": ["bubblewrap"], "results": {"bounded-cpu": {"bubblewrap": "stopped"}}}


def test_results_written_are_read_back() -> None:
    """What the tests record is what the command shows, and in one order, so that a diff is small."""
    text = RESULTS.dump()
    assert matrix.parse(text) == RESULTS
    assert list(json.loads(text)["results"]) == ["bounded-cpu", "read-only-root"]


def test_a_place_without_a_result_has_none() -> None:
    """No claim is made where no test reported."""
    assert RESULTS.of("bounded-cpu", "bubblewrap") is Verdict.NOT_ENFORCED
    assert RESULTS.of("bounded-cpu", "subprocess") is None
    assert RESULTS.of("no-capabilities", "bubblewrap") is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"policy": "1"}, "not a matrix of results: policy, places and results are wanted"),
        ({"extra": 1}, "not a matrix of results: policy, places and results are wanted"),
        ({"results": []}, "not a matrix of results: policy, places and results are wanted"),
        ({"results": {"no-such": {}}}, "results for 'no-such', which is no control"),
        ({"results": {"bounded-cpu": []}}, "the results of bounded-cpu name a place that is not listed"),
        (
            {"results": {"bounded-cpu": {"pod": "stopped"}}},
            "the results of bounded-cpu name a place that is not listed",
        ),
        (
            {"results": {"bounded-cpu": {"bubblewrap": "fine"}}},
            "the results of bounded-cpu hold 'fine', which is no verdict",
        ),
    ],
)
def test_another_shape_is_refused(change: dict[str, object], message: str) -> None:
    """An unknown key, control, place or verdict is an error that names it."""
    with pytest.raises(RingfenceError) as raised:
        matrix.parse(json.dumps(WHOLE | change))
    assert raised.value.message == f"matrix.json: {message}"
