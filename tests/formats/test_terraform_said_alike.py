"""What is said in another way is judged alike: through a local, a variable, a condition, a dynamic block, in JSON.

Every example of a page is rewritten in each way, one value or block after the other.
"""

import json
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest

from formats.cloud_kit import EXAMPLES, counted, made_dynamic, value_spans
from ringfence.formats.hcl.body import Body
from ringfence.formats.hcl.reading import parse
from ringfence.formats.hcl.syntax import Expression, Literal, Template

REFERENCE = re.compile(r"\b[a-z]\w*\.[a-z]")
OF_ITS_OWN = ("each.", "count.")
each = pytest.mark.parametrize("text", EXAMPLES, ids=[f"{id}-{number}" for number, id in enumerate(EXAMPLES.values())])


def otherwise(text: str, said: str, start: int, end: int) -> Iterator[str]:
    """The text with the value that stands there said in another way."""
    refers = REFERENCE.search(said) is not None
    # What a text of a resource is made of is read where it stands.
    if not ("${" in said and refers) and not any(one in said for one in OF_ITS_OWN):
        yield f"{text[:start]}local.said{text[end:]}\nlocals {{\n  said = {said}\n}}\n"
    if not said.startswith("<<"):
        yield f"{text[:start]}(true ? {said} : null){text[end:]}"
    if not refers and not said.startswith("<<"):
        yield f'{text[:start]}var.said{text[end:]}\nvariable "said" {{\n  default = {said}\n}}\n'


@each
def test_what_is_said_in_another_way_is_judged_alike(text: str) -> None:
    """Neither more nor less is found."""
    known, body = counted(text), parse(text, "main.tf").body
    for start, end in value_spans(body):
        for one in otherwise(text, text[start:end], start, end):
            assert counted(one) == known, one
    for one in made_dynamic(text, body, "[1]"):
        assert counted(one) == known, one


@each
def test_json_is_judged_as_native_syntax(text: str) -> None:
    """The same file as `.tf.json`."""
    said = json.dumps(as_json(text, parse(text, "main.tf").body), indent=1)
    assert counted(said, "main.tf.json") == counted(text), said


def as_json(text: str, body: Body) -> dict[str, Any]:
    """A body in JSON syntax."""
    made: dict[str, Any] = {one.name: in_json(text, one.expression) for one in body.attributes.values()}
    for block in body.blocks:
        inner = as_json(text, block.body)
        place = made.setdefault(block.type, {}) if block.labels else made
        for label in block.labels[:-1]:
            place = place.setdefault(label, {})
        place.setdefault(block.labels[-1] if block.labels else block.type, []).append(inner)
    return made


def in_json(text: str, expression: Expression) -> Any:
    """An expression in JSON syntax: a text is a template there."""
    said = text[expression.start : expression.end]
    if isinstance(expression, Literal):
        value = expression.value
        return value.replace("${", "$${").replace("%{", "%%{") if isinstance(value, str) else value
    if expression.items is not None:
        return [in_json(text, one) for one in expression.items]
    if expression.entries is not None:
        keys = [key if isinstance(key, str) else in_json(text, key) for key, _ in expression.entries]
        return {key: in_json(text, value) for key, (_, value) in zip(keys, expression.entries, strict=True)}
    if not isinstance(expression, Template):
        return f"${{{said}}}"
    if said.startswith("<<"):
        lines = "\n".join(said.split("\n")[1:-1]) + "\n"
        return dedent(lines) if said.startswith("<<-") else lines
    return said[1:-1].replace('\\"', '"').replace("\\n", "\n")
