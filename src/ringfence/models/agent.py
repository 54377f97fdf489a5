"""What is given to an agent: texts that it follows, scripts beside them, hooks, launches, servers, sources,
settings."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentText:
    """A text that an agent reads as instructions: a skill, a command, an agent's description, a project's rules.

    `lines` are its lines without their ends; `tools` the tools that its head lets it use.
    """

    name: str
    lines: tuple[str, ...]
    tools: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentScript:
    """A program that comes with a skill. `language` is the ending of its name, `lines` its lines; `described`: those of
    the skill's own text."""

    name: str
    language: str
    lines: tuple[str, ...]
    described: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentTool:
    """A tool that a server offers to an agent. `lines`: what is said of it and of its arguments."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hook:
    """A command that the agent's program runs by itself on an event, on the host and outside of every sandbox."""

    name: str
    event: str
    command: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Launch:
    """A program that is started for an agent (an MCP server): its words, and texts that it is given by name."""

    name: str
    words: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A server that an agent talks to. `url` as written, `headers` by name."""

    name: str
    url: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginSource:
    """Where a plugin comes from. `kind`: "github", "url", "git", "npm", "path"; `at` what is said of which version (""
    nothing); `pinned`: it cannot change behind one's back."""

    name: str
    kind: str
    at: str
    pinned: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentSettings:
    """Settings of an agent's program: rules for what it may do without asking, and switches as (path, value)."""

    name: str
    allowed: tuple[str, ...]
    switches: tuple[tuple[str, str], ...]
