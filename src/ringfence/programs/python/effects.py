"""What a call does to the world: the sinks and sources of Python."""

import ast
import re
import shlex

from ringfence.programs.python import names
from ringfence.programs.python.call import DROPPED, Call
from ringfence.programs.python.flows import Flows
from ringfence.programs.python.values import HOLE, NOTHING, Value, union, written
from ringfence.programs.seen import EMPTY, UNREAD
from ringfence.programs.words import HOME_ROOTS, IDENTITY_PROGRAMS, PUBLIC_ADDRESS, credentials

_SHELLS = frozenset("os.system os.popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput "
                    "asyncio.create_subprocess_shell popen2.popen2 posix.system nt.system".split())  # fmt: skip
_INTERPRETERS = re.compile(
    r"(?:^|/)(?:(?:ba|da|z|k)?sh|python[\d.]*|perl|ruby|node|php|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)$", re.I
)
_STARTERS = frozenset("system popen execl execv execve execvp fork posix_spawn".split())
_MEMORY = frozenset(
    "VirtualAlloc VirtualAllocEx VirtualProtect RtlMoveMemory CreateThread CreateRemoteThread WriteProcessMemory "
    "mprotect mmap memfd_create NtCreateThreadEx QueueUserAPC ptrace".split()
)


class Effects(Flows):
    """Notes what calls do."""

    def _effect(self, kind: str, call: Call) -> Value:
        """Note what a call does; what it gives."""
        found: Value = getattr(self, "_effect_" + kind)(call)
        return found

    def _effect_exec(self, call: Call) -> Value:
        code = call.at(0, "source", "code", "stmt")
        self.note(names.EXEC, call.node, labels=code.labels | self._big(code), detail=code.text, name=call.name)
        if isinstance(code.const, str | bytes) and call.name in ("exec", "eval"):
            self.nested(code.const, call.node)
        return Value(labels=(code.labels - DROPPED) & {"network", "argument"})

    def nested(self, code: str | bytes, node: ast.AST) -> None:
        """Read code that is run from a text, as if it stood here. `Reader` does it."""
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
        if call.name == "shutil.make_archive" and HOME_ROOTS.match(call.at(2, "root_dir").text):
            labels = labels | {"walked-home"}
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
        return Value(labels=call.labels - DROPPED)
