"""Texts that an agent follows, and the scripts beside them: lines, and what a head in YAML lets it use."""

import re
from collections.abc import Iterator

from ringfence.controls.control import Scope
from ringfence.formats.agent import SCRIPTS
from ringfence.formats.document import Edit, Patch, Place, Read, Subject, Unread
from ringfence.formats.yamlread import entries, get, items, string
from ringfence.formats.yamltree import Node, Scalar, Sequence, parse, resolved
from ringfence.models.agent import AgentScript, AgentText, Hook

MAX_LINES = 50_000


class TextOfAgent:
    """A Markdown file or a script."""

    #: It is a program that offers tools.
    is_server = False

    def __init__(self, text: str, file: str, read: Read) -> None:
        self.text, self.file = text, file
        self._lines = text.split("\n")
        self.unread: tuple[Unread, ...] = ()
        if len(self._lines) > MAX_LINES:
            place = Place(file=file, line=MAX_LINES, column=1, end_line=MAX_LINES, end_column=1)
            self.unread = (Unread(place=place, message=f"it has more than {MAX_LINES} lines: the rest was not read"),)
        lines = tuple(line.rstrip("\r") for line in self._lines[:MAX_LINES])
        base = file.rpartition("/")[2].lower()
        model: AgentText | AgentScript
        hooks = list[Hook]()
        if base.endswith(SCRIPTS) or ("." not in base and text.startswith("#!")):
            model = AgentScript(
                name=file,
                language=base.rpartition(".")[2] if base.endswith(SCRIPTS) else _by_first_line(lines[0]),
                lines=lines,
                described=_described(file, read, is_server=self.is_server) + _without_addresses(lines, self.is_server),
            )
        else:
            head = _head(lines)
            model = AgentText(name=file, lines=lines, tools=_tools(head))
            hooks = list(_hooks(get(head, "hooks")))
        named = [(base, model), *((hook.name, hook) for hook in hooks)]
        self.subjects: tuple[Subject, ...] = tuple(
            Subject(scope=Scope.AGENT, name=name, model=one, unknown=frozenset()) for name, one in named
        )

    def place(self, subject: Subject, path: str) -> Place:
        """The line that a path names; for what the head says, the head's line."""
        number = 1
        if isinstance(subject.model, Hook):
            begin = subject.model.command[:20]
            number = next((n for n, line in enumerate(self._lines[:200], 1) if begin in line), 1)
        elif path.startswith("lines["):
            number = int(path[6:].partition("]")[0]) + 1
        elif path.startswith("tools"):
            number = next((n for n, line in enumerate(self._lines[:60], 1) if "tools" in line.partition(":")[0]), 1)
        line = self._lines[number - 1].rstrip("\r") if number <= len(self._lines) else ""
        first = len(line) - len(line.lstrip()) + 1
        return Place(file=self.file, line=number, column=first, end_line=number, end_column=max(len(line), first) + 1)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Lines that are written anew."""
        old = subject.model
        if not isinstance(old, AgentText | AgentScript) or not isinstance(wanted, AgentText | AgentScript):
            return Patch(edits=(), left=(("lines", "nothing can be changed here"),))
        edits, at = list[Edit](), 0
        for line, now, then in zip(self._lines, old.lines, wanted.lines, strict=False):
            if now != then:
                edits.append(Edit(start=at, end=at + len(now), text=then))
            at += len(line) + 1
        left = () if edits else (("tools", "this needs a decision"),)
        return Patch(edits=tuple(edits), left=left)


def _by_first_line(line: str) -> str:
    """The language of a program whose name has no ending."""
    return next((ending for word, ending in _READERS if word in line), "sh")


_READERS = (
    ("python", "py"),
    ("node", "js"),
    ("deno", "ts"),
    ("bun", "ts"),
    ("ruby", "rb"),
    ("perl", "pl"),
    ("php", "php"),
)


def _described(file: str, read: Read, *, is_server: bool) -> tuple[str, ...]:
    """What the skill that a program belongs to says of itself."""
    folder = file
    while folder:
        folder = folder.rpartition("/")[0]
        text = read(f"{folder}/SKILL.md".lstrip("/"))
        if text is not None:
            also = read(f"{folder}/README.md".lstrip("/")) or ""
            return tuple((text + "\n" + also).splitlines()[:MAX_LINES])
    return _described_by_plugin(file, read, is_server=is_server)


def _described_by_plugin(file: str, read: Read, *, is_server: bool) -> tuple[str, ...]:
    """What the plugin says of itself whose hook a program is."""
    folder, _, _ = file.rpartition("/")
    if not folder.endswith("hooks"):
        return _described_by_package(folder, read) if is_server else ()
    root = folder.rpartition("/")[0]
    names = (".claude-plugin/plugin.json", "README.md", "hooks/hooks.json", "plugin.json")
    return tuple("\n".join(read(f"{root}/{name}".lstrip("/")) or "" for name in names).splitlines()[:MAX_LINES])


def _described_by_package(folder: str, read: Read) -> tuple[str, ...]:
    """What the package says of itself that a server is in."""
    found = list[str]()
    for _ in range(3):
        found += [
            read(f"{folder}/{name}".lstrip("/")) or "" for name in ("README.md", "package.json", "pyproject.toml")
        ]
        folder = folder.rpartition("/")[0]
    return tuple("\n".join(found).splitlines()[:MAX_LINES])


def _without_addresses(lines: tuple[str, ...], is_server: bool) -> tuple[str, ...]:
    """A server's own words, without the addresses in them."""
    return tuple(_ADDRESS.sub("", line) for line in lines) if is_server else ()


_ADDRESS = re.compile(r"https?://\S+")


def _head(lines: tuple[str, ...]) -> Node | None:
    """What stands in YAML above the text."""
    if not lines or lines[0].strip() != "---":
        return None
    end = next((n for n, line in enumerate(lines[1:200], 1) if line.strip() == "---"), 0)
    read = parse("\n".join(lines[1:end]))
    return read.documents[0] if read.documents else None


def _hooks(node: Node | None) -> Iterator[Hook]:
    """Commands that run by themselves while it is in use: by event, or a list in which each says its own."""
    groups = [(string(get(one, "event")), one) for one in items(node)]
    for event, (_, value) in entries(node).items():
        groups += [(event, one) for one in items(value)]
    for event, group in groups:
        inner = resolved(get(group, "hooks"))
        for one in inner.items if isinstance(inner, Sequence) else [group]:
            command = string(get(one, "command"))
            if command:
                yield Hook(name=f"hook {event}", event=event or "an event", command=command)


def _tools(root: Node | None) -> tuple[str, ...]:
    """What the head lets it use without asking."""
    found = resolved(get(root, "allowed-tools") or get(root, "tools"))
    if isinstance(found, Scalar):
        return tuple(one.strip() for one in _split(found.value) if one.strip())
    if isinstance(found, Sequence):
        return tuple(one.value for one in map(resolved, found.items) if isinstance(one, Scalar))
    return ()


def _split(text: str) -> list[str]:
    """At commas outside of parentheses."""
    pieces, depth = [""], 0
    for one in text[:4000]:
        depth += (one == "(") - (one == ")")
        if one == "," and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += one
    return pieces
