"""What controls of agents know of downloads that are run: at once, or from the file that they were written into."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.controls.agents.agentlines import Seen, Told, passages
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.sentences import is_denied, sentences
from ringfence.models.agent import AgentScript, AgentText


class Started(NamedTuple):
    """A command that starts what an earlier one fetched. `known`: from an address that is known to many."""

    path: str
    name: str
    known: bool
    shown: bool


def in_two_steps(model: AgentText | AgentScript) -> Iterator[Started]:
    """What is written into a file by one command, not checked, and started by a later one."""
    fetched = dict[str, bool]()
    for passage in passages(model):
        line = passage.text[: passage.own]
        if _CHECKED.search(line):
            fetched.clear()
        for looked in _LOOKS_AT.finditer(line) if fetched else ():
            fetched.pop(looked[1], None)
        for name in [
            one
            for one in fetched
            if re.search(_STARTS.replace("NAME", re.escape(one)), line)
            and "--version" not in line
            and _IS_GIVEN.search(line) is None
        ]:
            yield Started(passage.path, name, fetched.pop(name), passage.shown)
        got = _FETCHES.search(passage.text) if _GETS.search(passage.low) else None
        if got is not None and got.start() < passage.own and not LOCAL.search(passage.text):
            name = next(one for one in got.groups() if one).strip("\"'").rpartition("/")[2]
            if len(name) > 1 and not name.endswith(_DATA):
                known = KNOWN.search(passage.text) is not None
                rest = passage.text[got.end() : passage.own].lstrip(" ;&")
                if rest.startswith(name) or re.search(_STARTS.replace("NAME", re.escape(name)), rest):
                    yield Started(passage.path, name, known, passage.shown)
                else:
                    fetched[name] = known


def only_says(model: Told, seen: Seen) -> bool:
    """Whether a program of a shell only prints a command, or looks for it."""
    if not isinstance(model, AgentScript) or _SAYS.match(seen.text) is None:
        return False
    said = seen.match[0]
    inside = any(seen.text[: seen.match.start()].count(mark) % 2 for mark in ("'", '"'))
    return inside and "$(" not in said and "`" not in said


_SAYS = re.compile(
    r"\s*(?:if\s+)?(?:!\s*)?(?:echo|printf|e?grep|log|info|warn|say|die|fail|test_\w+|print_\w+|\w+_(?:pass|fail))\b"
)


def told_to_start(model: Told) -> Iterator[str]:
    """Where a text, in sentences, has a program started that it had fetched from an address a few lines before."""
    if not isinstance(model, AgentText):
        return
    fetched = list[tuple[int, str]]()
    for at, said in enumerate(sentences(model)):
        if said.passage.code or said.passage.shown:
            continue
        started = _SAYS_START.search(said.text) if fetched else None
        if started is not None and not is_denied(said.text, started):
            for when, name in fetched:
                if at - when < 7 and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", said.text[started.start() :]):
                    yield said.passage.path
                    return
        got = _SAYS_FETCH.search(said.text) if "http" in said.low else None
        if got is not None and not (KNOWN.search(said.text) or LOCAL.search(said.text) or is_denied(said.text, got)):
            fetched += [
                (at, one.rpartition("/")[2].removesuffix(".zip"))
                for pair in _FILE.findall(said.text)
                for one in pair
                if len(one) > 2
            ]


_SAYS_FETCH = either(
    r"\b(?:download|get|fetch|grab|obtain|lade|descarga|télécharge|скачай|下载|ダウンロード)\w*\b.{0,40}https?://\S+"
)
_FILE = re.compile(
    r"https?://[^\s`\"')]{3,200}/([\w.-]+\.(?:exe|bin|msi|dmg|pkg|sh|ps1|bat|cmd|run|elf|zip|app|jar|AppImage))\b"
    r"|\b(?:as|call\s+it|name\s+it|into)\s+[`\"']?(?:\./)?([\w.-]{2,40})",
    re.IGNORECASE,
)
_SAYS_START = either(
    r"\b(?:start|run|launch|execute|open|double-click|unpack|starte|führe|ejecuta|lance|exécute|запусти)\b|运行|执行"
    r"|打开|実行|起動"
)

#: The program stands behind it, or is piped in: what is named is what it is given.
_IS_GIVEN = re.compile(r"\b(?:node|python[0-9.]*|ruby|perl|bash|sh)\s(?:[^|;&\n]{0,80}\s)?-\s[^|;&\n]{0,200}<<")
_SHELL = r"(?:sudo\s+(?:-\w+\s+)?)?(?:env\s+)?(?:/bin/|/usr/bin/)?(?:ba|z|da|k)?sh\b"
#: An interpreter that reads its program from the pipe.
_READER = r"(?:sudo\s+)?(?:python[0-9.]*|node|perl|ruby|php|osascript)(?=\s*(?:-(?:\s|$)|--\s|[|;&`\"')]|$))"
RUNS = either(
    r"\bapply\s*\(?\s*from\s*[:=]\s*[\"']https?://(?!localhost)|\bCOPY\b.{0,200}\bTO\s+PROGRAM\b.{0,200}\b(?:curl|wget|nc)\b",
    r"\b(?:finger|nslookup|dig|curl(?:\.exe)?|wget|telnet|ncat?|certutil)\b[^|;\n]{0,300}\|(?:[^|\n]{0,80}\|){0,2}\s*(?:cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh"
    r"|iex|osascript)\b",
    rf"(?:curl|wget|fetch|aria2c)\b[^|;\n]{{0,400}}\|\s*(?:tee\s+\S+\s*\|\s*)?(?:{_SHELL}(?!\s+-\w*c)|{_READER})",
    r"(?:bash|sh|zsh|source|\.)\s+(?:-c\s+)?[\"']?(?:<\(|\$\()\s*(?:curl|wget)|eval\s+[\"']?(?:\$\(|`)\s*(?:curl|wget)",
    r"python[0-9.]*\s+(?:-\s+)?<\(\s*(?:curl|wget)|python[0-9.]*\s+-c\s+[\"']?\$\(\s*(?:curl|wget)",
    r"\b(?:iex|invoke-expression)\b.{0,80}(?:irm|iwr|invoke-|downloadstring|webclient)|(?:irm|iwr)\b.{0,200}\|\s*iex\b",
    r"powershell(?:\.exe)?\b.{0,80}\s-e(?:nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{16,}|mshta\s+https?:"
    r"|certutil.{0,40}-urlcache",
    r"exec\(\s*(?:requests\.get|(?:\w+\.){0,3}urlopen|httpx\.get)|eval\(\s*(?:await\s+)?(?:\(await\s+)?fetch\(",
    r"(?:curl|wget)\b.{0,200}(?:&&|;)\s*(?:sudo\s+)?chmod\s+(?:\+x|7\d\d)",
    r"\b(?:include|require)(?:_once)?\s*\(?\s*[\"']https?://(?!localhost)"
    r"|\b(?:pickle|dill|cloudpickle|joblib|torch)\.loads?\(\s*(?:io\.)?(?:BytesIO\(\s*)?(?:requests\.get|httpx\.get|(?:\w+\.){0,3}urlopen)\("
    r"|\bload(?:string)?\s*\(+\s*(?:\w+\.)?https?\.request\s*\(|\bsource(?:_url)?\(\s*[\"']https?://(?!localhost)"
    r"|\beval\(\s*parse\(\s*(?:text\s*=\s*)?(?:readLines|url|RCurl|getURL|httr)|\binclude\(\s*download\(",
    r"\bmmap\.mmap\(.{0,60}(?:prot\s*=\s*7|PROT_EXEC)|\bVirtualAlloc\w*\(|\bmemfd_create\(|\bCreateRemoteThread\b",
    r"\bhttps?[\"']?\)?\.get\(.{0,240}\beval\(|\bfetch\(.{0,200}\beval\(",
    r"\[scriptblock\]::Create\(|DownloadString\(.{0,200}(?:Invoke|iex|ScriptBlock)",
    r"\bregsvr32\b.{0,40}https?:|\bbitsadmin\b.{0,60}/transfer|\bmsiexec\b.{0,40}https?://",
    r"\b(?:eval|exec|Function)\(.{0,80}(?:execSync|popen|check_output|getoutput|subprocess\.run)\(.{0,40}\b(?:curl"
    r"|wget)\b",
    r"\b(?:instance_|class_)?eval\s*\(?\s*(?:URI\.open|URI\.parse|open\(\s*[\"\']https?:|Net::HTTP\.get"
    r"|file_get_contents\(\s*[\"\']https?:)",
    r"(?:curl|wget)\b[^|;\n]{0,300}\|\s*tar\s+\S{0,10}x\S{0,10}\s[^;\n]{0,80}(?:&&|;)\s*(?:nohup\s+"
    r"|sudo\s+)?(?:/var)?/(?:tmp|dev/shm)/",
)
_GETS = re.compile("curl|wget|bitstransfer|outfile|destination|urlretrieve")
#: Into which file something is fetched.
_FETCHES = re.compile(
    r"\b(?:curl|wget)\b[^|;&\n]{0,300}?(?:\s-o\s*|\s-O\s+|--output[ =]|--output-document[ =]"
    r"|\s-\w*[oO]\s+(?!https?:))([\w./~$\{}\"'-]+)"
    r"|\bcurl\b[^|;&\n]{0,300}?\s-\w*O\w*\s[^|;&\n]{0,200}?https?://[^\s\"']+/([\w.-]+)"
    r"|\b(?:curl|wget)\b[^|;&\n]{0,300}?>\s*([\w./~$\{}\"'-]+)"
    r"|\bwget\s+(?:-q\s+)?[\"']?https?://[^\s\"']+/([\w.-]+)"
    r"|(?:-OutFile|-Destination)\s+([\w./\\~$:\"'-]+)"
    r"|Start-BitsTransfer\s+(?:-Source\s+)?\S{1,200}\s+(?!-)([\w./\\~$:\"'-]+)"
    r"|urlretrieve\([^,\n]{1,200},\s*[\"']?([\w./~-]+)"
)
_STARTS = (
    r"(?:\b(?:bash|sh|zsh|source|python[0-9.]*|node|perl|ruby|open|Start-Process|chmod\s+\S+|installer"
    r"|sudo(?!\s+(?:mv|cp|rm|install|dpkg|apt|tar|ls|chown|unzip)\b)|msiexec|nohup|exec)\s(?:[^|;&\n]{0,80}?[\s/\"'])?"
    r"|\./|(?:^|[;&])\s*\.\s+\S{0,80}?|&\s+\S{0,80}?|\[\s*[\"'](?:bash|sh|python3?)[\"'],\s*[\"']\S{0,60}?)NAME(?:\b"
    r"|$)"
)
_DATA = (".json", ".csv", ".txt", ".md", ".html", ".xml", ".pdf", ".png", ".jpg", ".jpeg", ".yaml", ".yml", ".svg", ".mp3",
         ".mp4", ".wav", ".gz", ".zip", ".log", ".ics", ".parquet", ".ttf", ".webp", ".gif", ".toml", "null", ".pem", ".gpg", ".asc")  # fmt: skip
_CHECKED = re.compile(
    r"sha\d*sum|shasum|gpg\s+--verify|cosign|Get-FileHash|hashlib|minisign|openssl\s+dgst", re.IGNORECASE
)
#: It is read before it is run.
_LOOKS_AT = re.compile(r"(?:^|[;&]\s*)\s*(?:less|more|bat|view|vim?|nano|cat)\s+(?:\./)?([\w.-]+)")
LOCAL = re.compile(
    r"https?://(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host\.docker\.internal)|\$\{?(?:BASE_URL|API_URL)"
    r"|localhost:|https?://(?:\u2026|\.\.\.|<)",
    re.IGNORECASE,
)
KNOWN = either(
    r"https://(?:sh\.rustup\.rs|[\w.-]+\.google/|astral\.sh|get\.docker\.com|deno\.land|bun\.(?:sh|com)"
    r"|install\.python-poetry\.org|get\.pnpm\.io|(?:www\.)?ollama\.com|claude\.ai|deb\.nodesource\.com"
    r"|rpm\.nodesource\.com|get\.helm\.sh|fly\.io|pyenv\.run|cli\.github\.com|sdk\.cloud\.google\.com|get\.volta\.sh"
    r"|fnm\.vercel\.app|mise\.run|get\.k3s\.io|starship\.rs|install\.determinate\.systems|get\.pulumi\.com|cursor\.com"
    r"|tailscale\.com|get\.sdkman\.io|nixos\.org|cli\.doppler\.com|cli\.coderabbit\.ai|opencode\.ai"
    r"|foundry\.paradigm\.xyz|release\.(?:solana|anza)\.(?:com|xyz)|dl\.k8s\.io|packages\.microsoft\.com"
    r"|awscli\.amazonaws\.com|aka\.ms|dot\.net|just\.systems|apt\.releases\.hashicorp\.com|get\.rvm\.io"
    r"|download\.docker\.com|dl\.google\.com|gitlab\.com/gitlab-org|install\.julialang\.org"
    r"|raw\.githubusercontent\.com/(?:Homebrew|nvm-sh|ohmyzsh|helm|golangci|aquasecurity|anchore|hashicorp|kubernetes"
    r"|k3d-io|creationix|astral-sh|trufflesecurity|sigstore|microsoft|google|aws|vercel|cloudflare|supabase|rust-lang"
    r"|python|pyenv|asdf-vm))",
)
#: A package from somewhere else than an index.
INSTALLS = either(
    r"\b(?:load|install|add)\b.{0,40}\b(?:unpacked|extension|add-?on|\.crx)\b.{0,60}https?://(?!chromewebstore|chrome\.google"
    r"|addons\.mozilla|microsoftedge|github\.com|docs|developer|marketplace|open-vsx)\S+\.(?:zip|crx|xpi|vsix)\b",
    r"\b(?:pip3?|uv\s+pip|pipx"
    r"|uv\s+tool)\s+install\s+(?:-(?!-index|-extra|-find|i\b|f\b)\S+\s+)*[\"']?https?://(?!github\.com/"
    r"|files\.pythonhosted\.org/|download\.pytorch\.org/)",
    r"\bnpx\s+(?:-y\s+|--yes\s+)?[\"']?https?://"
    r"|\bnpm\s+(?:i|install|exec)\s+(?:-\S+\s+)*[\"']?https?://(?!github\.com/|registry\.npmjs\.org/)",
    r"\b(?:pip3?|npx|npm|uvx)\b.{0,60}\bhttp://(?!localhost|127\.)",
    r"\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|add)\s+(?:-\S+\s+)*\S{1,80}@https?://(?!github\.com/"
    r"|registry\.npmjs\.org/|codeload\.github\.com/)",
)
