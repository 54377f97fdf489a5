"""Regular expressions as RE2 has them: the same match as an engine that goes back, in time that the text bounds."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats.hcl.regexes import compiled
from ringfence.formats.hcl.values import EvaluationError, TooMuchError, Work

law = settings(deadline=None, max_examples=500)

atoms = st.sampled_from(
    ["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", r"\b", "^", "$", "(?:a|b)", "(a|ab)", "ab", r"\."]
)
repeats = st.sampled_from(["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,}?"])
pieces = st.tuples(atoms, repeats).map(lambda two: two[0] + (two[1] if two[0] not in (r"\b", "^", "$") else ""))
sequences = st.lists(pieces, min_size=1, max_size=4).map("".join)
patterns = st.lists(sequences, min_size=1, max_size=3).map("|".join) | sequences.map(lambda one: f"({one})")
texts = st.text(st.sampled_from("aabbc1. \n"), max_size=12)


@law
@given(patterns, texts)
def test_the_match_is_that_of_an_engine_that_goes_back(pattern, text):
    theirs = re.compile(pattern.replace("$", r"\Z"), re.ASCII).search(text)
    ours = compiled(pattern).search(text, 0, Work(10**6))
    assert (ours and ours[:2]) == (theirs and theirs.span())
    if theirs and not re.search(r"[*+}?]\(|\)[*+{?]", pattern):
        assert list(ours) == [offset for group in range(theirs.re.groups + 1) for offset in theirs.span(group)]


@law
@given(st.text(st.sampled_from(r"ab()[]{}*+?|\^$.-,123dwP<>:=!imsQEpLx")), texts)
def test_no_pattern_raises_anything_else(pattern, text):
    with suppress(EvaluationError, TooMuchError):
        compiled(pattern).search(text, 0, Work(10**5))


@pytest.mark.parametrize(
    "pattern", ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", "(?>a)", "a*+", "(?(1)a|b)", "(?#c)", r"\Z"]
)
def test_what_re2_does_not_have_is_refused(pattern):
    with pytest.raises(EvaluationError):
        compiled(pattern)


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a|a)*b", "(a+)+b", "(.*)*x", "((a{0,99}){0,99}b", "a?" * 50 + "a" * 50]
)
def test_work_grows_with_the_text_and_no_faster(pattern):
    """The work for a text twice as long is about twice as much."""
    spent = list[int]()
    for size in (500, 1000):
        work = Work(10**8)
        try:
            compiled(pattern).search("a" * size, 0, work)
        except (EvaluationError, TooMuchError):
            return
        spent.append(10**8 - work.left)
    assert spent[1] < 3 * spent[0]


def test_the_work_is_bounded():
    with pytest.raises(TooMuchError):
        compiled("(a*)*b").search("a" * 10_000, 0, Work(1000))
