"""Descriptions of tools, wherever they stand: an agent reads them as it reads its orders.

Read from JSON with tools in it, and from the literals of Python and JavaScript that register them.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.controls.control import Scope
from ringfence.formats.agent.texts import TextOfAgent
from ringfence.formats.document import Place, Read, Subject
from ringfence.models.agent import AgentTool

SOURCES = (".py", ".js", ".mjs", ".cjs", ".ts", ".go")
_MAX_SOURCE = 1 << 20
_MAX_TOOLS = 2000
_JSON_TOOL = ("inputSchema", "input_schema", "parameters")
_JSON_DESCRIPTION = re.compile(r'"description"\s*:\s*("(?:[^"\\]|\\.)*")', re.DOTALL)
#: What a program holds that offers tools.
REGISTERS = re.compile(
    r"@\w+\.(?:tool|prompt)\b|\bFastMCP\(|\bMcpServer\(|\.registerTool\(|\.tool\(\s*[\"'`]|\bTool\(\s*\n?\s*name="
    r"|inputSchema\s*[=:]|\bmcp\.NewTool\(|@modelcontextprotocol/sdk/server|\bfrom\s+mcp\.server\b"
)
_JAVASCRIPT = re.compile(
    r"""(?:\.(?:tool|registerTool)\(\s*["'`](?P<name>[\w.-]{1,80})["'`]\s*,\s*(?:\{[^}]{0,200}?description\s*:\s*)?"""
    r"""|name\s*:\s*["'`](?P<other>[\w.-]{1,80})["'`]\s*,\s*description\s*:\s*)(?P<quote>["'`])(?P<said>(?:\\.|(?!(?P=quote)).){1,8000})""",
    re.DOTALL,
)


class Described(NamedTuple):
    """A tool's name, what is said of it and of its arguments, and its line."""

    name: str
    text: str
    line: int


class ProgramWithTools(TextOfAgent):
    """A program that offers tools to an agent: their descriptions, and the program itself."""

    is_server = True

    def __init__(self, text: str, file: str, read: Read) -> None:
        super().__init__(text, file, read)
        self._tools = dict[int, int]()
        some = list(self.subjects)
        for tool in described(text, file):
            model = AgentTool(name=tool.name, lines=tuple(tool.text.split("\n")))
            subject = Subject(scope=Scope.AGENT, name=f"tool {tool.name}", model=model, unknown=frozenset())
            self._tools[id(subject)] = tool.line
            some.append(subject)
        self.subjects = tuple(some)

    def place(self, subject: Subject, path: str) -> Place:
        """Where a tool is described; else the line."""
        line = self._tools.get(id(subject))
        if line is None:
            return super().place(subject, path)
        return Place(file=self.file, line=line, column=1, end_line=line, end_column=1)


def described(text: str, file: str) -> Iterator[Described]:
    """All descriptions in a file that can be read."""
    if len(text) > _MAX_SOURCE:
        return
    ending = file.rpartition(".")[2]
    read = {"json": _of_json, "py": _of_python, "go": _of_go}.get(ending, _of_javascript)
    for number, tool in enumerate(read(text)):
        if number >= _MAX_TOOLS:
            return
        yield tool


def in_schema(value: object, depth: int = 0) -> Iterator[str]:
    """Every `description` and `title` in a schema."""
    if depth > 40:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("description", "title") and isinstance(inner, str):
                yield inner
            else:
                yield from in_schema(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from in_schema(inner, depth + 1)


def _of_json(text: str) -> Iterator[Described]:
    from ringfence.strictjson import JsonLimits, StrictJsonError, loads

    if '"description"' not in text:
        return
    try:
        value = loads(text, limits=JsonLimits(max_bytes=_MAX_SOURCE * 4))
    except StrictJsonError:
        yield from _of_broken_json(text)
        return
    for tool in _tool_objects(value, 0):
        said = "\n".join(in_schema(tool, 0))
        at = text.find('"' + str(tool["name"]) + '"')
        yield Described(str(tool["name"]), said, text.count("\n", 0, at) + 1 if at >= 0 else 1)


def _of_broken_json(text: str) -> Iterator[Described]:
    """What stands as descriptions in JSON that is refused here, as one with comments or names twice: others read it."""
    if not any(f'"{key}"' in text for key in _JSON_TOOL):
        return
    line, at = 1, 0
    for found in _JSON_DESCRIPTION.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        try:
            said = json.loads(found[1], strict=False)
        except ValueError:
            said = found[1]  # as it is written: the letters of an order are seen all the same
        yield Described("a tool", said, line)


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


def _of_python(text: str) -> Iterator[Described]:
    if "tool" not in text.lower():
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # whoever reads the program says so
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _decorated(node)
        elif isinstance(node, ast.Call) and "tool" in ast.unparse(node.func)[-60:].lower():
            yield from _keyword(node, "tool")


def _decorated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Described]:
    """A function that a decorator makes a tool: its docstring, and what the decorators say."""
    marks = [one.func if isinstance(one, ast.Call) else one for one in function.decorator_list]
    if not any("tool" in ast.unparse(mark).rpartition(".")[2].lower() for mark in marks):
        return
    yield Described(function.name, ast.get_docstring(function) or "", function.lineno)
    for one in function.decorator_list:
        if isinstance(one, ast.Call):
            yield from _keyword(one, function.name)


def _keyword(call: ast.Call, name: str) -> Iterator[Described]:
    said = {one.arg: one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)}
    if isinstance(said.get("description"), str):
        yield Described(str(said.get("name") or name), str(said["description"]), call.lineno)


def _of_go(text: str) -> Iterator[Described]:
    for found in _GO.finditer(text):
        behind = text[found.end() : found.end() + 4000].partition("NewTool(")[0]
        said = "\n".join(plain or raw for plain, raw in _GO_SAID.findall(behind))
        yield Described(found[1], said, text.count("\n", 0, found.start()) + 1)


_GO = re.compile(r"\bmcp\.NewTool\(\s*\"([\w.-]{1,80})\"")
_GO_SAID = re.compile(r"\b(?:With)?Description\(\s*(?:\"((?:[^\"\\]|\\.){1,4000})\"|`([^`]{1,4000})`)")


def _of_javascript(text: str) -> Iterator[Described]:
    for found in _JAVASCRIPT.finditer(text):
        said = found["said"].replace("\\n", "\n")
        yield Described(found["name"] or found["other"], said, text.count("\n", 0, found.start("said")) + 1)
