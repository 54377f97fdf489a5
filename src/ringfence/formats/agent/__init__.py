"""Agent plugins: what Claude Code, and tools like it, read as instructions or run.

Skills with what lies beside them, commands, agents, rules of a project, hooks, MCP servers, marketplaces, settings.
Markdown that no agent
is given is none of these.
"""

import re

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Read

SCOPE = Scope.AGENT

_RULES = frozenset(
    {
        "claude.md",
        "claude.local.md",
        "agents.md",
        "gemini.md",
        ".cursorrules",
        ".windsurfrules",
        "copilot-instructions.md",
    }
)
_SETTINGS = frozenset(
    {"plugin.json", "marketplace.json", "hooks.json", "settings.json", "settings.local.json", ".mcp.json", "mcp.json",
     "claude_desktop_config.json", "mcp_config.json", "monitors.json"}
)  # fmt: skip
SCRIPTS = (".py", ".sh", ".bash", ".zsh", ".js", ".mjs", ".cjs", ".ts", ".ps1", ".rb", ".pl", ".bat", ".cmd")
_TELLING = re.compile(
    r'"(?:mcpServers|hooks|permissions|plugins|servers|enableAllProjectMcpServers|apiKeyHelper|statusLine|monitors|lspServers'
    r'|commands|agents|skills)"[ \t\r\n]*:'
)
_FOLDERS = re.compile(r"(?:^|/)(?:\.claude|\.claude-plugin|\.cursor/rules|\.agents|skills)/")
_HEAD = re.compile(r"\A---\r?\n(?:[^\n]*\n){0,40}?(?:allowed-tools|argument-hint|tools|model|description|name)[ \t]*:")


def claims(name: str, head: str) -> bool:
    """Whether a file is one, by its path (or name alone) and its beginning."""
    base = name.rpartition("/")[2].lower()
    if base == "skill.md" or base in _RULES or base.endswith(".mdc"):
        return True
    if base in _SETTINGS:
        return _TELLING.search(head) is not None
    if base.endswith(".md"):
        folder = name.rpartition("/")[0]
        listed = folder.endswith(("commands", "agents", "output-styles")) and _HEAD.match(head) is not None
        return listed or (_FOLDERS.search(name) is not None and base not in ("readme.md", "changelog.md", "license.md"))
    return False


def load(text: str, file: str, read: Read) -> Document:
    """Read a file. Never raises for what it holds."""
    lower = file.lower()
    if lower.endswith(".json") or text.lstrip().startswith("{"):
        from ringfence.formats.agent.settings import SettingsFile

        return SettingsFile(text, file)
    from ringfence.formats.agent.texts import TextOfAgent

    return TextOfAgent(text, file)
