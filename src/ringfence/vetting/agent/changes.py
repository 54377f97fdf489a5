"""What changed since the version that was reviewed: hooks, launches, servers, permissions, and every text for an agent.

Trust was given to what was looked at. What runs on the user's machine and was not, is shown to a person again.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ringfence.formats.document import Document
from ringfence.models.agent import AgentScript, AgentSettings, AgentText, Hook, Launch, PluginSource, Server
from ringfence.vetting.agent.tools import tools
from ringfence.vetting.auditing import texts
from ringfence.vetting.found import Raw
from ringfence.vetting.subject import Subject, subject_of

_ENDINGS = (".md", ".mdc", ".json", "rules", ".sh", ".py", ".js", ".mjs", ".cjs", ".ts", ".ps1", ".rb", ".bat", ".cmd")


class _Thing(NamedTuple):
    """One thing that an agent is given. `said` is what would be looked at; `runs`: on the user's machine."""

    said: str
    runs: bool
    path: str
    line: int


def changes(subject: Subject, reviewed: Path) -> Iterator[Raw]:
    """What is new, or says something else than it did."""
    before = _things(subject_of(reviewed))
    for key, now in _things(subject).items():
        then = before.get(key)
        if then is not None and then.said == now.said:
            continue
        word = "is new" if then is None else "has changed"
        shown = now.said if len(now.said) <= 200 and "\n" not in now.said else ""
        said = f"{key} {word} since the review" + (f": {shown}" if shown else "")
        yield Raw("new-launch" if now.runs else "rug-pull", now.path, now.line, said)
    yield from _permissions(subject, reviewed)


def _permissions(subject: Subject, reviewed: Path) -> Iterator[Raw]:
    """What a plugin of ours asks for now and did not then."""
    then = subject_of(reviewed).manifest
    if subject.manifest is None or then is None:
        return
    now, old = subject.manifest.permissions, then.permissions
    new = [f"{host}:{port}" for host, port in now.network if (host, port) not in old.network]
    new += [f"to read {name}" for name in now.read if name not in old.read]
    new += [f"to write {name}" for name in now.write if name not in old.write]
    new += [f"the secret {name}" for name in now.secrets if name not in old.secrets]
    if now.processes and not old.processes:
        new.append(f"{now.processes} processes")
    for one in new:
        yield Raw("rug-pull", "plugin.toml", 0, f"it asks for {one}, and did not when it was reviewed")


def _things(subject: Subject) -> dict[str, _Thing]:
    """Everything that an agent is given, by what it is called."""
    found = dict[str, _Thing]()
    for tool in tools(subject):
        found[f"the description of tool {tool.name} in {tool.path}"] = _Thing(tool.text, False, tool.path, tool.line)
    skills = {os.path.dirname(path) for path in subject.files if os.path.basename(path).lower() == "skill.md"}
    for path, text in texts(subject, _ENDINGS):
        for key, thing in _of_file(path, text, skills):
            number = 2
            name = key
            while key in found:
                key, number = f"{name} ({number})", number + 1
            found[key] = thing
    return found


def _of_file(path: str, text: str, skills: set[str]) -> Iterator[tuple[str, _Thing]]:
    from ringfence.formats import agent

    if path.endswith(agent.SCRIPTS):
        if _is_run(path, skills):
            yield f"the program {path}", _Thing(text, True, path, 0)
    elif agent.claims(path, text[:65536]):
        yield from _of_document(path, text, agent.load(text, path, lambda other: None))


def _is_run(path: str, skills: set[str]) -> bool:
    """Whether a program lies where an agent's hooks, servers and skills have theirs."""
    parts = path.split(os.sep)[:-1]
    below = any(path.startswith(folder + os.sep) if folder else True for folder in skills)
    return below or any(part in ("hooks", "scripts", "servers", "bin", ".claude", ".claude-plugin") for part in parts)


def _of_document(path: str, text: str, document: Document) -> Iterator[tuple[str, _Thing]]:
    for subject in document.subjects:
        model, line = subject.model, document.place(subject, "").line
        match model:
            case Hook():
                yield f"the {model.name} in {path}", _Thing(model.command, True, path, line)
            case Launch():
                said = " ".join([*(f"{name}={value}" for name, value in model.environment), *model.words])
                yield f"the launch of {model.name} in {path}", _Thing(said, True, path, line)
            case Server():
                yield f"the address of {model.name} in {path}", _Thing(model.url, True, path, line)
            case PluginSource():
                yield f"the source of {model.name} in {path}", _Thing(f"{model.kind} {model.at}", False, path, line)
            case AgentSettings():
                said = ", ".join([*model.allowed, *(f"{name}={value}" for name, value in model.switches)])
                yield f"the settings in {path}", _Thing(said, True, path, line)
            case AgentText() | AgentScript():
                yield f"the text {path}", _Thing(text, isinstance(model, AgentScript), path, 1)
            case _:
                continue
