"""A control's published page, made from its docstring and its record.

The docstring has a first line, why, and examples: blocks of TOML, indented, after a line `Bad:` or
`Good:`. Nothing is written here that does not stand in the control's file.
"""

import inspect
from collections.abc import Iterable

from ringfence.controls.control import Control
from ringfence.dataclasses import dataclass

_KINDS = {"Bad:": "bad", "Good:": "good"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a control's docstring says: its first line, why (Markdown), and its examples (TOML)."""

    headline: str
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]


def page(control: Control) -> Page:
    """Read a control's docstring. Raises ValueError where a part is missing, also under `python -OO`."""
    module = inspect.getmodule(control.faults)
    headline, _, rest = (inspect.getdoc(module) or "").partition("\n")
    parts: dict[str, list[str]] = {"why": [""], "bad": [], "good": []}
    kind = "why"
    for line in rest.strip().splitlines():
        if line in _KINDS:
            kind = _KINDS[line]
            parts[kind].append("")
        else:
            parts[kind][-1] += line + "\n"
    if not all("".join(texts).strip() for texts in parts.values()):
        raise ValueError(f"the docstring of {control.id} needs a reason, a bad and a good example")
    bad, good = (tuple(inspect.cleandoc(text) + "\n" for text in parts[kind]) for kind in ("bad", "good"))
    return Page(headline=headline, why=parts["why"][0].strip(), bad=bad, good=good)


def markdown(control: Control) -> str:
    """The page as docs/controls/ID.md."""
    said = page(control)
    lines = [f"# {control.id}", "", f"**{control.title}.**", "", said.why, ""]
    for title, examples in (("Bad", said.bad), ("Good", said.good)):
        lines += [f"## {title}", ""]
        for example in examples:
            lines += ["```toml", example.rstrip(), "```", ""]
    lines += ["## Record", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in record(control, "`")]
    lines += ["", "## References", ""]
    lines += [f"- [{reference.title}]({reference.url})" for reference in control.references]
    return "\n".join(lines) + "\n"


def plain(control: Control) -> str:
    """The page for a terminal."""
    said = page(control)
    blocks = [f"{control.id}: {control.title}", said.why]
    for title, examples in (("Bad", said.bad), ("Good", said.good)):
        blocks += [f"{title}:\n\n" + _indented(example) for example in examples]
    width = max(len(name) for name, _ in record(control, ""))
    blocks += ["\n".join(f"{name:{width}}  {value}" for name, value in record(control, ""))]
    blocks += ["\n".join(f"{reference.title}\n  {reference.url}" for reference in control.references)]
    return "\n\n".join(blocks) + "\n"


def index(controls: Iterable[Control]) -> str:
    """docs/controls/README.md: every control in one table."""
    lines = ["# Controls", "", "Each is one rule, written once, and enforced in every cell or refused there."]
    lines += [
        "Generated from `src/ringfence/controls` by `ringfence controls --write-pages docs/controls`.",
        "",
    ]
    lines += ["| control | severity | what holds |", "|---|---|---|"]
    lines += [f"| [{one.id}]({one.id}.md) | {one.severity} | {one.title} |" for one in controls]
    return "\n".join(lines) + "\n"


def pages(controls: Iterable[Control]) -> dict[str, str]:
    """Every file of docs/controls by name."""
    some = tuple(controls)
    return {"README.md": index(some)} | {f"{one.id}.md": markdown(one) for one in some}


def record(control: Control, quote: str) -> list[tuple[str, str]]:
    """The record's rows for print; field names stand in `quote`."""
    fix = "can break what runs now, so it is made only when asked for" if control.unsafe_fix else "safe"
    return [
        ("severity", control.severity),
        ("guards", ", ".join(f"{quote}{path}{quote}" for path in control.guards)),
        ("fix", fix),
        ("since policy", str(control.since)),
        ("judges", ", ".join(sorted(control.scopes))),
    ]


def _indented(example: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in example.rstrip().splitlines())
