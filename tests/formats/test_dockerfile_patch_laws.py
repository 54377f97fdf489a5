"""The law of patches for Dockerfiles: what a control wants, written and read back, is what it wanted."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from formats.dockerfile_kit import load, replace, texts, whole
from ringfence.controls import judging
from ringfence.controls.control import Decision, Scope
from ringfence.controls.hardening import put_right
from ringfence.formats.document import applied, is_guess
from ringfence.models.build import Build, Verb

law = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
CONTROLS = judging(Scope.DOCKERFILE)


def settled(model: Any) -> Build:
    """A model but for what a user brings along where none was: its own group, and the instruction that names both."""
    rest = tuple(one for one in model.instructions if one.verb is not Verb.OTHER or len(one.words) != 1)
    return replace(model, group=None, user_name="", instructions=rest)


@law
@given(texts(), st.data())
def test_a_patch_leads_to_the_hardened_model(text: str, data: st.DataObject) -> None:
    """Each fault put right alone: the patch says what it leaves, or the text is read as the model that was wanted."""
    document, subject = whole(text)
    found = [
        (control, fault)
        for control in CONTROLS
        for fault in control.faults(subject.model)
        if not isinstance(fault.want, Decision) and not is_guess(fault, subject.unknown)
    ]
    assume(found)
    control, fault = data.draw(st.sampled_from(found))
    wanted = put_right(subject.model, [fault])
    patch = document.patch(subject, wanted)
    assert patch.edits or patch.left, (control.id, fault)
    if patch.left:
        return
    after = applied(text, patch.edits)
    assert load(after).unread == ()
    _, again = whole(after)
    assert settled(again.model) == settled(wanted), (control.id, after)
    assert again.model.group in (wanted.group, wanted.user)


@law
@given(texts())
def test_a_patch_to_the_same_model_is_nothing(text: str) -> None:
    """What is wanted already is not written."""
    document, subject = whole(text)
    patch = document.patch(subject, subject.model)
    assert (patch.edits, patch.left) == ((), ())
