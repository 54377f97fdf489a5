"""What a JavaScript file does: its calls by resolved name, and what flows into them, in the words of the Python reader.

Flow is by names within functions and between functions of one file; in minified text, where names say nothing, only
what stands in one expression counts.
"""

import re
from collections.abc import Iterator

from ringfence.programs.javascript import names
from ringfence.programs.javascript.flows import Flows
from ringfence.programs.javascript.tokens import MAX_TOKENS, Token, tokens
from ringfence.programs.seen import EMPTY, Facts, Seen
from ringfence.programs.texts import odd
from ringfence.programs.words import HOME_ROOTS, credentials

_PASSES = 4
_MANGLED = re.compile(r"^_0x[0-9a-f]{3,}$|^[lI1]{6,}$|^[O0]{6,}$", re.IGNORECASE)
_PACKED = re.compile(r"eval\(function\(p,a,c,k,e,[dr]\)|\(!\[\]\+\[\]\)\[|\[\]\[\(!\[\]")


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
    said = {one.text for one in found if one.kind == "name"}
    mangled = sum(1 for one in said if _MANGLED.match(one))
    if mangled >= 4 and mangled * 5 >= len(said):
        yield "names that all look alike"
    if _PACKED.search(text[:200_000]):
        yield "the marks of an obfuscator"
    escapes = re.findall(r"(?:\\x[0-9a-fA-F]{2}){3,}", text[:500_000])
    if len(escapes) >= 3 and all(
        32 <= int(one, 16) < 127 for one in re.findall(r"\\x([0-9a-fA-F]{2})", "".join(escapes[:50]))
    ):
        yield "text written in escapes that could be read without"


class Reader(Flows):
    """Reads one file."""

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

    # -- calls

    def _calls(self) -> None:
        for at, one in enumerate(self.found):
            if one.kind != "name" or (
                self.minified and one.text not in names.ROOTS and (-1, one.text) not in self.aliases
            ):
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
                parameters = self.scopes.arrows.get(place)
                if parameters is not None and labels:
                    for word in parameters:
                        self._add((place, word), labels)
                    break
            del end
        for word, (start, end) in zip(self.scopes.parameters.get(name, ()), arguments, strict=False):
            given = self._in(start, end)
            for key in list(self._declaring(name, word)):
                self._add(key, given)

    def _declaring(self, function: str, word: str) -> Iterator[tuple[int, str]]:
        for start, parameters in self.scopes.arrows.items():
            before = self._word(start - 1)
            named = before == function or (before == "=" and self._word(start - 2) == function)
            if named and word in parameters:
                yield start, word

    def _call(self, name: str, at: int, opened: int, close: int) -> None:
        arguments = self._arguments(opened)
        labels = self._in(opened + 1, close)
        text = self._text(*arguments[0]) if arguments else ""
        last = name.rpartition(".")[2]
        hidden = [one.how for one in self.found[at:opened] if one.kind == "index" and one.how & {"joined", "decoded"}]
        if hidden and (
            name in names.EXEC
            or name.partition(".")[0] in names.MODULES
            or last in ("eval", "Function", "exec", "execSync", "constructor")
        ):
            self._note("hidden-name", at, name, hidden[0], name)
        built = name.endswith("constructor.constructor") or (last == "constructor" and hidden)
        if name in names.EXEC or (built and "decoded" in labels):
            extra = {"constant"} if arguments and self.found[arguments[-1][0]].kind == "string" else set[str]()
            self._note("exec", at, name, labels | extra, text)
        elif name in ("setTimeout", "setInterval") and arguments and self.found[arguments[0][0]].kind == "string":
            self._note("exec", at, name, self._in(*arguments[0]) | {"constant"}, text)
        elif last in names.PROCESS and name.startswith("child_process"):
            self._process(at, name, last, labels, text, arguments)
        elif names.NET.match(name):
            self._note("net", at, name, labels, self._text(opened + 1, close))
        elif names.DNS.match(name):
            self._note(
                "dns",
                at,
                name,
                labels
                | ({"encoded"} if "toString" in "".join(one.text for one in self.found[opened:close]) else EMPTY),
                text,
            )
        elif last in names.SENDS and not name.startswith(("process.stdout", "process.stderr", "res.", "console")):
            self._sent(at, name, labels, opened)
        else:
            self._file(at, name, labels, text, arguments)
        if names.CAPTURE.match(name):
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
        elif names.READ.match(name):
            families = credentials(text)
            if families:
                self._note("credential", at, ", ".join(sorted(families)), labels, text)
            self._note("read", at, name, labels, text)
        elif names.WRITE.match(name):
            self._note("write", at, name, labels, text)
            if len(arguments) > 1:
                self._note("written", at, name, labels, text + "\n" + self._text(*arguments[1]))
        elif names.DELETE.match(name):
            broad = frozenset(["broad"]) if HOME_ROOTS.match(text) and text.strip("\0/") else EMPTY
            self._note("delete", at, name, labels | broad, text)
