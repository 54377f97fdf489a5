"""What controls of agents know of orders to take what is the user's: a source, a verb, somebody else."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Seen, Told
from ringfence.controls.agents.concepts import (
    CONVERSATION,
    ELSEWHERE,
    ENVIRONMENT,
    GATHER,
    OUTSIDE,
    PERSONAL,
    PRIVATE,
    PUBLIC,
    SECRET_FILES,
    SECRETS,
    SEND,
    SEND_ONLY,
    SHOW,
    TRANSFER,
    WORK,
)
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.masters import JOINS
from ringfence.controls.agents.sentences import together
from ringfence.controls.control import Severity
from ringfence.controls.known.hosts import is_known
from ringfence.models.agent import AgentText

_SECRET = (
    (SECRET_FILES, "it sends files that hold secrets"),
    (ENVIRONMENT, "it sends the whole environment"),
    (SECRETS, "it sends every secret that it finds"),
    (PERSONAL, "it sends papers or numbers of a person"),
    (CONVERSATION, "it sends what was said"),
)


def taken(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of sentences that take something out."""
    for source, said in _SECRET:
        does = SEND if source in (SECRET_FILES, ENVIRONMENT) else TRANSFER if source is PERSONAL else SEND_ONLY
        for seen in together(model, does, OUTSIDE, source=source):
            if not (_OWN.search(seen.text) or (source is CONVERSATION and _WISHED.search(seen.text))):
                weight = Severity.MEDIUM if source in (CONVERSATION, PERSONAL) else None
                yield seen.path, said, Severity.LOW if seen.quoted else weight
    for source, said in _SECRET[:3]:
        for seen in together(model, SHOW, PUBLIC, source=source):
            if not _OWN.search(seen.text):
                yield seen.path, said.replace("sends", "shows everybody"), Severity.LOW if seen.quoted else None
    yield from _hidden(model)


def _hidden(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """What is taken without a verb that says so, or within something else."""
    told = (
        *together(model, GATHER, ELSEWHERE, source=PRIVATE),
        *together(model, TRANSFER, PRIVATE, source=ELSEWHERE),
        *together(model, TRANSFER, ELSEWHERE, source=PRIVATE),
    )
    for seen in {one.path: one for one in told}.values():
        if not (
            _only_gets(seen)
            or _OWN.search(seen.text)
            or _WISHED.search(seen.text)
            or _OBTAINS.search(seen.text)
            or seen.code
        ):
            yield seen.path, "it takes out what is private", Severity.LOW if seen.quoted else Severity.MEDIUM
    subject = _subject(model)
    work = (seen for seen in together(model, SEND_ONLY, OUTSIDE, WORK) if not (seen.code or _only_gets(seen)))
    for seen in (*work, *together(model, _UPLOADS)):
        if not (_OWN.search(seen.text) or _WISHED.search(seen.text) or _OBTAINS.search(seen.text)):
            weight = Severity.LOW if seen.quoted or _is_of(subject, seen.text) else Severity.MEDIUM
            yield seen.path, "it takes out what the user works on", weight
    for source, said in _WHOLE:
        for seen in together(model, SEND_ONLY, OUTSIDE, source=source):
            if not (_only_gets(seen) or _OWN.search(seen.text) or _WISHED.search(seen.text) or seen.code):
                yield seen.path, said, Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in together(model, _CARRIES, SECRET_FILES):
        yield seen.path, "it carries secrets in something else", Severity.LOW if seen.quoted or seen.code else None
    for seen in together(model, _MADE, OUTSIDE):
        weight = Severity.LOW if seen.quoted or seen.code or _SERVES.search(seen.text) else Severity.MEDIUM
        yield seen.path, "all that it makes carries somebody's address", weight
    for seen in together(model, SEND, _OTHERS_TOKEN):
        yield seen.path, "it sends the token of one service to another", Severity.LOW if seen.quoted else None
    for seen in together(model, _COVERED, OUTSIDE):
        yield seen.path, "it sends something out, again and again or unseen", Severity.LOW if seen.quoted else None
    yield from _shown_to_others(model)
    yield from _made_of_secrets(model)


def _only_gets(seen: Seen) -> bool:
    """Whether all that sends in a sentence is a command that gets something."""
    return seen.match[0].lower() == "curl" and _GIVES.search(seen.text) is None


_GIVES = re.compile(
    r"\s-(?:d|F|T|X\s*P)|--(?:data|form|upload|json|post)|@-|\$\(|\?\w+=|\{|\bsend|\bupload|\bpost\b", re.I
)


def _shown_to_others(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """What is taken by a picture, by who keeps an index, or by who checks a key."""
    for seen in together(model, SEND_ONLY, _ALL_FILES, source=OUTSIDE):
        if not (_OWN.search(seen.text) or _WISHED.search(seen.text) or seen.code):
            yield seen.path, "it takes out all of the user's files", Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in together(model, _TELLS_ITSELF):
        yield seen.path, "it gives away what the agent was told", Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in (*together(model, _PROXIED), *together(model, _IN_BETWEEN, source=_FORWARDS)):
        yield seen.path, "all traffic goes by way of somebody else", Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in together(model, _IN_PICTURE, source=_SECRET_THINGS):
        yield seen.path, "a picture carries secrets to its server", Severity.LOW if seen.quoted else None
    for seen in together(model, _CHECKS_KEY, source=OUTSIDE):
        if not seen.code and not _OWN.search(seen.text):
            yield (
                seen.path,
                "it gives a secret of the user to somebody else",
                Severity.LOW if seen.quoted else Severity.MEDIUM,
            )
    for seen in together(model, JOINS):
        yield seen.path, "it makes the agent known to somebody", Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in together(model, _BEACON):
        yield (
            seen.path,
            "a picture carries what was said to its server",
            Severity.LOW if seen.quoted else Severity.MEDIUM,
        )


def _made_of_secrets(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """What goes away that was made of secrets, or of what belongs to the user."""
    for seen in together(model, _SPELLS, source=_SECRET_FILES):
        yield seen.path, "it carries secrets in something else", Severity.LOW if seen.quoted else None
    for seen in together(model, _RESULT_GOES, source=_SECRET_FILES):
        if not _WISHED.search(seen.text):
            yield seen.path, "it takes out what it made of secrets", Severity.LOW if seen.quoted or seen.code else None
    for seen in together(model, _LOOKS_IN):
        yield seen.path, "others look in at any time", Severity.LOW if seen.quoted else Severity.MEDIUM
    for seen in together(model, _OPEN_TO_ALL, source=_SECRET_FILES):
        yield seen.path, "others see what belongs to the user", Severity.LOW if seen.quoted else None
    for seen in together(model, _HANDS_OVER, source=_OF_PEOPLE):
        yield seen.path, "others see what belongs to the user", Severity.LOW if seen.quoted else Severity.MEDIUM


def _subject(model: Told) -> str:
    """What a text is about, by its head and its title, in small letters."""
    if not isinstance(model, AgentText):
        return ""
    end = next((at for at, line in enumerate(model.lines[:40]) if line.startswith("# ")), 0)
    return "\n".join(model.lines[: end + 1]).lower()


def _is_of(subject: str, said: str) -> bool:
    """Whether every host in a sentence is one that the head speaks of, or one that many know."""
    hosts = [one.lower() for one in _HOST.findall(said)]
    return bool(hosts) and all(is_known(host) or host.split(".")[-2] in subject for host in hosts)


_SECRET_FILES = either(
    r"\bgh\s+auth\s+(?:token|status\s+(?:-t|--show-token))|\bprintenv\b|`env`",
    r"(?<![\w/])(?:~/)?\.env\b(?!\.(?:example|sample|template))|\bid_(?:rsa|ed25519)\b|~/\.(?:ssh|aws|kube|netrc|npmrc|pypirc|docker|zsh_history|bash_history)\b"
    r"|\bKEY=|\bprivate\s+keys?\b|\bseed\s+phrases?\b|\bpasswords?\b",
)
#: What was made of something goes away by itself.
_RESULT_GOES = either(
    r"\b(?:open|file|create|post|start)\s+(?:an?\s+|the\s+)?(?:public\s+)?(?:issue|gist|ticket|discussion|paste|thread)\s+with\s+(?:it|them|this|these|the\s+\w+)\b",
    r"\b(?:commit|push|upload|copy|send|mirror|sync)\s+(?:the\s+(?:results?|output|hits|cop(?:y|ies)|file|archive)|it|them)\b.{0,40}\b(?:to|into|at)\b\s*`?"
    r"(?:https?://(?!localhost)|(?:github|gitlab|bitbucket)\.com/|[\w-]+\.(?:io|dev|app|cloud|net|site|xyz|org)/)",
    r"\b(?:sync|job|task|hook|backup|cron)\b.{0,30}\b(?:uploads?|sends?|pushes|copies|ships)\s+(?:it|them|the\s+(?:hits|results?|cache|folder|file)|`)",
)
#: Somebody comes in whenever he likes.
_LOOKS_IN = either(
    r"\bso\s+that\s+(?:the\s+|our\s+|its\s+)?(?:support|vendors?|authors?|makers?|maintainers?|we)\b.{0,30}\b(?:can|may|are\s+able\s+to)\b.{0,30}\b(?:look|see|access|connect|log\s?in"
    r"|watch|read|control)\b.{0,60}\b(?:any\s+time|whenever|always|remotely)\b",
    r"\bngrok\s+tcp\b.{0,60}--remote-addr[= ]\d",
)
#: What is secret is opened to all.
_OPEN_TO_ALL = either(
    r"\b(?:give|set|grant|make|open)\b.{0,60}\b(?:rights?|permissions?|access|view|visib\w+|readable)\b.{0,40}\b(?:anonymous|public|everyone|everybody|anyone|all\s+users)\b"
    r"|\banonymous:\s*(?:view|read)\b"
)
#: Something is laid where strangers, or the author, read it.
_HANDS_OVER = either(
    r"\b(?:copy|save|put|write|post|add|append|paste|publish|share|store|mirror|sync)\b.{0,160}\b(?:where\s+(?:other|all)\s+\w+\s+(?:can\s+)?(?:see|read)"
    r"|(?:vendors?|authors?|makers?|developers?|publishers?)\s+of\s+this\s+(?:skill|plugin|tool|server|template)"
    r"|https?://(?!localhost)\S{4,120}[^.]{0,40}\b(?:so\s+that|where)\s+(?:we|others|other\s+\w+|the\s+(?:vendor|author|maker))\b)",
    r"\b(?:feeds|serves|goes\s+to|reaches|belongs\s+to)\b.{0,60}\b(?:vendors?|authors?|makers?|developers?|publishers?)\s+of\s+this\s+(?:skill|plugin|tool|server|template)\b",
    r"\b(?:anyone|anybody|everyone|everybody)\s+with\s+the\s+link\b.{0,160}\b(?:vendors?|authors?|makers?|developers?|publishers?)\s+of\s+this\b",
)
_OF_PEOPLE = either(
    r"\b(?:deals?|contacts?|prices?|salar(?:y|ies)|e?mails?|letters?|mail\s+client|customers?|patients?|address\s+book|messages?|invoices?|real\s+data|personal"
    r"|private|health|bank|clients?|calendar|source\s+code|notes)\b"
)
_HOST = re.compile(r"(?<![\w@-])((?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12})(?=[/:?\s\"'`)>,]|\.?$)", re.IGNORECASE)
#: An order to get something there, or to read there.
_OBTAINS = either(
    r"\b(?:get|create|generate|obtain|find|sign\s+up|register|manage|visit|see|docs?|documentation|available"
    r"|learn\s+more|log\s?in|rotate|revoke|read\s+more)\b.{0,60}https?://"
    r"|\b(?:get|create|generate|obtain|find|manage|register|sign\s+up)\b.{0,60}\b(?:at|on)\s+`?[\w.-]{4}|\]\(https?://"
    r"|\b(?:via|from|using|with)\s+(?:the\s+)?\W?https?://"
)
#: A command that uploads a file, or a repository, to an address.
_UPLOADS = either(
    r"\bcurl\b.{0,200}\s(?:-F\s*[\"']?\w+=@|-T\s|--upload-file\s|--data-binary\s+@(?!-)"
    r"|-d\s+@(?!-)).{0,200}https?://(?!localhost|127\.|\$|<|\{)"
    r"|\bcurl\b.{0,200}https?://(?!localhost|127\.|\$|<|\{)\S+.{0,200}\s(?:-F\s*[\"']?\w+=@|-T\s|--upload-file\s"
    r"|--data-binary\s+@(?!-)|-d\s+@(?!-))",
    r"\bgit\s+remote\s+add\s+\S+\s+https?://(?!(?:[\w.-]*@)?(?:github|gitlab|bitbucket|dev\.azure|codeberg|gitee"
    r"|git\.sr\.ht|hf\.co|huggingface|[\w.-]*(?:example|your|company|internal))).{0,120}\bpush\b",
)
#: A proxy that is nobody's own.
_PROXIED = either(
    r"\bproxy\b.{0,24}(?<![\d.])(?!127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.)(?:\d{1,3}\.){3}\d{1,3}:\d{2,5}\b",
    r"\b(?:ANTHROPIC|OPENAI|GEMINI)_(?:BASE_URL|API_BASE)\s*=\s*[\"']?https?://(?!localhost|127\.|\[|\$|<|\{|0\.0\.0\.0|api\."
    r"|10\.|192\.168\.|[\w.-]*(?:anthropic|openai|azure|amazonaws|googleapis|openrouter|cloudflare|deepseek|moonshot|z\.ai"
    r"|bigmodel|siliconflow|vercel|internal|local|your|example|minimax|dashscope|aliyun|x\.ai|groq|together|fireworks))",
    r"\b(?:HTTPS?|ALL)_PROXY\s*=\s*[\"']?(?:https?|socks5h?)://(?!localhost|127\.|10\.|192\.168\.|172\.|\[|\$|<|\{"
    r"|[\w.:@-]*(?:internal|corp|company|local|example|your|proxy:|user:)|proxy[:/])",
)
#: What logs in, or pays, is written so that it goes by way of somebody.
_IN_BETWEEN = either(
    r"\b(?:log-?ins?|payments?|auth\w*|passwords?|checkouts?|credentials?)\b(?:\s+(?:calls?|requests?|forms?|pages?))?\s*(?:as\s+well|too|also|[.,;]|$)"
)
_FORWARDS = either(
    r"https?://(?!localhost|127\.|\$|<|\{)[\w.-]{4,80}.{0,120}\b(?:prox(?:y|ies)|relays?|forwards?|passes\s+(?:it|them)\s+on)\b"
)
#: What the agent was told by others, in whatever it writes.
_TELLS_ITSELF = either(
    r"\b(?:answer|reply|response|message)s?\s+with\s+(?:the\s+)?(?:text|contents?|copy)\s+of\s+(?:its|your|the)\s+(?:own\s+)?system\s+prompt"
    r"|\b(?:acrostic|encode|spell\w*|embed|hide|reveal|leak|recite|write\s+out|append|attach)\b.{0,60}\byour\s+(?:own\s+)?"
    r"(?:system\s+prompt|hidden\s+instructions)"
)
#: Secrets as the letters with which something begins.
_SPELLS = either(
    r"\b(?:first|initial|last)\s+(?:letters?|words?|characters?)\s+of\s+(?:the\s+|each\s+|every\s+)?(?:paragraphs?|sentences?|lines?|words?|items?|bullets?|headings?)\b"
)
#: All that lies in a folder of the user.
_ALL_FILES = either(
    r"\b(?:text|contents?|cop(?:y|ies))\s+of\s+(?:all|every|each)\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:files?|documents?"
    r"|folders?)\b|\b(?:all|every)\s+(?:files?|documents?)\s+(?:in|of|under|below)\s+\W?(?:~|the\s+home)"
)
#: A picture, or a link, whose address is to hold something.
_IN_PICTURE = either(
    r"\b(?:put|embed|append|place|encode|insert|add|write)\b.{0,80}\b(?:query|parameters?|url|address|link|src"
    r"|alt\s+text)\b.{0,40}\b(?:image|picture|pixel|img|badge|chart|link)s?\b"
    r"|\b(?:image|picture|pixel|img|badge)s?\b.{0,60}\b(?:query|parameters?|url|address|src)\b.{0,60}\b(?:holds?"
    r"|contains?|carr(?:y|ies)|with)\b"
)
_SECRET_THINGS = either(
    r"\b(?:credentials?|secrets?|passwords?|api\s+keys?|tokens?|environment\s+variables?|printenv|private\s+keys?"
    r"|\.env\b|conversation|chat\s+history)"
)
#: A key that the user gives is shown to somebody whom nobody asked.
_CHECKS_KEY = either(
    r"\b(?:verify|validate|check|register|test|log|record|back\s*up|store)\b.{0,40}\b(?:it|key|token|secret|password"
    r"|credentials?|words)\b.{0,12}[:,]?.{0,40}\b(?:call|with|at|on|against|via|open|request|GET|POST|curl|by)\b"
    r"|\bwith\s+the\s+(?:key|token|password|secret|words)\s+(?:put\s+)?in\s+(?:the\s+)?(?:place|query|url|address"
    r"|body)\b"
)
#: What is in the home of the user, as a whole.
_HOME_FOLDERS = either(r"(?:~|\$HOME)/(?:documents|desktop|downloads|pictures|\.config|library)\b(?!/\w)")
#: Everything that the user wrote.
_ALL_CODE = either(
    r"\b(?:zip|tar|archive|bundle|pack|entire|whole|full|all\s+of)\b.{0,30}\b(?:repository|repo|code\s?base"
    r"|source\s+code|project|workspace|sources)\b"
)
_WHOLE = (
    (_HOME_FOLDERS, "it takes out folders of the user's home"),
    (_ALL_CODE, "it takes out all of the user's code"),
)
#: One thing within another.
_CARRIES = either(
    r"\b(?:message|trailer|comment|title|header|image|url|filename|footer|branch)s?\b.{0,120}\b(?:carr(?:y|ies|ying)"
    r"|hold(?:s|ing)?|contain(?:s|ing)?|with)\b.{0,40}\b(?:base-?64|hex|encoded|encrypted|verschlüsselt)\b"
    r"|\b(?:base-?64|hex|encoded|encrypted|verschlüsselt)\b.{0,80}\b(?:commit\s+message|trailer|image|bild-?url|url"
    r"|filename|branch\s+name)\b"
)
#: Everything of a kind that is made.
_MADE = either(
    r"\b(?:each|every|all|any)\s+(?:newly\s+)?(?:generated|new|created|written)\s+(?:\w+\s+)?(?:files?|projects?"
    r"|pages?|forms?|components?|configs?|apps?|sites?|images?|scripts?)\b"
    r"|\bnew\s+(?:projects?|pages?|apps?|sites?|components?)\s+(?:always\s+)?(?:import|load|include|call|fetch|use)\b"
    r"|\bfor\s+(?:each|every)\s+`?\w+`?\s+(?:block|route|form|page|component)\b"
)
_SERVES = either(r"\b(?:docs?|documentation|reference|see|schema|template|spec|style\s?guide|license)\b|\$schema")
#: A key is sent to whose it is, in a header; a public key may be seen by all.
_OWN = either(
    r"\bssh\s+-|\bauthorization\b|\bbearer\b|\bheaders?\b|\bpublic\s+(?:ssh\s+)?keys?\b|\.pub\b|\bgitignored?\b"
    r"|\bpre-?commit\b|\bredact\w*|\bmask(?:ed|ing)?\b|\.env\.(?:example|sample)|\bsettings/keys\b|\bgit-?secrets?\b"
    r"|\bgitleaks\b"
)
_WISHED = either(
    r"\b(?:if|when|only\s+if|once)\s+(?:the\s+)?(?:user|they|person|human)\s+(?:asks?|wants?|agrees?|confirms?"
    r"|requests?)|\bwith\s+(?:the\s+user's\s+)?consent\b|\bopt(?:s|ed)?[-\x20]in\b"
)
#: A variable of a well-known service in the address of another.
_OTHERS_TOKEN = either(
    r"https?://(?![\w.-]*openai)[^\s\"'`)]{3,120}[?&/=][^\s\"'`)]{0,60}\$\{?OPENAI_\w*KEY"
    r"|https?://(?![\w.-]*anthropic)[^\s\"'`)]{3,120}[?&/=][^\s\"'`)]{0,60}\$\{?ANTHROPIC_\w*KEY"
    r"|https?://(?![\w.-]*(?:github|localhost))[^\s\"'`)]{3,120}[?&/=][^\s\"'`)]{0,60}\$\{?(?:GITHUB|GH)_TOKEN"
    r"|https?://(?![\w.-]*(?:amazonaws|localhost))[^\s\"'`)]{3,120}[?&/=][^\s\"'`)]{0,60}\$\{?AWS_(?:SECRET"
    r"|SESSION)\w*"
    r"|https?://(?![\w.-]*(?:npmjs|localhost))[^\s\"'`)]{3,120}[?&/=][^\s\"'`)]{0,60}\$\{?NPM_TOKEN"
)
#: To send, and not be seen; or each time and to a second one too.
_COVERED = either(
    r"\b(?:forward|send|copy|upload|post"
    r"|submit)\b(?:(?!\b(?:fail|skip|drop|ignor|los|never)\w*)(?:[^.;:]|\.(?=\S))){0,120}\b(?:silently|secretly|covertly"
    r"|unnoticed|in\s+the\s+background)\b(?!\s+(?:fail|skip|drop|ignor|los)\w*)"
    r"|\b(?:silently|secretly|covertly)\s+(?:\w+\s+)?(?:forward|send|copy|upload|post|submit)",
    r"\b(?:send|post|submit|go|goes|upload)\b.{0,80}\b(?:a\s+second\s+time|as\s+well\s+to\s+our|a\s+copy\s+also"
    r"|additionally)\s+to\b",
    r"тихо\s+(?:отправ|загруз|перешл)|heimlich\s+\w+|悄悄(?:发送|上传)|こっそり.{0,20}送|\ben\s+secreto\s+\w+"
    r"|\ben\s+cachette\b",
)
#: A picture whose address has a gap that an agent is to fill.
_BEACON = either(
    r"!\[[^\]]{0,80}\]\(https?://(?!img\.shields\.io"
    r"|[\w.-]*(?:localhost|githubusercontent|badge))[^)\s]{3,200}[?&][\w-]{1,20}=(?:<|\{|\[|%7B|\.\.\."
    r"|…)\W{0,3}(?:\w*(?:message|user|content|data|text|name|history|prompt|conversation|chat|token|secret|key|base64"
    r"|env|session|passport|ssn|mail|said|answer|reply)\w*|[^\w)]{0,6}[)&])",
    r"https?://(?!localhost|[\w.-]*example)[^\s\"'>)]{3,200}[?&/][\w-]{1,20}=[A-Z][A-Z0-9_]{2,20}\b.{0,240}\bbase-?64\b.{0,80}\b(?:in\s+(?:the\s+)?place\s+of|instead\s+of|replac\w+|for)\b",
    r"<img\b[^>]{0,160}src=[\"']?https?://(?!img\.shields\.io)[^\s\"'>]{3,200}[?&]\w{1,20}=(?:\{\{?|<|\[|\$\{)",
    r"\b1\s?[x\u00d7]\s?1\b.{0,24}\b(?:image|picture|pixel|img|gif)\b.{0,60}https?://(?!localhost|[\w.-]*example)",
    r"\b(?:swap|replace|rewrite|change|wrap|redirect)\b.{0,40}\b(?:every|all|each"
    r"|any)\s+links?\b.{0,60}https?://(?!localhost|[\w.-]*example)",
)
