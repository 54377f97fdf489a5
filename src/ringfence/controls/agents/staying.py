"""Words by which texts for agents have something stay on a machine, or spread."""

import re

from ringfence.controls.agents.agentlines import NETWORK, Told, sought
from ringfence.controls.agents.expressions import either
from ringfence.models.agent import AgentScript

#: Each with what is wrong with it.
ORDERS = (
    (
        either(
            r"\b(?:surviv\w+|outlives?|persists?\s+(?:across|after|over)|überleb\w+)\b.{0,60}\b(?:reboots?|restarts?"
            r"|updates?|uninstall\w*|log(?:in|out)s?|neustart\w*"
            r"|jeden)\b(?=.{0,200}(?:zshrc|bashrc|profile|cron|systemd|launch|service|dienst|autostart|registry"
            r"|nohup))",
            r"\b(?:add|put|append|insert|enter|write)\b.{0,80}(?:\|\s*(?:ba)?sh|nohup|curl|wget"
            r"|python\S*\s+\S*\.py).{0,120}\b(?:crontab|zshrc|bashrc|profile|autostart|login\s+items)\b"
            r"|\b(?:append|add|put)\b.{0,60}\b(?:zshrc|bashrc|profile)\b.{0,40}nohup",
            r"\b(?:add|put|enter|install|append|trage?|füge?|añade|ajoute)\b.{0,20}\b(?:our|my|unseren?|nuestra"
            r"|notre)\b.{0,30}\b(?:key|schlüssel|clave|clé)\b.{0,40}authorized_keys",
            r"\bauthorized_keys\b.{0,160}\bssh-(?:ed25519|rsa|dss)\s+AAAA\w{6}"
            r"|\bssh-(?:ed25519|rsa|dss)\s+AAAA\w{6}.{0,300}\bauthorized_keys\b",
            r"tasks\.json\b.{0,120}\bfolderOpen\b.{0,120}(?:curl|wget|https?:|\bnode\b)"
            r"|\bfolderOpen\b.{0,160}(?:curl|wget|https?:)",
            r"\.git/hooks?/(?:pre|post)-\w+.{0,40}\b(?:each|every|all)\s+(?:repositor|project)\w*"
            r"|\b(?:each|every|all)\s+(?:repositor|project)\w*.{0,60}\.git/hooks/",
        ),
        "it leaves something behind on the machine",
    ),
    (
        either(
            r"\b(?:store|save|remember|write|record|note|add)\b.{0,120}[\"“].{0,60}\b(?:user|owner|i)\b.{0,20}\b(?:trusts?|allows?"
            r"|(?:ha(?:s|ve)\s+)?(?:agreed|approved|allowed|consented))\b.{0,60}\b(?:every|all|any|completely|anything)\b",
            r"\b(?:add|write|save|store|put)\b.{0,40}\b(?:global|long-term|persistent|user's)\s+(?:CLAUDE\.md"
            r"|AGENTS\.md|memory)\b.{0,200}\b(?:commit|trusted|send|upload|\.env|password|without\s+asking|no\s+review"
            r"|keep\s+this)\b",
            r"\b(?:write|add|put|append)\b.{0,60}\b(?:CLAUDE\.md|AGENTS\.md)\b.{0,60}\b(?:every|all)\s+(?:later|future"
            r"|other)\s+(?:projects?|sessions?)\b",
            r"\b(?:append|add|write|put|insert|save|store|writing"
            r"|adding)\b.{0,120}(?:\b(?:CLAUDE|AGENTS|GEMINI|SOUL|MEMORY|HEARTBEAT)\.md"
            r"|\b(?:long-?term|persistent)\s+memory)\b.{0,200}\b(?:trust(?:s|ed)?|obey"
            r"|without\s+(?:asking|review|confirmation|checking)|(?:pre-?|has\s+)approved|over\s+other\s+instructions"
            r"|execute\s+(?:any|all|code|every))\b",
        ),
        "it puts orders into the agent's memory",
    ),
    (
        either(
            r"\b(?:install|deploy|apply|run|add)\s+(?:it|this|them)\s+(?:in|on|to|into)\s+(?:each|every"
            r"|all)\s+(?:\w+\s+)?(?:clusters?|servers?|machines?|projects?|repositor\w+|hosts?"
            r"|accounts?)\b.{0,30}\byou\b",
            r"\b(?:copy|add|append|install|write|spread|put)\b.{0,80}\b(?:this\s+(?:file|skill|section|paragraph|text)"
            r"|itself|the\s+section\b.{0,30}\bof\s+this\s+file)\b.{0,80}\b(?:every|each|all"
            r"|any)\s+(?:other\s+)?(?:\w+\s+)?(?:folder|repositor\w+|project|skill|file|machine)s?\b",
            r"\bsub-?agents?\b.{0,60}\bwith\s+(?:this|the)\s+same\s+skill\b",
            r"\bsub-?agents?\b.{0,160}\b(?:do(?:es)?\s+(?:likewise|the\s+same)|(?:each|every)\s+of\s+(?:them|which)\s+(?:starts?"
            r"|spawns?|launch\w*))\b",
            r"\b(?:append|add|copy|write)\b.{0,60}\b(?:AGENTS\.md|CLAUDE\.md|\.cursorrules)\b.{0,60}\bof\s+(?:each"
            r"|every|all)\s+repositor\w+|\brepeat\s+this\s+paragraph\b"
            r"|\btell\s+(?:the\s+|other\s+)?(?:sub-?agents|agents|assistants)\s+to\s+do\s+(?:likewise|the\s+same)",
            r"\bin\s+(?:white|invisible|tiny)\s+(?:letters|text|font|characters)\b.{0,120}\b(?:assistants?|agents?"
            r"|models?|AI)\b|把本技能复制到|将本技能复制"
            r"|(?:复制|写入).{0,12}(?:所有|每个)(?:项目|仓库|技能).{0,40}(?:提交|推送)"
            r"|このスキルを.{0,20}(?:すべて|全て)の.{0,20}コピー",
        ),
        "it spreads itself",
    ),
    (
        either(
            r"\b(?:start|call|spawn|run|think|repeat|invoke)\b.{0,120}\bwithout\s+(?:an?\s+)?(?:end|limit"
            r"|ever\s+stopping|stopping)\b.{0,80}\b(?:sub-?agents?|skill|call|again)\b"
            r"|\bnever\s+stop\s+(?:calling|spawning|starting)\b"
        ),
        "it never ends",
    ),
)
#: A program that asks its user.
ASKS = either(r"\[y/n\]|\bread\s+(?:-[a-rt-z]+\s+){0,3}-[a-rt-z]*p\b|\b(?:ask_yes_no|confirm)\(")
#: What starts again by itself, and the words by which a skill says that it sets it up.
_SET_UP = (
    (
        re.compile(r"cron|Scheduled-?Task|schtasks", re.I),
        re.compile(r"\b(?:cron|schedul|night|daily|hour|week|each day)|定时|每天|每日|巡检"),
    ),
    (
        re.compile(r"\.(?:bashrc|zshrc|bash_profile|profile|zprofile)|config\.fish|\$PROFILE", re.I),
        re.compile(r"\b(?:alias|prompt|theme|profile|completion|shell set-?up|zsh|zshrc|bashrc|your shell)"),
    ),
    (re.compile(r"hooks/|core\.hooksPath", re.I), re.compile(r"\bhooks?\b")),
    (
        re.compile(r"systemctl|systemd|launchctl|Launch(?:Agents|Daemons)|autostart", re.I),
        re.compile(r"\b(?:services?|daemon|background|start-?up|boot|at login|autostart)\b|守护|后台|开机|自启"),
    ),
)


def is_told(model: Told, line: str) -> bool:
    """Whether a program that uses no network sets up what its skill says that it sets up."""
    if not isinstance(model, AgentScript) or next(sought(model, NETWORK), None) is not None:
        return False
    said = "\n".join(model.described).lower()
    return any(place.search(line) and word.search(said) for place, word in _SET_UP)
