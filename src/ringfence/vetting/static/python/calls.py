"""What is called, with what, and what comes of it: the sinks and sources of Python."""

import ast
import re
import shlex
from typing import NamedTuple

from ringfence.vetting.static.python import folding, names
from ringfence.vetting.static.python.expressions import Expressions
from ringfence.vetting.static.python.values import HOLE, MAX_TEXT, NOTHING, UNKNOWN, Value, constant, union, written
from ringfence.vetting.static.seen import EMPTY, UNREAD
from ringfence.vetting.static.words import HOME_ROOTS, IDENTITY_PROGRAMS, PROBES, PUBLIC_ADDRESS, credentials

_SHELLS = frozenset("os.system os.popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput "
                    "asyncio.create_subprocess_shell popen2.popen2 posix.system nt.system".split())  # fmt: skip
#: What has a function called later, and where that function stands.
_LATER = {
    "map": 0,
    "filter": 0,
    "atexit.register": 0,
    "threading.Thread": 1,
    "threading.Timer": 1,
    "multiprocessing.Process": 1,
    "asyncio.run": 0,
    "asyncio.create_task": 0,
    "functools.partial": 0,
    "signal.signal": 1,
    "asyncio.to_thread": 0,
    "concurrent.futures.ThreadPoolExecutor().submit": 0,
    "concurrent.futures.ThreadPoolExecutor().map": 0,
    "sched.scheduler().enter": 2,
    "weakref.finalize": 1,
    "functools.reduce": 0,
    "operator.call": 0,
}
_INTERPRETERS = re.compile(
    r"(?:^|/)(?:(?:ba|da|z|k)?sh|python[\d.]*|perl|ruby|node|php|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)$", re.I
)
_EXISTS = frozenset(
    "os.path.exists os.path.isfile os.path.isdir os.path.lexists os.access os.stat "
    "pathlib.Path().exists pathlib.Path().is_file pathlib.Path().is_dir".split()
)
_WRITERS = frozenset(["write", "writelines", "write_text", "write_bytes"])
_READERS = frozenset(["read", "readlines", "readline", "read_text", "read_bytes", "getvalue"])
_CHANGERS = frozenset("append extend update add insert setdefault put appendleft write".split())
_PATHS = frozenset(
    "expanduser resolve absolute joinpath with_name with_suffix as_posix strip rstrip lower encode format".split()
)
_DATES = frozenset(
    "datetime.datetime datetime.date datetime.datetime.strptime datetime.datetime.fromisoformat time.strptime "
    "datetime.date.fromisoformat datetime.datetime.fromtimestamp time.mktime".split()
)
_LIBRARIES = ("cffi.FFI().dlopen().", "ctypes.CDLL().", "ctypes.windll.", "ctypes.cdll.")
_STARTERS = frozenset("system popen execl execv execve execvp fork posix_spawn".split())
_MEMORY = frozenset(
    "VirtualAlloc VirtualAllocEx VirtualProtect RtlMoveMemory CreateThread CreateRemoteThread WriteProcessMemory "
    "mprotect mmap memfd_create NtCreateThreadEx QueueUserAPC ptrace".split()
)
_KEEPING = frozenset("text json replace strip split items values keys copy get pop splitlines".split())
_SAME_TEXT = frozenset("str bytes json.dumps os.fspath iter next list set tuple zipfile.ZipFile tarfile.open".split())
#: Labels that flow through an unknown call.
_DROPPED = frozenset(["argument", "joined", "date", "calendar", "asks-date", "asks-identity"])


class Call(NamedTuple):
    """One call with the values of what it is given. `name` is what it resolves to, `base` what a method is of."""

    node: ast.Call
    name: str
    function: Value
    base: Value
    attribute: str
    given: list[Value]
    named: dict[str, Value]

    @property
    def labels(self) -> frozenset[str]:
        """Those of everything that is given."""
        return union(*self.given, *self.named.values())

    def at(self, number: int, *words: str) -> Value:
        """An argument, by its place or by one of its names."""
        for word in words:
            if word in self.named:
                return self.named[word]
        return self.given[number] if len(self.given) > number else NOTHING


class Calls(Expressions):
    """Evaluates calls."""

    def _call(self, node: ast.Call) -> Value:
        base, attribute = NOTHING, ""
        if isinstance(node.func, ast.Attribute):
            base, attribute = self.value(node.func.value), node.func.attr
            function = self.attribute(base, attribute, node)
        else:
            function = self.value(node.func)
        given = list[Value]()
        for one in node.args:
            found = self.value(one)
            given += found.items if isinstance(one, ast.Starred) and found.items else [found]
        named = {one.arg or "**": self.value(one.value) for one in node.keywords}
        return self.called(Call(node, function.ref, function, base, attribute, given, named))

    def called(self, call: Call) -> Value:
        """What a call gives; what it does is noted."""
        name = call.name
        if name.startswith("?partial:") and call.function.items:
            inner = call.function.items
            return self.called(call._replace(name=inner[0].ref, function=inner[0], given=[*inner[1:], *call.given]))
        if name.startswith("?lambda:"):
            return self._of_lambda(call)
        if name.startswith("~"):
            return self._own(call)
        special = _SPECIAL.get(name)
        if special is not None:
            found: Value | None = getattr(self, special)(call)
            if found is not None:
                return found
        if name in names.FRAME_CALLS:
            self.note("frames", call.node, name=name)
        kind = names.kind_of(name)
        if kind:
            return self._effect(kind, call)
        if name in names.SOURCES:
            return self._source(call)
        if name in _EXISTS:
            return self._exists(call)
        return self._folded(call)

    # -- what the plugin has of its own

    def _own(self, call: Call) -> Value:
        """A function or class of the plugin."""
        name = call.name[1:].replace("()", "")
        if name in self.project.classes:
            made = self.project.method(name, "__init__")
            if made:
                self._give(made, call, bound=True)
            return Value(ref=f"~{name}()", labels=call.labels - _DROPPED)
        function = self.project.functions.get(name)
        if function is None:
            return self._flowing(call)  # what an object of the plugin holds is not its own
        function.guard(self.guards)
        bound = bool(function.owner) and call.base.ref != "~" + function.owner
        self._give(name, call, bound=bound)
        found = function.result
        if call.base.labels and function.owner:
            found = found.labelled(*(call.base.labels - _DROPPED))
        return found

    def _give(self, name: str, call: Call, *, bound: bool) -> None:
        """Note what a function of the plugin is called with."""
        function = self.project.functions[name]
        arguments = function.node.args
        words = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
        if bound and words:
            words = words[1:]
        pairs = [*zip(words, call.given, strict=False), *((one, call.named[one]) for one in call.named if one != "**")]
        if len(call.given) > len(words) and arguments.vararg:
            pairs += [(arguments.vararg.arg, one) for one in call.given[len(words) :]]
        for word, value in pairs:
            if (value.labels or value.ref or value.text) and function.give(word, value):
                self.project.changed = True

    def _of_lambda(self, call: Call) -> Value:
        path, line, column = call.name.removeprefix("?lambda:").rsplit(":", 2)
        if not column.isdecimal():  # something of a function is called, not the function
            return Value(labels=call.labels)
        node = self.project.lambdas.get((path, int(line), int(column)))
        if node is None or self.turns < 0:
            return Value(labels=call.labels)
        self.turns -= 50
        self.scope = self.scope.inner(self.scope.where)
        words = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        for word, value in zip(words, call.given, strict=False):
            self.scope.put(word, value)
        for word, value in call.named.items():
            self.scope.put(word, value)
        found = self.value(node.body)
        outer = self.scope.outer
        assert outer is not None  # noqa: S101
        self.scope = outer
        return found

    def relabel(self, old: Value, labels: frozenset[str]) -> None:
        """Give more labels to whatever stands for this value."""
        self.scope.relabel(old, labels)
        self.project.relabel(old, labels)

    # -- names that stand for others

    def _import(self, call: Call) -> Value | None:
        """`__import__` and `import_module`: the module, where its name is known."""
        name = call.at(0, "name")
        if isinstance(name.const, str):
            head = (
                name.const.partition(".")[0]
                if call.name == "__import__" and not call.named.get("fromlist")
                else name.const
            )
            if call.name == "__import__" and len(call.given) > 3:
                head = name.const
            found = self.module_of(head)
            self.hidden(found, name, call.node)
            return found
        self.note("computed-import", call.node, labels=name.labels, name=call.name)
        return Value(labels=name.labels & {"network", "argument"})

    def _getattr(self, call: Call) -> Value | None:
        """`getattr` with a known name is an attribute like any other."""
        base, name = call.at(0), call.at(1)
        if isinstance(name.const, str):
            found = self.attribute(base, name.const, call.node)
            self.hidden(found, name, call.node)
            return found
        if base.ref in names.DANGEROUS_MODULES or base.ref == "builtins":
            self.note("computed-attribute", call.node, labels=name.labels, name=base.ref)
        return Value(labels=base.labels | (name.labels & {"argument", "network"}), ref="?computed" if base.ref else "")

    def _attrgetter(self, call: Call) -> Value | None:
        return Value(ref="?attrgetter", items=tuple(call.given))

    def _apply_getter(self, call: Call) -> Value | None:
        name, base = (call.function.items or (NOTHING,))[0], call.at(0)
        if not isinstance(name.const, str):
            return None
        found = self.attribute(base, name.const, call.node)
        self.hidden(found, name, call.node)
        return found

    def _itself(self, call: Call) -> Value | None:
        """`staticmethod(f)` and the like are what they are given."""
        return call.at(0)

    def _site(self, call: Call) -> Value | None:
        """Where packages are installed."""
        place = Value(text="/usr/lib/python3/site-packages")
        return Value(text=place.text, items=(place, place))

    def _key(self, call: Call) -> Value | None:
        """A key of the registry of Windows is a path like any other."""
        text = "/".join(one.text for one in call.given if one.text)
        self.note(names.WRITE, call.node, labels=call.labels, detail=text, name=call.name)
        return Value(text=text, labels=call.labels)

    def _partial(self, call: Call) -> Value | None:
        return Value(ref="?partial:", items=tuple(call.given[:8]), labels=call.labels) if call.given else None

    def _dictlike(self, call: Call) -> Value | None:
        """`globals()`, `vars(module)`, `locals()`."""
        if call.name == "vars" and call.given and call.given[0].ref:
            return call.given[0]
        return Value(ref="globals()")

    def _lookup(self, call: Call) -> Value | None:
        """`sys.modules.get(name)`, `globals().get(name)`."""
        key = call.at(0)
        if isinstance(key.const, str):
            return self.named(Value(ref=call.name.rpartition(".")[0]), key, call.node)
        return None

    def _getenv(self, call: Call) -> Value | None:
        found = self.variable(call.at(0, "key"), call.node)
        default = call.at(1, "default")
        return found._replace(text=found.text or default.text, labels=found.labels | default.labels)

    def _environ(self, call: Call) -> Value | None:
        """`os.environ.get(name)` is one variable, `.copy()` and `.items()` all of them."""
        if call.attribute in ("get", "pop", "setdefault", "__getitem__"):
            return self._getenv(call)
        if call.attribute in ("keys", "clear", "update"):
            return NOTHING
        return Value(
            ref="os.environ" if call.attribute in ("items", "values", "copy") else "", labels=frozenset(["environ"])
        )

    def _whole(self, call: Call) -> Value | None:
        """`dict(os.environ)`, `str(os.environ)`, `list(…)`: the same, as something else."""
        return Value(labels=call.labels, text=call.at(0).text) if "environ" in call.labels else None

    def _vars_of_frame(self, call: Call) -> Value | None:
        return NOTHING

    # -- files and paths

    def _open(self, call: Call) -> Value | None:
        """A file: what is read from it has the labels of where it lies."""
        path = call.base if call.name == "pathlib.Path().open" else call.at(0, "file", "path", "filename")
        mode = call.at(0 if call.name == "pathlib.Path().open" else 1, "mode")
        writes = isinstance(mode.const, str) and any(one in mode.const for one in "wax+")
        labels = frozenset(["file"]) | (path.labels & {"walked", "walked-home", "downloaded", "argument-path"})
        if not writes or "+" in str(mode.const):
            labels = labels | self._read(path, call)
        elif path.text.strip(HOLE):
            self.note(names.WRITE, call.node, detail=path.text, labels=path.labels, name="open")
        return Value(ref="open()", text=path.text, labels=labels, items=(path, mode))

    def _read(self, path: Value, call: Call) -> frozenset[str]:
        """Note that a path is read; the labels of what comes out."""
        families = credentials(path.text)
        labels = frozenset(["file"]) | (path.labels & {"walked", "walked-home"})
        if "environment" in families:
            labels = labels | {"environ"}
            families = families - {"environment"}
        if families:
            labels = labels | {"credential"}
            said = ", ".join(sorted(families))
            self.note("credential", call.node, labels=path.labels, detail=path.text, name=said)
        self.note(names.READ, call.node, labels=path.labels, detail=path.text, name=call.name)
        if PROBES.search(path.text):
            labels = labels | {"probe"}
        return labels

    def _path(self, call: Call) -> Value | None:
        """`Path(a, b)`."""
        text = "/".join(written(one).rstrip("/") or "/" for one in call.given) or "."
        return Value(ref="pathlib.Path()", text=text[:MAX_TEXT], labels=call.labels)

    def _home(self, call: Call) -> Value | None:
        return Value(ref="pathlib.Path()", text="~")

    def _join(self, call: Call) -> Value | None:
        """`os.path.join` with parts that are not all known."""
        if all(one.known for one in call.given):
            return None
        text = ""
        for one in call.given:
            part = written(one)
            text = part if part.startswith(("/", "~")) or not text else text.rstrip("/") + "/" + part
        return Value(text=text[:MAX_TEXT], labels=call.labels)

    def _same_path(self, call: Call) -> Value | None:
        found = call.at(0)
        return Value(text=found.text, const=found.const, labels=found.labels)

    def _temporary(self, call: Call) -> Value | None:
        return Value(ref="open()", text="/tmp/" + HOLE)  # noqa: S108

    def _exists(self, call: Call) -> Value:
        """Whether something is there: a look at the machine, where the thing says what machine it is."""
        path = call.base if call.name.startswith("pathlib") else call.at(0)
        asks = "probe" if PROBES.search(path.text) else ""
        return Value(labels=frozenset([asks]) if asks else EMPTY)

    # -- sinks

    def _effect(self, kind: str, call: Call) -> Value:
        """Note what a call does; what it gives."""
        found: Value = getattr(self, "_effect_" + kind)(call)
        return found

    def _effect_exec(self, call: Call) -> Value:
        code = call.at(0, "source", "code", "stmt")
        self.note(names.EXEC, call.node, labels=code.labels | self._big(code), detail=code.text, name=call.name)
        if isinstance(code.const, str | bytes) and call.name in ("exec", "eval"):
            self.nested(code.const, call.node)
        return Value(labels=(code.labels - _DROPPED) & {"network", "argument"})

    def nested(self, code: str | bytes, node: ast.AST) -> None:
        """Read code that is run from a text, as if it stood here."""
        raise NotImplementedError

    def _big(self, code: Value) -> frozenset[str]:
        return frozenset(["constant"]) if code.known else EMPTY

    def _compile(self, call: Call) -> Value | None:
        code = call.at(0, "source")
        return Value(const=code.const, text=code.text, labels=code.labels)

    def _effect_unpickle(self, call: Call) -> Value:
        data = call.at(0)
        if not call.name.startswith("marshal"):
            self.note(names.UNPICKLE, call.node, labels=data.labels, name=call.name)
        else:
            extra = {"decoded"} if data.known or "decoded" in data.labels else {"marshalled"}
            return Value(labels=data.labels | extra)
        return Value(labels=data.labels - {"file"})

    def _effect_process(self, call: Call) -> Value:
        program = call.at(0, "args", "command", "cmd", "file", "path")
        words = call.given if call.name.startswith(("os.exec", "os.spawn", "os.posix_spawn")) else [program]
        shell = call.named.get("shell", NOTHING)
        labels = union(*words)
        if call.name in _SHELLS or shell.const is True:
            labels = labels | {"shell"}
        head = program.items[0] if program.items else program
        if "shell" not in labels and not _INTERPRETERS.search(head.text):  # the argument of a certain program
            labels = labels - ({"decoded", "literal", "network", "downloaded"} - head.labels)
        streams = union(*(call.named.get(one, NOTHING) for one in ("stdin", "stdout", "stderr", "input")))
        labels = labels | {"fed-" + one for one in streams & {"sock", "network", "decoded"}}
        text = " ".join(one.text.replace("\n", " ") for one in words)
        if call.name.endswith(("create_subprocess_exec", "run_process")):
            text = " ".join(one.text.replace("\n", " ") for one in call.given)
            labels = labels | union(*call.given)
        started = text if "shell" in labels or _INTERPRETERS.search(head.text) else head.text
        if any(known in started for known in self.project.downloads if len(known) > 3):
            labels = labels | {"downloaded"}
        whole = "argument" in program.labels and not program.text.strip(HOLE + " \n")
        if whole or (program.items and "argument" in head.labels and not head.text.strip(HOLE)):
            labels = labels | {"whole"}
        self.note(names.PROCESS, call.node, labels=labels, detail=text, name=call.name)
        self._inner_code(program, text, call)
        if "input" in call.named and call.named["input"].known:
            self.note("shell-input", call.node, detail=call.named["input"].text, name=call.name)
        said = {"output"}
        if IDENTITY_PROGRAMS.search(text):
            said.add("identity:user" if "whoami" in text else "identity:host")
        if credentials(text):
            said.add("credential")
        return Value(ref=call.name + "()", labels=frozenset(said))

    def _inner_code(self, program: Value, text: str, call: Call) -> None:
        """Python that is handed to another Python (`python3 -c TEXT`) is read as if it stood here."""
        if "-c" not in text or "python" not in text:
            return
        words = [one.text for one in program.items]
        if not words:
            try:
                words = shlex.split(text.replace(HOLE, "x"))
            except ValueError:
                self.note(UNREAD, call.node, detail="the quotes of a command that runs Python do not close")
                return
        if "-c" in words[:-1]:
            self.nested(words[words.index("-c") + 1], call.node)

    def _effect_net(self, call: Call) -> Value:
        labels = call.labels
        if call.named.get("verify", NOTHING).const is False and "verify" in call.named:
            self.note("unverified", call.node, name=call.name)
        if not call.name.endswith("Request"):
            labels = labels | call.base.labels
        if call.attribute in ("connect", "connect_ex") or call.name == "socket.create_connection":
            address = call.at(0)
            host = address.items[0] if address.items else address
            text = written(host) + (":" + address.items[1].text if len(address.items) > 1 else "")
        else:
            text = " ".join(
                one.text
                for one in (*call.given[:3], *(call.named.get(w, NOTHING) for w in ("url", "host", "uri")))
                if one.text
            )
            text = " ".join(filter(None, (call.base.text, text)))
        self.note(names.NET, call.node, labels=labels - {"joined", "sock"}, detail=text, name=call.name)
        if call.name.endswith(("urlretrieve", "wget.download", "retrieve")):
            target = call.at(1, "filename", "out")
            self.relabel(target, frozenset(["downloaded"]))
            if target.text.strip(HOLE + "/."):
                self.project.downloads.add(target.text.strip(HOLE).rpartition("/")[2] or target.text)
            return Value(
                labels=frozenset(["downloaded"]), text=target.text, items=(Value(labels=frozenset(["downloaded"])),)
            )
        through = {"network"} | (labels & {"sock"})
        if call.name.endswith("Request"):
            return Value(ref=call.name + "()", labels=labels - {"network"}, text=text)
        if call.name.startswith(("socket.", "ssl.")):
            through |= {"sock", "socket"}
        families = credentials(text)
        if PUBLIC_ADDRESS.search(text):
            through.add("identity:ip")
        if "metadata" in families:
            through.add("credential")
            self.note("credential", call.node, detail=text, name="metadata")
        return Value(ref=call.name + "()", labels=frozenset(through), text=text)

    def _socket(self, call: Call) -> Value | None:
        return Value(ref="socket.socket()", labels=frozenset(["sock"]))

    def _received(self, call: Call) -> Value | None:
        return Value(labels=frozenset(["network", "socket"]))

    def _accepted(self, call: Call) -> Value | None:
        self.note(names.LISTEN, call.node, name=call.name)
        one = Value(ref="socket.socket()", labels=frozenset(["sock"]))
        return Value(items=(one, Value(labels=frozenset(["network"]))), labels=frozenset(["sock"]))

    def _dup(self, call: Call) -> Value | None:
        if "sock" in call.labels:
            self.note("dup-socket", call.node, labels=call.labels, name=call.name)
        return NOTHING

    def _effect_listen(self, call: Call) -> Value:
        self.note(names.LISTEN, call.node, detail=call.at(0).text, name=call.name)
        return Value(ref=call.name + "()", labels=call.base.labels)

    def _effect_dns(self, call: Call) -> Value:
        host = call.at(0, "qname", "host")
        self.note(names.DNS, call.node, labels=call.labels, detail=host.text, name=call.name)
        return Value(labels=frozenset(["network"]))

    def _effect_delete(self, call: Call) -> Value:
        path = call.base if call.name.startswith("pathlib") else call.at(0, "path")
        broad = any((HOME_ROOTS.match(one) and one.strip(HOLE + "/\\")) or one == "/" for one in path.text.split("\n"))
        labels = path.labels | (frozenset(["broad"]) if broad else EMPTY)
        self.note(names.DELETE, call.node, labels=labels, detail=path.text, name=call.name)
        return NOTHING

    def _effect_read(self, call: Call) -> Value:
        path = call.at(0)
        labels = self._read(path, call)
        if call.name.startswith(("browser_cookie3", "win32crypt", "keyring", "secretstorage")):
            self.note(
                "credential", call.node, detail=call.name, name="browser" if "browser" in call.name else "keyring"
            )
            labels = labels | {"credential"}
        if call.name.startswith("shutil") and len(call.given) > 1:
            self.note(names.WRITE, call.node, labels=labels, detail=call.given[1].text, name=call.name)
            self.relabel(call.given[1], labels & {"credential"})
            return Value(labels=labels, text=call.given[1].text)
        return Value(ref=call.name + "()", labels=labels)

    def _effect_native(self, call: Call) -> Value:
        text = " ".join(one.text for one in call.given)
        labels = frozenset(one for one in ("exec",) if call.name == "mmap.mmap" and self._is_executable(call))
        self.note(names.NATIVE, call.node, labels=labels | call.labels, detail=text, name=call.name)
        return Value(ref="ctypes.CDLL()" if call.name.startswith("ctypes") else call.name + "()", labels=labels)

    def _is_executable(self, call: Call) -> bool:
        flags = {
            one.attr
            for argument in (*call.node.args, *(k.value for k in call.node.keywords))
            for one in ast.walk(argument)
            if isinstance(one, ast.Attribute)
        }
        number = call.at(3, "prot").const
        return "PROT_EXEC" in flags or (isinstance(number, int) and bool(number & 4))

    def _effect_capture(self, call: Call) -> Value:
        self.note(names.CAPTURE, call.node, name=call.name)
        for one in (*call.given, *call.named.values()):
            self._later(one, Value(labels=frozenset(["capture"])), call)
        return Value(ref=call.name + "()", labels=frozenset(["capture"]))

    def _effect_clip(self, call: Call) -> Value:
        self.note(names.CLIP, call.node, labels=call.labels, name=call.name)
        return NOTHING

    def _effect_encrypt(self, call: Call) -> Value:
        self.note(names.ENCRYPT, call.node, labels=call.labels, name=call.name)
        return Value(labels=call.labels | {"encrypted"})

    def _effect_encode(self, call: Call) -> Value:
        return Value(labels=call.labels | {"encoded"}, text=HOLE)

    def _source(self, call: Call) -> Value:
        """What a call tells of the machine, its user, its clock."""
        labels = frozenset(names.SOURCES[call.name])
        if "walked" in labels:
            root = call.base if call.name.startswith("pathlib") else call.at(0, "top", "path")
            if HOME_ROOTS.match(root.text or "."):
                labels = labels | {"walked-home"}
            labels = labels | (root.labels & {"walked-home", "argument"})
            if credentials(root.text):
                self.note("credential", call.node, detail=root.text, name=", ".join(sorted(credentials(root.text))))
                labels = labels | {"credential"}
            return Value(labels=labels, text=root.text + "/" + HOLE)
        return Value(labels=labels)

    def _date(self, call: Call) -> Value | None:
        """A date that is spelled out in the code."""
        known = call.given and all(one.known for one in call.given)
        if known and "time" not in call.labels:
            return Value(labels=frozenset(["date"]), ref="")
        return Value(labels=call.labels)

    # -- the runtime

    def _setattr(self, call: Call) -> Value | None:
        """`setattr(module, name, value)` is an assignment."""
        base, name = call.at(0), call.at(1)
        if base.ref and isinstance(name.const, str) and not base.ref.startswith("~"):
            self.patched(f"{base.ref}.{name.const}", call.node)
        return NOTHING

    def _fed(self, call: Call) -> Value | None:
        """What a process is given to read."""
        self.note("shell-input", call.node, labels=call.labels, detail=call.at(0, "input").text, name=call.name)
        return Value(labels=frozenset(["output"]))

    def _config(self, call: Call) -> Value | None:
        """A parser of settings holds what it reads."""
        labels = self._read(call.at(0, "filenames"), call)
        self.relabel(call.base, labels & {"credential", "file"})
        return NOTHING

    def _address_of(self, call: Call) -> Value | None:
        return Value(labels=frozenset(["address"]))

    def _substituted(self, call: Call) -> Value | None:
        """A text that is spelled out, with something taken out of it."""
        source = call.at(2, "string")
        if not (source.known and isinstance(source.const, str) and len(source.const) > 8):
            return None
        return Value(labels=source.labels | {"decoded", "literal", "joined"}, text=HOLE)

    def _fork(self, call: Call) -> Value | None:
        self.note("fork", call.node, labels=frozenset(["forever"]) if self.forever else EMPTY, name=call.name)
        return NOTHING

    def _search(self, call: Call) -> Value | None:
        """`sys.path.insert(0, folder)`: what is imported may come from there."""
        folder = call.given[-1] if call.given else NOTHING
        known = any(len(one) > 3 and one in folder.text for one in self.project.downloads)
        if known or folder.labels & {"downloaded", "network"}:
            self.note(names.EXEC, call.node, labels=frozenset(["downloaded"]), detail=folder.text, name=call.name)
        return NOTHING

    def _extracted(self, call: Call) -> Value | None:
        """What is unpacked from a download is one."""
        known = any(len(one) > 3 and one in call.base.text for one in self.project.downloads)
        if known or call.base.labels & {"downloaded", "network"}:
            folder = call.at(0, "path", "extract_dir")
            self.relabel(folder, frozenset(["downloaded"]))
            if folder.text.strip(HOLE + "/"):
                self.project.downloads.add(folder.text.strip(HOLE))
        return NOTHING

    def _hook(self, call: Call) -> Value | None:
        self.note("patch", call.node, name=call.name)
        return NOTHING

    def patched(self, name: str, node: ast.AST) -> None:
        """Note that something of another module is replaced."""
        head = name.partition(".")[0]
        if "()" in name or head.startswith(("?", ".")) or names.SETTABLE.match(name):
            return
        core = name in names.CORE or head in ("guest", "walls", "maker")
        self.note("patch-core" if core else "patch", node, name=name)

    def _finished(self, call: Call) -> Value | None:
        """`shlex.quote(x)` and the like make an argument harmless."""
        return Value(text=HOLE, labels=call.labels - {"argument"})

    def _memory(self, call: Call) -> Value | None:
        self.note("memory", call.node, labels=call.labels, name=call.name)
        return NOTHING

    def _native_method(self, call: Call) -> Value:
        """A function of the C library."""
        name = call.name.rpartition(".")[2]
        if name in _STARTERS:
            self.note("native-process", call.node, labels=call.labels, detail=call.at(0).text, name=call.name)
        elif name in _MEMORY:
            self.note("memory", call.node, labels=call.labels, name=call.name)
        return Value(labels=call.labels - _DROPPED)

    # -- everything else

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
        at = _LATER[call.name]
        function = call.named.get("target") or call.named.get("function") or call.at(at)
        rest = call.named.get("args") or call.at(at + 1)
        given = list(rest.items) if rest.items else [self.element(rest)] if rest != NOTHING else []
        if (
            function.ref.startswith(("~", "?lambda", "?partial"))
            or names.kind_of(function.ref)
            or function.ref in _SPECIAL
        ):
            self.called(Call(call.node, function.ref, function, NOTHING, "", given, {}))

    def _folded(self, call: Call) -> Value:
        """Computed where it is literal; else a value with the labels of all that went in."""
        if call.name in _LATER:
            if call.name == "map" and call.at(0).ref in folding.PLAIN and isinstance(call.at(1).const, list):
                return self._mapped(call)
            self._delayed(call)
        found = self._computed(call)
        if found is not None:
            return found
        if call.name.startswith(_LIBRARIES):
            return self._native_method(call)
        return self._flowing(call)

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


_SPECIAL: dict[str, str] = {
    "__import__": "_import",
    "importlib.import_module": "_import",
    "importlib.__import__": "_import",
    "getattr": "_getattr",
    "operator.attrgetter": "_attrgetter",
    "?attrgetter": "_apply_getter",
    "functools.partial": "_partial",
    **dict.fromkeys(("staticmethod", "classmethod", "property", "functools.cache", "functools.lru_cache"), "_itself"),
    **dict.fromkeys(("site.getsitepackages", "site.getusersitepackages", "sysconfig.get_path"), "_site"),
    **dict.fromkeys(("winreg.OpenKey", "winreg.OpenKeyEx", "winreg.CreateKey", "winreg.CreateKeyEx"), "_key"),
    "globals": "_dictlike",
    "locals": "_dictlike",
    "vars": "_dictlike",
    "sys.modules.get": "_lookup",
    "sys.modules.__getitem__": "_lookup",
    "globals().get": "_lookup",
    "builtins.get": "_lookup",
    "os.getenv": "_getenv",
    "os.environ.get": "_environ",
    "os.environ.copy": "_environ",
    "os.environ.items": "_environ",
    "os.environ.values": "_environ",
    "os.environ.keys": "_environ",
    "os.environ.pop": "_environ",
    "os.environ.update": "_environ",
    "os.environ.setdefault": "_environ",
    "os.environ.__getitem__": "_environ",
    "dict": "_whole",
    "open": "_open",
    "io.open": "_open",
    "codecs.open": "_open",
    "os.open": "_open",
    "os.fdopen": "_open",
    "gzip.open": "_open",
    "pathlib.Path().open": "_open",
    "aiofiles.open": "_open",
    "pathlib.Path": "_path",
    "pathlib.PurePath": "_path",
    "pathlib.PosixPath": "_path",
    "pathlib.Path.home": "_home",
    "os.path.join": "_join",
    "os.path.expanduser": "_same_path",
    "os.path.expandvars": "_same_path",
    "os.path.abspath": "_same_path",
    "os.path.realpath": "_same_path",
    "os.path.normpath": "_same_path",
    "os.fspath": "_same_path",
    "tempfile.NamedTemporaryFile": "_temporary",
    "tempfile.TemporaryFile": "_temporary",
    "compile": "_compile",
    "socket.socket": "_socket",
    "socket.socket().recv": "_received",
    "socket.socket().recvfrom": "_received",
    "socket.socket().makefile": "_received",
    "socket.create_connection().recv": "_received",
    "socket.create_connection().makefile": "_received",
    "socket.socket().accept": "_accepted",
    "os.dup2": "_dup",
    "setattr": "_setattr",
    "os.fork": "_fork",
    "id": "_address_of",
    "re.sub": "_substituted",
    **dict.fromkeys(("subprocess.Popen().communicate", "subprocess.Popen().stdin.write"), "_fed"),
    **dict.fromkeys(("configparser.ConfigParser().read", "configparser.RawConfigParser().read"), "_config"),
    "sys.path.insert": "_search",
    "sys.path.append": "_search",
    "zipfile.ZipFile().extractall": "_extracted",
    "tarfile.open().extractall": "_extracted",
    "sys.meta_path.insert": "_hook",
    "sys.meta_path.append": "_hook",
    "sys.path_hooks.insert": "_hook",
    "sys.settrace": "_hook",
    "sys.setprofile": "_hook",
    "threading.settrace": "_hook",
    "sys.addaudithook": "_hook",
    "shlex.quote": "_finished",
    "shlex.join": "_finished",
    "pipes.quote": "_finished",
    "ast.literal_eval": "_finished",
    "ctypes.CFUNCTYPE": "_memory_type",
    "ctypes.memmove": "_memory",
    "ctypes.string_at": "_memory",
    "ctypes.pythonapi.PyEval_SetTrace": "_memory",
    **dict.fromkeys(_DATES, "_date"),
}
_SPECIAL.pop("ctypes.CFUNCTYPE")
