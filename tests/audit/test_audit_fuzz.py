"""Damaged files: whatever is done to a text, the audit ends, says what it could not read, and has no defect.

`RINGFENCE_FUZZ_SECONDS=600 scripts/test tests/audit/test_audit_fuzz.py` runs for longer.
"""

import os
import random
import time
from datetime import date
from pathlib import Path

import pytest

from ringfence.audit.examine import examine
from ringfence.audit.fix import fixed
from ringfence.audit.kinds import KINDS, kind_of
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CONTROLS
from ringfence.controls.control import Scope
from ringfence.controls.page import page

ROOT = Path(__file__).parents[2]
NAMES = {
    Scope.COMPOSE: "compose.yaml",
    Scope.DOCKERFILE: "Dockerfile",
    Scope.KUBERNETES: "object.yaml",
    Scope.TERRAFORM: "main.tf",
    Scope.AGENT: "SKILL.md",
    Scope.TEXT: "settings.ini",
}
SECONDS = float(os.environ.get("RINGFENCE_FUZZ_SECONDS", "12"))
PIECES = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "\t",
    "  ",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!x ",
    "'",
    '"',
    "|",
    ">",
    "#",
    "---\n",
]
PIECES += [
    "${A",
    "${A:-",
    "$",
    "\\",
    "\0",
    "\ufeff",
    "\x85",
    "é",
    "0",
    "-1",
    "1e999",
    "null",
    "~",
    "yes",
    "FROM ",
    "RUN ",
    "<<EOF\n",
    "${",
    "%{ if ",
    "for_each = {",
    "jsonencode({",
    'dynamic "x" {',
    "count = 1e9",
    "[*]",
    "/*",
]
SETTINGS = Settings(
    selection=checked("all", (), ()), today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=True
)


def samples(scope: Scope) -> list[str]:
    """The examples of every page, and the stack."""
    found = [one.text for control in CONTROLS for one in page(control).examples if one.scope is scope]
    stack = {
        Scope.COMPOSE: "compose.yaml",
        Scope.DOCKERFILE: "Dockerfile",
        Scope.KUBERNETES: "deployment.yaml",
        Scope.TERRAFORM: "main.tf",
    }
    return [*found, *((ROOT / "examples" / "stack" / stack[scope]).read_text() for _ in range(scope in stack))]


def damaged(chance: random.Random, texts: list[str]) -> str:
    """A text with a few pieces cut, put in, moved, doubled, or taken from another text."""
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        end = min(end, at + 40)
        what = chance.randrange(5)
        other = chance.choice(texts)
        put = [chance.choice(PIECES), "", text[at:end] * 2, other[at:end], chr(chance.randrange(1, 0x2FFF))][what]
        text = text[:at] + put + text[end if what != 0 else at :]
    return text


@pytest.mark.parametrize("scope", list(NAMES), ids=lambda scope: scope.value)
def test_damaged_files_end_in_a_report(tmp_path: Path, scope: Scope) -> None:
    """Findings or a sentence, places inside of the text, and never a defect; fixing them ends too."""
    chance = random.Random(20260101)
    texts = samples(scope)
    ends = time.monotonic() + SECONDS / len(NAMES)
    rounds = 0
    while time.monotonic() < ends or rounds < 50:
        rounds += 1
        text = damaged(chance, texts)
        done = examine(str(tmp_path), NAMES[scope], SETTINGS, named=True, content=text.encode("utf-8", "surrogatepass"))
        lines = text.count("\n") + text.count("\r") + text.count("\x85") + 2
        for unread in done.unread:
            assert "defect" not in unread.message, (unread.message, text)
            assert 1 <= unread.place.line <= lines, (unread, text)
        for finding in done.findings:
            assert 1 <= finding.place.line <= finding.place.end_line <= lines, (finding, text)
        if rounds % 10 == 0:
            repaired(text, scope)


def repaired(text: str, scope: Scope) -> None:
    """Fixing ends, and fixing again changes nothing."""
    kind = next((kind for kind in KINDS if kind.scope is scope), None)
    if kind is None:
        return
    if kind_of(NAMES[scope], text.encode("utf-8", "surrogatepass")) is not kind or "\0" in text:
        return
    once = fixed(text, NAMES[scope], kind, lambda path: None, SETTINGS, unsafe=True)
    again = fixed(once.text, NAMES[scope], kind, lambda path: None, SETTINGS, unsafe=True)
    assert (again.made, again.text) == (0, once.text), text
