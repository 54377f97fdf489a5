"""Settings in JSON: plugins, marketplaces, hooks, MCP servers, permissions."""

import re
from collections.abc import Iterator

from ringfence.controls.control import Scope
from ringfence.formats.document import Patch, Place, Subject, Unread
from ringfence.formats.yamlread import entries, get, items, string
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, parse, resolved
from ringfence.models.agent import AgentSettings, AgentTool, Hook, Launch, PluginSource, Server

MAX_SUBJECTS = 2000
_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.{0,20000}?\*/', re.DOTALL)
_TRAILING = re.compile(r",(?=[ \t\r\n]*[}\]])")
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SWITCHES = (
    "enableAllProjectMcpServers", "skipDangerousModePermissionPrompt", "apiKeyHelper", "awsAuthRefresh", "otelHeadersHelper",
    "dangerouslySkipPermissions", "disableBypassPermissionsMode", "sandbox", "env", "statusLine", "permissions",
    "alwaysAllow", "autoApprove", "trust", "disableAllHooks", "chat", "approval_policy", "sandbox_mode",
)  # fmt: skip


class SettingsFile:
    """A file of settings. JSON with comments is taken, as editors do."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self._places = dict[tuple[int, str], Node]()
        read = parse(text if file.lower().endswith((".yaml", ".yml")) else _plain(text))
        self.unread: tuple[Unread, ...] = tuple(
            Unread(place=self._at(one.line, one.column), message=one.message) for one in read.broken
        )
        root = resolved(read.documents[0]) if read.documents else None
        self._nodes = dict[int, dict[str, Node]]()
        some = list[Subject]()
        for model, nodes in _models(root, file):
            subject = Subject(scope=Scope.AGENT, name=model.name, model=model, unknown=frozenset())  # type: ignore[attr-defined]
            self._nodes[id(subject)] = nodes
            some.append(subject)
            if len(some) >= MAX_SUBJECTS:
                break
        self.subjects: tuple[Subject, ...] = tuple(some)

    def _at(self, line: int, column: int) -> Place:
        return Place(file=self.file, line=line, column=column, end_line=line, end_column=column)

    def place(self, subject: Subject, path: str) -> Place:
        """Where a field stands; else the thing itself."""
        nodes = self._nodes[id(subject)]
        while path not in nodes and path:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        node = nodes.get(path)
        if node is None:
            return self._at(1, 1)
        end = node.column + (node.end - node.start)
        newline = self.text.count("\n", node.start, node.end)
        last = node.end - self.text.rfind("\n", 0, node.end) if newline else end
        return Place(file=self.file, line=node.line, column=node.column, end_line=node.line + newline, end_column=last)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what a person wants of a hook, a server or a permission is a decision."""
        return Patch(edits=(), left=(("", "this needs a decision"),))


def _plain(text: str) -> str:
    """JSON without comments and trailing commas, each character where it was."""
    if "//" in text or "/*" in text:
        text = _COMMENT.sub(lambda m: m[1] or re.sub(r"[^\n]", " ", m[0]), text)
    if "\\ud" in text or "\\uD" in text:
        text = _PAIR.sub(_one_character, text)
    return _TRAILING.sub(" ", text).replace("\t", " ")


def _one_character(found: re.Match[str]) -> str:
    """What JSON writes as two halves, in YAML's way and as long; half a one stands for nothing."""
    before, high, low = found[1], int(found[2], 16), found[3]
    if low is None or high >= 0xDC00:
        return before + r"\ufffd" * (2 if low else 1)
    return f"{before}\\U{0x10000 + ((high & 0x3FF) << 10) + (int(low, 16) & 0x3FF):08x}  "


_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89a-fA-F][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?")


#: Where files of several programs list their servers.
_SERVERS = (("mcpServers",), ("mcp_servers",), ("servers",), ("lspServers",), ("mcp",), ("mcp", "servers"))
_Found = Iterator[tuple[object, dict[str, Node]]]


def _models(root: Node | None, file: str) -> _Found:
    yield from _hooks(get(root, "hooks"))
    base = file.rpartition("/")[2]
    if base == "hooks.json" and get(root, "hooks") is None:
        yield from _hooks(root)
    for keys in _SERVERS:
        for name, (at, value) in entries(get(root, *keys)).items():
            yield from _server(name, at, value)
    if base in (".mcp.json", "mcp.json") and get(root, "mcpServers") is None and get(root, "servers") is None:
        for name, (at, value) in entries(root).items():
            yield from _server(name, at, value)
    yield from _plugins(root)
    yield from _monitors(root)
    yield from _tasks(root)
    yield from _installs(root, base)
    prepares = get(root, "initializeCommand")
    if prepares is not None:
        words = [string(one) for one in items(prepares)] or string(prepares).split()
        yield Launch(name="initializeCommand", words=tuple(words), environment=()), {"": prepares, "words": prepares}
    yield from _tools(root, 0)
    told = get(root, "description_for_model")
    if told is not None:
        yield AgentTool(name=string(get(root, "name_for_model")), lines=tuple(string(told).split("\n"))), {"": told}
    yield from _settings(root, file)


def _hooks(node: Node | None) -> _Found:
    for event, (at, groups) in entries(node).items():
        for group in items(groups):
            listed = get(group, "hooks")
            for one in items(listed) if listed is not None else [group]:
                command = get(one, "command") or get(one, "url") or get(one, "prompt")
                said = string(command)
                if said:
                    args = " ".join(string(word) for word in items(get(one, "args")))
                    yield _run(f"hook {event}", event, command or at, f"{said} {args}".strip())


def _server(name: str, at: Node, node: Node) -> _Found:
    url = get(node, "url") or get(node, "serverUrl")
    command = get(node, "command")
    if url is not None:
        nodes = {"": url, "url": url}
        headers = _named(get(node, "headers"), "headers", nodes)
        yield Server(name=f"server {name}", url=string(url), headers=headers), nodes
    if command is not None:
        args = items(get(node, "args"))
        parts = [command, *args] if not isinstance(resolved(command), Sequence) else items(command)
        nodes = {"": at, "words": parts[-1] if parts else at}
        nodes |= {f"words[{index}]": part for index, part in enumerate(parts)}
        environment = _named(get(node, "env"), "environment", nodes)
        words = tuple(string(part) for part in parts)
        if len(words) == 1 and " " in words[0]:
            words = tuple(words[0].split())
        yield Launch(name=f"server {name}", words=words, environment=environment), nodes
    for switch in ("alwaysAllow", "autoApprove"):
        every = next((one for one in items(get(node, switch)) if string(one) == "*"), None)
        if every is not None:
            yield AgentSettings(name=name, allowed=(), switches=((switch, "*"),)), {"": every, "switches[0]": every}
    for tool in [node, *items(get(node, "tools"))]:
        said = get(tool, "description") or get(tool, "instructions")
        if said is not None and get(tool, "inputSchema") is None:
            yield AgentTool(name=string(get(tool, "name")) or name, lines=tuple(string(said).split("\n"))), {"": said}


def _named(node: Node | None, field: str, nodes: dict[str, Node]) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for name, (_, value) in entries(node).items():
        nodes[f"{field}[{len(found)}]"] = value
        found.append((name, string(value)))
    return tuple(found)


def _plugins(root: Node | None) -> _Found:
    for one in items(get(root, "plugins")):
        source = get(one, "source")
        name = string(get(one, "name")) or "plugin"
        found = resolved(source)
        if isinstance(found, Scalar):
            path = found.value
            local = path.startswith(("./", "../", "/")) or path in (".", "")
            yield _source(f"plugin {name}", "path" if local else "git", "", local), {"": found}
        elif isinstance(found, Mapping):
            yield _of_mapping(f"plugin {name}", found), {"": found, "at": found}
        yield from _hooks(get(one, "hooks"))
        for server, (at, value) in entries(get(one, "mcpServers")).items():
            yield from _server(server, at, value)


def _source(name: str, kind: str, at: str, pinned: bool) -> PluginSource:
    return PluginSource(name=name, kind=kind, at=at, pinned=pinned)


def _of_mapping(name: str, node: Mapping) -> PluginSource:
    kind = string(get(node, "source")) or ("npm" if get(node, "package") is not None else "git")
    sha = string(get(node, "sha")) or string(get(node, "commit")) or string(get(node, "sha256"))
    at = sha or string(get(node, "ref")) or string(get(node, "version"))
    exact = re.fullmatch(r"\d+\.\d+\.\d+[\w.+-]*", at) is not None
    pinned = (
        _SHA.fullmatch(at) is not None or (kind == "npm" and exact) or kind in ("path", "local", "directory", "file")
    )
    return _source(name, kind, at, pinned)


def _monitors(root: Node | None) -> _Found:
    for one in items(get(root, "monitors")):
        command = get(one, "command")
        if command is not None:
            yield _run("monitor", "monitor", command, string(command))


def _tasks(root: Node | None) -> _Found:
    """Tasks of an editor that run as soon as the folder is opened."""
    for task in items(get(root, "tasks")):
        command = get(task, "command")
        if command is not None and string(get(task, "runOptions", "runOn")) == "folderOpen":
            yield _run("task", "folderOpen", command, string(command))


def _installs(root: Node | None, base: str) -> _Found:
    """What the installation of a package of a skill runs."""
    if base == "package.json":
        for event in ("preinstall", "install", "postinstall"):
            command = get(root, "scripts", event)
            if command is not None:
                yield _run(f"hook {event}", event, command, string(command))
    if base == "composer.json":
        for event, (_, commands) in entries(get(root, "scripts")).items():
            for command in items(commands) or [commands]:
                said = string(command)
                if event.startswith(("pre-", "post-")) and said and not said.startswith("@php artisan"):
                    yield _run(f"hook {event}", event, command, said.replace("@php", "php"))


def _run(name: str, event: str, place: Node, command: str) -> tuple[Hook, dict[str, Node]]:
    """What runs by itself at an event, with its place."""
    return Hook(name=name, event=event, command=command), {"": place, "command": place}


def _tools(node: Node | None, depth: int) -> _Found:
    """Tools that are described, however deep: `name`, `description` and a schema of arguments."""
    found = resolved(node)
    if depth > 12:
        return
    if isinstance(found, Mapping):
        said = get(found, "description")
        schema = get(found, "inputSchema") or get(found, "input_schema") or get(found, "parameters")
        if said is not None and schema is not None and get(found, "name") is not None:
            texts = [
                string(said),
                *(string(value) for path, value in _scalars(schema, "", 0) if path.endswith(_SAYING)),
            ]
            texts += list(entries(get(schema, "properties")))
            lines = tuple(line for one in texts for line in one.split("\n"))
            yield AgentTool(name=string(get(found, "name")), lines=lines), {"": said}
            return
        for _, value in entries(found).values():
            yield from _tools(value, depth + 1)
    elif isinstance(found, Sequence):
        for one in found.items:
            yield from _tools(one, depth + 1)


_SAYING = ("description", "title")


def _settings(root: Node | None, file: str) -> _Found:
    nodes = dict[str, Node]()
    allowed = list[str]()
    for one in items(get(root, "permissions", "allow")):
        nodes[f"allowed[{len(allowed)}]"] = one
        allowed.append(string(one))
    switches = list[tuple[str, str]]()
    for path, value in _scalars(root, "", 0):
        if path.partition(".")[0] in _SWITCHES:
            nodes[f"switches[{len(switches)}]"] = value
            switches.append((path, string(value)))
    if allowed or switches:
        root_node = resolved(root)
        model = AgentSettings(name=file.rpartition("/")[2], allowed=tuple(allowed), switches=tuple(switches))
        yield model, nodes | ({"": root_node} if root_node is not None else {})


def _scalars(node: Node | None, path: str, depth: int) -> Iterator[tuple[str, Node]]:
    found = resolved(node)
    if isinstance(found, Mapping) and depth < 6:
        for name, (_, value) in entries(found).items():
            yield from _scalars(value, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(found, Scalar):
        yield path, found
