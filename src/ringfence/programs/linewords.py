"""What is read in lines of languages that have no reader of their own: calls by which data comes, goes, and is run.

The names of one language mean nothing in another, so that all stand together. Each expression looks at one bounded
statement and repeats nothing within a repetition.
"""

import re
from collections.abc import Iterator

from ringfence.programs.words import credentials


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


COMMENT = re.compile(r"\s*(?:#(?!\{)|//|\*|/\*|--\s|=begin|=cut|rem\s)", re.IGNORECASE)
STRING = re.compile(r'"(?:[^"\\\n]|\\.|`.){0,2000}"|\'(?:[^\'\\\n]|\\.){0,2000}\'|(?<!\w)`[^`\n]{2,2000}`')
#: A variable within a string.
PUT_IN = re.compile(r"\$\{?\w+|#\{[^}\n]{1,80}\}|\{\$\w+|\$\([^()\n]{1,80}\)|@\{\[")
#: A name; not one of which a single value is taken, by what it is called.
NAME = re.compile(r"[A-Za-z_]\w*+(?!\s*\[\s*(?:[\"']|:[A-Za-z]))|(?<=\$)[1-9]")
#: Names that are set all the time and hold nothing.
NOBODY = frozenset(
    "err error ok this self nil null true false for foreach if while my local our var let const in as of "
    "do each map return range _".split()
)
FUNCTION = re.compile(
    r"\s*(?:(?:public|private|protected|static|async)\s+){0,3}(?:func|def|function|sub)\s+(?:\([^)\n]{0,80}\)\s*)?"
    r"(?:self\.)?(?P<name>[\w-]+[?!]?)\s*(?:\((?P<takes>[^)\n]{0,300})\))?",
    re.IGNORECASE,
)
CALLS = re.compile(r"(?<![.\w>:])(\w+)\(([^()]{1,300}(?:\([^()]{0,80}\)[^()]{0,80})?)\)")
RETURNS = re.compile(r"^\s*return\b|\{\s*return\b")
#: Names that are set: each group holds them.
SETS = (
    re.compile(
        r"[$@%]?(\w+(?:\s*,\s*[$@%]?\w+){0,3})(?:(?:\.|->)\w+|\[[^\]\n]{0,40}\])?\s*(?::=|\.=|\+=|<<|=(?![=~>]))\s*\S"
    ),
    re.compile(r"\bas\s+(?:\$\w+\s*=>\s*)?(\$\w+)"),
    re.compile(r"\|\s*(\w+(?:\s*,\s*\w+){0,3})\s*\|"),
    re.compile(r"\bfor(?:each)?\s*\(?\s*(?:my\s+)?[$@]?(\w+)\s*(?:\(|in\b)", re.IGNORECASE),
    re.compile(r"\bmy\s+[$@%](\w+)"),
    re.compile(r"\b(?:Ok|Some)\((?:mut\s+)?(\w+)\)\s*=(?!=)"),
    re.compile(r"\b(\w+)(?:\.|->)(?:write\w*|append|push|add|concat|set\w*|put|store|body)\s*\(", re.IGNORECASE),
    re.compile(r"\b(?:io\.copy|curl_setopt(?:_array)?|push|fwrite|fprintf|fmt\.fprint\w*)\s*\(?\s*[$@&]*(\w+)", re.I),
    re.compile(
        r"\b(?:File\.WriteAll\w+|Files\.(?:write|copy)\w*|(?:os|ioutil)\.WriteFile|(?:File|IO)\.(?:bin)?write|file_put_contents|fs::write)"
        r"\s*\(?\s*[$@&]*(\w+)"
    ),
    re.compile(r"[(,]\s*&(\w+)"),
    re.compile(r"-(?:DestinationPath|OutFile|Destination|OutputPath|FilePath)\s+\$(\w+)", re.IGNORECASE),
)

_FILES = re.compile(
    r"(?:^|[/\\\"'\s])\.env(?:\.(?:local|production|prod))?(?=[\"'\s]|$)|\bwp-config\.php|config/master\.key"
    r"|\bcredentials\.yml\.enc|\.gem/credentials|\.ssh[/\\]|\.aws[/\\\"']|\.config/[\w*]+/[\w*]*token"
    r"|\.cargo[/\\]credentials|NuGet\.Config|\.m2[/\\]settings\.xml|\.gradle[/\\]gradle\.properties|login\.keychain|\.docker/config|\.kube[/\\\"']|\bcmdkey\s+/list|\*\.(?:pem|key|pfx|p12|kdbx)\b",
    re.IGNORECASE,
)


def secrets(text: str) -> str:
    """The place of secrets that a text names; "" where there is none."""
    found = _FILES.search(text)
    if found is not None:
        return found[0].strip("\"' /\\")
    return ", ".join(sorted(credentials(text) - {"metadata", "history"}))


READS = _any(
    r"\b(?:os|ioutil)\.(?:ReadFile|Open)\b|\bio\.ReadAll\b|\bbufio\.New(?:Reader|Scanner)\b",
    r"\b(?:File|IO)\.(?:read|binread|open|readlines|foreach)\b|\bCSV\.read\b|\bYAML\.load_file\b",
    r"\b(?:file_get_contents|file|fopen|readfile|fread|parse_ini_file)\s*\(|\bopen\s*\(?\s*(?:my\s+)?[$A-Z]|<\$?\w+>",
    r"\bFiles\.(?:read\w*|lines|newBufferedReader|copy)\(|\bnew\s+File(?:InputStream|Reader)\(|\.read(?:Text|Bytes|Lines)\(|\bfs::read\w*\("
    r"|\bFile::open\(|\b(?:String|Data)\(contentsOf\w*:|\bio\.(?:open|lines)\(|\bFile\.(?:read|stream)!?\(|\bFile\.Open(?:Read|Text)\(",
    r"\bGet-Content\b|\bgc\s|\bReadAll(?:Text|Bytes|Lines)\b|\bCompress-Archive\b|\bread_file\b|\bslurp\b|\bcmdkey\b",
)
SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "environ",
        _any(
            r"\bos\.Environ\(\)|\bENV\.(?:to_h|to_a|select|map|each\w*|inspect|reject|filter\w*|sort\w*|collect|slice)\b",
            r"\bgetenv\(\s*\)|\$_ENV\b(?!\s*\[)|(?<![\w$])%ENV\b|\bGet-(?:ChildItem|Item)\s+(?:-Path\s+)?env:",
            r"\bSystem\.getenv\(\s*\)|\benv::vars(?:_os)?\(\)|\bProcessInfo\.processInfo\.environment\b(?!\s*\[)"
            r"|\bSystem\.get_env\(\s*\)",
            r"\b(?:gci|dir|ls)\s+env:|\bGetEnvironmentVariables\b|\bENV\.to_json\b|\bjson_encode\(\$_(?:ENV|SERVER)\b",
        ),
    ),
    (
        "fetched",
        _any(
            r"\bhttp\.Get\(|\bNet::HTTP\.(?:get|start)\b|\bURI\.open\b|\bURI\(\S{1,80}\)\.(?:open|read)\b|\bHTTParty\.get",
            r"\bfile_get_contents\(\s*[\"']https?:|\bcurl_exec\(|(?:->|\.)get\(\s*[\"']https?:|\bGuzzle\w*->get\b",
            r"\bInvoke-WebRequest\b|\bInvoke-RestMethod\b|\b(?:iwr|irm)\s|\bDownload(?:String|File|Data)(?:Async)?\(",
            r"\bGet(?:String|ByteArray|Stream)Async\(|\bnew\s+URL\([^)\n]{1,120}\)\.openStream\(|\bURL\([^)\n]{1,120}\)\.read(?:Text|Bytes)\("
            r"|\breqwest::(?:blocking::)?get\(|\bureq::get\(|\b(?:String|Data)\(contentsOf:\s*URL\(|\b(?:Req|HTTPoison|Tesla)\.get!?\("
            r"|\bhttps?\.request\(\s*[\"']https?:|:httpc\.request\(|\bBodyHandlers\.of(?:String|ByteArray|File)\(",
            r"\bopen\(\s*[\"']https?:|\bget(?:store)?\(\s*[\"']https?:",
        ),
    ),
    (
        "asked",
        _any(
            r"\bqueryParameters\s*\[|\bgetParameter\(|\bURL\.Query\(\)|\.FormValue\(|\bRequest\.(?:Query|Form)\s*\[|\bquery_params\b",
        ),
    ),
    (
        "decoded",
        _any(
            r"\b(?:base64_decode|gzinflate|gzuncompress|str_rot13|convert_uudecode|strrev|hex2bin|decode_base64)\s*\(",
            r"\bBase64\.(?:strict_|urlsafe_)?decode(?:64)?\b|\bunpack1?\(\s*[\"'](?:m|u)|\bpack\(\s*[\"']H|\.DecodeString\(",
            r"\bBase64\.get(?:Mime|Url)?Decoder\(\)|\bData\(base64Encoded:|\bBase\.decode64!?\(|\bgeneral_purpose::STANDARD\.decode\("
            r"|\bbase64::decode\(",
            r"\bFromBase64String\(|\bZlib::(?:Inflate|GzipReader)|\[\s*[\"'][0-9a-f]{20,}[\"']\s*\]\.pack\b",
        ),
    ),
    (
        "socket",
        _any(
            r"\bTCPSocket\.(?:new|open)\b|\bnet\.Dial\w*\(|\bf?sockopen\(|\bIO::Socket::(?:INET|SSL)->new",
            r"\bnew\s+(?:Tcp|Udp)Client\(|\bnew\s+Socket\(|\bTcpStream::connect\(|\bsocket\.tcp\(|:gen_tcp\.connect\(",
            r"\bNet\.Sockets\.TcpClient\b|\bstream_socket_client\(|\bwebsocket\.\w*Dial\w*\(",
        ),
    ),
)
#: A call that runs a text or starts a program.
RUNS = _any(
    r"(?<![\w>.:$-])(?:eval|system|exec|shell_exec|passthru|popen|proc_open|assert|create_function|qx)\s*(?:\(|[\"'`$]"
    r"|(?=[A-Z]\w*[.:]))",
    r"\b(?:instance_eval|class_eval|IO\.popen|Open3\.\w+|Kernel\.(?:system|exec|spawn))\b|\bexec\.Command(?:Context)?\(",
    r"\bsyscall\.Exec\(|\bInvoke-Expression\b|\biex\b|\[scriptblock\]::Create|\bStart-Process\b|\bos\.StartProcess\(",
    r"\bProcess\.Start\(|\bnew\s+ProcessStartInfo\(|\bAssembly\.Load\w*\(|\bRuntime\.getRuntime\(\)\.exec\(|\bnew\s+ProcessBuilder\("
    r"|\bProcessBuilder\(|\bdefineClass\(|\bCommand::new\(|\bos\.execute\(|\bio\.popen\(|(?<![.\w])(?:load|loadstring|dofile)\("
    r"|\bSystem\.(?:cmd|shell)\(|\bCode\.eval_\w+\(|:os\.cmd\(|\blaunchPath\s*=|\bexecutableURL\s*=",
    r"&\s+\$\w+|\bplugin\.Open\(|\bload\s+\$?\w+\s*$|\b(?:include|require)(?:_once)?\s*\(?\s*\$\w+|%x[({\[]|\bsh\s+[\"']",
)
TICKS = re.compile(r"(?:=|^|\(|,|puts|return|print)\s*`[^`\n]{2,2000}`")
SENDS = _any(
    r"\bhttp\.(?:Post|PostForm)\(|\bhttp\.NewRequest(?:WithContext)?\(|\.Do\(\s*\w|\bconn\.Write\(|\bsmtp\.SendMail\(",
    r"\bNet::HTTP(?:\.post\w*|::(?:Post|Put|Patch)\b)|\b(?:HTTParty|RestClient|Faraday|Excon|HTTPX?)\.(?:post|put)\b",
    r"\.body\s*=|\bhttp\.request\(|\bhttps?\.send_request\(|\bCURLOPT_(?:POST|COPYPOST)FIELDS\b|\bCURLOPT_INFILE\b",
    r"\bstream_context_create\(|(?:->|\.)(?:post|put|request|send|sendRaw)\s*\(|\bmail\(|\bfile_put_contents\(\s*[\"']ftp",
    r"\bHTTP::Request->new\(\s*[\"']?(?:POST|PUT)|\b(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)\b.{0,300}-(?:Body|InFile)",
    r"\b(?:Post|Put|Patch)(?:AsJson)?Async\(|\bSendAsync\(|\bBodyPublishers\.\w+\(|\.toRequestBody\(|\bRequestBody\.create\(|\.httpBody\s*="
    r"|\buploadTask\(|\breqwest::\S{0,40}\.post\(|\bureq::(?:post|put)\(|\b(?:Req|HTTPoison|Tesla)\.(?:post|put)!?\(|\bgetOutputStream\(\)",
    r"\bUpload(?:File|String|Data|Values)\w*\(|\bSend-MailMessage\b|\bfwrite\(\s*\$(?:s|sock\w*|fp|conn\w*)\b",
)
#: Programs that take what they are given somewhere.
CARRIES = re.compile(r"[\"'](?:/usr/bin/)?(?:curl|wget|nc|ncat|scp|ftp)[\"'\s]")
#: What takes a file by its name.
SENDS_FILE = _any(r"\bUploadFile\w*\(|-InFile\b|\bCURLFile\b|\bCURLOPT_INFILE\b|Content\s*=>\s*\[")
LOOKS_UP = _any(
    r"\bnet\.(?:Default)?\w*Lookup\w+\(|\bResolv(?:::DNS)?\.\w+|\b(?:gethostbyname|dns_get_record|checkdnsrr|inet_aton)\s*\(",
    r"\bResolve-DnsName\b|\[(?:System\.)?Net\.Dns\]::",
)
#: A secret with which it signs in where it belongs.
SIGNS_IN = _any(
    r"\bAuthorization\b|\bCURLOPT_USERPWD\b|\bbasic_auth\b|\bSetBasicAuth\b|x-api-key|-Credential\b|PRIVATE-TOKEN"
)
NEW_ADMIN = re.compile(
    r"\$_(?:REQUEST|GET|POST|COOKIE)\b.{0,300}\bwp_(?:insert|create)_user\b.{0,300}\badministrator\b", re.DOTALL
)
WEB_SHELL = re.compile(r"(?<![\w>:])\$\w+\(\s*(?:\w+\(\s*)?\$_(?:REQUEST|GET|POST|COOKIE)\b")
#: What was fetched is compared with what it should be.
CHECKS = _any(r"\bsha-?(?:256|512)\b|\bchecksum\b|\bGet-FileHash\b|\bgpg\b|\bcosign\b|\bsignature\b")
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.){2,2000})"|\'((?:[^\'\\\n]|\\.){2,2000})\'|`([^`\n]{3,2000})`')
#: Without one of these a program gives nothing to follow.
ACTS = _any(
    RUNS.pattern, SENDS.pattern, LOOKS_UP.pattern, TICKS.pattern, WEB_SHELL.pattern, r"\bwp_(?:insert|create)_user\b"
)


def commands(text: str) -> Iterator[str]:
    """What a statement that starts programs says to a shell: its strings together, and each by itself."""
    said = [next(one for one in found.groups() if one) for found in _QUOTED.finditer(text)]
    if said:
        yield " ".join(said)
        yield from said if len(said) > 1 else ()
