"""The one spelling of a record."""

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.journal.record import MAX_DEPTH, MAX_INT, MAX_RECORD_BYTES, InvalidRecord, encode

_KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_LEAVES = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | _TEXT
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4))


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_every_record_is_spelled_as_rfc_8785_says(record: dict[str, object]) -> None:
    """The bytes are those of an independent RFC 8785 implementation."""
    assert encode(record) == rfc8785.dumps(record)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"a": {"b": [1, 2.5]}}, "/a/b/1: a float cannot stand"),
        ({"a": float("nan")}, "/a: a float cannot stand"),
        ({"a": MAX_INT + 1}, "/a: a whole number beyond"),
        ({"a": -MAX_INT - 1}, "/a: a whole number beyond"),
        ({"ü": 1}, "the key '\\xfc' is not ASCII text"),
        ({1: 1}, "the key 1 is not ASCII text"),
        ({"a": {"ok": 1, "ü": 1}}, "/a: the key '\\xfc' is not ASCII text"),
        ({"a": b"bytes"}, "/a: a bytes cannot stand"),
        ({"a": "\ud800"}, "lone surrogate"),
        ({"a": "x" * MAX_RECORD_BYTES}, "over the limit of 262144"),
        (["a"], "must be an object, not list"),
    ],
)
def test_what_has_no_canonical_form_is_refused(record: dict[str, object], words: str) -> None:
    """The message names the member and what is wrong with it."""
    with pytest.raises(InvalidRecord) as raised:
        encode(record)
    assert words in raised.value.message


def test_nesting_is_bounded() -> None:
    """A record nests MAX_DEPTH levels and no further, however deep the value is."""
    deep: object = 1
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    assert encode({"a": deep})
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InvalidRecord, match="nested deeper than 32 levels"):
        encode({"a": deep})
