"""What a JavaScript file does: its calls by resolved name, and what flows into them, in the words of the Python reader.

Flow is by names within functions and between functions of one file; in minified text, where names say nothing, only
what stands in one expression counts.
"""

import re
from collections.abc import Iterator

from ringfence.vetting.static.javascript.scopes import Flat, Scopes, pairs
from ringfence.vetting.static.javascript.tokens import MAX_TOKENS, Token, folded, holes, tokens
from ringfence.vetting.static.seen import EMPTY, Facts, Seen
from ringfence.vetting.static.texts import odd
from ringfence.vetting.static.words import CI_NAMES, HOME_ROOTS, SECRET_NAMES, credentials

_PASSES = 4
#: Longer files are bundles, in which nothing is followed.
_FOLLOWED = 150_000
_PROCESS = frozenset("exec execSync spawn spawnSync execFile execFileSync fork".split())
_NET = re.compile(
    r"^(?:fetch|globalThis\.fetch|window\.fetch|axios(?:\.\w+)?|got(?:\.\w+)?|request(?:\.\w+)?|node-fetch|undici\.\w+|superagent\.\w+|needle(?:\.\w+)?"
    r"|https?\.(?:get|request)|https?\.Agent|net\.(?:connect|createConnection)|tls\.connect|dgram\.createSocket|WebSocket|ws|XMLHttpRequest"
    r"|navigator\.sendBeacon|http2\.connect|EventSource|nodemailer\.createTransport|\$\.(?:ajax|get|post))$"
)
_DNS = re.compile(r"^(?:dns|dns\.promises|dns/promises)\.(?:lookup|resolve\w*)$")
_READ = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:readFile(?:Sync)?|createReadStream|copyFile(?:Sync)?|readdir(?:Sync)?|cp(?:Sync)?|open(?:Sync)?)$"
)
_WRITE = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:writeFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream|outputFile(?:Sync)?)$"
)
_DELETE = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:rm(?:Sync)?|rmdir(?:Sync)?|unlink(?:Sync)?|remove(?:Sync)?|emptyDir(?:Sync)?)$|^rimraf(?:\.\w+)?$"
)
_EXEC = frozenset(
    "eval Function vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction globalThis.eval window.eval".split()
)
_DECODE = re.compile(
    r"^(?:atob|unescape|decodeURIComponent|Buffer\.from|zlib\.(?:inflate|gunzip|unzip|brotliDecompress)\w*|CryptoJS\.\w+\.decrypt|String\.fromCharCode)$"
)
_IDENTITY = {"os.hostname": "identity:host", "os.userInfo": "identity:user", "os.networkInterfaces": "identity:mac"}
_SENDS = frozenset("write end send emit post pipe".split())
_CAPTURE = re.compile(r"^(?:iohook|uiohook|node-global-key-listener|screenshot-desktop|clipboardy)(?:\.\w+)*$")
_MANGLED = re.compile(r"^_0x[0-9a-f]{3,}$|^[lI1]{6,}$|^[O0]{6,}$", re.IGNORECASE)
_PACKED = re.compile(r"eval\(function\(p,a,c,k,e,[dr]\)|\(!\[\]\+\[\]\)\[|\[\]\[\(!\[\]")
_CONTINUES = frozenset("+ - * / % . ?. ( [ , => = && || ?? ? : new await return in of typeof".split())
_LONGEST_ARGUMENTS = 4000


def javascript_facts(path: str, data: bytes) -> Facts:
    """Everything that is seen in a file."""
    text = data.decode("utf-8", "replace")
    said = list(odd(text, is_code=not path.endswith(".min.js")))
    found = tokens(text)
    why = "it is too long to be read" if len(found) >= MAX_TOKENS else ""
    reader = Reader(path, found)
    seen = reader.read()
    marks = [Seen("obfuscation", path, 1, "import", detail=one) for one in _marks(found, text)]
    strings = frozenset(one.text[:2000] for one in reader.found if one.kind in ("string", "template"))
    return Facts(path, "javascript", (*seen, *marks), tuple(said), strings, why)


def _marks(found: list[Token], text: str) -> Iterator[str]:
    names = {one.text for one in found if one.kind == "name"}
    mangled = sum(1 for one in names if _MANGLED.match(one))
    if mangled >= 4 and mangled * 5 >= len(names):
        yield "names that all look alike"
    if _PACKED.search(text[:200_000]):
        yield "the marks of an obfuscator"
    escapes = re.findall(r"(?:\\x[0-9a-fA-F]{2}){3,}", text[:500_000])
    if len(escapes) >= 3 and all(
        32 <= int(one, 16) < 127 for one in re.findall(r"\\x([0-9a-fA-F]{2})", "".join(escapes[:50]))
    ):
        yield "text written in escapes that could be read without"


class Reader:
    """Reads one file."""

    def __init__(self, path: str, found: list[Token]) -> None:
        self.path = path
        names = [one.text for one in found if one.kind == "name" and len(one.text) < 30]
        self.minified = len(found) > _FOLLOWED or (len(names) > 60 and sum(map(len, names)) / len(names) < 3.2)
        found = folded(found, {})
        self.found = found if self.minified else folded(found, _constants(found))
        self.closed = pairs(self.found)
        self.scopes: Scopes | Flat = Flat() if self.minified else Scopes(self.found, self.closed)
        self.aliases = dict[tuple[int, str], str]()
        self.labels = dict[tuple[int, str], frozenset[str]]()
        self.texts = dict[tuple[int, str], str]()
        self.results = dict[str, frozenset[str]]()
        self.seen = dict[tuple[str, int, str], Seen]()

    def read(self) -> list[Seen]:
        """All that is seen, once nothing new flows."""
        self._imports()
        first = dict(self.seen)
        for _ in range(1 if self.minified else _PASSES):
            before = dict(self.labels)
            self.seen = dict(first)
            if not self.minified:
                self._statements()
                self._returned()
            self._calls()
            if before == self.labels and not self._news:
                break
        return list(self.seen.values())

    def _note(self, kind: str, at: int, name: str, labels: frozenset[str], detail: str = "") -> None:
        line = self.found[at].line
        one = Seen(kind, self.path, line, self.scopes.where(at), labels, EMPTY, detail[:2000], name)
        old = self.seen.get((kind, line, name))
        self.seen[kind, line, name] = (
            one if old is None else one._replace(labels=one.labels | old.labels, detail=one.detail or old.detail)
        )

    # -- names

    def _imports(self) -> None:
        """`import … from "x"`, and what `require` gives."""
        for at, one in enumerate(self.found):
            if one.kind != "name":
                continue
            if one.text == "import" and at + 1 < len(self.found) and self.found[at + 1].text not in ("(", "."):
                self._import(at)
            elif one.text in ("require", "import") and self._word(at + 1) == "(" and at + 2 < len(self.found):
                self._required(at)

    def _import(self, at: int) -> None:
        end = next(
            (place for place in range(at + 1, min(at + 200, len(self.found))) if self.found[place].kind == "string"),
            None,
        )
        if end is None:
            return
        module = _module(self.found[end].text)
        words = [one for one in self.found[at + 1 : end] if one.kind == "name" and one.text not in ("from", "type")]
        braces = any(one.text == "{" for one in self.found[at + 1 : end])
        for number, word in enumerate(words):
            if word.text == "as":
                continue
            original = words[number - 2].text if number >= 2 and words[number - 1].text == "as" else word.text
            whole = not braces or (number == 0 and self.found[at + 1].kind == "name")
            self.aliases[-1, word.text] = module if whole else f"{module}.{original}"

    def _required(self, at: int) -> None:
        """`const x = require("y")`, `const { a, b: c } = require("y").z`; a name that is computed is noted."""
        argument = self.found[at + 2]
        if argument.kind not in ("string", "template") or "${" in argument.text:
            if self.found[at + 2].text != ")" and not self.minified:
                close = self.closed.get(at + 1, at + 2)
                self._note("computed-import", at, "require", self._in(at + 2, close))
            return
        module = _module(argument.text)
        if argument.how & {"joined", "decoded"} and module in _MODULES:
            self._note("hidden-name", at, module, argument.how, module)
        after = at + 4
        while (
            self._word(after) == "."
            and after + 1 < len(self.found)
            and self.found[after + 1].kind == "name"
            and self._word(after + 2) != "("
        ):
            module += "." + self.found[after + 1].text
            after += 2
        self._bind(at - 1, module)

    def _bind(self, equals: int, module: str) -> None:
        """Give what stands before an equals sign its module."""
        while equals >= 0 and self._word(equals) in ("await", "("):
            equals -= 1
        if self._word(equals) != "=" or equals < 1:
            return
        target = self.found[equals - 1]
        if self.minified and len(target.text) < 4:
            return
        if target.kind == "name":
            self.aliases[self.scopes.of(target.text, equals - 1)] = module
        elif target.text == "}":
            start = next(
                (one for one in range(equals - 2, max(equals - 200, -1), -1) if self.closed.get(one) == equals - 1),
                None,
            )
            inner = list(self.found[(start or 0) + 1 : equals - 1]) if start is not None else []
            for number, one in enumerate(inner):
                if one.kind == "name" and not (number + 1 < len(inner) and inner[number + 1].text == ":"):
                    renamed = number >= 2 and inner[number - 1].text == ":"
                    original = inner[number - 2].text if renamed else one.text
                    self.aliases[self.scopes.of(one.text, equals)] = f"{module}.{original}"

    def _word(self, at: int) -> str:
        return self.found[at].text if 0 <= at < len(self.found) and self.found[at].kind in ("mark", "name") else ""

    # -- flow

    def _statements(self) -> None:
        """`name = expression`: the name has the labels of what is in it."""
        for at, one in enumerate(self.found):
            if one.kind != "mark" or one.text not in ("=", "+=") or at == 0:
                continue
            target = self.found[at - 1]
            end = self._end(at + 1)
            labels = self._in(at + 1, end)
            if target.kind == "name":
                key = self.scopes.of(self._root(at - 1), at - 1)
                self._add(key, labels)
                text = self._text(at + 1, end)
                if text.strip("\0") and key not in self.texts:
                    self.texts[key] = text
                if key not in self.aliases and not self.minified:
                    name = self._name(at + 1)[0]
                    if name and (name.partition(".")[0] in _MODULES or name in ("process", "process.env")):
                        self.aliases[key] = name + ("()" if self._calls_there(at + 1, end) else "")
            elif target.text in ("}", "]") and labels:
                start = next(
                    (place for place in range(at - 2, max(at - 200, -1), -1) if self.closed.get(place) == at - 1), at
                )
                for place in range(start, at):
                    if self.found[place].kind == "name":
                        self._add(self.scopes.of(self.found[place].text, place), labels)

    _news = False

    def _returned(self) -> None:
        """What functions with a name give."""
        self._news = False
        for name, (start, end) in self.scopes.bodies.items():
            if self.found[start].text != "{":
                labels = self._in(start, end)
            else:
                ends = (at for at in range(start, end) if self.found[at].text == "return")
                labels = EMPTY.union(*(self._in(at + 1, self._end(at + 1)) for at in ends))
            if labels - self.results.get(name, EMPTY):
                self.results[name] = self.results.get(name, EMPTY) | labels
                self._news = True

    def _calls_there(self, at: int, end: int) -> bool:
        return any(self.found[place].text == "(" for place in range(at, min(end, at + 12)))

    def _root(self, at: int) -> str:
        """The first name of `a.b.c`."""
        while at >= 2 and (self.found[at].kind == "index" or self.found[at - 1].text in (".", "?.")):
            at -= 1 if self.found[at].kind == "index" else 2
        return self.found[at].text

    def _end(self, at: int) -> int:
        """Where an expression ends: at its separator, or at a line's end where it cannot go on."""
        start = at
        while at < len(self.found) and at - start < _LONGEST_ARGUMENTS:
            one = self.found[at]
            if (
                at > start
                and one.line > self.found[at - 1].line
                and one.text not in _CONTINUES
                and self.found[at - 1].text not in _CONTINUES
                and one.text not in ("}", ")")
            ):
                return at
            if one.kind == "mark":
                if one.text in ("(", "[", "{") and at in self.closed:
                    at = self.closed[at]
                elif one.text in (")", "]", "}", ";", ","):
                    return at
            at += 1
        return at

    def _add(self, key: tuple[int, str], labels: frozenset[str]) -> None:
        if labels and not self.minified:
            self.labels[key] = self.labels.get(key, EMPTY) | labels

    def _in(self, start: int, end: int) -> frozenset[str]:
        """Labels of everything between two places."""
        found, at = set[str](), start
        while at < min(end, start + _LONGEST_ARGUMENTS):
            one = self.found[at]
            if one.kind == "string" and "decoded" in one.how:
                found.add("decoded")
            elif one.kind == "template":
                for name in re.findall(r"[A-Za-z_$][\w$]*", " ".join(re.findall(r"\$\{([^}]*)\}", one.text))):
                    found |= self.labels.get(self.scopes.of(name, at), EMPTY)
                if "process.env}" in one.text:
                    found.add("environ")
            elif one.kind == "name" and self._word(at - 1) not in (".", "?.") and self._word(at + 1) not in (":",):
                name, after = self._name(at)
                found |= self._of_name(name, at, after)
                at = max(at, after - 1)
            at += 1
        return frozenset(found)

    def _of_name(self, name: str, at: int, after: int) -> frozenset[str]:
        """Labels of a dotted name, or of the call that it begins."""
        key = self.scopes.of(self.found[at].text, at)
        found = self.labels.get(key, EMPTY)
        if name == "process.env":
            following = self.found[after] if after < len(self.found) else None
            chosen = following is not None and following.text == "["
            spread = self._word(at - 1) == "..."
            return found | (EMPTY if chosen or spread else frozenset(["environ"]))
        if name.startswith("process.env."):
            variable = name.split(".")[2]
            return frozenset(["ci"] if variable in CI_NAMES else ["key"] if SECRET_NAMES.search(variable) else [])
        if self._word(after) == "(":
            found = found | self._given(name, after) | self.results.get(name, EMPTY)
        return found

    def _given(self, name: str, opened: int) -> frozenset[str]:
        """Labels of what a call gives."""
        if name in _IDENTITY:
            return frozenset([_IDENTITY[name]])
        if _DECODE.match(name):
            inner = self._arguments(opened)
            if (name == "Buffer.from" and len(inner) < 2) or (
                name == "Buffer.from" and self.found[inner[-1][0]].text not in ("base64", "hex", "base64url")
            ):
                return EMPTY
            return EMPTY if name in ("decodeURIComponent", "unescape") else frozenset(["decoded"])
        if _READ.match(name):
            families = credentials(self._text(opened + 1, self.closed.get(opened, opened)))
            return frozenset(["file", "credential"]) if families else frozenset(["file"])
        if _NET.match(name):
            return frozenset(["network"])
        last = name.rpartition(".")[2]
        if last in _PROCESS and name.startswith("child_process"):
            return frozenset(["output"])
        return frozenset(["capture"]) if _CAPTURE.match(name) else EMPTY

    def _name(self, at: int) -> tuple[str, int]:
        """The dotted name that begins here, aliases resolved, and where it ends."""
        if at >= len(self.found) or self.found[at].kind != "name":
            return "", at
        if self.found[at].text in ("new", "await", "return", "typeof") and at + 1 < len(self.found):
            return self._name(at + 1)
        first = self.found[at].text
        known = self.aliases.get(self.scopes.of(first, at), self.aliases.get((-1, first), ""))
        parts = [known or ("?" + first if first in _MODULES | _PACKAGES else first)]
        at += 1
        if (
            first in ("require", "import")
            and self._word(at) == "("
            and at + 2 < len(self.found)
            and self.found[at + 1].kind == "string"
        ):
            parts, at = [_module(self.found[at + 1].text)], at + 3
        while at + 1 < len(self.found):
            if self.found[at].kind == "index":
                parts.append(self.found[at].text)
                at += 1
            elif self._word(at) in (".", "?.") and self.found[at + 1].kind == "name":
                parts.append(self.found[at + 1].text)
                at += 2
            else:
                break
        return ".".join(parts).removeprefix("globalThis.").removeprefix("window.").removeprefix("global."), at

    # -- calls

    def _calls(self) -> None:
        for at, one in enumerate(self.found):
            if one.kind != "name" or (self.minified and one.text not in _ROOTS and (-1, one.text) not in self.aliases):
                continue
            if self._word(at - 1) in (".", "?.", "function"):
                continue
            name, after = self._name(at)
            if name in ("child_process", "vm", "fs") and self._word(after) == "[" and not self.minified:
                self._note("computed-attribute", at, name, EMPTY)
            self._chain(name, at, after)

    def _chain(self, name: str, at: int, after: int) -> None:
        """A call and the calls of what it gives: `fetch(…).then(…)`."""
        flowing, depth = EMPTY, 0
        while self._word(after) == "(" and after in self.closed and depth < 30:
            close = self.closed[after]
            self._callbacks(name, after, flowing | self._given(name, after))
            self._call(name, at, after, close)
            flowing = flowing | self._given(name, after)
            after = close + 1
            while (
                after + 1 < len(self.found)
                and self._word(after) in (".", "?.")
                and self.found[after + 1].kind == "name"
            ):
                name = (
                    f"{name}().{self.found[after + 1].text}"
                    if self._word(after - 1) == ")"
                    else f"{name}.{self.found[after + 1].text}"
                )
                after += 2
            depth += 1

    def _callbacks(self, name: str, opened: int, labels: frozenset[str]) -> None:
        """Functions among the arguments get what the call gives; functions of the file what they are called with."""
        arguments = self._arguments(opened)
        last = name.rpartition(".")[2]
        if (
            last in ("on", "once", "addEventListener", "addListener")
            and arguments
            and self.found[arguments[0][0]].text in ("data", "message")
        ):
            root = name.partition(".")[0]
            if any(kind == "net" for kind, _, _ in self.seen) or "net" in root:
                labels = labels | {"network"}
        for start, end in arguments:
            for place in (start, start + 1, start + 2):
                names = self.scopes.arrows.get(place)
                if names is not None and labels:
                    for word in names:
                        self._add((place, word), labels)
                    break
            del end
        for word, (start, end) in zip(self.scopes.parameters.get(name, ()), arguments, strict=False):
            given = self._in(start, end)
            for key in list(self._declaring(name, word)):
                self._add(key, given)

    def _declaring(self, function: str, word: str) -> Iterator[tuple[int, str]]:
        for start, names in self.scopes.arrows.items():
            before = self._word(start - 1)
            named = before == function or (before == "=" and self._word(start - 2) == function)
            if named and word in names:
                yield start, word

    def _arguments(self, opened: int) -> list[tuple[int, int]]:
        """Where each argument begins and ends."""
        close, found = self.closed.get(opened, opened), list[tuple[int, int]]()
        at = start = opened + 1
        while at < close and len(found) < 100:
            one = self.found[at]
            if one.kind == "mark" and one.text in ("(", "[", "{") and at in self.closed:
                at = self.closed[at]
            elif one.kind == "mark" and one.text == ",":
                found.append((start, at))
                start = at + 1
            at += 1
        return [*found, (start, close)] if start < close else found

    def _text(self, start: int, end: int) -> str:
        """What is known of an expression's text."""
        parts = list[str]()
        at = start
        while at < min(end, start + 400):
            one = self.found[at]
            if one.kind == "string":
                parts.append(one.text)
            elif one.kind == "template":
                parts.append(holes(one.text))
            elif one.kind == "name":
                name, after = self._name(at)
                if name in ("os.homedir", "process.env.HOME", "process.env.USERPROFILE"):
                    parts.append("~")
                elif self._word(after) != "(":
                    parts.append(self.texts.get(self.scopes.of(one.text, at), "\0"))
                at = max(at, after - 1)
            elif one.text == ",":
                parts.append("/" if parts and not parts[-1].endswith("/") else "")
            at += 1
        return "".join(parts)[:4000]

    def _call(self, name: str, at: int, opened: int, close: int) -> None:
        arguments = self._arguments(opened)
        labels = self._in(opened + 1, close)
        text = self._text(*arguments[0]) if arguments else ""
        last = name.rpartition(".")[2]
        hidden = [one.how for one in self.found[at:opened] if one.kind == "index" and one.how & {"joined", "decoded"}]
        if hidden and (
            name in _EXEC
            or name.partition(".")[0] in _MODULES
            or last in ("eval", "Function", "exec", "execSync", "constructor")
        ):
            self._note("hidden-name", at, name, hidden[0], name)
        built = name.endswith("constructor.constructor") or (last == "constructor" and hidden)
        if name in _EXEC or (built and "decoded" in labels):
            extra = {"constant"} if arguments and self.found[arguments[-1][0]].kind == "string" else set[str]()
            self._note("exec", at, name, labels | extra, text)
        elif name in ("setTimeout", "setInterval") and arguments and self.found[arguments[0][0]].kind == "string":
            self._note("exec", at, name, self._in(*arguments[0]) | {"constant"}, text)
        elif last in _PROCESS and name.startswith("child_process"):
            self._process(at, name, last, labels, text, arguments)
        elif _NET.match(name):
            self._note("net", at, name, labels, self._text(opened + 1, close))
        elif _DNS.match(name):
            self._note(
                "dns",
                at,
                name,
                labels
                | ({"encoded"} if "toString" in "".join(one.text for one in self.found[opened:close]) else EMPTY),
                text,
            )
        elif last in _SENDS and not name.startswith(("process.stdout", "process.stderr", "res.", "console")):
            self._sent(at, name, labels, opened)
        else:
            self._file(at, name, labels, text, arguments)
        if _CAPTURE.match(name):
            self._note("capture", at, name, labels)

    def _process(
        self, at: int, name: str, last: str, labels: frozenset[str], text: str, arguments: list[tuple[int, int]]
    ) -> None:
        command = text
        if len(arguments) > 1 and self.found[arguments[1][0]].text == "[":
            command += " " + self._text(*arguments[1]).replace("/", " ", 1)
        first = self._in(*arguments[0]) if arguments else EMPTY
        kept = labels - ({"decoded", "network", "environ"} - first)
        self._note("process", at, name, kept | ({"shell"} if last in ("exec", "execSync") else EMPTY), command)

    def _sent(self, at: int, name: str, labels: frozenset[str], opened: int) -> None:
        """Writing to a connection; a shell's streams joined with one."""
        if name.endswith(".pipe") and not self.minified:
            said = "".join(one.text for one in self.found[at : self.closed.get(opened, opened)])
            if re.search(r"stdin|stdout|stderr", said) and any(kind == "net" for kind, _, _ in self.seen):
                tied = any(kind == "process" for kind, _, _ in self.seen)
                sockets = any(one.name.startswith(("net.", "tls.")) for one in self.seen.values() if one.kind == "net")
                if tied and sockets:
                    process = next(one for one in self.seen.values() if one.kind == "process")
                    key = ("process", process.line, process.name)
                    self.seen[key] = process._replace(labels=process.labels | {"fed-sock"})
            return
        telling = labels & {"environ", "credential", "file", "key", "capture", "output"}
        if (telling or any(one.startswith("identity") for one in labels)) and (
            "net" in name or any(kind == "net" for kind, _, _ in self.seen)
        ):
            self._note("net", at, name, labels)

    def _file(self, at: int, name: str, labels: frozenset[str], text: str, arguments: list[tuple[int, int]]) -> None:
        if name in ("net.Socket", "net.Socket().connect") or (
            name.endswith(".connect") and "net" in self.aliases.values()
        ):
            self._note("net", at, "net.connect", labels, text)
        elif _READ.match(name):
            families = credentials(text)
            if families:
                self._note("credential", at, ", ".join(sorted(families)), labels, text)
            self._note("read", at, name, labels, text)
        elif _WRITE.match(name):
            self._note("write", at, name, labels, text)
            if len(arguments) > 1:
                self._note("written", at, name, labels, text + "\n" + self._text(*arguments[1]))
        elif _DELETE.match(name):
            broad = frozenset(["broad"]) if HOME_ROOTS.match(text) and text.strip("\0/") else EMPTY
            self._note("delete", at, name, labels | broad, text)


#: What is looked at in minified text.
_ROOTS = frozenset(
    "eval Function fetch require import process axios XMLHttpRequest WebSocket navigator globalThis window".split()
)
_PACKAGES = frozenset("axios got request needle ws undici superagent rimraf node-fetch".split())
_MODULES = frozenset(
    "child_process fs net http https os vm dns tls dgram crypto zlib axios got undici ws cluster worker_threads fs/promises module".split()
)


def _module(name: str) -> str:
    return name.removeprefix("node:")


def _constants(found: list[Token]) -> dict[str, Token]:
    """Names that are declared once, as a string."""
    known, gone = dict[str, Token](), set[str]()
    for at in range(len(found) - 4):
        one = found[at]
        if (
            one.kind == "name"
            and one.text in ("const", "let", "var")
            and found[at + 1].kind == "name"
            and found[at + 2].text == "="
        ):
            name, value = found[at + 1].text, found[at + 3]
            if (
                name in known
                or name in gone
                or value.kind != "string"
                or found[at + 4].text not in (";", ",", "const", "let", "var", "\n")
            ):
                gone.add(name)
                known.pop(name, None)
            else:
                known[name] = value
    return known
