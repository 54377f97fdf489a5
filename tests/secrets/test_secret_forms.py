"""Every form of a token is found in a line of a text: what passes over text in a hurry passes over none of them."""

import random
import re
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from ringfence.secrets import checks
from ringfence.secrets.scan import scan
from ringfence.secrets.tokens import FORMS
from ringfence.secrets.tokens.form import Form

CHANCE = random.Random()
#: Those whose check asks for more than letters by chance, and those so short that their names must stand close by.
MADE = {"a JSON web token", "an npm password", "a Snowflake password"}
TRIED = [form for form in FORMS if form.kind not in MADE]
NUMBERED = [pytest.param(form, id=f"{number}: {form.kind}") for number, form in enumerate(TRIED)]
_ALL = [chr(code) for code in range(33, 127)]


def draw(expression: str) -> str:
    """A text that the whole expression matches, but for what it looks at before and behind."""
    return "".join(_drawn(item) for item in _parser.parse(expression))


def _drawn(item: Any) -> str:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return chr(value)
    if kind == "ANY":
        return CHANCE.choice(_ALL)
    if kind == "IN":
        return next((one for one in CHANCE.choices(_ALL, k=1000) if _is_in(value, one)), " ")
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, inner = value
        times = CHANCE.randint(low, min(int(high), low + 3))
        return "".join(_drawn(one) for _ in range(times) for one in inner)
    if kind == "SUBPATTERN":
        return "".join(_drawn(one) for one in value[3])
    if kind == "BRANCH":
        return "".join(_drawn(one) for one in CHANCE.choice(value[1]))
    return ""  # what looks around, and borders


def _is_in(items: Any, one: str) -> bool:
    negated, found = False, False
    for kind, value in items:
        name = str(kind)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found |= ord(one) == value
        elif name == "RANGE":
            found |= value[0] <= ord(one) <= value[1]
        elif name == "CATEGORY":
            found |= (
                re.match(
                    {"CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w", "CATEGORY_SPACE": r"\s"}.get(str(value), r"\S"),
                    one,
                )
                is not None
            )
    return found != negated


def token(form: Form) -> str:
    """A text with a word of the form that it matches, and that passes its check; the same each time."""
    CHANCE.seed(form.expression)
    for _ in range(2000):
        said = draw(form.expression)
        if not any(word in said for word in form.words):
            said = f"{CHANCE.choice(form.words)} {CHANCE.choice(form.nearby or ('',))} = '{said}'"
        found = re.search(form.expression, said, re.MULTILINE)
        if found and (form.check or checks.varied)(found[found.lastindex or 0]):
            return said + "".join(quote for quote in "\"'" if said.count(quote) % 2)
    raise AssertionError(f"nothing is drawn for {form}")


@pytest.mark.parametrize("form", NUMBERED)
def test_a_form_is_found_in_a_short_text(form: Form) -> None:
    for around in ("", "some words, and numbers 1 2 3\n" * 40):
        said = f"{(form.nearby or ('x',))[0]}: {token(form)}"
        text = f"{around}{said}\n{around}"
        found = [text[one.start : one.end] for one in scan(text, "a.txt")]
        assert any(value in said for value in found), (form.kind, said)


def test_all_forms_are_found_in_a_long_text() -> None:
    """Long texts are searched in another way."""
    around = "Abc-defghijklmnopqrstu-Vwxyz0123456789-Abc-defghijklmnopqrstu\n" * 10
    lines = {f"{(form.nearby or ('x',))[0]}: {token(form)}": form.kind for form in TRIED}
    text = around.join(f"{line}\n" for line in lines)
    found = {text[text.rfind("\n", 0, one.start) + 1 : one.end] for one in scan(text, "a.txt")}
    missed = [(kind, line) for line, kind in lines.items() if not any(line.startswith(one) for one in found)]
    assert missed == []
