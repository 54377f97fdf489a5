"""What flows in a JavaScript file: which modules its names stand for, and which labels and texts they have."""

import re

from ringfence.programs.javascript import names
from ringfence.programs.javascript.scopes import Flat, Scopes, pairs
from ringfence.programs.javascript.tokens import Token, folded, holes
from ringfence.programs.seen import EMPTY, Seen
from ringfence.programs.words import CI_NAMES, SECRET_NAMES, credentials

#: Longer files are bundles, in which nothing is followed.
_FOLLOWED = 150_000
_CONTINUES = frozenset("+ - * / % . ?. ( [ , => = && || ?? ? : new await return in of typeof".split())
_LONGEST_ARGUMENTS = 4000


class Flows:
    """Follows the names of one file."""

    def __init__(self, path: str, found: list[Token]) -> None:
        self.path = path
        words = [one.text for one in found if one.kind == "name" and len(one.text) < 30]
        self.minified = len(found) > _FOLLOWED or (len(words) > 60 and sum(map(len, words)) / len(words) < 3.2)
        found = folded(found, {})
        self.found = found if self.minified else folded(found, _constants(found))
        self.closed = pairs(self.found)
        self.scopes: Scopes | Flat = Flat() if self.minified else Scopes(self.found, self.closed)
        self.aliases = dict[tuple[int, str], str]()
        self.labels = dict[tuple[int, str], frozenset[str]]()
        self.texts = dict[tuple[int, str], str]()
        self.results = dict[str, frozenset[str]]()
        self.seen = dict[tuple[str, int, str], Seen]()

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
        if argument.how & {"joined", "decoded"} and module in names.MODULES:
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
                    if name and (name.partition(".")[0] in names.MODULES or name in ("process", "process.env")):
                        self.aliases[key] = name + ("()" if self._calls_there(at + 1, end) else "")
            elif target.text in ("}", "]") and labels:
                start = next(
                    (place for place in range(at - 2, max(at - 200, -1), -1) if self.closed.get(place) == at - 1), at
                )
                for place in range(start, at):
                    if self.found[place].kind == "name":
                        name = self.found[place].text
                        secret = self._name(at + 1)[0] == "process.env" and SECRET_NAMES.search(name)
                        self._add(self.scopes.of(name, place), labels | (frozenset(["key"]) if secret else EMPTY))

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
            spread = self._word(at - 1) == "..." or (self._word(at - 1) == "=" and self._word(at - 2) == "}")
            return found | (EMPTY if chosen or spread else frozenset(["environ"]))
        if name.startswith("process.env."):
            variable = name.split(".")[2]
            return frozenset(["ci"] if variable in CI_NAMES else ["key"] if SECRET_NAMES.search(variable) else [])
        if self._word(after) == "(":
            found = found | self._given(name, after) | self.results.get(name, EMPTY)
        return found

    def _given(self, name: str, opened: int) -> frozenset[str]:
        """Labels of what a call gives."""
        if name in names.IDENTITY:
            return frozenset([names.IDENTITY[name]])
        if names.DECODE.match(name):
            inner = self._arguments(opened)
            if (name == "Buffer.from" and len(inner) < 2) or (
                name == "Buffer.from" and self.found[inner[-1][0]].text not in ("base64", "hex", "base64url")
            ):
                return EMPTY
            return EMPTY if name in ("decodeURIComponent", "unescape") else frozenset(["decoded"])
        if names.READ.match(name):
            families = credentials(self._text(opened + 1, self.closed.get(opened, opened)))
            return frozenset(["file", "credential"]) if families else frozenset(["file"])
        if names.NET.match(name):
            return frozenset(["network"])
        last = name.rpartition(".")[2]
        if last in names.PROCESS and name.startswith("child_process"):
            return frozenset(["output"])
        return frozenset(["capture"]) if names.CAPTURE.match(name) else EMPTY

    def _name(self, at: int) -> tuple[str, int]:
        """The dotted name that begins here, aliases resolved, and where it ends."""
        if at >= len(self.found) or self.found[at].kind != "name":
            return "", at
        if self.found[at].text in ("new", "await", "return", "typeof") and at + 1 < len(self.found):
            return self._name(at + 1)
        first = self.found[at].text
        known = self.aliases.get(self.scopes.of(first, at), self.aliases.get((-1, first), ""))
        parts = [known or ("?" + first if first in names.MODULES | names.PACKAGES else first)]
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


def _module(name: str) -> str:
    return name.removeprefix("node:")


def _constants(found: list[Token]) -> dict[str, Token]:
    """Names that are declared once, as a string."""
    known, gone = dict[str, Token](), set[str]()
    for at in range(len(found) - 4):
        one = found[at]
        if (
            one.kind == "name"
            and found[at + 1].text in ("=", "+=")
            and found[at - 1].text not in ("const", "let", "var")
        ):
            gone.add(one.text)
            known.pop(one.text, None)
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
