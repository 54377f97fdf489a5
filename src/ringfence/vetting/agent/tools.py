"""Descriptions of tools, wherever they stand: an agent reads them as it reads its orders (tool poisoning).

Read from `plugin.toml`, from JSON with tools in it, and from the literals of Python and JavaScript that register them.
"""

import ast
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.models.agent import AgentText
from ringfence.vetting.auditing import texts
from ringfence.vetting.found import Raw
from ringfence.vetting.subject import Subject

_MAX_SOURCE = 1 << 20
_MAX_TOOLS = 2000
_JSON_TOOL = ("inputSchema", "input_schema", "parameters")
_JAVASCRIPT = re.compile(
    r"""(?:\.(?:tool|registerTool)\(\s*["'`](?P<name>[\w.-]{1,80})["'`]\s*,\s*(?:\{[^}]{0,200}?description\s*:\s*)?"""
    r"""|name\s*:\s*["'`](?P<other>[\w.-]{1,80})["'`]\s*,\s*description\s*:\s*)(?P<quote>["'`])(?P<said>(?:\\.|(?!(?P=quote)).){1,8000})""",
    re.DOTALL,
)
#: What no description of a tool has reason to say.
_ORDERS = re.compile(
    r"<\s*/?\s*(?:important|system|secret|instructions?|critical|admin|hidden)\s*>"
    r"|\bbefore (?:using|calling|invoking|running|you (?:use|call)) (?:this|any|other|the)\b.{0,80}\b(?:read|open|cat|fetch|send|include|get|load|access)\b"
    r"|\b(?:read|open|load|include|pass|provide|send|attach)\b.{0,60}(?:~/|\.ssh|\.env\b|id_rsa|mcp\.json|credentials|\.aws|api[ _-]?keys?|passwords?|private keys?"
    r"|conversation history|chat history|system prompt).{0,120}\b(?:as|in|into|to|via|using|through)\b.{0,40}\b(?:parameter|argument|sidenote|side ?note|field|note|context|value|http)"
    r"|\b(?:side ?note)\b.{0,120}\b(?:content|file|key)"
    r"|\b(?:do not|don't|never)\b.{0,30}\b(?:tell|mention|inform|show|reveal|notify|explain|disclose|ask)\b.{0,60}\b(?:user|human|them|anyone|confirm)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules|prompts?|previous|guidelines)"
    r"|\byou (?:must|have to|should) (?:always |first |also )?(?:call|use|run|invoke|execute|read|send)\b.{0,80}\b(?:before|instead|first|every|all|any|each)\b"
    r"|\b(?:otherwise|or else)\b.{0,40}\b(?:tool|it) (?:will|does)? ?(?:not work|fail|crash|be deleted)",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = re.compile(
    r"\b(?:when|whenever|if|every time)\b.{0,80}\b(?:the|another|other|any) [`'\"]?(?P<tool>[\w-]{3,60})[`'\"]? (?:tool|server|function)s?\b.{0,160}"
    r"\b(?:must|always|instead|change|replace|redirect|send|add|set|modify|bcc|use)\b",
    re.IGNORECASE | re.DOTALL,
)


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
        other = _OTHERS.search(tool.text)
        if other is not None and other["tool"].lower() not in (tool.name.lower(), "this", "same"):
            said = f"the description of {tool.name} says what to do with {other['tool']}"
            yield Raw("tool-shadowing", tool.path, tool.line, said)


def _why(tool: Tool) -> str:
    """What is wrong with a description; "" where nothing is."""
    found = _ORDERS.search(tool.text)
    if found is not None:
        return f"gives orders: {' '.join(found[0].split())[:80]!r}"
    return _by_controls(tool)


def _by_controls(tool: Tool) -> str:
    """What the controls of texts for agents say of it."""
    from ringfence.controls import load
    from ringfence.controls.control import Severity

    model = AgentText(name=tool.name, role="tool", lines=tuple(tool.text.split("\n")), tools=())
    for id in ("no-hidden-text", "no-instruction-override", "no-concealment", "no-exfiltration"):
        for fault in load(id).faults(model):
            if fault.severity is not Severity.LOW:
                return f"does what no description should: {fault.found}"
    return ""


def tools(subject: Subject) -> Iterator[Tool]:
    """All descriptions that can be read."""
    if subject.manifest is not None:
        for method in subject.manifest.methods.values():
            told = [method.description, *_described(method.arguments, 0), *_described(method.result, 0)]
            yield Tool(method.name, "\n".join(told), "plugin.toml", 0)
    for path, text in texts(subject, (".json", ".py", ".js", ".mjs", ".cjs", ".ts")):
        if len(text) > _MAX_SOURCE:
            continue
        read = _of_json if path.endswith(".json") else _of_python if path.endswith(".py") else _of_javascript
        for number, (name, said, line) in enumerate(read(text)):
            if number >= _MAX_TOOLS:
                break
            yield Tool(name, said, path, line)


def _described(value: object, depth: int) -> Iterator[str]:
    """Every `description` and `title` in a schema."""
    if depth > 40:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("description", "title") and isinstance(inner, str):
                yield inner
            else:
                yield from _described(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _described(inner, depth + 1)


_Said = Iterator[tuple[str, str, int]]


def _of_json(text: str) -> _Said:
    from ringfence.strictjson import JsonLimits, StrictJsonError, loads

    if '"description"' not in text:
        return
    try:
        value = loads(text, limits=JsonLimits(max_bytes=_MAX_SOURCE * 4))
    except StrictJsonError:
        return
    for tool in _tool_objects(value, 0):
        said = "\n".join(_described(tool, 0))
        at = text.find('"' + str(tool["name"]) + '"')
        yield str(tool["name"]), said, text.count("\n", 0, at) + 1 if at >= 0 else 1


def _tool_objects(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 40:
        return
    if isinstance(value, dict):
        if isinstance(value.get("name"), str) and "description" in value and any(key in value for key in _JSON_TOOL):
            yield value
        else:
            for inner in value.values():
                yield from _tool_objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _tool_objects(inner, depth + 1)


def _of_python(text: str) -> _Said:
    if "tool" not in text.lower():
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # the static step says so
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
            if any("tool" in ast.unparse(mark).rpartition(".")[2].lower() for mark in marks):
                yield node.name, ast.get_docstring(node) or "", node.lineno
                for one in node.decorator_list:
                    if isinstance(one, ast.Call):
                        yield from _keyword(one, node.name)
        elif isinstance(node, ast.Call) and "tool" in ast.unparse(node.func)[-60:].lower():
            yield from _keyword(node, "tool")


def _keyword(call: ast.Call, name: str) -> _Said:
    said = {one.arg: one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)}
    if isinstance(said.get("description"), str):
        yield str(said.get("name") or name), str(said["description"]), call.lineno


def _of_javascript(text: str) -> _Said:
    for found in _JAVASCRIPT.finditer(text):
        said = found["said"].replace("\\n", "\n")
        yield found["name"] or found["other"], said, text.count("\n", 0, found.start("said")) + 1
