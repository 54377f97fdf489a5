"""Descriptions of tools, wherever they stand: an agent reads them as it reads its orders (tool poisoning).

Read from `plugin.toml`, from JSON with tools in it, and from the literals of Python and JavaScript that register them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ringfence.controls.no_tool_orders import ORDERS, shadowed
from ringfence.formats.agent.tools import SOURCES, described, in_schema
from ringfence.models.agent import AgentText
from ringfence.vetting.auditing import texts
from ringfence.vetting.found import Raw
from ringfence.vetting.subject import Subject


class Tool(NamedTuple):
    """A tool's name and what is said of it, with its place."""

    name: str
    text: str
    path: str
    line: int


def poisoned(subject: Subject) -> Iterator[Raw]:
    """Tools whose description is an order to the agent."""
    for tool in tools(subject):
        said = _why(tool)
        if said:
            yield Raw("tool-poisoning", tool.path, tool.line, f"the description of {tool.name} {said}")
            continue
        other = shadowed(tool.name, tool.text)
        if other:
            said = f"the description of {tool.name} says what to do with {other}"
            yield Raw("tool-shadowing", tool.path, tool.line, said)


def _why(tool: Tool) -> str:
    """What is wrong with a description; "" where nothing is."""
    found = ORDERS.search(tool.text)
    if found is not None:
        return f"gives orders: {' '.join(found[0].split())[:80]!r}"
    return _by_controls(tool)


def _by_controls(tool: Tool) -> str:
    """What the controls of texts for agents say of it."""
    from ringfence.controls import load
    from ringfence.controls.control import Severity

    model = AgentText(name=tool.name, lines=tuple(tool.text.split("\n")), tools=())
    for id in ("no-hidden-text", "no-instruction-override", "no-concealment", "no-exfiltration"):
        for fault in load(id).faults(model):
            if fault.severity is not Severity.LOW:
                return f"does what no description should: {fault.found}"
    return ""


def tools(subject: Subject) -> Iterator[Tool]:
    """All descriptions that can be read."""
    if subject.manifest is not None:
        for method in subject.manifest.methods.values():
            told = [method.description, *in_schema(method.arguments), *in_schema(method.result)]
            yield Tool(method.name, "\n".join(told), "plugin.toml", 0)
    for path, text in texts(subject, (".json", *SOURCES)):
        for name, said, line in described(text, path):
            yield Tool(name, said, path, line)
