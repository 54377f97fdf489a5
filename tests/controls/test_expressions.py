"""The words by which expressions are passed over: what an expression finds, it finds with them too."""

import importlib
import pkgutil
import re

import pytest

from ringfence.controls import agents, judging
from ringfence.controls.agents.expressions import Expression, either
from ringfence.controls.control import Scope
from ringfence.controls.page import page

MODULES = {control.faults.__module__ for control in judging(Scope.AGENT)} | {
    f"{agents.__name__}.{module.name}" for module in pkgutil.iter_modules(agents.__path__)
}
EXPRESSIONS = [
    pytest.param(value, id=f"{name.rpartition('.')[2]}-{key}")
    for name in sorted(MODULES)
    for key, value in vars(importlib.import_module(name)).items()
    if isinstance(value, Expression)
]
LINES = [line for control in judging(Scope.AGENT) for one in page(control).examples for line in one.text.splitlines()]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_words_hide_nothing(expression: Expression) -> None:
    """In every line of the pages of the controls, it finds what it would find without them."""
    plain = re.compile(expression.pattern, re.IGNORECASE)
    for line in [*LINES, *(line.upper() for line in LINES)]:
        found, should = expression.search(line), plain.search(line)
        assert (found is None) is (should is None), line
        assert found is None or should is None or found.start() == should.start()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_each_has_words(expression: Expression) -> None:
    """One without is tried on every line of every text, and would make an audit slow."""
    assert expression.words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("abc", ("abc",)),
        (r"a\s+bcd", ("bcd",)),
        ("(?:ab|cd)x", ("ab", "cd")),
        ("(?:ab)?xyz", ("xyz",)),
        ("(?:ab)?", ()),
        (r"\w+", ()),
        ("ab|\\d", ()),
        ("(?!ab)cd(?=ef)", ("cd",)),
        ("(?:abc){2,}", ("abc",)),
        ("[ab]", ()),
    ],
)
def test_words_are_those_that_must_be_there(pattern: str, words: tuple[str, ...]) -> None:
    """What may be left out, or may be something else, is no such word."""
    assert either(pattern).words == words
