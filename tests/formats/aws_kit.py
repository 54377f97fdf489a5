"""Texts of Terraform with marks.

A comment `# some-control, other-control` says what is found in its line, a line of its own `# below: some-control` what
is found in the next line that is no such mark.
"""

import re
from datetime import date

from ringfence.audit.judge import findings
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CATALOGUE
from ringfence.formats import terraform

_MARK = re.compile(r"#\s*(below: )?([a-z][a-z-]+(?:, [a-z][a-z-]+)*)\s*$")


def found(
    text: str, controls: list[str], files: dict[str, str] | None = None, *, whole: bool = True
) -> set[tuple[int, str]]:
    """What the named controls find in main.tf: (line, control). `whole`: all of it must be readable."""
    selection = checked("all", controls, [])
    settings = Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)
    document = terraform.load(text, "main.tf", lambda path: (files or {}).get(path))
    assert not whole or document.unread == ()
    return {(one.place.line, one.control) for one in findings(document, "main.tf", settings)}


def marked(text: str) -> set[tuple[int, str]]:
    """What the marks of a text say."""
    said, waiting = set[tuple[int, str]](), list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        match = _MARK.search(line)
        controls = match[2].split(", ") if match else []
        if match and match[1]:
            waiting += controls
            continue
        said |= {(number, control) for control in controls + waiting if control in CATALOGUE}
        waiting = []
    return said


def check(controls: str, text: str, files: dict[str, str] | None = None) -> None:
    """Of these controls, exactly what is marked is found, and in the marked lines."""
    watched = controls.split()
    assert set(watched) <= set(CATALOGUE)
    marks = marked(text)
    assert {control for _, control in marks} <= set(watched)
    seen = found(text, watched, files)
    assert seen == marks, f"too much: {sorted(seen - marks)}, missed: {sorted(marks - seen)}"
