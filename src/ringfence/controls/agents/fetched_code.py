"""What controls of agents know of programs that run what they fetched: a name from where it came to where it is run."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import passages
from ringfence.models.agent import AgentScript

_GETS = (
    "http",
    "request",
    "urlopen",
    "fetch",
    "get(",
    "download",
    "curl",
    "wget",
    "image_to_string",
    "readtext(",
    "feedparser",
    "pdfreader",
    "extract_text",
    "imap4",
    "rfc822",
)


def run_by_name(model: AgentScript) -> Iterator[tuple[str, str]]:
    """(path, what is run): a name that holds what was fetched, or a file into which that was written."""
    texts, files = set[str](), set[str]()
    for passage in passages(model):
        line = passage.text
        own = line[: passage.own]
        if any(word in passage.low for word in _GETS) or texts:
            before = set(files)
            _learn(line, texts, files)
            for name in sorted(files - before):
                if re.search(rf"\b(?:execFile|spawn|exec)(?:Sync)?\(\s*{re.escape(name)}\s*[,)]", line):
                    yield passage.path, name
        for found in _LOOP.finditer(own):
            if found[2] in texts:
                texts.add(found[1])
        for found in _RUNS_TEXT.finditer(own):
            name = next(one for one in found.groups() if one)
            if name in texts:
                yield passage.path, name
        begun = _STARTS.search(own) if files else None
        if begun is not None:
            rest = line[begun.start() :]
            ran = r"\(\s*(?:os\.P_\w+,\s*)?\[?\s*[\"']?" if _INTERPRETER.search(rest) is None else r"(?<![\w.])"
            name = next((one for one in sorted(files) if re.search(rf"{ran}{re.escape(one)}(?!\w)", rest)), "")
            if name:
                yield passage.path, name
                files.discard(name)


def _learn(line: str, texts: set[str], files: set[str]) -> None:
    """Which names hold something fetched after a line."""
    gets = _FETCH.search(line) is not None and _LOCAL.search(line) is None
    if not gets and (len(texts) > _MOST or texts.isdisjoint(_WORD.findall(line))):
        return
    for pattern in (_INTO, _WITH, _THEN):
        for found in pattern.finditer(line):
            texts.add(found[1])
    for found in _WRITES.finditer(line):
        name = next(one for one in found.groups() if one)
        files.add(name.strip("\"'"))


#: How many names are followed in one program.
_MOST = 200
_WORD = re.compile(r"\w+")
_FETCH = re.compile(
    r"\brequests\.get\(|\burlopen\(|\bhttpx\.get\(|\bfetch\(|\baxios(?:\.get)?\(|\bhttps?\.get\(|\burllib\d?\.\w+"
    r"|\bsession\.get\(|\bNet::HTTP\b|\bfile_get_contents\(\s*[\"']https?:|\burlretrieve\(|\bget\(\s*[\"']https?:"
    r"|\bimage_to_string\(|\breadtext\(|\bfeedparser\.parse\(|\bPdfReader\(|\bextract_text\(|\bIMAP4(?:_SSL)?\(|\.fetch\(\w+,\s*[\"']\(?RFC822"
    r"|\bURI\.open\(|=\"?\$\(\s*(?:curl|wget)\b"
)
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])")
_INTO = re.compile(r"(?:^|[\s;{(])(?:const\s+|let\s+|var\s+|my\s+)?\$?(\w+)\s*=(?![=>])")
_LOOP = re.compile(r"\bfor\s*\(?\s*(?:const\s+|let\s+|var\s+)?(\w+)\s+(?:of|in)\s+(\w+)")
_WITH = re.compile(r"\bas\s+(\w+)\s*:")
_THEN = re.compile(r"(?:\.then\(\s*(?:async\s+)?\(?|\bon\(\s*[\"']\w+[\"']\s*,\s*\(?)(\w+)\)?\s*=>")
_WRITES = re.compile(
    r"\b(\w+)\.write(?:_bytes|_text)?\(|\bopen\(\s*([\w./]+|[\"'][^\"']{1,80}[\"'])\s*,[^)]{0,20}\)\.write\("
    r"|\bwriteFile(?:Sync)?\(\s*([\w.]+|[\"'][^\"']{1,80}[\"'])\s*,|\.extractall\(\s*([\w./]+|[\"'][^\"']{1,80}[\"'])"
    r"|\burlretrieve\([^,]{1,120},\s*([\w./]+|[\"'][^\"']{1,80}[\"'])"
    r"|\bcreateWriteStream\(\s*([\w.]+|[\"'][^\"']{1,80}[\"'])\s*[,)]"
)
_RUNS_TEXT = re.compile(
    r"(?<![.\w])(?:exec|eval)\(\s*(?:compile\(\s*)?(?:await\s+)?(\w+)(?:\.(?:text|content|decode\([^)]{0,20}\)|data"
    r"|body|read\(\)))?\s*[,)]|\bnew\s+Function\(\s*(\w+)\s*\)|\bvm\.runIn\w+\(\s*(\w+)\b|\.then\(\s*(eval)\s*\)"
    r"|\beval\s+[\"']?\$\{?(\w+)|\b(?:ba|z)?sh\s+-c\s+[\"']?\$\{?(\w+)"
    r"|\b(?:pickle|dill|cloudpickle|joblib|marshal|torch)\.loads?\(\s*(?:io\.BytesIO\(\s*)?(\w+)"
    r"|\bimport\(\s*(?:[\"']data:[^\"'\n]{0,60}[\"']\s*\+\s*|`data:[^`$\n]{0,60}\$\{)(\w+)"
    r"|\(0,\s*eval\)\(\s*(\w+)|(?<![.\w])Function\(\s*(\w+)\s*\)\s*\(|\._compile\(\s*(\w+)|\bnew\s+(?:vm\.)?(?:Script|AsyncFunction)\(\s*(\w+)"
    r"|\b(?:exec(?:File)?Sync|spawnSync|run|Popen|check_output|check_call|call)\(\s*\[?\s*[\"'](?:\w*sh|node|python[\d.]*|ruby|perl|php|cmd|powershell"
    r"|osascript)\b[^\n]{0,100}?\binput\s*[:=]\s*(\w+)"
    r"|\b(?:run|Popen|call|check_output|check_call|getoutput)\(\s*(\w+)(?:\[[^\]\n]{0,20}\]|\.\w+\([^)\n]{0,20}\)){0,2}\s*,[^\n]{0,60}\bshell\s*=\s*True"
    r"|\b(?:execSync|exec|spawn|system|popen)\(\s*(?:await\s+)?(\w+)(?:\.\w+)?(?:\(\))?\s*[,)]"
)
#: What a file is given to that runs it.
_INTERPRETER = re.compile(
    r"sys\.executable|\b(?:python\S*|node|bash|sh|zsh|ruby|perl|php|powershell|osascript|exec_module"
    r"|spec_from_file_location|run_path|fork)\b"
)
_STARTS = re.compile(
    r"\b(?:os\.(?:spawn|exec)\w+|Popen|subprocess\.\w+|os\.system|os\.startfile|(?:ctypes\.)?(?:CDLL|LoadLibrary)"
    r"|exec_module|spec_from_file_location|run_path|execFile(?:Sync)?|execSync|spawn(?:Sync)?|fork|system)\("
)
