"""`controls --matrix`: in which kinds of files each control was seen to find, and to be put right."""

import os
from datetime import date
from pathlib import Path

from ringfence.audit.fix import fixed
from ringfence.audit.judge import faults
from ringfence.audit.kinds import KINDS, Kind
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CATALOGUE, load, matrix
from ringfence.controls.control import Scope
from ringfence.controls.matrix import FILES, Matrix, Verdict, recorded
from ringfence.controls.page import Example, page
from ringfence.formats.kubernetes.gathering import gather

NAMES = {
    Scope.COMPOSE: "compose.yaml",
    Scope.DOCKERFILE: "Dockerfile",
    Scope.KUBERNETES: "object.yaml",
    Scope.TERRAFORM: "main.tf",
    Scope.AGENT: "SKILL.md",
    Scope.TEXT: "settings.ini",
}


def settings(id: str) -> Settings:
    selection = checked("all", [id], [])
    return Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)


def finds(id: str, kind: Kind, text: str) -> bool:
    """Whether a control finds anything in a text."""
    document = kind.format().load(text, NAMES[kind.scope], lambda path: None)
    whole = [subject for subject, _ in gather([document])]
    some = [*document.subjects, *whole]
    return any(True for subject in some for _ in faults(subject, settings(id)))


def verdict(id: str, example: Example) -> Verdict | None:
    """What comes of a bad example: found or not, and gone after fixing or not."""
    kind = next((kind for kind in KINDS if kind.scope is example.scope), Kind(example.scope, lambda name, head: True))
    if not finds(id, kind, example.text):
        return None
    result = fixed(example.text, NAMES[example.scope], kind, lambda path: None, settings(id), unsafe=True)
    return Verdict.FOUND if finds(id, kind, result.text) else Verdict.FIXED


def test_shipped_matrix_of_files_is_what_was_found() -> None:
    """Each cell is what came of the control's own bad examples just now; RINGFENCE_WRITE_MATRIX=1 records it."""
    results = dict[str, dict[str, Verdict]]()
    for id in CATALOGUE:
        for example in page(load(id)).examples:
            if example.scope is not Scope.PLUGIN and not example.good:
                seen = verdict(id, example)
                assert seen is not None, (id, example)
                results.setdefault(id, {})[example.scope.value] = seen
    found = Matrix(policy=1, places=tuple(scope.value for scope in NAMES), results=results)
    if os.environ.get("RINGFENCE_WRITE_MATRIX"):
        Path(matrix.__file__).with_name(FILES).write_text(found.dump())
    assert recorded(FILES).dump() == found.dump()


def test_what_needs_no_decision_is_fixed() -> None:
    """A control that knows what it wants is never left as found, but for what its file cannot say."""
    left = {
        (id, place)
        for id, row in recorded(FILES).results.items()
        for place, one in row.items()
        if one is Verdict.FOUND and not asks(id)
    }
    # Where a pod's data should stand instead is a decision that the format leaves open.
    assert left == {("no-engine-socket", "kubernetes"), ("no-sensitive-host-paths", "kubernetes")}


def asks(id: str) -> bool:
    """Whether the control's file has a question for a person."""
    source = Path(matrix.__file__).with_name(id.replace("-", "_") + ".py").read_text()
    return "Decision(" in source or "ALARM.unheard(" in source
