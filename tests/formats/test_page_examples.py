"""Law 6 for files: what a control's page calls bad is found by it, and what it calls good is not."""

from importlib import import_module
from typing import Any

import pytest

from ringfence.controls import CONTROLS, judging
from ringfence.controls.control import Control, Scope
from ringfence.controls.page import Example, page
from ringfence.formats.document import Document, is_guess
from ringfence.formats.kubernetes.gathering import gather

NAMES = {
    Scope.COMPOSE: "compose.yaml",
    Scope.DOCKERFILE: "Dockerfile",
    Scope.KUBERNETES: "object.yaml",
    Scope.TERRAFORM: "main.tf",
    Scope.AGENT: "SKILL.md",
    Scope.TEXT: "settings.ini",
}
EXAMPLES = [
    pytest.param(control, example, id=f"{control.id}-{example.scope}-{'good' if example.good else 'bad'}-{number}")
    for control in CONTROLS
    for number, example in enumerate(page(control).examples)
    if example.scope is not Scope.PLUGIN
]


def loaded(example: Example) -> Document:
    format_: Any = import_module(f"ringfence.formats.{example.scope.value}")
    document: Document = format_.load(example.text, NAMES[example.scope], lambda path: None)
    return document


@pytest.mark.parametrize(("control", "example"), EXAMPLES)
def test_an_example_is_what_its_page_says(control: Control, example: Example) -> None:
    """It is read whole; the control finds something in a bad one, at one of its lines, and nothing in a good one."""
    document = loaded(example)
    assert document.unread == ()
    # What holds no secret, and settings that say nothing, have nothing to judge.
    assert document.subjects or (example.good and example.scope in (Scope.AGENT, Scope.TEXT, Scope.TERRAFORM))
    assert control in judging(example.scope)
    found = [
        document.place(subject, fault.path)
        for subject in document.subjects
        if control.takes(subject.model)
        for fault in control.faults(subject.model)
        if not is_guess(fault, subject.unknown)
    ]
    # What only a whole tree shows, here a tree of one file.
    found += [
        place
        for subject, place in gather([document])
        if control.takes(subject.model)
        for _ in control.faults(subject.model)
    ]
    assert bool(found) is not example.good, found
    assert all(1 <= place.line <= example.text.count("\n") for place in found)


BY_CONTENT = (Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES)


@pytest.mark.parametrize(("control", "example"), [one for one in EXAMPLES if one.values[1].scope in BY_CONTENT])
def test_an_example_is_claimed_by_its_own_format_only(control: Control, example: Example) -> None:
    """By its content alone, each example belongs to the format that it is an example of."""
    claims = {
        scope: import_module(f"ringfence.formats.{scope.value}").claims("unnamed", example.text) for scope in BY_CONTENT
    }
    assert claims == {scope: scope is example.scope for scope in BY_CONTENT}
