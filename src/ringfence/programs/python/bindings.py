"""What names are bound by: imports and assignments."""

import ast

from ringfence.programs.python.calls import Calls
from ringfence.programs.python.scope import Project
from ringfence.programs.python.values import NOTHING, UNKNOWN, Value, constant
from ringfence.programs.seen import EMPTY

#: What `from … import *` binds that matters.
_STARS = {
    "os": ("system", "popen", "environ", "remove", "getenv", "execv", "listdir", "walk"),
    "subprocess": ("run", "Popen", "call", "check_output", "check_call"),
    "socket": ("socket", "gethostname", "create_connection"),
    "base64": ("b64decode", "b64encode", "b85decode", "urlsafe_b64decode", "b32decode", "b16decode", "a85decode"),
    "shutil": ("rmtree", "copy", "move"),
    "zlib": ("decompress",),
    "marshal": ("loads",),
    "requests": ("get", "post"),
    "urllib.request": ("urlopen", "urlretrieve", "Request"),
    "ctypes": ("CDLL", "memmove"),
}


class Bindings(Calls):
    """Lets names stand for values."""

    def __init__(self, project: Project, module: str, path: str) -> None:
        super().__init__(project, module, path)
        self._package = path.endswith("__init__.py")

    def _do_import(self, node: ast.Import) -> None:
        for one in node.names:
            self._imported(one.name)
            if one.asname:
                self.bind_name(one.asname, self.module_of(one.name))
            else:
                head = one.name.partition(".")[0]
                known = self.bound(one.name)
                self.bind_name(head, known if known else self.module_of(head))

    def _imported(self, name: str) -> None:
        """Note that a module of the plugin is imported, with the packages that it lies in."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            whole = ".".join(parts[:length])
            if whole in self.project.modules:
                self.project.imports.setdefault(self.module, set()).add(whole)

    def bound(self, name: str) -> Value | None:
        """`import a.b` of a module of the plugin binds `a`, which is one too."""
        head = name.partition(".")[0]
        return Value(ref="~" + head) if head in self.project.modules else None

    def _do_importfrom(self, node: ast.ImportFrom) -> None:
        origin = self._origin(node)
        self._imported(origin)
        for one in node.names:
            self._imported(f"{origin}.{one.name}")
            if one.name == "*":
                self._star(origin)
                continue
            whole = f"{origin}.{one.name}" if origin else one.name
            if whole in self.project.modules:
                found = Value(ref="~" + whole)
            elif origin in self.project.modules:
                found = self.attribute(Value(ref="~" + origin), one.name, node)
            else:
                found = self.attribute(self.module_of(origin), one.name, node)
            self.bind_name(one.asname or one.name, found)

    def _star(self, origin: str) -> None:
        for (module, name), value in list(self.project.globals.items()):
            if module == origin:
                self.bind_name(name, value)
        for name in _STARS.get(origin, ()):
            self.bind_name(name, Value(ref=f"{origin}.{name}"))

    def _origin(self, node: ast.ImportFrom) -> str:
        """The module that `from … import` names."""
        if not node.level:
            return node.module or ""
        parts = self.module.split(".")
        kept = parts[: len(parts) - node.level + (1 if self._package else 0)]
        return ".".join([*kept, *filter(None, [node.module])])

    # -- names

    def bind_name(self, name: str, value: Value) -> None:
        """Let a name of this function, or a global one, stand for a value."""
        if name in self.scope.globals:
            self.project.globals[self.module, name] = value
            return
        old = self.scope.names.get(name)
        self.scope.put(
            name,
            value
            if old is None or value.known
            else value._replace(labels=value.labels | (old.labels if self._loops else EMPTY)),
        )

    _loops = 0  # that are being read

    def bind(self, target: ast.AST, found: Value) -> None:
        """Let a target stand for a value."""
        if isinstance(target, ast.Name):
            self.bind_name(target.id, found)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, Value(labels=found.labels, text=found.text))
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, found)
        elif isinstance(target, ast.Attribute):
            self._bind_attribute(target, found)
        elif isinstance(target, ast.Subscript):
            self._bind_item(target, found)

    def _unpack(self, targets: list[ast.expr], found: Value) -> None:
        for at, one in enumerate(targets):
            if at < len(found.items) and not any(isinstance(each, ast.Starred) for each in targets):
                self.bind(one, found.items[at])
            elif isinstance(found.const, list) and at < len(found.const):
                self.bind(one, constant(found.const[at], found.labels))
            else:
                self.bind(one, Value(labels=found.labels, text=found.text))

    def _bind_attribute(self, target: ast.Attribute, found: Value) -> None:
        base = self.value(target.value)
        if base.ref.startswith("~"):
            self.project.hold(base.ref[1:].removesuffix("()"), target.attr, found)
        elif target.attr == "__code__":
            self.note("patch-core", target, name="__code__")
        elif base.ref and not base.ref.endswith("()") and isinstance(target.value, ast.Name | ast.Attribute):
            self.patched(f"{base.ref}.{target.attr}", target)
        elif found.labels and isinstance(target.value, ast.Name):
            old = self.scope.get(target.value.id)
            if old is not None:
                self.scope.put(target.value.id, old._replace(labels=old.labels | found.labels))

    def _bind_item(self, target: ast.Subscript, found: Value) -> None:
        base, key = self.value(target.value), self.value(target.slice)
        if base.ref == "sys.modules":
            self.note(
                "patch"
                if isinstance(key.const, str) and key.const not in ("guest", "walls", "os", "sys", "builtins", "json")
                else "patch-core",
                target,
                name="sys.modules",
            )
        elif base.ref == "builtins" and isinstance(key.const, str):
            self.patched(f"builtins.{key.const}", target)
        elif base.ref.endswith((".f_globals", ".f_locals", ".f_builtins")):
            self.note("patch-core", target, name=base.ref.rpartition(".")[2])
        elif base.ref.startswith("?globals") and isinstance(key.const, str):
            self.note("patch", target, name=f"__globals__[{key.const}]")
        if isinstance(target.value, ast.Name) and (found.labels or found.text):
            old = self.scope.get(target.value.id) or NOTHING
            text = "\n".join(filter(None, (old.text, key.text, found.text)))[:4000]
            self.bind_name(target.value.id, old._replace(labels=old.labels | found.labels, const=UNKNOWN, text=text))
        elif isinstance(target.value, ast.Attribute) and found.labels:
            owner = self.value(target.value.value)
            if owner.ref.startswith("~"):
                self.project.hold(owner.ref[1:].removesuffix("()"), target.value.attr, Value(labels=found.labels))
        if isinstance(key.const, str) and base.ref:
            self.project.entries[base.ref, key.const] = found

    def _do_assign(self, node: ast.Assign) -> None:
        found = self.value(node.value)
        for target in node.targets:
            self.bind(target, found)

    def _do_annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, self.value(node.value))

    def _do_augassign(self, node: ast.AugAssign) -> None:
        load = (
            ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
            if isinstance(node.target, ast.Name)
            else node.target
        )
        found = self.operated(type(node.op).__name__, self.value(load), self.value(node.value))
        if self._loops and found.known:
            found = found._replace(const=UNKNOWN)
        self.bind(node.target, found)

    def _do_global(self, node: ast.Global) -> None:
        if self.scope.outer is not None:
            self.scope.globals |= set(node.names)
