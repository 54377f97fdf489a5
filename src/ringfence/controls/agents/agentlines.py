"""What controls of agents know of texts: the lines that count, what is only quoted, and words that go together.

Expressions here look at one line with what it goes on into, cut at a bound, and repeat nothing within a repetition.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ringfence.controls.agents.expressions import Expression, Pieces, either
from ringfence.models.agent import AgentScript, AgentText, AgentTool, Hook, Launch

Told = AgentText | AgentScript | AgentTool | Hook | Launch
MODELS = ("AgentText", "AgentScript", "AgentTool", "Hook", "Launch")
#: How much is read at once of a line, and where in it the next piece begins: what is sought may reach over.
_LONGEST = 3000
_PIECE = 2500
_MOST_JOINED = 5


class Passage(NamedTuple):
    """A line with what it goes on into, `low` in small letters. What is found must begin within its own length;
    `shown`: it is an example of what is bad, in a block that says so; `intro` introduces the list that it is in."""

    path: str
    text: str
    low: str
    own: int
    code: bool
    shown: bool
    intro: str = ""


class Seen(NamedTuple):
    """Something that was found: where, in which text, and whether it is only spoken of."""

    path: str
    text: str
    match: re.Match[str]
    quoted: bool
    code: bool
    intro: str


def told(model: Told) -> Iterator[tuple[str, str]]:
    """(path, text) of everything that an agent is told, or that is run for it."""
    for passage in passages(model):
        if passage.own:
            yield passage.path, passage.text[: passage.own]


def sought(model: Told, expression: Expression) -> Iterator[Seen]:
    """Every line in which something like this begins."""
    some, pieces = _read(model)
    narrowed = pieces.narrowed(expression)
    last = ""
    for number in narrowed.numbers():
        passage = some[number]
        if passage.path == last:
            continue
        match = narrowed.search(number, passage.text)
        if match is not None and match.start() < passage.own:
            seen = Seen(
                passage.path, passage.text, match, is_quoted(model, passage, match), passage.code, passage.intro
            )
            last = "" if seen.quoted else seen.path
            yield seen


def line_of(seen: Seen) -> int:
    """The number of its line, from 0."""
    return int(seen.path[6:-1]) if seen.path.startswith("lines[") else 0


def passages(model: Told) -> tuple[Passage, ...]:
    """All lines, each with those that it goes on into."""
    return _read(model)[0]


@lru_cache(maxsize=4)
def _read(model: Told) -> tuple[tuple[Passage, ...], Pieces]:
    """The passages of a model, and where in them words stand: every control asks for them again."""
    some = tuple(_passages(model))
    return some, Pieces(passage.low for passage in some)


def _passages(model: Told) -> Iterator[Passage]:
    if isinstance(model, Hook):
        yield from _pieces(Passage("command", model.command, "", len(model.command), True, False))
    elif isinstance(model, Launch):
        words = " ".join(model.words)
        yield from _pieces(Passage("words", words, "", len(words), True, False))
    elif isinstance(model, AgentScript):
        yield from _joined(model.lines, tuple(True for _ in model.lines), frozenset())
    else:
        code, shown = _fences(model.lines)
        yield from _joined(model.lines, code, shown)


def _pieces(passage: Passage) -> Iterator[Passage]:
    """A passage as it is read: a very long one in pieces, none of which is left out."""
    for start in range(0, max(passage.own, 1), _PIECE):
        text = passage.text[start : start + _LONGEST]
        yield passage._replace(text=text, low=text.lower(), own=min(passage.own - start, _PIECE))


def _joined(lines: tuple[str, ...], code: tuple[bool, ...], shown: frozenset[int]) -> Iterator[Passage]:
    intro = ""
    for index, line in enumerate(lines):
        opens = line.lstrip()[:3] in ("```", "~~~") and not (index and code[index - 1])
        if (
            line.strip()
            and not code[index]
            and not opens
            and _ITEM.match(line) is None
            and line[:1] not in ('"', "\u201c")
        ):
            intro = line if line.rstrip("*_ ").endswith((":", "\uff1a")) or line.startswith("#") else ""
        text, at = line, index
        while at + 1 < len(lines) and at - index < _MOST_JOINED and _goes_on(lines[at], lines[at + 1], code[at]):
            if code[at] is not code[at + 1]:
                break
            at += 1
            text = f"{text.rstrip(chr(92))} {lines[at].strip()[:_LONGEST]}"
        yield from _pieces(Passage(f"lines[{index}]", text, "", len(line), code[index], index in shown, intro))


def _goes_on(line: str, following: str, code: bool) -> bool:
    """Whether a command, a call or a sentence does not end with its line."""
    if not line or not following:
        return False
    if code:
        return line.rstrip().endswith(_UNENDED)
    return line[-1] not in ".!?:|>" and _BEGINS.match(following) is None and not line.startswith(("#", "---", "|"))


_ITEM = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\|)|\s{2,}")
_UNENDED = ("\\", "(", ",", "|", "&&", "{", "[")
#: How a line begins that is a paragraph, an item or a block of its own.
_BEGINS = re.compile(r"\s*(?:[-*+#>|]|\d+[.)]|```|~~~|<|\w[\w-]*:(?:\s|$)|$)")


def _fences(lines: tuple[str, ...]) -> tuple[tuple[bool, ...], frozenset[int]]:
    """Which lines stand in a block of code, and which of those are shown as what is bad."""
    code, shown = list[bool](), set[int]()
    mark, bad, said = "", False, -9
    for index, line in enumerate(lines):
        begins = line.lstrip()[:3]
        if not mark and begins in ("```", "~~~"):
            mark = begins
            bad = any(_BAD.search(lines[before]) for before in range(max(0, index - 3), index))
            code.append(False)
        elif mark and begins == mark:
            mark = ""
            code.append(False)
        else:
            code.append(bool(mark))
            if mark and _REMARK.match(line):
                said = index if _BAD.search(line) else -9
            if mark and (bad or index - said < 5):
                shown.add(index)
    return tuple(code), frozenset(shown)


def is_quoted(model: Told, passage: Passage, found: re.Match[str]) -> bool:
    """Whether what was found is only mentioned: within quotes, in a table, or after a word that says so."""
    return is_quoted_at(model, passage, found.start(), found.end())


def is_quoted_at(model: Told, passage: Passage, start: int, end: int) -> bool:
    """Whether what stands there is only mentioned."""
    if not isinstance(model, AgentText):
        return False
    if passage.code:
        return passage.shown
    before, behind = passage.text[:start], passage.text[end:]
    if _VALUE.match(before) and _is_of_head(model, passage):
        before = before.replace('"', "", 1)
    if before.count("`") % 2 and "`" in behind:
        prose = _MARK.sub("", before.rpartition("`")[0])
        # With an exclamation mark it is run as soon as the text is loaded.
        asked = prose.endswith("!") or _ORDERS.search(prose) or _ORDERED.match(behind.partition("`")[2])
        shown = len(prose.split()) < 4 or _MENTIONS.search(_CLAUSE.split(prose)[-1]) is not None
        rest = behind.partition("`")[2].strip(" .")
        begun = _BEGUN.fullmatch(prose) is not None and not rest
        alone = begun or not (prose.strip() or (rest and _WHEN.match(rest) is None) or denied(passage.intro))
        ordered = asked or alone or (prose.rstrip().endswith(":") and not shown)
        return not ordered or _FORBIDS.search(prose) is not None
    if any(before.count(mark) % 2 and mark in behind for mark in ('"', "\u201c")):
        return _TO_BE_SAID.search(re.split('["\u201c]', before)[-2] or passage.intro) is None
    if denied(passage.intro):
        return True
    clause = _CLAUSE.split(before)[-1]
    return _MENTIONS.search(clause[-80:]) is not None or _ROW.match(passage.text) is not None


def _is_of_head(model: AgentText, passage: Passage) -> bool:
    """Whether a line stands in the YAML above a text, where quotes are none."""
    if not passage.path.startswith("lines[") or not model.lines or model.lines[0].strip() != "---":
        return False
    at = int(passage.path[6:-1])
    return 0 < at < 60 and all(line.strip() != "---" for line in model.lines[1 : at + 1])


_VALUE = re.compile(r'[\w-]{1,40}:\s*"')


def is_titled(model: Told) -> bool:
    """Whether a heading says plainly that a user gets rights without a password: nobody is deceived by that."""
    return isinstance(model, AgentText) and any(line.startswith("#") and _PLAINLY.search(line) for line in model.lines)


_PLAINLY = re.compile(r"\bsudo\b.{0,20}\bwithout\b|\bpasswordless\b", re.IGNORECASE)


def denied(intro: str) -> bool:
    """Whether a list is introduced as one of what is not to be done, or of what to look for."""
    return _NOT_THESE.match(intro) is not None


#: What is between backticks behind such a word is to be done.
_ORDERS = re.compile(
    r"\b(?:run|runs|running|execute|start|launch|type|enter|invoke|call|use|using|with|then|first|via|do|by|copy|paste"
    r"|command|following|install|setup|step|put|set|add|(?<!such\s)as"
    r"|first\s+time|at\s+the\s+start)[ :*_]*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)])\s+(?:\[[ x]\]\s+)?")
#: A command before it, and that there is another.
_BEGUN = re.compile(r"\s*`[^`]{2,200}`,?\s*(?:and|then)\b[^`.]{0,60}", re.IGNORECASE)
#: What a command alone in its sentence is followed by, which says when it is to be run.
_WHEN = re.compile(
    r"(?!(?:after|once|when)\s+(?:showing|asking|confirm\w*|(?:the\s+)?(?:user|person)|they)\b)"
    r"(?:after|before|at|on|once|then|first|each|every|when(?:ever)?|daily|runs|starts|keeps)\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\W{0,9}(?:in|into|and)\s+(?:a\s+|your\s+|the\s+)?(?:run|execute|paste|terminal|shell)\b", re.IGNORECASE
)
#: What is between quotes behind it is to be told to the user.
_TO_BE_SAID = re.compile(
    r"\b(?:tell|inform|instruct|ask|advise|write\s+to)\s+(?:them|the\s+(?:user|person|human|customer)|users|people|him"
    r"|her)\b[^.;]{0,40}[:,]?\s*$"
    r"|\b(?:press|click|choose|select|hit|tap)\s+(?:on\s+)?$"
    r"|\b(?:store|save|write|append|add|put|remember|note)\b.{0,60}(?:\bmemory"
    r"|(?:CLAUDE|AGENTS|MEMORY|SOUL)\.md)\b[^.;]{0,20}:\s*$",
    re.IGNORECASE,
)
#: An order not to.
_FORBIDS = re.compile(
    r"\b(?:never|do not|don't|must not|should not|avoid)\s+(?:ever\s+)?(?:\w+\s+){0,3}$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;!?]\s|\bthen\b|\bbut\b|\binstead\b", re.IGNORECASE)
_MENTIONS = re.compile(
    r"\b(?:detects?|detecting|such as|like|e\.g\.|for example|examples?:|patterns?|phrases?|attempts? to|attack"
    r"|malicious|avoid|never|don't|do not|prevents?|blocks?|reject|refuse|flag|warn|check for|look for|scan)\b",
    re.IGNORECASE,
)
#: A row of a table, or of what is wrong.
_ROW = re.compile(r"\s*(?:\|.*\||- \u274c)")
#: How a list begins of what is not to be done, or to be found.
_NOT_THESE = re.compile(
    r"\W{0,9}(?:\w{1,20}\s+){0,2}(?:never|do not|don't|avoid|forbidden|prohibited|must not|deny|denied|blocked"
    r"|dangerous)\b"
    r"|.{0,80}\b(?:detects?|detection|red flags?|suspicious|malicious|check for|look for|warning signs|anti-?patterns?"
    r"|attack\w*|threats?)\b",
    re.IGNORECASE,
)
#: A comment in a block of code.
_REMARK = re.compile(r"\s*(?:#|//|--|/\*)\s?\S")
#: What stands above a block that shows how not to do it, or what an attack looks like.
_BAD = re.compile(
    r"\b(?:bad|wrong|attack(?:er)?s?|malicious|vulnerab\w+|insecure|unsafe|dangerous|(?<!to )avoid"
    r"|(?:never|don't|do not)(?!\s+(?:ever\s+)?(?:mention|list|tell|ask|say|report|show|announce|explain|comment|skip"
    r"|forget|omit|change|alter|modify|wait|stop))|(?<!auto-)detect\w*|flag(?:s|ged)?\s+(?:this|these|any|all|code|as)"
    r"|red flags?|suspicious|anti-?patterns?|exploits?)\b"
    r"|\bbefore\s*(?:[:*_)/(]|$|(?:and|vs\.?)\s+after)|\u274c|\u26a0",
    re.IGNORECASE,
)

#: Where data is taken to by who must not have it: made for collecting it.
SINKS = either(
    r"webhook\.site|requestbin|\bpipedream\.net|m\.pipedream|burpcollaborator|\binteract\.sh"
    r"|\boast\.(?:pro|live|site|online|fun|me)|requestcatcher|beeceptor\.com|hookbin|postb\.in|transfer\.sh"
    r"|\bfile\.io\b"
    r"|pastebin\.com/api|\btermbin\.com|\b0x0\.st|\bdnslog\.|\bcatbox\.moe|\btempfile\.org|\bgofile\.io"
    r"|\banonfiles?\.com"
)
#: Somebody's own channel of a chat: the token stands in the file.
CHANNELS = either(
    r"discord(?:app)?\.com/api/webhooks/(?!1234|0000)\d{6,}/(?!x{4}|your|\.{3})[\w-]{16,}"
    r"|api\.telegram\.org/bot(?!1234567|0000)\d{6,}:(?!x{4}|your)[\w-]{25,}"
    r"|hooks\.slack\.com/services/T(?!0{4}|x{4})\w{6,}/B\w{6,}/(?!x{4}|your)\w{15,}"
)
#: By which a machine is reached from outside.
TUNNELS = either(r"\.ngrok(?:-free)?\.(?:io|app|dev)|\.trycloudflare\.com|\.loca\.lt\b|\.serveo\.net")
#: Where a message can be sent that leaves the machine: honest alone, not with a secret.
MESSENGERS = either(
    r"discord(?:app)?\.com/api/webhooks|api\.telegram\.org/bot|hooks\.slack\.com/services", TUNNELS.pattern
)
#: Where secrets lie on a machine.
CREDENTIALS = either(
    r"\.ssh/(?:id_\w+\b(?!\.pub)|id_\*|\*|$|[\"'` )])|\.ssh\s*[|;,]|~/\.(?:ssh|aws|gnupg)/?$|\.aws/credentials"
    r"|(?<!\w)\.netrc\b|\.pgpass\b|\.gnupg"
    r"|application_default_credentials|\.azure/(?:access|msal)|/etc/shadow|169\.254\.169\.254"
    r"|metadata\.google\.internal"
    r"|login\\?[ ]data\b|cookies\.sqlite|key4\.db|logins\.json|(?<!-a )find-generic-password|find-internet-password"
    r"|login\.keychain|\bdump-keychain\b|\*\.kdbx\b|\*\.pfx\b|\{\.ssh,|\.\{(?:ssh|aws|gnupg),|\.config/gcloud\b"
    r"|(?:google-chrome|\bChrome/User Data|BraveSoftware|\.mozilla/firefox)\S{0,20}[\"'`)](?=.{0,80}userDataDir|\s*\})"
    r"|wallet\.dat|\.electrum|exodus\.wallet|local extension settings|nkbihfbeogaeaoehlefnkodbefgpgknn"
    r"|ethereum/keystore"
    r"|\.config/solana/id\.json|\.git-credentials|\.config/gh/hosts|\.claude/\.credentials"
    r"|\.openclaw/(?:credentials|\.env)"
    r"|auth-profiles\.json|\.clawdbot/(?:credentials|\.env)|\.bash_history|\.zsh_history|/proc/(?:self|\d+)/environ"
    r"|[\"'](?:~/)?\.(?:ssh|aws|gnupg)/?(?:\*+)?[\"']|\.aws\b(?=.{0,40}\.ssh\b)"
    r"|\bdefault[\\/]+(?:network[\\/]+)?(?:cookies|login data|web data)\b"
)
#: What gets something over the network.
NETWORK = either(
    r"\bcurl\b|\bwget\b|\brequests\.(?:post|put|get|request)|\burllib|\bhttpx?\.(?:post|put|client|get)|\bfetch\("
    r"|axios|XMLHttpRequest"
    r"|socket\.(?:socket|create_connection)|\bnc\s+-|/dev/tcp/|Invoke-(?:WebRequest|RestMethod)|\bsmtplib"
    r"|https?[\"']?\)?\.request|net\.connect|\bsendBeacon\b"
    r"|\baiohttp\b|\bWebClient\b|UploadFile\(|Net::HTTP|\bLWP::|net/http|\bnc\s+\S+\s+\d{2,5}\b"
)
#: An address of a lab.
LAB = either(r"/dev/tcp/(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)")
