"""What is called, and with what."""

import ast

from ringfence.programs.python import folding, names
from ringfence.programs.python.call import DROPPED, Call
from ringfence.programs.python.effects import Effects
from ringfence.programs.python.special import LATER, SPECIAL
from ringfence.programs.python.values import NOTHING, Value

_EXISTS = frozenset(
    "os.path.exists os.path.isfile os.path.isdir os.path.lexists os.access os.stat "
    "pathlib.Path().exists pathlib.Path().is_file pathlib.Path().is_dir".split()
)
_LIBRARIES = ("cffi.FFI().dlopen().", "ctypes.CDLL().", "ctypes.windll.", "ctypes.cdll.")


class Calls(Effects):
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
        special = SPECIAL.get(name)
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

    def _folded(self, call: Call) -> Value:
        """Computed where it is literal; else a value with the labels of all that went in."""
        if call.name in LATER:
            if call.name == "map" and call.at(0).ref in folding.PLAIN and isinstance(call.at(1).const, list):
                return self._mapped(call)
            self._delayed(call)
        found = self._computed(call)
        if found is not None:
            return found
        if call.name.startswith(_LIBRARIES):
            return self._native_method(call)
        return self._flowing(call)

    def _own(self, call: Call) -> Value:
        """A function or class of the plugin."""
        name = call.name[1:].replace("()", "")
        if name in self.project.classes:
            made = self.project.method(name, "__init__")
            if made:
                self._give(made, call, bound=True)
            return Value(ref=f"~{name}()", labels=call.labels - DROPPED)
        function = self.project.functions.get(name)
        if function is None:
            return self._flowing(call)  # what an object of the plugin holds is not its own
        function.guard(self.guards)
        bound = bool(function.owner) and call.base.ref != "~" + function.owner
        self._give(name, call, bound=bound)
        found = function.result
        if call.base.labels and function.owner:
            found = found.labelled(*(call.base.labels - DROPPED))
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
