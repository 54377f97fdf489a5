"""Amounts as platforms write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats import quantity

DOCKER = {
    "512m": 512 * 2**20,
    "512M": 512 * 2**20,
    "1.5g": 3 * 2**29,
    "1gb": 2**30,
    "1GiB": 2**30,
    "64Mi": 64 * 2**20,
    "2 k": 2048,
    "1073741824": 2**30,
    "100b": 100,
    "-1": -1,
    "0": 0,
    ".5g": 2**29,
}
KUBERNETES = {
    "64Mi": 64 * 2**20,
    "1Gi": 2**30,
    "128M": 128 * 10**6,
    "1e3": 1000,
    "1E3": 1000,
    "1E": 10**18,
    "1500m": 2,
    "0.5": 1,
    "100k": 100_000,
    "1.5Gi": 3 * 2**29,
}


@pytest.mark.parametrize("text", DOCKER)
def test_sizes_of_docker_are_powers_of_1024(text: str) -> None:
    """Letters in either case, fractions, and the engine's spellings of a unit."""
    assert quantity.docker_bytes(text) == DOCKER[text]


@pytest.mark.parametrize("text", ["", "m", "1x", "1mm", "1 2m", "one", "1e3", "0x10", "1,5g", "1" * 41, "1.2.3g"])
def test_what_is_no_size_of_docker_is_none(text: str) -> None:
    """The engine would refuse it, so nobody knows what is meant."""
    assert quantity.docker_bytes(text) is None


@pytest.mark.parametrize("text", KUBERNETES)
def test_quantities_of_kubernetes_have_decimal_and_binary_suffixes(text: str) -> None:
    """Rounded up to whole bytes."""
    assert quantity.kubernetes_bytes(text) == KUBERNETES[text]


@pytest.mark.parametrize("text", ["", "Mi", "1mi", "1KI", "1e", "1 Mi", "1gb", "--1", "1e9999", "nan", "infinity"])
def test_what_is_no_quantity_of_kubernetes_is_none(text: str) -> None:
    """A wrong case, a docker unit, a word."""
    assert quantity.kubernetes(text) is None
    assert quantity.kubernetes_bytes(text) is None
    assert quantity.kubernetes_millis(text) is None


@pytest.mark.parametrize(("text", "millis"), [("500m", 500), ("0.5", 500), ("2", 2000), ("1u", 1), ("0", 0)])
def test_processors_of_kubernetes_are_thousandths(text: str, millis: int) -> None:
    """Rounded up, so that a little is not nothing."""
    assert quantity.kubernetes_millis(text) == millis


@pytest.mark.parametrize(
    ("text", "millis"), [("0.5", 500), ("2", 2000), (".25", 250), ("1e-1", 100), ("0", 0), ("-1", -1000)]
)
def test_processors_of_compose_are_a_number(text: str, millis: int) -> None:
    """A fraction of one, or several."""
    assert quantity.cpu_millis(text) == millis


@pytest.mark.parametrize("text", ["", "1 cpu", "500m", "nan", "inf", "1_0", "1e9999999", "٣", "0x1"])
def test_what_is_no_number_of_processors_is_none(text: str) -> None:
    """Python would take some of these."""
    assert quantity.cpu_millis(text) is None


def test_enormous_amounts_are_bounded() -> None:
    """No file can make a number of a thousand digits."""
    assert quantity.kubernetes_bytes("9e999") == 2**63 - 1
    assert quantity.docker_bytes("9" * 30 + "p") == 2**63 - 1
    assert quantity.cpu_millis("1e999") == 2**63 - 1


@pytest.mark.parametrize(
    ("text", "seconds"), [("1m30s", 90.0), ("500ms", 0.5), ("1h", 3600.0), ("10µs", 1e-5), ("1.5s", 1.5)]
)
def test_durations_are_seconds(text: str, seconds: float) -> None:
    """Parts are added."""
    assert quantity.seconds(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "10", "1x", "s", "1s 2m", "1m30"])
def test_what_is_no_duration_is_none(text: str) -> None:
    """A bare number has no unit."""
    assert quantity.seconds(text) is None


@pytest.mark.parametrize(
    ("amount", "docker", "kubernetes"), [(2**29, "512m", "512Mi"), (2**30, "1g", "1Gi"), (1000, "1000b", "1000")]
)
def test_sizes_are_written_in_the_largest_unit(amount: int, docker: str, kubernetes: str) -> None:
    """As people write them."""
    assert quantity.docker_text(amount) == docker
    assert quantity.kubernetes_text(amount) == kubernetes


@settings(deadline=None, max_examples=200)
@given(amount=st.integers(0, 2**60))
def test_what_is_written_is_read_back(amount: int) -> None:
    """In every unit and for every amount."""
    assert quantity.docker_bytes(quantity.docker_text(amount)) == amount
    assert quantity.kubernetes_bytes(quantity.kubernetes_text(amount)) == amount
    assert quantity.cpu_millis(quantity.cpus_text(amount)) == amount


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="0123456789.eE+-kKmMgGiIbB unµsh", max_size=45))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    """Never an error, whatever stands there."""
    for read in (quantity.docker_bytes, quantity.kubernetes_bytes, quantity.kubernetes_millis, quantity.cpu_millis):
        assert read(text) is None or isinstance(read(text), int)
    assert quantity.seconds(text) is None or isinstance(quantity.seconds(text), float)
    assert quantity.kubernetes(text) is None or isinstance(quantity.kubernetes(text), Decimal)
