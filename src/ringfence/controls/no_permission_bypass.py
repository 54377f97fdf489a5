"""Protections stay on.

Switches that turn off an agent's questions, a sandbox, a virus scanner or certificate verification exist for rare
cases; a skill has no business using them.

Bad, agent:

    ---
    name: fast
    description: Works faster
    ---
    Start it with `claude --dangerously-skip-permissions`.

Good, agent:

    ---
    name: fast
    description: Works faster
    ---
    Start it with `claude --model haiku`.
"""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import MODELS, Seen, Told, is_titled, sought
from ringfence.controls.agents.deeds import also
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.masters import answers_for_the_user
from ringfence.controls.agents.sentences import is_denied
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm
from ringfence.models.agent import AgentScript, AgentText, Hook


def faults(model: Told) -> Iterator[Fault]:
    """No line turns a protection off."""
    for seen in sought(model, _SAID):
        nested = _starts_agents(model, seen)
        light = seen.quoted or nested or _COMMENT.match(seen.text) or ("NOPASSWD" in seen.match[0] and is_titled(model))
        weight = Severity.LOW if light or _MEANT_WELL.match(seen.match[0]) else None
        yield Fault(path=seen.path, found="it turns a protection off", want=_QUESTION, severity=weight)

    if isinstance(model, Hook):
        for seen in sought(model, _ALLOWS):
            yield Fault(path=seen.path, found="it allows what a person should be asked", want=_QUESTION)
    for path in answers_for_the_user(model) if isinstance(model, AgentScript) else ():
        yield Fault(path=path, found="it allows what a person should be asked", want=_QUESTION)
    for seen in sought(model, _SWITCHED_OFF):
        weight = Severity.LOW if seen.quoted or is_denied(seen.text, seen.match) else None
        yield Fault(path=seen.path, found="it turns a protection off", want=_QUESTION, severity=weight)


def _starts_agents(model: Told, seen: Seen) -> bool:
    """Whether a command starts another agent, in a text that says in its head that this is what it is for."""
    if isinstance(model, AgentText) and seen.code and _NESTED.search(seen.text):
        return True
    if _AGENT.search(seen.text) is None:
        return False
    head = model.lines if isinstance(model, AgentText) else model.described if isinstance(model, AgentScript) else ()
    return any(_OF_AGENTS.search(line) for line in head[:12])


#: To go on without asking is often meant well.
_MEANT_WELL = re.compile(
    r"without|skip|do not|don't|never|--no-sandbox|chmod\s+(?:-R\s+)?0?777|Set-Exec", re.IGNORECASE
)
#: How another agent is started by hand, or a row of a table of switches.
_NESTED = either(r"\bcodex\b.{0,40}--yolo|^\s*--(?:dangerously-skip-permissions|yolo)\s*$|\bgemini\b.{0,40}--yolo")
_AGENT = re.compile(r"\bclaude\s[^|;\n]{0,60}(?:--dangerously-skip-permissions|--permission-mode[ =]bypassPermissions)")
#: What a text says of itself that is there to start agents.
_OF_AGENTS = re.compile(
    r"^(?:name|description):.*\b(?:coding[- ]agents?|claude\s+code|codex|sub-?agents|agents?\s+(?:in|with|across)\b"
    r"|worktrees?|tmux\s+sessions?|orchestrat\w+|delegat\w+)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#(?!!)|//)\s")
_SAID = either(
    r"--dangerously-skip-permissions|--dangerously-bypass|bypassPermissions|--yolo\b|--no-sandbox\b|--disable-sandbox"
    r"|dangerouslyDisableSandbox",
    r"\bdanger-full-access\b|--ask-for-approval[ =]never\b|--remote-debugging-\w+\b.{0,200}(?:--remote-debugging"
    r"-address=0\.0\.0\.0|user-data-dir=\S{0,40}(?:\.config/google-chrome|Application Support/Google))",
    r"--trust-all-tools|--approval-mode[ =]yolo"
    r"|\"?(?:disableAllHooks|autoApproveTools|skipDangerousModePermissionPrompt)\"?\W{0,4}[:=]\s*true",
    r"\bsetenforce\s+0|spctl\s+--master-disable|csrutil\s+disable"
    r"|xattr\s+(?:-\w*c\w*\s|-\w*d\w*\s+com\.apple\.quarantine)",
    r"Set-MpPreference\s+-Disable|Add-MpPreference\s+-Exclusion|netsh\s+advfirewall\s+set\s+\w+\s+state\s+off"
    r"|AmsiUtils|amsiInitFailed",
    r"NODE_TLS_REJECT_UNAUTHORIZED\s*=\s*[\x22']?0|GIT_SSL_NO_VERIFY|\bchmod\s+(?:-R\s+)?0?777\b|ufw\s+disable"
    r"|iptables\s+-F\b|http\.sslVerify\s+false|strict-ssl\s+false",
    r"\benableAllProjectMcpServers\b.{0,12}true"
    r"|\bsystemctl\s+(?:stop|disable)\s+(?:auditd|falco|crowdstrike|falcon-sensor|clamav\S*)"
    r"|\bchmod\s+(?:u\+s|4755|[0-7]?4[0-7]{3})\s+/(?:usr/)?bin/(?:ba)?sh\b",
    r"\binstall\s+(?:-\w+\s+){0,3}(?:-m\s*|--mode=)[0-7]?4[0-7]{3}\s+/(?:usr/)?bin/(?:ba|z|da)?sh\b",
    r"\bchmod\W{1,6}(?:-R\W{1,6})?[0-7]{2,3}[2367]\W{1,6}/(?:etc|usr|bin|root)\b|\bNOPASSWD\b"
    r"|(?:>>?|\btee\b(?:\s+-a)?)\s*/etc/(?:passwd|shadow|sudoers)",
    r"\b(?:do\s+not|don't|never)\s+ask\s+(?:the\s+)?(?:user|human)(?:'s)?\s+(?:for\s+)?(?:permission|confirmation"
    r"|approval)",
    r"\bdisable\s+(?:the\s+|your\s+|any\s+|all\s+)?(?:antivirus|anti-virus|defender|firewall|selinux|gatekeeper"
    r"|sandbox(?:ing)?|security\s+(?:software|checks?|features?|hooks?)|safety\s+\w+)\b",
    r"\b(?:without|skip|skipping|bypass)\s+(?:asking|waiting|requesting|prompting|any)\s+(?:for\s+)?(?:the\s+user|user"
    r"|human|confirmation|permission|approval)\b",
    r"\b(?:add|append|put|insert|set)\b.{0,80}(?:Bash\(\*\)|Bash\(:\*\)|\"\*\").{0,80}(?:permissions|allow|settings)",
)
#: What a hook answers to allow something.
_ALLOWS = either(r"\bbehavior\W{1,8}allow\b|\bpermissionDecision\W{1,8}allow\b|\bdecision\W{1,8}approve\b")
#: The same, said in other languages or at length.
_SWITCHED_OFF = either(
    r"отключи\w*.{0,40}(?:антивирус|защитник|брандмауэр|защит)"
    r"|(?:关闭|禁用|停用).{0,12}(?:杀毒|防火墙|安全软件|沙箱|实时保护)"
    r"|désactive\w*.{0,30}(?:pare-feu|antivirus|protection)|desactiv\w+.{0,30}(?:antivirus|cortafuegos|protección)"
    r"|(?:deaktivier\w*|schalte?\b.{0,40}\bab\b).{0,40}(?:virenscanner|firewall|virenschutz)"
    r"|(?:virenscanner|firewall|virenschutz)\b.{0,40}(?:abschalt\w*|deaktivier\w*)"
    r"|(?:ウイルス対策|ファイアウォール).{0,12}(?:無効|停止|オフ)",
    r"\bturn\b.{0,80}\b(?:defender|real-?time\s+protection|antivirus|anti-virus|firewall|gatekeeper"
    r"|smartscreen)\b.{0,60}\boff\b"
    r"|\bturn\s+off\s+(?:the\s+)?(?:windows\s+)?(?:defender|real-?time\s+protection|antivirus|smartscreen|gatekeeper)"
    r"|\badd\b.{0,40}\bto\s+the\s+exclusions\b",
    r"(?:^|[\s\"'\[])/:/(?:host|mnt|rootfs|hostfs|h)\b(?!:ro)(?=[\"'\s\],])"
    r"|\bCREATE\s+USER\b.{0,40}@'%'.{0,120}\bGRANT\s+ALL\b.{0,40}\*\.\*",
    r"\b(?:NotebookApp|ServerApp|IdentityProvider)\.token=(?:''|\"\"|\s)"
    r"|security\.workspace\.trust\.enabled\W{1,4}false\b",
    r"\bPermitRootLogin\s+yes\b|\bPasswordAuthentication\s+yes\b|\buseradd\b.{0,80}\bsudo\b.{0,120}\bchpasswd\b"
    r"|\bstop\s+auditd\b|\barrête\s+auditd\b"
    r"|\b(?:delete|remove|wipe)\b.{0,120}(?:/var/log/\w+|\.claude/projects|\.bash_history)"
    r"|\bclusterrole=cluster-admin\b|\bnsenter\s+-t\s+1\b|--privileged\b.{0,60}-v\s+/:/"
    r"|-v\s+/:/\S+.{0,60}(?:chroot|--privileged)",
    r"\bchmod\s+-R\s+0?777\s+/(?:\s|[`\'\"]|$)|\bsudoers\b.{0,60}\b(?:without|no)\s+(?:a\s+)?password\b",
    r"(?:\bHost\s+\*|\ball\s+hosts\b).{0,60}\bForwardAgent\s+yes\b|\bForwardAgent\s+yes\b.{0,60}\ball\s+hosts\b"
    r"|/etc/[\w./-]+.{0,80}\bchattr\s+\+i\b|\bchattr\s+\+i\s+/etc/",
    r"\benable\s+all\s+macros\b"
    r"|\baccount\s+\d{12}\b.{0,80}\b(?:AdministratorAccess|admin(?:istrator)?\s+(?:rights|access|role))"
    r"|\bsandbox\b.{0,60}\b(?:lift|remov|drop|relax)(?:s|ing|ed|ting)?\s+(?:its|the|your|all)\s+(?:\w+\s+)?(?:limits"
    r"|restrictions)\b|\b(?:switch|turn|disable|remove|lift)\b.{0,30}\bbranch\s+protection\b"
    r"|\bbranch\s+protection\b.{0,120}\b(?:switch|turn)\s+(?:it|this)\s+off\b|\btcp://0\.0\.0\.0:237[56]\b"
    r"|\bdocker\.sock\b.{0,80}\bTCP-LISTEN\b|\bTCP-LISTEN\b.{0,80}\bdocker\.sock\b"
    r"|\bGRANT\s+\W?ALL\s+PRIVILEGES.{0,12}\*\.\*.{0,40}@\W{0,3}%",
)
_QUESTION = Decision("leave it on, and ask")


CONTROL = Control(
    id="no-permission-bypass",
    title="Protections stay on",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=("lines", "command", "words"),
    references=(
        cwe(693),
        owasp_llm("LLM06:2025 Excessive Agency"),
    ),
    unsafe_fix=False,
    faults=also(faults, "no-permission-bypass", _QUESTION),
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
