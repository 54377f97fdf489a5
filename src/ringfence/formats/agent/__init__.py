"""Agent plugins: what Claude Code, and tools like it, read as instructions or run.

Skills with what lies beside them, commands, agents, rules of a project, memory, hooks, MCP servers and the descriptions
of their tools, marketplaces, settings. Markdown that no agent is given, and that no head names and describes, is
none of these.
"""

import re

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Read

SCOPE = Scope.AGENT

#: Read at each start, whatever the project is.
_RULES = frozenset(
    "claude.md claude.local.md agents.md agents.override.md agent.md gemini.md qwen.md crush.md warp.md soul.md "
    "memory.md heartbeat.md"
    " .cursorrules .windsurfrules .clinerules .roorules .goosehints copilot-instructions.md".split()
)
_RULE_ENDINGS = (".mdc", ".instructions.md", ".prompt.md", ".chatmode.md", ".agent.md")
_SETTINGS = frozenset(
    "plugin.json marketplace.json hooks.json settings.json settings.local.json managed-settings.json .mcp.json "
    "mcp.json .claude.json"
    " claude_desktop_config.json mcp_config.json mcp_settings.json cline_mcp_settings.json mcp-config.json "
    "opencode.json"
    " gemini-extension.json monitors.json ai-plugin.json devcontainer.json"
    " .devcontainer.json".split()
)
SCRIPTS = tuple(
    ".py .pyw .sh .bash .zsh .ksh .fish .command .js .mjs .cjs .jsx .ts .mts .cts .tsx .ps1 .psm1 .bat .cmd .vbs .rb "
    ".pl .php .lua .go"
    " .rs .swift .java .cs .applescript .rake makefile rakefile .envrc .r .jl .ex .exs .kt .kts .scala .groovy .gradle"
    " .tex .sty .service .desktop .ipynb .vim vimrc .el .plist .hta .wsf .dart .tcl"
    " .zsh-theme .bashrc .zshrc .profile .bash_profile .aliases .conf".split()
)
_TELLING = re.compile(
    r'"(?:mcpServers|hooks|permissions|plugins|servers|enableAllProjectMcpServers|apiKeyHelper|statusLine|monitors'
    r"|lspServers"
    r"|commands|agents|skills|mcp|disableAllHooks|description_for_model|initializeCommand"
    r'|chat\.tools\.\w+(?:\.\w+)?)"[ \t\r\n]*:'
)
_OWN_FOLDER = re.compile(r"(?:^|/)\.(?:claude|gemini|cursor|codex)/[^/]+$")
_INSTALLS = re.compile(r'"(?:pre|post)?install"[ \t]*:')
#: Servers and tools in YAML and TOML.
_IN_YAML = re.compile(r"^[ \t]*mcp_?servers[ \t]*:", re.MULTILINE | re.IGNORECASE)
_TOOLS_IN_YAML = re.compile(r"^[ \t]*(?:-[ \t]+)?description[ \t]*:", re.MULTILINE)
_SCHEMA_IN_YAML = re.compile(r"^[ \t]*(?:-[ \t]+)?(?:inputSchema|input_schema|parameters)[ \t]*:", re.MULTILINE)
_OF_OTHERS = re.compile(r"^(?:openapi|swagger|apiVersion|kind|services)[ \t]*:", re.MULTILINE)
_IN_TOML = re.compile(r"^[ \t]*\[\[?mcp_?servers\b|^[ \t]*(?:approval_policy|sandbox_mode)[ \t]*=", re.MULTILINE | re.I)
_COMMANDS = re.compile(r"(?:^|/)\.gemini/commands/")
_TOOLS = re.compile(r'"description"[ \t]*:')
_SCHEMA = re.compile(r'"(?:inputSchema|input_schema)"[ \t]*:')
_FOLDERS = re.compile(
    r"(?:^|/)(?:\.claude|\.claude-plugin|\.cursor|\.agents|skills|\.clinerules|\.roo/rules(?:-\w+)?"
    r"|\.windsurf/(?:rules|workflows)|\.kiro/steering|\.amazonq/rules|\.continue/rules|\.junie|\.augment/rules"
    r"|\.trae/rules|\.codex/prompts|\.opencode|\.gemini)/"
)
#: A head that names and describes, as skills and agents have to, wherever the file lies and whatever it is called.
_SKILL = re.compile(
    r"\A---[ \t]*\r?\n(?=(?:(?!---)[^\n]*\n){0,40}?name[ \t]*:)(?=(?:(?!---)[^\n]*\n){0,40}?description[ \t]*:)"
    r"(?!(?:(?!---)[^\n]*\n){0,40}?(?:title|layout|permalink|about|slug)[ \t]*:)"
)
_HEAD = re.compile(r"\A---\r?\n(?:[^\n]*\n){0,40}?(?:allowed-tools|argument-hint|tools|model|description|name)[ \t]*:")
_ASSETS = (
    ".txt",
    ".csv",
    ".tsv",
    ".xml",
    ".html",
    ".htm",
    ".yaml",
    ".yml",
    ".toml",
    ".json",
    ".prompt",
    ".j2",
    ".tmpl",
)
#: How much of a text says what it is.
_HEAD_CHARS = 64 << 10


def claims(name: str, head: str) -> bool:
    """Whether a file is one, by its path (or name alone) and its beginning."""
    base = name.rpartition("/")[2].lower()
    if base == "skill.md" or base in _RULES or base.endswith(_RULE_ENDINGS):
        return True
    if base.endswith(".json"):
        own = base in _SETTINGS and _OWN_FOLDER.search(name) is not None
        runs = (base == "tasks.json" and '"folderOpen"' in head) or (
            base == "package.json" and _FOLDERS.search(name) is not None and _INSTALLS.search(head) is not None
        )
        return (
            own
            or runs
            or (base in _SETTINGS and _TELLING.search(head) is not None)
            or (_SCHEMA.search(head) is not None and _TOOLS.search(head) is not None)
        )
    if base.endswith((".yaml", ".yml")):
        return _OF_OTHERS.search(head) is None and (
            _IN_YAML.search(head) is not None
            or (_SCHEMA_IN_YAML.search(head) is not None and _TOOLS_IN_YAML.search(head) is not None)
        )
    if base.endswith(".toml"):
        return _IN_TOML.search(head) is not None or _COMMANDS.search(name) is not None
    if base.endswith(".md"):
        folder = name.rpartition("/")[0]
        listed = folder.endswith(("commands", "agents", "output-styles")) and _HEAD.match(head) is not None
        return (
            listed
            or _SKILL.match(head) is not None
            or (_FOLDERS.search(name) is not None and base not in ("readme.md", "changelog.md", "license.md"))
        )
    if base.endswith(SCRIPTS):
        from ringfence.formats.agent.tools import REGISTERS, SOURCES

        return base.endswith(SOURCES) and REGISTERS.search(head) is not None
    return False


def load(text: str, file: str, read: Read) -> Document:
    """Read a file. Never raises for what it holds."""
    lower = file.lower()
    if lower.endswith(_ASSETS) and not (
        lower.endswith(("package.json", "composer.json")) or claims(file, text[:_HEAD_CHARS])
    ):
        from ringfence.formats.agent.assets import AssetOfSkill

        return AssetOfSkill(text, file, read)
    if lower.endswith(".toml") and _COMMANDS.search(file) is None:
        from ringfence.formats.agent.toml import TomlSettings

        return TomlSettings(text, file)
    if lower.endswith((".json", ".yaml", ".yml")) or (text.lstrip().startswith("{") and not lower.endswith(".ipynb")):
        from ringfence.formats.agent.settings import SettingsFile

        return SettingsFile(text, file)
    if lower.endswith(SCRIPTS):
        from ringfence.formats.agent.tools import REGISTERS, ProgramWithTools

        if REGISTERS.search(text) is not None:
            return ProgramWithTools(text, file, read)
    if lower.endswith(".ipynb"):
        from ringfence.formats.agent.notebooks import Notebook

        return Notebook(text, file, read)
    from ringfence.formats.agent.texts import TextOfAgent

    return TextOfAgent(text, file, read)
