"""A control's published page, made from its docstring and its record.

The docstring has a first line, why, and examples: indented blocks after a line `Bad:` or `Good:` (a plugin's
profile in TOML) or `Bad, compose:`, `Good, kubernetes:`, `Bad, dockerfile:` and so on. Nothing is written here
that does not stand in the control's file, or in that of its family (`alarms.py`).
"""

import inspect
import re
from collections.abc import Iterable

from ringfence.controls.control import Control, Scope
from ringfence.dataclasses import dataclass

_MARK = re.compile(r"(Bad|Good)(?:, ([a-z]+))?:")
_SYNTAX = {
    Scope.PLUGIN: "toml",
    Scope.COMPOSE: "yaml",
    Scope.KUBERNETES: "yaml",
    Scope.DOCKERFILE: "dockerfile",
    Scope.TERRAFORM: "hcl",
    Scope.AGENT: "markdown",
    Scope.TEXT: "text",
}


@dataclass(frozen=True, kw_only=True)
class Example:
    """A few lines of a kind of file, at which a control finds something or (`good`) nothing."""

    good: bool
    scope: Scope
    text: str

    @property
    def syntax(self) -> str:
        """The name that Markdown's code fences give to the language."""
        return _SYNTAX[self.scope]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a control's docstring says: its first line, why (Markdown), and its examples, in their order."""

    headline: str
    why: str
    examples: tuple[Example, ...]


def page(control: Control) -> Page:
    """Read a control's docstring. Raises ValueError where a part is missing, also under `python -OO`."""
    module = inspect.getmodule(control.faults)
    headline, _, rest = ((inspect.getdoc(module) or "") + "\n" + control.examples).partition("\n")
    why, marks = list[str](), list[tuple[bool, Scope, list[str]]]()
    for line in rest.strip().splitlines():
        mark = _MARK.fullmatch(line)
        if mark:
            marks.append((mark[1] == "Good", Scope(mark[2] or "plugin"), [""]))
        else:
            (marks[-1][2] if marks else why).append(line)
    if not "".join(why).strip() or {good for good, _, _ in marks} != {False, True}:
        raise ValueError(f"the docstring of {control.id} needs a reason, a bad and a good example")
    examples = tuple(
        Example(good=good, scope=scope, text=inspect.cleandoc("\n".join(lines)) + "\n") for good, scope, lines in marks
    )
    return Page(headline=headline, why="\n".join(why).strip(), examples=examples)


def markdown(control: Control) -> str:
    """The page as docs/controls/ID.md."""
    said = page(control)
    lines = [f"# {control.id}", "", f"**{control.title}.**", "", said.why, ""]
    for example in said.examples:
        lines += [f"## {_title(example)}", "", f"```{example.syntax}", example.text.rstrip(), "```", ""]
    lines += ["## Record", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in record(control, "`")]
    lines += ["", "## References", ""]
    lines += [f"- [{reference.title}]({reference.url})" for reference in control.references]
    return "\n".join(lines) + "\n"


def plain(control: Control) -> str:
    """The page for a terminal."""
    said = page(control)
    blocks = [f"{control.id}: {control.title}", said.why]
    blocks += [f"{_title(example)}:\n\n" + _indented(example.text) for example in said.examples]
    width = max(len(name) for name, _ in record(control, ""))
    blocks += ["\n".join(f"{name:{width}}  {value}" for name, value in record(control, ""))]
    blocks += ["\n".join(f"{reference.title}\n  {reference.url}" for reference in control.references)]
    return "\n\n".join(blocks) + "\n"


#: The sections of the index, and what is judged in each. A control stands in the first that it belongs to.
_SECTIONS = (
    ("Plugins and containers", {Scope.PLUGIN, Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    ("Agents and texts", {Scope.AGENT, Scope.TEXT}),
    ("Terraform", {Scope.TERRAFORM}),
)


def index(controls: Iterable[Control]) -> str:
    """docs/controls/README.md: every control in a table, by what it judges."""
    lines = [
        "# Controls",
        "",
        "Each is one rule, written once: checked in files, enforced around running plugins.",
        "Generated from `src/ringfence/controls` by `ringfence controls --write-pages docs/controls`.",
    ]
    left = list(controls)
    for title, scopes in _SECTIONS:
        here = [one for one in left if scopes & one.scopes]
        left = [one for one in left if not scopes & one.scopes]
        lines += ["", f"## {title}", "", "| control | severity | what holds | judged in |", "|---|---|---|---|"]
        lines += [
            f"| [{one.id}]({one.id}.md) | {one.severity} | {one.title} | {', '.join(sorted(one.scopes))} |"
            for one in here
        ]
    return "\n".join(lines) + "\n"


def pages(controls: Iterable[Control]) -> dict[str, str]:
    """Every file of docs/controls by name."""
    some = tuple(controls)
    return {"README.md": index(some)} | {f"{one.id}.md": markdown(one) for one in some}


def record(control: Control, quote: str) -> list[tuple[str, str]]:
    """The record's rows for print; field names stand in `quote`."""
    option = f"{quote}--fix{quote}"
    if control.unsafe_fix:
        option = f"{quote}--unsafe-fixes{quote} only, because it can break what runs now"
    return [
        ("severity", control.severity),
        ("guards", ", ".join(f"{quote}{path}{quote}" for path in control.guards)),
        ("fix", f"with {option}; none where it needs a decision"),
        ("since policy", str(control.since)),
        ("judged in", ", ".join(sorted(control.scopes))),
        ("profiles", ", ".join(sorted(control.standards)) or "all"),
    ]


def _title(example: Example) -> str:
    return ("Good" if example.good else "Bad") + ("" if example.scope is Scope.PLUGIN else f", {example.scope}")


def _indented(example: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in example.rstrip().splitlines())
