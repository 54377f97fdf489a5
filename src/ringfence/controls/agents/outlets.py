"""What controls of agents know of commands and formulas by which secrets leave: what prints one, what takes it away."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told, passages, sought
from ringfence.controls.agents.expressions import either
from ringfence.controls.control import Severity

#: Prints a secret of the user.
_PRINTS = (
    r"(?:\bgpg2?\b[^|\n]{0,80}--export-secret-(?:sub)?keys?|\bkubectl\b[^|\n]{0,80}(?:\bget\s+secrets?\b|\bview\b[^|\n]{0,40}--raw)"
    r"|\bgh\s+auth\s+token|\bgcloud\s+auth\s+(?:application-default\s+)?print-(?:access|identity)-token"
    r"|\baws\s+(?:configure\s+export-credentials|sts\s+get-session-token|secretsmanager\s+get-secret-value|ssm\s+get-parameters?\b)"
    r"|\baz\s+account\s+get-access-token|\bsecurity\s+(?:find-\w+-password|dump-keychain)|\bop\s+(?:read|item\s+get)\b"
    r"|\bvault\s+(?:kv\s+get|read)\b|\bpass\s+show\b|\bsecret-tool\s+(?:lookup|search)|\bdoppler\s+secrets\b|\bheroku\s+config\b"
    r"|\bterraform\s+state\s+pull|\bgit\s+credential\s+fill|\bcontent://(?:sms|contacts|call_log|mms))"
)
#: Takes what is piped in to somebody.
_CARRIES = (
    r"(?:curl\b[^|\n]{0,240}(?:\s-\w{0,6}[dTF]\b|--data|--form|--upload-file|--json|-X\s*(?:POST|PUT)|@-)|wget\b[^|\n]{0,120}--post"
    r"|(?:nc|ncat|netcat|socat)\b|ssh\s)"
)
_PUBLIC_ADDRESS = (
    r"(?!127\.|10\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0"
    r"|1\.2\.3\.4\b|x)(?:\d{1,3}\.){3}\d{1,3}\b"
)
#: A secret that a program gives out goes to somebody.
GIVEN_OUT = either(
    rf"{_PRINTS}[^|\n]{{0,160}}\|(?:[^|\n]{{0,80}}\|){{0,3}}\s*{_CARRIES}",
    r"https?://[^\s/@$]{0,40}\$\(\s*(?:gh\s+auth\s+token|gcloud\s+auth\s+print-access-token|op\s+read\b[^)\n]{0,60}|pass\s+show\b[^)\n]{0,60})\s*\)@"
    r"(?!github\.com|gitlab\.com|bitbucket\.org|ghcr\.io|localhost|\$)",
)
#: A page gives its cookies to somebody.
COOKIES = either(r"[\"'`]https?://(?!localhost|127\.)[^\s\"'`]{3,160}[\"'`]?[^\n]{0,120}\bdocument\.cookie\b")
#: Something is piped to another machine, of which only the number is known, and kept there.
PIPED = either(
    r"(?:\bdone|\b(?:cat|tar|awk|env|printenv|base64|gzip|xxd)\b[^|\n]{0,80})\s*(?:[)}]\s*)?(?:2>\S{1,20}\s*)?\|\s*openssl\s+s_client\b[^|\n]{0,80}-connect\s+"
    r"(?!localhost|127\.|\$|[\"']?\$)[\w-]",
    rf"\|\s*ssh\b[^|\n]{{0,160}}@{_PUBLIC_ADDRESS}[^|\n]{{0,60}}\bcat\b\s*>",
)
#: What somebody signs in with is read along, or taken from a page.
READ_ALONG = either(
    r"\bcredential\.helper\b[\"'\s=]{1,4}!.{0,60}(?:>>?\s*[\"']?[/~$.]|\btee\b|\bcurl\b|\bnc\b)",
    r"(?:^|[\s;])(?:function\s+)?(?:sudo|su|ssh|passwd|gpg)\s*\(\)\s*\{.{0,160}\bread\s+-\w*s",
    r"\balias\s+(?:sudo|su|ssh)=.{0,160}(?:>>|\bcurl\b|\bnc\b|\btee\b)",
    r"\bwebpackChunkdiscord_app\b.{0,400}\bgetToken\b",
    r"\bwg\s+show\s+\S{1,20}\s+private-key\b.{0,80}\|.{0,120}\b(?:curl|nc|wget|http)\b",
)
#: What is encoded becomes part of an address.
ENCODED = either(
    r"\b(?:base64|openssl\s+enc|xxd|gzip|rev|jq\s+-sRr\s+@uri)\b[^\n]{0,160}\|\s*xargs\b[^|\n]{0,80}\b(?:curl|wget|http|fetch)\b[^|\n]{0,120}https?://[^\s\"'|]{3,120}\{\}",
)
#: Files go to a machine of which only the number is known.
COPIED = either(
    rf"\b(?:rsync|scp|sftp|rclone\s+(?:copy|sync))\s[^|;&\n]{{0,160}}?\s[\"']?(?:[\w.-]{{1,40}}@)?{_PUBLIC_ADDRESS}:",
)
#: The whole environment, packed so that nobody reads it.
PACKED = either(
    r"(?:^|[;&|(`\s])(?:env|printenv|export\s+-p)\s*(?:\|\s*(?:sort|grep\b(?:[^|\n'\"]{0,40}(?:'[^'\n]{0,80}'|\"[^\"\n]{0,80}\"))?[^|\n]{0,60}|gzip[^|\n]{0,20}|tr\b[^|\n]{0,30}|xz[^|\n]{0,20})\s*){0,3}\|\s*(?:base64|xxd|openssl\s+enc|rev)\b"
)
#: An editor sends what is saved.
ON_SAVE = either(
    r"\bautocmd\b.{0,160}(?:\bsystem\(|!|\bjob_start\().{0,80}\b(?:curl|wget|nc|scp|rsync)\b.{0,200}(?:https?://|@|\d{1,3}\.\d)",
    r"\b(?:after-save-hook|BufWritePost|onDidSave\w*)\b.{0,200}\b(?:curl|wget|nc)\b.{0,200}https?://",
)
#: What was said becomes part of an address, again and again.
ASKED_AWAY = either(
    r"\b(?:after|before|for|with|on)\s+(?:each|every|all)\b.{0,120}https?://(?!localhost|127\.)[^\s`\"']{3,160}[?&]\w{1,16}=(?:<|\{|\[|\$\{?)[^>\]}\n]{0,40}"
    r"\b(?:answer|reply|response|conversation|question|message|prompt|transcript|chat|history|session|files?|context|code|text)\b",
)
#: What lies in places of secrets becomes names that are looked up.
LOOKED_UP = either(
    r"\b(?:tar|cat|zip|find|cp|env|printenv)\b[^|\n]{0,80}(?:~/\.|\$HOME/\.|\.env\b|/etc/(?:passwd|shadow)|id_rsa|\s\||printenv)[^\n]{0,200}\|[^\n]{0,120}"
    r"\b(?:dig|nslookup|host|ping)\b[^\n]{0,60}\$\{?\w+\}?[\w.${}-]*\.[a-z]{2,}",
)
#: The public address of the machine is told to somebody.
WHERE = either(
    r"\b(?:curl|wget|fetch|irm|iwr)\b[^|;\n]{0,120}https?://[^\s\"'`]{3,120}=\$\(\s*(?:curl|wget)\b[^)\n]{0,60}\b(?:ifconfig\.\w+|ipify|icanhazip|ipinfo\.io"
    r"|checkip|ident\.me)",
)
#: A secret stands in an address, by a name under which no service asks for one.
IN_ADDRESS = either(
    r"\b(?:curl|wget|fetch|Invoke-\w+|iwr|irm)\b[^|;\n]{0,200}https?://(?!localhost|127\.)[^\s\"'`]{3,160}[?&](?:[a-z]|id|uid|data|payload"
    r"|info|ref|msg|body|content|val|value|env|ctx)=\$\{?\w*(?:TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_KEY)\b",
    r"\b(?:urlopen|fetch|get|post|request|Image|open|got|axios)\b\(?\s*f?[\"'`]https?://(?!localhost|127\.)[^\s\"`]{3,200}[?&](?:[a-z]|id|uid|data"
    r"|payload|info|ref|msg|body|content|val|value|env|ctx)=\$?\{\w{0,20}(?:token|secret|password|passwd|private_?key|mnemonic|seed)\w{0,12}[^}\n]{0,40}\}",
)
#: The token of one service goes to another, in a header that is no sign-in.
OTHERS_HEADER = either(
    r"https?://(?![\w.-]*(?:github|localhost|127\.))[^\s\"']{4,160}[\"',\s]{1,6}.{0,80}(?:--header|-H)\b[\"',\s=]{1,6}(?!authorization)[\w-]{1,40}:\s?\$\{?(?:GITHUB|GH)_TOKEN",
    r"https?://(?![\w.-]*(?:npmjs|localhost|127\.))[^\s\"']{4,160}[\"',\s]{1,6}.{0,160}(?:--header|-H)\b[\"',\s=]{1,6}[\w-]{1,40}:\s?(?:Bearer\s)?\$\{?NPM_TOKEN",
    r"https?://(?![\w.-]*(?:amazonaws|localhost|127\.))[^\s\"']{4,160}[\"',\s]{1,6}.{0,160}(?:--header|-H)\b[\"',\s=]{1,6}[\w-]{1,40}:\s?\$\{?AWS_(?:SECRET|SESSION)\w*",
)
#: A cell asks an address that holds what stands in many others.
SHEET = either(
    r"=\s*(?:IMAGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|WEBSERVICE|HYPERLINK)\(\s*[\"'“]https?://.{0,160}&.{0,60}(?:\bTEXTJOIN\("
    r"|\bCONCAT(?:ENATE)?\(|\bJOIN\(|\b[A-Z]{1,2}\d{1,4}:[A-Z]{1,2}\d{0,5})",
)
ALL = (
    (GIVEN_OUT, "it sends a secret to somebody else"),
    (PIPED, "it sends what it finds over the network"),
    (READ_ALONG, "it reads along what somebody signs in with"),
    (ENCODED, "what is encoded becomes part of an address"),
    (COPIED, "it copies files to a bare address"),
    (OTHERS_HEADER, "it sends the token of one service to another"),
    (IN_ADDRESS, "it sends a secret to somebody else"),
    (ON_SAVE, "an editor sends what is saved"),
    (PACKED, "it packs the whole environment"),
    (ASKED_AWAY, "it sends what was said"),
    (LOOKED_UP, "it hides data in names that are looked up"),
    (COOKIES, "it sends what somebody is signed in with"),
    (WHERE, "who and where this is, is reported"),
    (SHEET, "a formula sends what stands in the sheet"),
)


def let_out(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of every command and formula by which something leaves."""
    for one, said in ALL:
        for seen in sought(model, one):
            yield seen.path, said, Severity.LOW if seen.quoted else None
    for path in _kept_then_sent(model):
        yield path, "it sends a file into which it wrote secrets", None


def _kept_then_sent(model: Told) -> Iterator[str]:
    """Where a command sends a file into which one before it had written secrets."""
    kept = set[str]()
    for passage in passages(model):
        line = passage.text[: passage.own]
        for found in _KEEPS.finditer(line):
            kept.add(found["pulled"] or found["file"])
        at = _TAKES.search(line) if kept and not passage.shown else None
        if at is not None and any(re.search(rf"(?<![\w.]){re.escape(one)}(?!\w)", line[at.start() :]) for one in kept):
            yield passage.path


_KEEPS = re.compile(
    rf"(?:{_PRINTS}|(?:^|[;&|\s])(?:env|printenv)\s)[^|;&\n]{{0,120}}(?:>>?|\|\s*tee(?:\s+-a)?\s)\s*(?P<file>[\w./~$-]{{3,60}})"
    r"|\b(?:vercel|netlify|infisical|dotenvx?|railway|fly|heroku)(?:@\S{1,12})?\s+"
    r"(?:env|secrets|config)[ :](?:pull|export|get|list)\s+(?:-o\s+)?(?P<pulled>[\w./~-]{3,60})"
)
_TAKES = re.compile(
    r"\bcurl\b[^|;\n]{0,240}(?:\s-\w{0,6}[dTF]\b|--data|--form|--upload-file)|\bwget\b[^|;\n]{0,120}--post-file|\b(?:scp|rsync|rclone)\s"
    r"|\b(?:r2\s+object|aws\s+s3|gsutil|gcloud\s+storage|az\s+storage\s+blob)\s|\bgh\s+gist\s+create\b|\bgit\s+push\b"
)
