import json
import math
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.errors import RingfenceError
from ringfence.strictjson import JsonLimits, StrictJsonError, dumps, loads, pointer

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": [1, NaN]}', "not acceptable JSON: NaN at /a/1"),
        (b"[-Infinity]", "not acceptable JSON: -Infinity at /0"),
        (b'{"a": 1e400}', "not acceptable JSON: the number 1e400, which no double holds at /a"),
        (b'[0, {"b": 1, "b": 2}]', "not acceptable JSON: a name that occurs twice at /1/b"),
        (b'{"a": "\\ud800"}', "not acceptable JSON: a lone surrogate at /a"),
        (b'[{"\\uDC00": 1}]', "not acceptable JSON: a name with a lone surrogate at /0"),
        (b'{"a/b": {"~": NaN}}', "not acceptable JSON: NaN at /a~1b/~0"),
        (b'{"a":\n "\xff"}', "not JSON: invalid UTF-8 at line 2 column 3"),
        (b"\xef\xbb\xbf1", "not acceptable JSON: starts with a byte order mark at line 1 column 1"),
        (
            b'{"a":\n 1,}',
            "not JSON: Expecting property name enclosed in double quotes at line 2 column 4"
            if sys.version_info < (3, 13)
            else "not JSON: Illegal trailing comma before end of object at line 2 column 3",
        ),
        (b"", "not JSON: Expecting value at line 1 column 1"),
        ("\ud800", "not acceptable JSON: the text has a lone surrogate"),
    ],
)
def test_refusal_names_fault_and_place(data: bytes | str, message: str) -> None:
    """Each kind of unacceptable JSON is refused with what is wrong and where."""
    with pytest.raises(StrictJsonError) as caught:
        loads(data)
    assert caught.value.message == message


@pytest.mark.parametrize("form", ["{}", "[0, {}]", '{{"a": {}}}', "-{}"])
def test_integers_are_bounded_by_digits(form: str) -> None:
    """A thousand digits pass and one more is refused, wherever the integer stands."""
    loads(form.format("9" * 1000))
    with pytest.raises(StrictJsonError, match="more than 1000 digits"):
        loads(form.format("9" * 1001))


def test_long_run_of_digits_in_string_is_no_integer() -> None:
    """Digits inside a string count as text."""
    assert loads('["' + "1" * 5000 + '"]') == ["1" * 5000]


def test_hundred_megabytes_of_nesting_are_refused_at_once() -> None:
    """A hundred megabytes of opening brackets end in a sentence before any parsing."""
    data = b"[" * 100_000_000
    begun = time.process_time()
    with pytest.raises(StrictJsonError, match="more than 1048576 bytes"):
        loads(data)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("opener", [b"[", b'{"a":', b'["]", '])
def test_depth_is_bounded_before_parsing(opener: bytes) -> None:
    """Sixty-four levels pass the bound, sixty-five do not, and brackets in strings do not count."""
    closer = b"}" if opener.startswith(b"{") else b"]"
    loads(opener * 63 + b"[]" + closer * 63)
    with pytest.raises(StrictJsonError, match="deeper than 64 levels"):
        loads(opener * 64 + b"[]" + closer * 64)


def test_brackets_in_strings_are_not_levels() -> None:
    """A string full of brackets and escaped quotes is one value."""
    text = '\\"[{' * 5000
    assert loads(f'["{text}"]') == [text.replace("\\", "")]


def test_escaped_quotes_do_not_hide_levels() -> None:
    """Escapes cannot make real brackets look like text."""
    with pytest.raises(StrictJsonError, match="deeper than 64 levels"):
        loads(b'["\\\\", ' + b"[" * 80 + b"]" * 80 + b"]")


def test_number_of_values_is_bounded() -> None:
    """More values than the bound are refused, fewer pass."""
    limits = JsonLimits(max_items=1000)
    loads("[" + ",".join("0" * 999) + "]", limits=limits)
    with pytest.raises(StrictJsonError, match="more than 1000 values"):
        loads("[" + ",".join("0" * 1001) + "]", limits=limits)


def test_size_counts_encoded_bytes() -> None:
    """The bound on size holds for the UTF-8 form also where text is given."""
    with pytest.raises(StrictJsonError, match="more than 8 bytes"):
        loads('"äöüäö"', limits=JsonLimits(max_bytes=8))


@pytest.mark.parametrize("data", [b'"' * 900_000, b'"' + b'\\"' * 450_000, b"1" * 900_000, b"[]" * 99_000])
def test_worst_inputs_within_bounds_are_quick(data: bytes) -> None:
    """Nothing within the size bound takes more than a moment to refuse."""
    begun = time.process_time()
    with pytest.raises(StrictJsonError):
        loads(data)
    assert time.process_time() - begun < 20


@settings(deadline=None, max_examples=200)
@given(VALUES)
def test_round_trip(value: object) -> None:
    """What dumps writes, loads reads back the same, type for type."""
    back = loads(dumps(value))
    assert back == value
    assert repr(back) == repr(value)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=60) | st.text(alphabet='[]{}",:\\u0dD89aNaInfty1e+-. \n', max_size=60))
def test_agrees_with_the_standard_parser_or_refuses(data: bytes | str) -> None:
    """Any input gives what json gives, or StrictJsonError, and never another exception."""
    try:
        value = loads(data)
    except StrictJsonError:
        return
    assert value == json.loads(data)


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800", {"a": object()}, {(1, 2): 3}, 10**5000], ids=type)
def test_dumps_refuses_what_json_cannot_say(value: object) -> None:
    """Values without a JSON form are refused in one sentence."""
    with pytest.raises(StrictJsonError, match="cannot be written as JSON"):
        dumps(value)


def test_dumps_refuses_cycles_and_depth() -> None:
    """A list that contains itself and a very deep one are refused."""
    loop: list[object] = []
    loop.append(loop)
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (loop, deep):
        with pytest.raises(StrictJsonError):
            dumps(value)


def test_dumps_is_compact() -> None:
    """No needless spaces, and text stays text."""
    assert dumps({"a": [1, 2.5, "é"]}) == '{"a":[1,2.5,"é"]}'


def test_pointer_escapes() -> None:
    """Tilde and slash are escaped as RFC 6901 says; the empty path is the empty string."""
    assert pointer(("a/b", "~", 0)) == "/a~1b/~0/0"
    assert pointer(()) == ""


def test_error_is_one_of_ours_and_a_value_error() -> None:
    """Callers may catch it as either kind."""
    assert issubclass(StrictJsonError, RingfenceError)
    assert issubclass(StrictJsonError, ValueError)
