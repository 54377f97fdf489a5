"""Every expression of hcl_expressions.txt is what Terraform itself says that it is.

hcl_answers.json holds Terraform's answers; scripts/record-hcl-answers wrote it.
"""

import json
import math
from pathlib import Path

import pytest

from ringfence.formats.hcl import Unknown, evaluate, parse
from ringfence.formats.hcl.scope import NoScope

ANSWERS = json.loads((Path(__file__).parent / "hcl_answers.json").read_text(encoding="utf-8"))


def result(expression: str) -> object:
    file = parse(f"answer = {expression}\n", "main.tf")
    if file.broken:
        return Unknown(why=file.broken[0].message)
    return evaluate(file.body.attributes["answer"].expression, NoScope())


def same(ours: object, theirs: object) -> bool:
    """Equal, numbers to fifteen digits, true not the same as 1."""
    if isinstance(ours, bool) or isinstance(theirs, bool) or isinstance(ours, str):
        return type(ours) is type(theirs) and ours == theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == theirs or (abs(ours) < 1e300 and math.isclose(ours, theirs, rel_tol=1e-15))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return ours is None and theirs is None


@pytest.mark.parametrize("recorded", ANSWERS, ids=lambda one: one["expression"][:60])
def test_an_expression_is_what_terraform_says(recorded):
    ours = result(recorded["expression"])
    if "answer" in recorded:
        assert same(ours, recorded["answer"]), ours
    else:
        assert isinstance(ours, Unknown), ours
