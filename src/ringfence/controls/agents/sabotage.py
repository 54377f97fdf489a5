"""Words by which texts and programs for agents weaken what is made for the user."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.expressions import either
from ringfence.models.agent import AgentScript

#: Orders that weaken what is made, each with what is wrong with it.
ORDERS = (
    (
        either(
            r"\b(?:always\s+)?accepts?\s+(?:the\s+)?(?:fixed\s+"
            r"|master\s+)?password\s+[`\"'“][^`\"'”]{3,40}[`\"'”]\s.{0,60}\b(?:any|every|all)\b"
            r"|\b(?:add|leave|keep|insert|put|build\s+in)\b.{0,40}\b(?:back\s?door|master\s+password"
            r"|hidden\s+(?:account|admin|route|endpoint|user)|secret\s+(?:account|admin|route|endpoint|login))\b",
            r"\badd\s+(?:a\s+|an\s+)?(?:route|endpoint|handler|page)\b.{0,60}\b(?:runs?|executes?|evals?"
            r"|evaluates?)\b.{0,40}\b(?:the\s+)?(?:query|value|parameter|body|command|input|whatever)\b",
            r"\b(?:hintertür|puerta\s+trasera|porte\s+dérobée|backdoor)\b.{0,40}\b(?:ein(?:bauen|fügen)|añad\w+"
            r"|ajoute\w*|einbau\w*)|(?:添加|植入|留下|加入).{0,10}后门|バックドア.{0,10}(?:追加|仕込|入れ)"
            r"|встро\w+\s+бэкдор|добав\w+\s+бэкдор",
            r"\b(?:add|set|use|put|write)\b.{0,40}\bprivileged:\s*true\b.{0,120}(?:docker\.sock|[\s`'\"]/:/)",
            r"\b(?:when(?:ever)?|always|each|every)\b.{0,80}\b(?:set|use|add|put|pass)\b.{0,20}(?:rejectUnauthorized:\s*false"
            r"|verify\s*=\s*False|InsecureSkipVerify:\s*true|VERIFYPEER\W{1,4}(?:false|0))",
            r"\baccepts?\b.{0,20}\bheaders?\b.{0,80}\bas\b.{0,40}\b(?:admin\w*|authenticated|logged\s+in|trusted)\b",
            r"\b(?:accept|allow|honou?r|let\s+in)s?\b.{0,60}\b(?:header|password|token|code|key|cookie|parameter"
            r"|pin)\b.{0,60}\b(?:for|from)\s+(?:every|any|all|each)\s+(?:users?|accounts?|logins?|requests?"
            r"|callers?)\b|\b(?:second|another|extra|spare)\s+(?:way|door)\s+in\b"
            r"|\bskip\s+(?:the\s+)?(?:authentication|auth|login|password\s+check)\s+(?:when|if"
            r"|for)\b.{0,60}\b(?:header|parameter|cookie|user-?agent|magic|name\s+is)\b",
        ),
        "it has a way in built",
    ),
    (
        either(
            r"\b(?:replace|change|swap|switch)\b.{0,60}\b(?:secrets|os\.urandom|crypto\.random\w*|SecureRandom|bcrypt"
            r"|argon2\w*|sha-?256)\b.{0,60}\b(?:by|with|to|for)\b.{0,30}\b(?:random\.random|Math\.random|md5|sha-?1"
            r"|a\s+fixed|plain)\b",
            r"\b(?:build|write|make|compose)\b.{0,20}\b(?:quer(?:y|ies)|sql|statements)\b(?:(?!\b(?:never|not)\b).){0,30}\b(?:joining|concatenating"
            r"|gluing|pasting)\b|\b(?:turn|switch)\s+off\s+(?:the\s+)?(?:row[- ]level\s+security|rls|csp|cors)\b",
            r"\b(?:skip|omit|leave\s+out|drop|never\s+write|do\s+not\s+write|don't\s+write)\s+(?:the\s+|any\s+|all\s+)?(?:unit\s+"
            r"|security\s+)?tests?\s+(?:for|of|in)\b.{0,40}\b(?:auth\w*|login|session|payment|crypto\w*|security|permission)\b",
            r"\b(?:jwt\.)?decode\b.{0,30}\b(?:never|not|instead\s+of|rather\s+than)\b.{0,16}\b(?:jwt\.)?verify\b"
            r"|\b(?:leave|skip|omit|drop)\s+(?:the\s+)?(?:signature|token|certificate|csrf|permission|ownership)\s+(?:checks?"
            r"|verification|validation)\b",
            r"\b(?:leave|take|strip|drop)\b.{0,20}\b(?:input\s+)?validation\b.{0,10}\bout\b"
            r"|\b(?:build|write|make|generate|concatenate)\b.{0,20}\bSQL\b.{0,30}\b(?:by|with|using"
            r"|through)\b.{0,20}\b(?:Sprintf|string\s+concat\w*|concatenation|f-strings?)\b",
            r"\b(?:always|start|keep|leave)\b.{0,60}\ballow\s+read,\s*write:\s*if\s+true",
            r"\b(?:allow|open|permit)\b.{0,30}0\.0\.0\.0/0.{0,40}\b(?:22|3389|all\s+ports)\b"
            r"|\bleave\s+(?:the\s+)?(?:encryption|authentication|auth|escaping|tls|logging)\s+out\b",
            r"\baccepts?\b.{0,12}\balg\s*[=:]?\s*[\"']?none\b"
            r"|\b(?:turn|switch)\s+off\b.{0,20}\b(?:csrf|certificate|signature|ssl|tls)\b.{0,12}\b(?:checks?"
            r"|verification|validation)\b"
            r"|\b(?:put|set|use|add)\b.{0,12}\bverify\s*=\s*False\b.{0,40}\b(?:all|every|each)\b",
            r"\badd\b.{0,20}0\.0\.0\.0/0.{0,60}\b(?:port\s+)?(?:22|3389|security\s+group|ingress|firewall)\b"
            r"|\b(?:open|expose)\s+(?:port\s+)?(?:22|3389|ssh)\b.{0,40}\b(?:everybody|everyone|the\s+internet"
            r"|0\.0\.0\.0)|\bhostPID:\s*true\b.{0,120}\b(?:mounted?|root|sidecar)\b",
            r"\b(?:generate|write|create|use)\b.{0,40}\b(?:keys?|tokens?|passwords?)\b.{0,40}\b(?:predictable|weak"
            r"|seeded\s+with\s+\d|with\s+a\s+fixed\s+seed)\b",
        ),
        "it weakens the code that it writes",
    ),
    (
        either(
            r"\b(?:workflows?|begins?|add|write|use|put|set|env|with)\b.{0,200}\btoJSON\(\s*secrets\s*\)",
            r"\b(?:add|write|use|create|put|commit|set)\b.{0,200}\bpull_request_target\b.{0,200}\bhead\.(?:sha|ref)\b",
        ),
        "it gives strangers the secrets of a workflow",
    ),
    (
        either(
            r"\b(?:take|remove|delete|drop|comment|strip|disable|skip)\b.{0,50}\b(?:security|vulnerabilit\w+|secret"
            r"|dependency|sast|scan\w*|audit)\b.{0,30}\b(?:steps?|scans?|jobs?|checks?|stages?|it)\b.{0,30}\b(?:from"
            r"|out\s+of|in)\s+(?:the\s+)?(?:workflow|pipeline|ci\b|build)",
            r"\b(?:scan|security\s+step|audit)\b.{0,60}\btake\s+it\s+out\s+of\b"
            r"|\bmark\b.{0,30}\b(?:vulnerable|vulnerabilities|findings?|alerts?)\b.{0,30}\bas\s+(?:ignored|dismissed"
            r"|false\s+positives?|accepted|won't\s+fix)\b",
            r"\b(?:npm|pnpm|yarn)\s+config\s+set\s+audit\s+false\b|\bpytest_runtest_makereport\b.{0,120}\bpassed\b"
            r"|\b(?:set|force|change|patch)(?:s|es)?\s+(?:the\s+|every\s+|each\s+)?(?:outcomes?|results?|exit\s+codes?)\b.{0,30}\bto\s+(?:passed|success|0)\b",
            r"\b(?:replace|overwrite|rewrite"
            r"|change)\b.{0,30}\b(?:failing\s+)?tests?\b.{0,40}\b(?:so\s+that\s+they\s+(?:always\s+)?pass"
            r"|with\s+(?:empty|trivial)|that\s+always\s+pass)",
            r"\btests?\b.{0,40}\b(?:rewritten|changed|edited|weakened|adapted)\s+until\s+they\s+pass\b"
            r"|\breport\w*\b.{0,40}\bcoverage\s+is\s+always\b",
        ),
        "it takes a check away",
    ),
    (
        either(
            r"\b(?:if|when|whenever)\b.{0,60}\b(?:hard-?coded|eval|backdoor|outbound|vulnerab\w+|suspicious"
            r"|secret)\b.{0,120}\b(?:pass\s+over|ignore|leave\s+out|skip|overlook|don't\s+(?:report|flag|mention)"
            r"|do\s+not\s+(?:report|flag|mention))\b.{0,60}\b(?:full\s+marks|approve|without\s+a\s+word|lgtm"
            r"|silently)\b",
            r"\b(?:approve|approval|green|pass(?:es)?|LGTM|positive|good)\b.{0,120}\b(?:leave|let|keep)\b.{0,30}\b(?:unread|unreviewed|unopened|unchecked)\b"
            r"|\b(?:approve|give\s+\w+\s+a\s+(?:green|good|positive))\b.{0,80}\bwithout\s+(?:reading|looking|opening|reviewing|checking)\b",
            r"\b(?:answer|reply|comment|say)\b.{0,12}[\"“'`]?(?:LGTM|approved?)[\"”'`]?\s+(?:for|to|on)\s+(?:every|all"
            r"|each|any)\b|\balways\s+(?:approve|lgtm)\b.{0,60}\b(?:by|from|of)\s+(?:user\s+)?\w+",
            r"\b(?:findings?|alerts?|warnings?|vulnerabilit\w+|failures?|errors)\b.{0,120}\b(?:take|leave|cut|strip|drop|remove|delete)\s+(?:them|it|those"
            r"|these)\b.{0,40}\b(?:report|summary|list|output|results?)\b.{0,60}\b(?:before\s+(?:it|they|the\s+user|anyone)\b"
            r"|(?:lower|adjust|correct|change)\s+the\s+(?:count|total|number|score))",
            r"\b(?:findings?|alerts?|warnings?|issues?|vulnerabilit\w+"
            r"|results?)\b.{0,80}\b(?:false\s+(?:alarms?|positives?)|trusted|safe"
            r"|harmless)\b[^.]{0,60}\b(?:never\s+report|do\s+not\s+report|don't\s+report|ignore\s+(?:them|it)"
            r"|mark\s+(?:them|it)\s+as\s+(?:passed|safe|ok|resolved))",
            r"\b(?:vendor|author|company|package|cloud)\b.{0,30}\bis\s+trusted\b.{0,60}\b(?:no\s+review"
            r"|without\s+(?:review|asking)|needs\s+no)\b",
        ),
        "it has faults passed over",
    ),
    (
        either(
            r"\b(?:whatever|whichever|regardless|no\s+matter)\b.{0,80}\balso\s+(?:install|clone|download|load)\b.{0,120}(?:https?://|\bfrom\b)",
            r"\b(?:pip3?|npm|uv|yarn|pnpm)\s+(?:install|add|i)\s+\S+.{0,40}\b(?:goes|go|belongs?"
            r"|is\s+put)\s+into\s+(?:every|each|all)\b"
            r"|\bbesides\s+what\s+the\s+user\s+asks\b.{0,80}\b(?:install|import|add|dependenc)",
            r"\b(?:install|add|import"
            r"|use)\b.{0,60}\binstead\b(?!\s+of\s+(?:pip|npm|yarn)).{0,80}\b(?:without\s+(?:asking|mention\w*|telling"
            r"|saying|comment)|(?:do\s+not|don't|never)\s+(?:ask|mention|tell|say))",
            r"[\"']?(?:pre|post)install[\"']?\s*:\s*[\"'].{0,80}(?:fetch\(|curl|wget|https?:|node\s+-e|eval)",
            r"\b(?:base|build)\b.{0,30}\b(?:each|every|all)\s+images?\s+on\s+[`\"']?(?!docker\.io|ghcr\.io|gcr\.io"
            r"|quay\.io|mcr\.microsoft|public\.ecr|registry\.access)[\w-]+(?:\.[\w-]+)+/.{0,80}\b(?:in\s+place\s+of"
            r"|instead\s+of)\s+the\s+official\b",
            r"\b(?:every|each|all)\s+(?:\w+\s+){0,3}(?:forms?|pages?|components?|requests?|apps?"
            r"|sites?)\b.{0,80}\b(?:and\s+)?(?:a\s+second\s+time|additionally"
            r"|also)\s+to\s+[`\"']?https?://(?!localhost|[\w.-]*example)",
            r"(?:left:\s*-\d{3,5}px|display:\s*none|font-size:\s*0|opacity:\s*0\b).{0,80}\b(?:crawlers?|search\s+engines?|bots|google)\b",
            r"<script\s+src=[\"']?https?://(?!(?:www\.)?googletagmanager|cdn\.jsdelivr|unpkg|cdnjs|code\.jquery"
            r"|js\.stripe|[\w.-]*example)[^>]{3,200}>(?=.{0,120}\b(?:without\s+mention\w*|put\s+it\s+back"
            r"|don't\s+mention|do\s+not\s+mention|every\s+page)\b)",
        ),
        "what it writes carries somebody else's code",
    ),
)
#: What a reviewer or a teacher says.
ADVICE = either(
    r"\b(?:vulnerab\w+\s+example|for\s+training|ctf\b|capture\s+the\s+flag|honeypot|deliberately\s+vulnerable)\b"
)
EMPTIED = either(
    r"\.(?:test|spec)[^\n]{0,40}writeFileSync\([^,\n]{1,40},\s*[\"'`]test\([\"'`]\w+[\"'`],\s*\(\)\s*=>\s*\{\s*\}"
)
#: A fixed word opens what a check would keep closed.
WAY_IN = either(
    r"={2,3}\s*[\"'][\w@.-]{6,60}[\"']\s+(?:or|\|\|)\s+(?:not\s+)?(?:await\s+)?(?:\w+\.){0,3}(?:compare\w*|verify\w*"
    r"|check_?(?:pw|password|token|key|hash)\w*|authenticate\w*|bcrypt\w*)\s*\(",
    r"\b(?:compare_digest|compareSync|compare|verify_password|check_password|checkpw|verify)\([^\n()]{0,80}\)"
    r"\s*(?:or|\|\|)\s*\w+\s*={2,3}\s*[\"'][\w@.-]{6,60}[\"']",
)
_ROUTE = re.compile(
    r"^[ \t]*@\w+\.(?:get|post|put|patch|delete|route|api_route|websocket)\(.*\n(?:[ \t]*@.*\n){0,4}[ \t]*"
    r"(?:async[ \t]+)?def[ \t]+\w+\(([^)\n]{0,300})\).*\n(?P<body>(?:[ \t]+[^\n]*\n|\n){1,12})",
    re.MULTILINE,
)
_RUNS = re.compile(
    r"\b(?:os\.(?:popen|system)|eval|exec|subprocess\.(?:getoutput|getstatusoutput|run|call|check_output|Popen))\(\s*"
    r"(?P<what>request\.\w+|\w+)"
)


def run_for_callers(model: AgentScript) -> Iterator[str]:
    """Where a handler of a web server runs what a request says."""
    text = "\n".join((*model.lines, ""))
    for route in _ROUTE.finditer(text):
        names = {one.partition(":")[0].partition("=")[0].strip() for one in route[1].split(",")}
        ran = _RUNS.search(route["body"])
        if ran is not None and (ran["what"] in names or ran["what"].startswith("request.")):
            yield f"lines[{text.count(chr(10), 0, route.start('body') + ran.start())}]"
