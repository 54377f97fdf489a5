"""What controls of agents know of data that leaves: commands and calls that take it, and orders to send it."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import (
    CHANNELS,
    CREDENTIALS,
    MESSENGERS,
    NETWORK,
    SINKS,
    Seen,
    passages,
    sought,
)
from ringfence.controls.agents.expressions import either
from ringfence.controls.control import Severity
from ringfence.models.agent import AgentScript, Launch

_PRIVATE = (
    r"(?:@?(?:~|\$HOME|\$\{HOME\})/\.|/etc/(?:passwd|shadow|hosts)|[\s@\"'=/]\.env\b|~/(?:Documents|Desktop|Downloads)"
    r"|id_rsa|id_ed25519|\.bash_history|login\\?\sdata|\.claude/projects|/tmp/\.\w)"
)
#: A variable that holds a secret.
_NAMED = r"\$\{?\w*(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)\b\}?"
_SYSTEM = r"(?:cat|env|printenv|history|whoami|id|hostname|uname|ifconfig|ps|find|tar|base64|ls\s+[~/$])"
_UPLOADS = (
    r"(?:curl|wget|https?)\b.{0,240}?\s(?:-d|--data(?:-binary|-raw|-urlencode)?|-F|--form|-T|--upload-file"
    r"|--post-(?:data|file)|-X\s*POST|--json)\b"
)
DATA = either(
    _UPLOADS + rf".{{0,160}}?(?:{_PRIVATE}|\$\({_SYSTEM}\b|`{_SYSTEM}\b)",
    _UPLOADS + r"\s+[\"']?\$\{?\w*(?:KEY|TOKEN|SECRET|PASSWORD)\w*\}?[\"']?(?:\s|$)",
    rf"(?:curl|wget)\b.{{0,200}}https?://[^\s\"']{{0,200}}(?:\$\({_SYSTEM}\b|`{_SYSTEM}\b)",
    rf"(?:\b(?:curl|wget|ping|dig|nslookup|scp|tftp|sendmail)\b.{{0,200}}(?:\$\(|<\()\s*(?:echo"
    rf"|printf)\s+[\"']?{_NAMED}"
    rf"|\b(?:echo|printf)\b.{{0,60}}{_NAMED}.{{0,80}}\|.{{0,80}}\b(?:nc|ncat|netcat|ping|dig|nslookup|xxd|sendmail"
    rf"|mail)\b)",
    r"\b(?:curl|wget)\b.{0,200}\s(?:-d|--data\S*|-F)\s.{0,80}\{os\.environ",
    rf"(?:\b(?:env|printenv|whoami|hostname|uname\s+-a|history|ifconfig|ps\s+aux)\b|\bfind\s+[~/$]"
    rf"|\btar\s+\S*c\S*\s.{{0,80}}(?:~|\$HOME)|\bcat\s.{{0,120}}{_PRIVATE})"
    r"[^|\n]{0,120}\|(?:[^|\n]{0,80}\|){0,3}\s*(?:curl\b.{0,200}(?:-d|--data\S*|-T|-F|-X\s*POST|@-)"
    r"|wget\b.{0,120}--post|xargs\b.{0,60}curl|(?:nc|ncat|netcat|socat)\b)",
    rf"\b(?:nc|ncat|netcat)\s+\S+\s+\d+\s*<\s*\S*{_PRIVATE}|\b(?:scp|rsync)\b.{{0,80}}{_PRIVATE}.{{0,80}}\w@[\w.-]+:",
    r"https?://[^\s/@]{0,60}\$\{?\w*(?:TOKEN|KEY|SECRET|PASSWORD)\w*\}?@(?!github\.com|gitlab\.com|bitbucket\.org"
    r"|dev\.azure\.com|localhost|\$)",
    r"\b(?:env|printenv)\s*>\s*\S+.{0,80}\b(?:curl|wget|nc)\b",
    r"\b(?:nslookup|dig)\b.{0,60}\$\(|\bping\s.{0,40}\$\(.{0,80}\)\.\w",
    r"(?:gethostbyname|getaddrinfo|resolver\.\w+|resolve\w*)\(\s*(?:f[\"'`]\{[^}]{1,60}\}\.|`\$\{[^}]{1,60}\}\."
    r"|\w+\s*\+\s*[\"']\.)",
)
#: The whole home of a user is copied to another machine.
HOME = either(
    r"\bgit\s+push\b[^|;\n]{0,80}https://[^\s\"']{0,60}(?:github|gitlab|bitbucket)\.\w+/(?!your|owner|org|user|my)[\w-]+/[\w-]+(?:\.git)?"
    r"[\"']?\s[^|;\n]{0,40}--(?:all|mirror)\b"
    r"|\bgit\s+push\b[^|;\n]{0,60}https?://\w{1,20}:\$\([^)\n]{0,80}(?:base64|xxd|rev)\b",
    r"\brclone\s+(?:sync|copy|move)\s+[\"']?(?:~|\$HOME)/?[\"']?\s+\S*:|\baws\s+s3\s+(?:sync|cp)\s+(?:~|\$HOME)/?\s+s3:",
)
IMAGE = either(
    r"!\[[^\]]{0,80}\]\(https?://(?!img\.shields\.io/|badgen\.net/|badge\.fury\.io/|codecov\.io/|github\.com/"
    r"|api\.star-history\.com/)[^)\s]{1,200}[?&/][^)\s=]{0,40}=?(?:\{|\[|<|\$|%7B|YOUR_|DATA\b|SECRET|CONVERSATION)",
)
_THINGS = (
    r"(?:private keys?|ssh keys?|environment variables?|conversation(?:\s+(?:history|log|transcript))?"
    r"|(?:chat|session|command)\s+(?:history|logs?|transcript)|transcript|system prompt|\.env\b|cookies"
    r"|session tokens?|source code|file contents?"
    r"|(?:contents?|cop(?:y|ies))\s+of\s+(?:(?:the|every|each|all|any|your|its)\s+)?\w+|tool\s?calls?\b"
    r"|all\s+(?:the\s+)?(?:information|data|messages|e?mails|files)\b|everything\b|memory files?"
    r"|(?:customer|personal|financial|patient|user)\s+(?:data|records|information))"
)
_SECRETS = r"(?:credentials?|passwords?|secrets?|api keys?|access tokens?|auth tokens?)"
_VERBS = (
    r"\b(?:send|upload|post|transmit|forward|exfiltrate|submit|leak|email|share|sync|copy|push|back\s*up)(?:s|ed"
    r"|ing)?\b"
)
#: An order to send what an order before it had collected.
SEND_IT = either(
    rf"{_VERBS}\s+(?:them|it|these|those|the\s+(?:contents?|results?|values))\b.{{0,80}}\b(?:to"
    rf"|at)\s+[`<\"']?https?://(?!localhost|127\.)"
)
COLLECTED = either(
    r"\b(?:read|collect|gather|find|extract|open|load|get)\b.{0,80}(?:\.env\b|\.ssh\b|\.aws\b|id_rsa|credentials?\b"
    r"|private\s+keys?|secrets?\b|passwords?\b|api\s+keys?)"
)
ASKED = either(
    rf"{_VERBS}.{{0,100}}?{_THINGS}.{{0,80}}?\b(?:to|at|via)\b.{{0,40}}?(?:https?://(?!localhost|127\.)|webhook"
    rf"|endpoint|\bserver\b|\w@\w+\.\w|external|remote"
    rf"|\b[\w-]+\.(?:com|net|io|xyz|dev|app|site|online|top|ru|cn|tk|cc)\b(?!/))",
    rf"{_VERBS}.{{0,100}}?{_SECRETS}.{{0,80}}?\b(?:to|at)\b.{{0,40}}?(?:https?://(?!localhost|127\.)|webhook"
    rf"|external\b|remote\b|\w@\w+\.\w)",
    rf"{_VERBS}\s+(?:any|all|every)\s+(?:\w+\s+)?{_SECRETS}.{{0,40}}\b(?:you\s+(?:find|see|can)"
    rf"|to\s+(?:this|the|my|our)\s+(?:endpoint|server|webhook|address|channel))\b",
    r"https?://\S{3,120}[?&](?:pw|pwd|passwd|password|seed|mnemonic)=(?:<|\{|\$)",
    r"\b(?:cop(?:y|ies)|keep|store|write|save|record)\b.{0,60}\b(?:every|all|any)\s+(?:\w+\s+)?(?:secrets?"
    r"|credentials?|passwords?|tokens?|api\s+keys?)\b.{0,100}\b(?:push|commit|send|upload)\b",
    rf"\b(?:commit|push|paste|include|embed|encode|attach|append|insert)\b.{{0,80}}?(?:\.env\b|private keys?|ssh keys?"
    rf"|{_SECRETS}).{{0,100}}?"
    r"\b(?:(?:to|into|in|as|on)\s+(?:a\s+|the\s+|an\s+|every\s+|each\s+|your\s+|its\s+)?(?:\w+\s+){0,2}(?:branch"
    r"|commit|pull\s+request|issue|gist|comment|url|query|image|repo(?:sitory)?|parameter|header)|push\s+it)\b",
)
ADDRESS = either(
    r"https?://(?!127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|8\.8\.|1\.[01]\.[01]\.1\b"
    r"|9\.9\.9\.9|208\.67\.)\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?=[/\s\"'`)]|$)",
    r"(?:create_connection|connect)\(\s*\(?\s*(?:\d+,\s*)?[\"'](?!127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\."
    r"|0\.0\.0\.0|8\.8\.|1\.[01]\.[01]\.1\b|9\.9\.9\.9|208\.67\.)\d{1,3}(?:\.\d{1,3}){3}[\"']",
)
_AGAIN = either(
    r"\b(?:whenever|each\s+time|every\s+time)\b.{0,100}?\b(?:drop|put|enter|paste|upload|send|post|submit|push"
    r"|log)\b.{0,100}?https?://(?!localhost|127\.)",
    r"\b(?:after|before|on|with|for)\s+(?:each|every|any"
    r"|all)\b(?:(?!\b(?:if|when)\s+the\s+user\b).){0,100}?\b(?:upload|send|post|back\s*up|transmit|forward|report)\b"
    r"(?!\s+(?:request|method|body)).{0,100}?(?:https?://(?!localhost|127\.)|\w@\w+\.\w\w"
    r"|\b(?:our|the|a)\s+(?:central|remote|external|logging|analytics|telemetry|monitoring|collection)\s+(?:server"
    r"|endpoint|service|host)\b)",
    r"\b(?:each|every|all|always)\b.{0,80}\b(?:guest|attendee|recipient|participant|invitee|collaborator|member)s?\b.{0,20}"
    r"\w@(?!example|acme)[\w-]+\.[\w.]*\w",
    r"\b(?:bcc|blind\s+copy|hidden\s+cop(?:y|ies))\b.{0,60}\w@[\w.-]+\.\w|\w@\w[\w.-]*\.\w+\s.{0,40}\bbcc\b",
    r"\b(?:all|every)\s+(?:\w+\s+){0,2}(?:calls?|requests?|traffic|prompts?)\s+(?:must|should|have\s+to"
    r"|need\s+to)\s+(?:always\s+)?(?:be\s+)?(?:routed|sent|go|forwarded|proxied)\b.{0,60}\b(?:proxy|relay)\b",
    r"\b(?:always|every|each|all)\b.{0,80}<script\s[^>]{0,80}src=[\"']https?://(?!cdn\.tailwindcss\.com"
    r"|cdnjs\.cloudflare\.com|unpkg\.com|cdn\.jsdelivr\.net|esm\.sh|code\.jquery\.com|www\.googletagmanager\.com"
    r"|d3js\.org|cdn\.plot\.ly|www\.gstatic\.com|js\.stripe\.com)",
    r"\b(?:requests?|traffic|calls?|prompts?)\b.{0,60}\bgo(?:es)?\s+(?:then\s+)?through\s+(?:our|my)\s+(?:gateway"
    r"|proxy|relay|server)\b",
    r"<script\s[^>]{0,80}src=[\"']https?://(?!cdn\.tailwindcss\.com|cdnjs\.cloudflare\.com|unpkg\.com"
    r"|cdn\.jsdelivr\.net|esm\.sh|code\.jquery\.com|www\.googletagmanager\.com|d3js\.org|cdn\.plot\.ly"
    r"|www\.gstatic\.com|js\.stripe\.com)[^>]{3,160}>.{0,80}\bin\s+(?:every|each|all)\b",
    r"\b(?:invite|add|cc|copy|include|put)\s+[\w.+-]{2,40}@[\w.-]{3,60}\s+(?:\w+\s+){0,4}(?:to|in|on|into)\s+(?:every"
    r"|each|all)\b|\w@[\w.-]{3,60}\s+as\s+(?:a\s+|the\s+)?(?:blind|hidden)\s+(?:recipient|copy)",
    r"\b(?:each|every|all)\b.{0,40}\b(?:contacts?|recipients?|address(?:es)?)\b.{0,80}\bsend\b.{0,200}https?://",
)
#: Cookies of other sites, taken out of a browser.
JAR = either(
    r"\b(?:chrome|browser)\.cookies\.getAll\(\s*\{\s*\}",
    r"\.cookies\(\s*[\"'`]https?://|\bcookies\(\s*\[\s*[\"'`]https?://|Network\.getAllCookies|browser_cookie3"
    r"|\blaunchPersistentContext\([^\n]{0,160}(?:Google/Chrome|google-chrome|User Data|BraveSoftware|Microsoft/Edge)"
    r"|\bget_cookies\(\)",
)
_ENVIRONMENT = either(
    r"\bdict\(\s*os\.environ\s*\)|os\.environ\.items\(\)|\bfor\s+\w+(?:\s*,\s*\w+)?\s+in\s+os\.environ\b"
    r"|json\.dumps\(\s*os\.environ"
    r"|=\s*os\.environ\s*[,)}]|JSON\.stringify\(\s*process\.env\s*[,)]"
    r"|JSON\.stringify\(\s*\{[^}\n]{0,160}\bprocess\.env\b(?![.\[])|Object\.(?:entries|keys)\(\s*process\.env"
    r"|^\s*(?:printenv|env)\s*[|>]|\$\((?:printenv|env)(?:\s*\||\))|Get-ChildItem\s+env:|\bgci\s+env:|ENV\.to_h",
)
#: A secret of a wallet, or of a well-known service, in a request to somebody else.
KEYS_SENT = either(
    r"\bsend_(?:file|document)\(.{0,80}\.session\b",
    r"\b(?:fetch|axios(?:\.\w+)?|requests\.\w+|https?\.\w+|urlopen|curl|got)\b\(?.{0,240}\b\w*(?:secretKey|privateKey"
    r"|mnemonic|private_key|secret_key|seed_phrase|seedPhrase)\b(?!\s*=[^=>])",
    r"https?://(?![\w.-]*(?:github|localhost|127\.))[^\s\"'`]{3,120}(?!.{0,200}(?:headers"
    r"|authorization)).{0,160}(?:environ|process\.env|getenv)\W{1,6}(?:get\W{1,3})?(?:GITHUB_TOKEN|GH_TOKEN)\b"
    r"|https?://(?![\w.-]*(?:npmjs|localhost|127\.))[^\s\"'`]{3,120}(?!.{0,200}(?:headers"
    r"|authorization)).{0,160}(?:environ|process\.env|getenv)\W{1,6}(?:get\W{1,3})?NPM_TOKEN\b",
    r"https?://(?![\w.-]*(?:amazonaws|localhost|127\.))[^\s\"'`]{3,120}(?!.{0,200}(?:headers"
    r"|authorization)).{0,160}(?:environ|process\.env|getenv)\W{1,6}(?:get\W{1,3})?AWS_(?:SECRET|SESSION)\w*"
    r"|https?://(?![\w.-]*(?:openai|anthropic|localhost|127\.))[^\s\"'`]{3,120}(?!.{0,200}(?:headers"
    r"|authorization)).{0,160}(?:environ|process\.env|getenv)\W{1,6}(?:get\W{1,3})?(?:OPENAI|ANTHROPIC)_API_KEY\b",
)
_MIRRORS = either(
    r"\bgit\s+remote\s+add\s+\S+\s+https?://(?!(?:[\w.:-]*@)?(?:github|gitlab|bitbucket|dev\.azure|codeberg|gitee"
    r"|git\.sr\.ht|hf\.co|huggingface|[\w.-]*(?:example|your|company|internal))|\$|<).{0,160}\bpush\b.{0,40}--(?:all"
    r"|mirror)",
    r"\baws\s+s3\s+(?:cp|sync)\s+s3://\S+\s+s3://(?!\$)\S+.{0,80}--acl\s+public-read",
)
#: Coins are sent to an address that stands in a program.
_DRAINS = either(
    r"[\"']?\bto[\"']?\s*[:=]\s*[\"'](?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,60})[\"'].{0,120}\bvalue\b"
    r"|\btoPubkey\s*:\s*new\s+PublicKey\(\s*[\"'][1-9A-HJ-NP-Za-km-z]{32,44}[\"']"
)
#: Somebody whose address stands there may take all coins of a kind; who trades for many is known.
_ALLOWS_ALL = either(
    r"\bapprove\(\s*[\"'](?!0x(?:E592427A0AEce92De3Edee1F18E0157C05861564|68b3465833fb72A70ecDF485E0e4C7bD8665Fc45|7a250d5630B4cF539739dF2C5dAcb4c659F2488D"
    r"|000000000022D473030F116dDEE9F6B43aC78BA3|1111111254))0x[0-9a-f]{40}[\"']\s*,\s*(?:\w+\.){0,3}(?:MaxUint256|MAX_UINT\w*|maxUint256|2n?\s*\*\*\s*256|[\"']?0x"
    r"f{64})"
)
#: Keys are looked for by the endings of their files.
_KEY_FILES = either(
    r"(?:pem|key|env|p12|pfx|kdbx|ppk)\b\W{1,4}(?:pem|key|env|p12|pfx|kdbx|ppk)\b\W{1,4}(?:pem|key|env|p12|pfx|kdbx|ppk)\b"
)
_BLIND = either(
    r"\.Forward\(\).{0,60}\.To\s*=\s*[\"'](?!\$)[\w.+-]+@(?!example)[\w.-]+[\"']",
    r"\bbcc\b[\"']?\]?\s*[:=]\s*\[?[\"'](?![^\"']*example\.)[\w.+-]+@[\w-]+\.\w+[\"']",
    r"\b(?:sendmail|send_message|sendMail|to_addrs"
    r"|recipients?)\b.{0,80}\[\s*\w+\s*,\s*[\"'][\w.+-]+@(?!example)[\w-]+\.[\w.]+[\"']\s*\]",
)
#: All of them; each is looked for by its own words.
ANYTHING = (HOME, KEYS_SENT, SINKS, CHANNELS, MESSENGERS, DATA, IMAGE, ASKED, ADDRESS, _AGAIN)
#: A name for a token that belongs to one service.
_TOKEN = re.compile(
    r"\b(\w+)\s*[=:]\s*(?:os\.environ(?:\.get)?\s*[\[(]\s*|os\.getenv\(\s*|process\.env\.)[\"']?"
    r"(?:ANTHROPIC_\w*(?:KEY|TOKEN)|CLAUDE_\w*TOKEN|GITHUB_TOKEN|GH_TOKEN|NPM_TOKEN|AWS_SECRET_ACCESS_KEY"
    r"|AWS_SESSION_TOKEN)\b"
)
_BODY = re.compile(
    r"\b(?:json|data|params)\s*=\s*(?:\{[^}\n]{0,300}\}|[\w.]+)|\bbody\s*:\s*\w[^\n)]{0,200}"
    r"|JSON\.stringify\([^\n)]{0,200}"
)
#: The names of secrets of several services: who takes them all is no client of one.
_FAMILIES = tuple(
    re.compile(one)
    for one in (
        r"\bAWS_(?:SECRET_ACCESS_KEY|ACCESS_KEY_ID|SESSION_TOKEN)\b|\bAZURE_CLIENT_SECRET\b"
        r"|\bGOOGLE_APPLICATION_CREDENTIALS\b|\bDIGITALOCEAN_TOKEN\b",
        r"\b(?:GITHUB|GH|GITLAB|NPM|PYPI|TWINE)_(?:TOKEN|PASSWORD)\b",
        r"\b(?:OPENAI|ANTHROPIC|GEMINI|GOOGLE|MISTRAL|GROQ)_(?:API_KEY|AUTH_TOKEN)\b",
        r"\b(?:STRIPE|PAYPAL|COINBASE|BINANCE)_\w*(?:KEY|SECRET)\b",
        r"\b(?:DATABASE_URL|DB_PASSWORD|MYSQL_PASSWORD|POSTGRES_PASSWORD)\b",
    )
)
#: What an agent remembers of its user.
_MEMORY = either(
    r"[\"'`/](?:_MEMORY|USER|SOUL)\.md\b|\btranscript_?path\b(?=[^\n]{0,60}(?:\)|\]))"
    r"|\.(?:claude|openclaw|codex)/(?:projects|agents/\S{0,40}sessions|sessions|history)\b"
)
#: A name that is looked up and begins with data.
_LABELS = either(r"\b(?:dig|nslookup|host)\b.{0,60}[\"']?\$\{?\w+\}?\.[\w.-]+\.[a-z]{2,}")
_PACKS = either(r"\bbase64\b|\bxxd\b|b64encode|\bbtoa\(|\.hex\(")
#: Whoever uses it puts an address of their own there.
_GAP = re.compile(r"webhook\.site/?(?:[<{$]|your|x{4}|\s|[\"'`),.]|$)", re.IGNORECASE)
_SHOWS = re.compile(r"\bprint\(|console\.log|\becho\b|puts\s")
#: They are left out, or refused.
_PASSES_OVER = re.compile(r"ignore|exclu|skip|deny|den(?:y|ied)|refus|block|forbid|throw|redact|secret_", re.IGNORECASE)
#: Somebody's own channel: whose token comes from the environment.
_OWN_CHANNEL = re.compile(
    r"api\.telegram\.org/bot[\"']?\s*\+?\s*\$?\{?\w*[A-Za-z]{3}|\$\{?\w*(?:WEBHOOK|HOOK_URL|SLACK|DISCORD)\w*",
    re.IGNORECASE,
)
_ONLY_NAME = re.compile(r"\$\((?:hostname|whoami|uname(?:\s+-\w+)?|date[^)]{0,20}|id\s+-un)\)")
#: Only some of it is shown, or only whether it is there.
_HIDES = re.compile(r"startsWith\(|startswith\(|\.test\(|filter\(|redact|mask|\*\*\*|\bmissing\b", re.IGNORECASE)
#: It only says which of them are there.
_TELLS_WHETHER = re.compile(r"\b(?:missing|unset|not\s+set|is\s+set|configured)\b", re.IGNORECASE)
#: The key is the name with which it signs in.
_SIGNS_IN = re.compile(r"\bcurl\b.{0,200}\s(?:-u|--user)[ =][\"']?\$\{?\w*(?:KEY|TOKEN|SECRET)\w*\}?:")
SENDS = re.compile(
    r"\b(?:put|kept?|keep|store|paste|share|post|send|upload|curl|requests|fetch|urlopen|wget|forward|report)\b",
    re.IGNORECASE,
)


def of_program(model: AgentScript) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of what only a whole program shows: what it takes, and that it has a way out."""
    sends = next(sought(model, NETWORK), None) is not None
    text = "\n".join(model.lines)
    if sum(one.search(text) is not None for one in _FAMILIES) > (1 if sends and _FAMILIES[0].search(text) else 2):
        weight = Severity.LOW if _TELLS_WHETHER.search(text) else Severity.MEDIUM
        at = next((at for at, line in enumerate(model.lines) if any(one.search(line) for one in _FAMILIES)), 0)
        yield f"lines[{at}]", "it takes the secrets of several services", None if sends else weight
    if next(sought(model, _PACKS), None) is not None:
        for seen in sought(model, _LABELS):
            yield seen.path, "it hides data in names that are looked up", None
    for seen in sought(model, _MEMORY) if sends else ():
        if "write" not in seen.text and not seen.text.lstrip().startswith(("#", "//", "*")):
            yield seen.path, "it takes what the agent remembers, and uses the network", Severity.MEDIUM
    for seen in sought(model, JAR) if sends else ():
        yield seen.path, "it takes the cookies of a browser, and uses the network", Severity.MEDIUM
    yield from _of_keys(model, sends=sends)
    for seen in sought(model, _MIRRORS):
        yield seen.path, "it copies all of it to somebody else", None
    for seen in sought(model, _BLIND):
        yield seen.path, "every message has a hidden reader", None
    yield from _in_body(model)
    for seen in sought(model, _ENVIRONMENT):
        if sends:
            yield seen.path, "it takes the whole environment, and uses the network", None
        elif _SHOWS.search(seen.text) and not _HIDES.search(seen.text):
            yield seen.path, "it shows the whole environment", Severity.MEDIUM


def _of_keys(model: AgentScript, *, sends: bool) -> Iterator[tuple[str, str, Severity | None]]:
    """What a key of a wallet pays for, and programs that look for keys."""
    for seen in sought(model, _DRAINS):
        yield seen.path, "it sends coins to an address of its own", None
    for seen in sought(model, _ALLOWS_ALL):
        yield seen.path, "it lets somebody take all coins of a kind", None
    for seen in sought(model, _KEY_FILES) if sends else ():
        if not _PASSES_OVER.search(seen.text):
            yield seen.path, "it looks for files of keys, and uses the network", Severity.MEDIUM


def _in_body(model: AgentScript) -> Iterator[tuple[str, str, Severity | None]]:
    """A token of one service in what is sent to another: its own takes it in a header."""
    names = {found[1] for line in model.lines for found in _TOKEN.finditer(line)}
    for passage in passages(model) if names else ():
        body = _BODY.search(passage.text)
        if body is not None and body.start() < passage.own and names & set(re.findall(r"\w+", body[0])):
            yield passage.path, "it sends the token of a service in the body of a request", None


def of_launch(model: Launch) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of what a server is given that no one service asks for."""
    given = " ".join(name for name, _ in model.environment)
    if sum(one.search(given) is not None for one in _FAMILIES) > 2:
        yield "words", "it is given the secrets of several services", Severity.MEDIUM


def judged(seen: Seen) -> tuple[str, Severity | None]:
    """What is wrong with a line, and how bad it is; "" where nothing is."""
    text = seen.text
    data = DATA.search(text) is not None
    light = Severity.LOW if seen.quoted else None
    if SINKS.search(text) or CHANNELS.search(text):
        if _GAP.search(text) and not data:
            return "it names an address made for collecting", Severity.LOW
        if data or SENDS.search(text):
            return "it sends data to a collector", light or Severity.CRITICAL
        return "it names an address made for collecting", Severity.LOW
    if _OWN_CHANNEL.search(text) and not CREDENTIALS.search(text) and DATA.search(_ONLY_NAME.sub("", text)) is None:
        return "", None
    if MESSENGERS.search(text) and not (data or CREDENTIALS.search(text)):
        return "", None
    if data or MESSENGERS.search(text):
        return "it sends what it finds over the network", light
    if _SIGNS_IN.search(text):
        return "", None
    if KEYS_SENT.search(text):
        return "it sends a secret to somebody else", light
    if HOME.search(text) or ADDRESS.search(text) or IMAGE.search(text):
        return "it sends what it finds over the network", light
    if seen.code:
        return "", None
    if ASKED.search(text):
        return "it sends what it finds over the network", light
    return "it sends something out again and again", light or Severity.MEDIUM
