"""What comes of a call that does nothing by itself: what is computed, and the labels that go through."""

import ast
import re

from ringfence.programs.python import folding, names
from ringfence.programs.python.call import Call
from ringfence.programs.python.lookups import Lookups
from ringfence.programs.python.special import LATER, SPECIAL
from ringfence.programs.python.values import HOLE, MAX_TEXT, NOTHING, UNKNOWN, Value, constant, written
from ringfence.programs.seen import EMPTY

_WRITERS = frozenset(["write", "writelines", "write_text", "write_bytes"])
_READERS = frozenset(["read", "readlines", "readline", "read_text", "read_bytes", "getvalue"])
_CHANGERS = frozenset("append extend update add insert setdefault put appendleft write".split())
_PATHS = frozenset(
    "expanduser resolve absolute joinpath with_name with_suffix as_posix strip rstrip lower encode format".split()
)
_KEEPING = frozenset("text json replace strip split items values keys copy get pop splitlines".split())
_SAME_TEXT = frozenset("str bytes json.dumps os.fspath iter next list set tuple zipfile.ZipFile tarfile.open".split())


class Flows(Lookups):
    """Values of calls that only pass on or compute."""

    def called(self, call: Call) -> Value:
        """What a call gives; what it does is noted. `Calls` says it."""
        raise NotImplementedError

    def relabel(self, old: Value, labels: frozenset[str]) -> None:
        """Give more labels to whatever stands for this value."""
        self.scope.relabel(old, labels)
        self.project.relabel(old, labels)

    def _later(self, function: Value, argument: Value, call: Call) -> None:
        """A function that somebody else calls with something."""
        if (
            function.ref.startswith("~")
            or function.ref.startswith("?lambda")
            or names.kind_of(function.ref)
            or function.ref.startswith("?partial")
        ):
            self.called(Call(call.node, function.ref, function, NOTHING, "", [argument], {}))

    def _delayed(self, call: Call) -> None:
        """What is handed over to be called: `map(f, …)`, `Thread(target=f, args=…)`."""
        at = LATER[call.name]
        function = call.named.get("target") or call.named.get("function") or call.at(at)
        rest = call.named.get("args") or call.at(at + 1)
        given = list(rest.items) if rest.items else [self.element(rest)] if rest != NOTHING else []
        if (
            function.ref.startswith(("~", "?lambda", "?partial"))
            or names.kind_of(function.ref)
            or function.ref in SPECIAL
        ):
            self.called(Call(call.node, function.ref, function, NOTHING, "", given, {}))

    def _mapped(self, call: Call) -> Value:
        function, items = folding.PLAIN[call.at(0).ref], call.at(1).const
        assert isinstance(items, list)  # noqa: S101
        made = [folding.called(function, [one], {}) for one in items[:65536]]
        labels = call.labels | ({"joined", "decoded"} if call.at(0).ref == "chr" else EMPTY)
        return Value(labels=labels) if UNKNOWN in made else constant(made, labels)

    def _computed(self, call: Call) -> Value | None:
        consts = [one.const for one in call.given]
        named = {word: one.const for word, one in call.named.items()}
        labels = call.labels | call.base.labels
        known = UNKNOWN not in consts and UNKNOWN not in named.values()
        if call.name in folding.DECODERS and (known or not call.name.startswith(("urllib", "html"))):
            found = folding.called(folding.DECODERS[call.name], consts, named) if known else UNKNOWN
            told = known or any(one.text.strip(HOLE) for one in call.given)
            labels = labels | ({"decoded", "literal"} if told else {"decoded"})
            return Value(labels=labels) if found is UNKNOWN else constant(found, labels)
        if known and call.name in folding.PLAIN:
            found = folding.called(folding.PLAIN[call.name], consts, named)
            if call.name == "chr":
                computed = call.node.args and isinstance(call.node.args[0], ast.BinOp)
                labels = labels | ({"joined", "decoded"} if computed else {"joined"})
            elif call.name in ("bytes", "bytearray") and consts and isinstance(consts[0], list) and len(consts[0]) > 3:
                labels = labels | {"joined", "decoded"}
            return None if found is UNKNOWN else constant(found, labels)
        if call.name == "chr" and "codes" in labels:
            return Value(labels=(labels - {"codes"}) | {"decoded", "literal", "joined"})
        if known and call.base.known and call.attribute:
            found = folding.method(call.base.const, call.attribute, consts, named)
            if found is not UNKNOWN:
                return constant(found, labels | self._hiding(call, found))
        return None

    def _hiding(self, call: Call, found: object) -> frozenset[str]:
        """Whether a method of a text is a way to hide one."""
        if call.attribute == "join" and isinstance(found, str) and len(found) > 2:
            return frozenset(["joined"])
        if call.attribute in ("translate", "replace") and isinstance(found, str):
            return frozenset(["joined", "decoded"] if call.attribute == "translate" else ["joined"])
        return (
            frozenset(["decoded", "joined"])
            if call.attribute == "decode" and call.given and str(call.given[0].const) in ("hex", "rot13", "base64")
            else EMPTY
        )

    def _flowing(self, call: Call) -> Value:
        """An unknown call: its result comes from all that went in."""
        base = call.base
        if call.attribute in _READERS or call.attribute in _WRITERS:
            found = self._of_file(call)
            if found is not None:
                return found
        if call.attribute in _CHANGERS and call.labels and isinstance(call.node.func, ast.Attribute):
            self._grow(call.node.func.value, call.labels, call.given)
        if call.attribute == "execute" and "argument" in call.labels:
            self.note("query", call.node, labels=call.at(0).labels, detail=call.at(0).text, name=call.name)
        labels = self._passed(call)
        ref = call.name + "()" if call.name and not call.name.startswith((".", "?")) else ""
        if call.attribute in _PATHS and base.ref == "pathlib.Path()":
            ref = base.ref
        return Value(ref=ref, labels=labels, text=self._text_of(call)[:MAX_TEXT])

    def _passed(self, call: Call) -> frozenset[str]:
        """The labels that go through an unknown call."""
        base = call.base
        if call.name.rpartition(".")[2] in ("timedelta", "sleep"):
            return EMPTY
        if call.attribute in _PUBLIC or (call.attribute == "authenticators" and _is_own_host(call.at(0))):
            return (base.labels | call.labels) - {"credential", "file", "key"}
        labels = (base.labels | call.labels | call.function.labels) - {"joined", "sock", "whole"}
        if call.attribute in ("decrypt", "decryptor", "finalize"):
            labels = labels | {"decoded"}
        if call.attribute in ("recv", "recvfrom", "recv_into", "recvmsg"):
            labels = labels | {"network", "socket"}
        if call.attribute in ("fileno", "makefile") and "sock" in base.labels:
            labels = labels | {"sock"}
        if call.attribute == "communicate":
            labels = labels | {"output"}
        if "time" in labels and call.attribute in names.CALENDAR:
            labels = labels | {"calendar"}
        return labels

    def _text_of(self, call: Call) -> str:
        """What is known of the text that an unknown call gives."""
        base, attribute = call.base, call.attribute
        if attribute in ("joinpath", "with_name"):
            return "/".join([written(base).rstrip("/"), *(written(one) for one in call.given)])
        if attribute == "format" and base.text:
            return "\n".join([base.text, *(one.text for one in (*call.given, *call.named.values()) if one.text)])
        if attribute == "join" and call.given:
            return call.given[0].text
        if attribute in _PATHS or attribute in _KEEPING:
            return base.text
        if len(call.given) == 1 and call.name in _SAME_TEXT:
            return call.given[0].text
        return ""

    def _of_file(self, call: Call) -> Value | None:
        """Reading from and writing to what was opened, and a `Path`."""
        base = call.base
        is_path = base.ref == "pathlib.Path()"
        if call.attribute in _READERS:
            labels = self._read(base, call) if is_path else base.labels
            return Value(labels=labels | base.labels, text="")
        if not (is_path or base.ref == "open()" or base.text):
            return None
        path = base if is_path else base.items[0] if base.items else base
        labels = call.labels
        self.note(
            names.WRITE,
            call.node,
            labels=labels | (path.labels & {"walked", "walked-home", "argument"}),
            detail=path.text,
            name=call.attribute,
        )
        kept = call.at(0).text
        if kept:
            self.note("written", call.node, labels=labels, detail=path.text + "\n" + kept, name=call.attribute)
        held = (frozenset(["downloaded"]) if "network" in labels else EMPTY) | (labels & {"decoded"})
        if held:
            self.relabel(path, held)
            self.relabel(base, held)
            name = path.text.strip(HOLE).rpartition("/")[2]
            if len(name) > 3:
                self.project.downloads.add(name)
        return NOTHING

    def _grow(self, target: ast.expr, labels: frozenset[str], given: list[Value]) -> None:
        """What is put into a collection is in it from then on."""
        if isinstance(target, ast.Name):
            old = self.scope.get(target.id) or NOTHING
            text = "\n".join(filter(None, (old.text, *(one.text for one in given))))[:MAX_TEXT]
            self.bind(target, old._replace(labels=old.labels | labels, const=UNKNOWN, text=text))
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value)
            if owner.ref.startswith("~"):
                self.project.hold(owner.ref[1:].removesuffix("()"), target.attr, Value(labels=labels))


#: What may be seen of a key by anybody.
_PUBLIC = frozenset("pubkey public_key get_public_key verifying_key get_address".split())
_OF_ALL = re.compile(r"github|gitlab|bitbucket|npmjs|pypi|amazonaws|heroku|huggingface", re.IGNORECASE)


def _is_own_host(host: Value) -> bool:
    """Whether a name and password of one host are taken that is no service of many."""
    return isinstance(host.const, str) and _OF_ALL.search(host.const) is None
