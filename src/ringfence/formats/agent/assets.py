"""What lies beside a skill and is no Markdown: texts, tables and data that its own text has the agent follow.

Only what that text points to is read. The data of a skill about attacks is full of what attackers say: of it, only
what names an address that is nobody's example is read, and not where it is called a sample.
"""

import re
from collections.abc import Callable

from ringfence.formats.agent.texts import TextOfAgent
from ringfence.formats.document import Patch, Read, Subject

_MOST = 256 << 10
#: Who reads of attacks, or tests for them, has lists of what attackers say.
_OF_ATTACKS = re.compile(
    r"inject|jailbreak|red.?team|attack|phish|malicious|scam|fraud|securit|pentest|exploit|threat|vulnerab|moderat",
    re.IGNORECASE,
)
_TESTS = re.compile(r"(?:^|/)(?:tests?|__tests__|fixtures|evals?|node_modules)/", re.IGNORECASE)


class AssetOfSkill(TextOfAgent):
    """A file of texts that a skill points to; nothing of any other."""

    def __init__(self, text: str, file: str, read: Read) -> None:
        told = _told_by(file, read) if len(text) <= _MOST else None
        followed = told is not None
        plain = _plain(text, file) if followed else ""
        if told is not None and _OF_ATTACKS.search("\n".join(told.split("\n")[:12])):
            plain = "\n".join(
                one if _is_meant(line, one) else ""
                for line, one in zip(text.split("\n"), plain.split("\n"), strict=True)
            )
        super().__init__(plain, file, read)
        self.text, self._lines = text, text.split("\n")
        if not followed:
            self.subjects = ()

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what is read of it is not as it is written."""
        return Patch(edits=(), left=(("lines", "this needs a decision"),))


def _told_by(file: str, read: Read) -> str | None:
    """The skill that a file lies below, if it points to it."""
    if _TESTS.search(file):
        return None
    folder = file
    while folder:
        folder = folder.rpartition("/")[0]
        told = read(f"{folder}/SKILL.md".lstrip("/"))
        if told is not None:
            path = file.removeprefix(folder).lstrip("/")
            named = path in told or path.rpartition("/")[2] in told
            inside = "/" in path and path.rpartition("/")[0] + "/" in told
            return told if named or inside else None
    return None


def _is_meant(line: str, plain: str) -> bool:
    """Whether a row of the data of a skill about attacks may be what its author wants: it leads somewhere real."""
    hosts = _HOST.findall(plain)
    return bool(hosts) and _SAMPLE.search(line) is None and not any(_TELLING.search(one) for one in hosts)


_HOST = re.compile(r"https?://([\w.-]{4,100})", re.IGNORECASE)
_SAMPLE = re.compile(
    r"[\"']?\b(?:payload|prompt|input|attack\w*|example|sample|malicious|injection|jailbreak|vector|test|mail|email|body|message|subject|text|url|ioc|indicator"
    r"|pattern)s?[\"']?\s*:",
    re.IGNORECASE,
)
#: A host whose name says that it is an example, or an attacker's.
_TELLING = re.compile(
    r"evil|attack|malic|hack|phish|exfil|steal|example|test|fake|scam|victim|fraud|suspic|spoof|webhook|collect|c2|bad|localhost|paypa|micros|arnaz|g00|domain",
    re.IGNORECASE,
)


def _plain(text: str, file: str) -> str:
    """Its sentences, each on the line where it stands."""
    ending = file.rpartition(".")[2].lower()
    if ending in ("yaml", "yml") and _PLAYBOOK.search(text):
        return "\n".join(_of_tasks(text.split("\n")))
    as_text = _READ.get(ending, _of_text)
    return "\n".join(as_text(line) for line in text.split("\n"))


def _of_tasks(lines: list[str]) -> list[str]:
    """The tasks of a playbook: each module with its arguments, where it begins."""
    said = list[str]()
    for at, line in enumerate(lines):
        begins = _MODULE.match(line)
        if begins is None:
            said.append("")
            continue
        more = list[str]()
        for behind in lines[at + 1 : at + 20]:
            if behind.strip() and len(behind) - len(behind.lstrip()) <= len(begins[1].replace("-", " ")):
                break
            more.append(behind.strip())
        said.append(
            " ".join((begins[2].rpartition(".")[2] + ":", begins[3].strip("|> "), *more)).replace('"', "").strip()
        )
    return said


_PLAYBOOK = re.compile(r"^(?:-[ \t]+(?:hosts|name|block)|tasks|handlers)[ \t]*:", re.MULTILINE)
_MODULE = re.compile(
    r"^([ \t]*(?:-[ \t]+)?)((?:ansible\.(?:builtin|posix|windows)\.|community\.\w+\.)?(?:shell|command|raw|script|copy"
    r"|template|lineinfile|blockinfile|user"
    r"|authorized_key|cron|get_url|unarchive|uri|systemd|service|sysctl|apt_key|win_shell))[ \t]*:(.*)$"
)


def _of_text(line: str) -> str:
    return _BOX.sub("- ", line)


def _of_json(line: str) -> str:
    said = (one.replace("\\n", " ").replace('\\"', "'") for one in _STRING.findall(line))
    return ". ".join(one.rstrip(".") for one in said if one.count(" ") > 2)


def _of_table(line: str) -> str:
    return line.replace('""', "'").replace('"', "")


def _of_tags(line: str) -> str:
    return _TAG.sub(" ", line)


def _of_settings(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    value = _KEY.sub("", line).strip()
    return value.strip("\"'") if value.count(" ") > 2 else ""


_BOX = re.compile(r"^\s*\[[ xX*]?\]\s*")
_STRING = re.compile(r'"((?:[^"\\]|\\.){8,4000})"')
_TAG = re.compile(r"<[^>\n]{0,300}>")
_KEY = re.compile(r"^\s*(?:-\s+)?(?:[\w.\"'-]{1,60}\s*[:=]\s*(?=\S)[|>]?)?")
_READ: dict[str, Callable[[str], str]] = {
    "json": _of_json,
    **dict.fromkeys(("csv", "tsv"), _of_table),
    **dict.fromkeys(("xml", "html", "htm"), _of_tags),
    **dict.fromkeys(("yaml", "yml", "toml"), _of_settings),
}
