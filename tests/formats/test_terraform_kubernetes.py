"""Kubernetes objects written as Terraform are the same models, and what is fixed in them is HCL again.

The examples of every control's page say what must be found: each is written as a resource of its kind, and as an object
in HCL.
"""

from datetime import date
from typing import Any

import pytest

from formats.terraform_kubernetes_kit import objects, typed, whole
from ringfence import dataclasses
from ringfence.audit.fix import fixed
from ringfence.audit.judge import faults
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CONTROLS
from ringfence.controls.control import Control, Scope
from ringfence.controls.page import Example, page
from ringfence.formats import kubernetes, terraform
from ringfence.formats.document import Document

TERRAFORM = next(kind for kind in KINDS if kind.scope is Scope.TERRAFORM)
#: Only a whole tree shows it.
GATHERED = {"network-policy-present"}
EXAMPLES = [
    pytest.param(control, example, id=f"{control.id}-{'good' if example.good else 'bad'}-{number}")
    for control in CONTROLS
    for number, example in enumerate(page(control).examples)
    if example.scope is Scope.KUBERNETES and control.id not in GATHERED
]


def settings(*ids: str) -> Settings:
    selection = checked("all", list(ids), [])
    return Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)


def load(text: str) -> Document:
    document = terraform.load(text, "main.tf", lambda path: None)
    assert document.unread == (), (document.unread, text)
    return document


def lines(text: str, *ids: str) -> list[int]:
    """The lines at which controls find something."""
    document = load(text)
    return [
        document.place(subject, fault.path).line
        for subject in document.subjects
        for _, fault in faults(subject, settings(*ids))
    ]


def forms(example: Example) -> list[str]:
    found = objects(example.text)
    return [text for text in (typed(found), whole(found)) if text is not None]


@pytest.mark.parametrize(("control", "example"), EXAMPLES)
def test_an_example_means_the_same(control: Control, example: Example) -> None:
    """The models are those of the manifest; the control finds something in a bad one, at one of its lines. What is
    fixed is not found again, and a second fix is none."""
    manifest = kubernetes.load(example.text, "object.yaml", lambda path: None)
    for text in forms(example):
        read = load(text)
        assert [same(one.model) for one in read.subjects] == [same(one.model) for one in manifest.subjects], text
        assert [one.unknown for one in read.subjects] == [one.unknown for one in manifest.subjects]
        assert {one.scope for one in read.subjects} == {Scope.KUBERNETES}
        seen = lines(text, control.id)
        assert bool(seen) is not example.good, text
        assert all(1 <= line <= text.count("\n") for line in seen)
        after = put_right(control.id, text)
        if after != text:
            assert lines(after, control.id) == [], after
            assert put_right(control.id, after) == after
        else:
            assert example.good or not is_fixed(control, example), text


def put_right(id: str, text: str) -> str:
    return fixed(text, "main.tf", TERRAFORM, lambda path: None, settings(id), unsafe=True).text


def is_fixed(control: Control, example: Example) -> bool:
    """Whether the manifest is put right."""
    kind = next(kind for kind in KINDS if kind.scope is Scope.KUBERNETES)
    after = fixed(example.text, "object.yaml", kind, lambda path: None, settings(control.id), unsafe=True)
    return after.text != example.text


def same(model: Any) -> Any:
    """A model without the namespace, which the provider says where nothing does."""
    return dataclasses.replace(model, namespace="") if getattr(model, "namespace", "") == "default" else model
