"""What an audit found, in the forms that people and machines read: one file a form.

A form is a module with `render(report, …) -> str`; it is imported when it is asked for. What does not belong here:
finding anything, and writing files.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringfence.audit.finding import Report

#: Every form of report and the module that writes it. `terminal` and `concise` are the same module's.
FORMS: Mapping[str, str] = {
    "terminal": "terminal",
    "concise": "terminal",
    "json": "jsonreport",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "markdown": "markdown",
    "html": "html",
}


def render(
    form: str,
    report: "Report",
    read: Callable[[str], str | None],
    *,
    colour: bool = False,
    columns: int = 100,
    waived: bool = False,
) -> str:
    """A report in one of FORMS. `read` gives the text of a file by the name that places have, None where it is gone.

    `colour`, `columns` and `waived` (show what was accepted, too) mean something to a terminal alone. Raises KeyError
    for a form that is not listed.
    """
    module = import_module(f"ringfence.audit.reports.{FORMS[form]}")
    if form in ("json", "junit", "github"):
        return str(module.render(report))
    if form == "concise":
        return str(module.concise(report, colour=colour))
    from ringfence.audit.reports.view import Sources

    sources = Sources(report, read)
    if form == "terminal":
        return str(module.render(report, sources, colour=colour, columns=columns, waived=waived))
    return str(module.render(report, sources))
