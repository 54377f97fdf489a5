"""What stands for a name, a variable of the environment, or a file."""

from ringfence.programs.python import names
from ringfence.programs.python.call import Call
from ringfence.programs.python.expressions import Expressions
from ringfence.programs.python.values import HOLE, MAX_TEXT, NOTHING, Value, written
from ringfence.programs.seen import EMPTY
from ringfence.programs.words import PROBES, credentials


class Lookups(Expressions):
    """Names that stand for others; files and paths."""

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
