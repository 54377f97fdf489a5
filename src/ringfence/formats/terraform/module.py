"""A module: the files of one folder, read with the values that its caller passes, and the modules that it calls.

Everything is computed once, on demand. What the files do not say is unknown, and carries the addresses that it comes
from, so that resources can be linked.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from posixpath import join, normpath, relpath
from typing import TYPE_CHECKING

from ringfence.formats.hcl import HclFile, Unknown, evaluate
from ringfence.formats.hcl.body import Block, Body
from ringfence.formats.hcl.syntax import Expression
from ringfence.formats.hcl.values import Value, Work, follow
from ringfence.formats.terraform.instances import Made, instances
from ringfence.formats.terraform.numbered import Numbers
from ringfence.formats.terraform.resource import (
    Instance,
    Key,
    Resource,
    picked,
    together,
)
from ringfence.formats.terraform.sources import Sources

if TYPE_CHECKING:
    from ringfence.formats.kubernetes.held import Object
    from ringfence.formats.terraform.links import Index
    from ringfence.formats.terraform.precedence import Stop

#: Modules called by each other, and module instances below one root.
MAX_DEPTH = 20
MAX_MODULES = 1000
#: Steps of all evaluations below one root; a thousand honest resources take less than a hundredth of it.
MAX_STEPS = 50_000_000

#: Instances below one root, of one block, and of one block once there are too many.
MAX_INSTANCES = 10_000
MAX_INSTANCES_EACH = 250
FEW_INSTANCES = 12

#: The names of variables and of locals in an expression's text.
_VARIABLES, _LOCALS = re.compile(r"\bvar\.(\w+)"), re.compile(r"\blocal\.(\w+)")


class Budget:
    """What one root may still cost, and what was said about it: (file, line, message)."""

    def __init__(self) -> None:
        self.modules = MAX_MODULES
        self.work = Work(MAX_STEPS)
        self.said = dict[tuple[str, int], str]()
        self.made = dict[tuple[str, int], Module]()
        self.instances = MAX_INSTANCES
        self._numbers = Numbers()

    def room(self, asked: int) -> int:
        """Of so many instances of one block, how many are looked at: a few even when nothing is left."""
        taken = min(asked, max(FEW_INSTANCES, min(MAX_INSTANCES_EACH, self.instances)))
        self.instances -= taken
        return taken

    def number(self, inputs: dict[str, Value]) -> int:
        """The same for the same inputs."""
        try:
            return self._numbers.of(inputs)
        except RecursionError:
            return -len(self.made) - 1

    def say(self, block: Block, message: str) -> None:
        """Remember that something was not followed."""
        self.said.setdefault((block.source.file, block.line), message)


class Module:
    """One instance of a module. `address` is "" for a root, else "module.name" and so on, joined by dots. `written`:
    its blocks stand as somebody wrote them, with what only Terraform itself reads of them."""

    written = True

    def __init__(
        self, folder: str, sources: Sources, address: str = "", inputs: dict[str, Value] | None = None,
        parent: "Module | None" = None,
    ) -> None:  # fmt: skip
        self.folder, self.address, self.parent, self._sources = folder, address, parent, sources
        self.budget: Budget = parent.budget if parent else Budget()
        self.depth: int = parent.depth + 1 if parent else 0
        self.root: Module = parent.root if parent else self
        self.work = self.budget.work
        self.files: list[HclFile] = sources.folder(folder)
        self._inputs = inputs
        self._blocks = _gathered(self.files)
        self._values = dict[tuple[str, str], Value]()
        self._open = set[tuple[str, str]]()
        self._calls = dict[str, tuple[list[tuple[Key, Module]], bool]]()
        self._resources: dict[str, list[Resource]] | None = None
        self._tfvars: dict[str, Value] | None = None
        self._unknowns = dict[tuple[str, str, str], Unknown]()
        self._by_name: dict[tuple[str, str], Resource] | None = None
        self.links: dict[tuple[str, str], Index] = {}
        self._mentions = dict[str, dict[str, set[str]]]()
        self.near: list[Module] | None = None
        #: Rules of networks in it that stop something, by their type.
        self.stops: dict[str, list[Stop]] = {}
        #: Objects of Kubernetes in it, by the kinds of resources that they are.
        self.objects: dict[tuple[str, ...], list[Object]] = {}

    # What is in it.

    @property
    def resources(self) -> dict[str, list[Resource]]:
        """Resources by type; data sources under "data.TYPE", blocks of Terraform's own under their keyword."""
        if self._resources is None:
            found = dict[str, list[Resource]]()
            for block in self._blocks:
                for kind, name, data in _named(block):
                    found.setdefault(f"data.{kind}" if data else kind, []).append(
                        Resource(self, block, kind, name, data)
                    )
            self._resources = found
        return self._resources

    def mentions(self, pattern: re.Pattern[str]) -> Mapping[str, set[str]]:
        """What a pattern with one group finds in the text, each with where: types of resources, or of blocks."""
        if pattern.pattern not in self._mentions:
            found = defaultdict[str, set[str]](set)
            for block in self._blocks:
                where = block.labels[0] if block.type == "resource" and block.labels else block.type
                for name in pattern.findall(block.source.text, block.start, block.end):
                    found[name].add(where)
            self._mentions[pattern.pattern] = found
        return self._mentions[pattern.pattern]

    def called(self) -> Iterator["Module"]:
        """The instances of the modules that it calls by local paths."""
        for block in self._blocks:
            if block.type == "module" and len(block.labels) == 1:
                yield from (module for _, module in self._instances(block)[0])

    def everything(self) -> Iterator["Module"]:
        """Itself and all modules below, each once."""
        waiting, seen = [self], set[int]()
        while waiting:
            module = waiting.pop()
            if id(module) not in seen:
                seen.add(id(module))
                yield module
                waiting += reversed(list(module.called()))

    def qualified(self, address: str) -> str:
        """An address as seen from the root."""
        return f"{self.address}.{address}" if self.address else address

    # Names in expressions.

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """What a reference stands for. Raises LookupError where the value is known and has no such part."""
        if root in ("True", "False") and not path:
            return root == "True"  # no Terraform takes it, but what is meant is plain
        if root == "path":
            return self._path(str(path[0])) if path else Unknown()
        if root in ("each", "count", "self", "terraform") or not path:
            return Unknown(references=frozenset({root}))
        name = str(path[0])
        if root == "var":
            return follow(self._once("var", name), path[1:])
        if root == "local":
            return follow(self._once("local", name), path[1:])
        if root == "module":
            return self._output(name, path[1:])
        if root == "data":
            return self._attribute(f"data.{name}", path[1:], f"data.{name}")
        return self._attribute(root, path, root)

    def _path(self, name: str) -> Value:
        """`path.module` and the others, as seen from the root."""
        if name == "module":
            return relpath(f"/{self.folder}", f"/{self.root.folder}")
        return "." if name in ("root", "cwd") else Unknown()

    def read_file(self, path: str) -> str | None:
        """A file of the tree, for file() and templatefile(): seen from the root, else from the module itself."""
        for folder in dict.fromkeys((self.root.folder, self.folder)):
            text = self._sources.text(normpath(join(folder, path)))
            if text is not None:
                return text
        return None

    def names_of_files(self, folder: str) -> list[str]:
        """The names of the files in a folder, for fileset()."""
        for one in dict.fromkeys((self.root.folder, self.folder)):
            names = self._sources.names(normpath(join(one, folder)))
            if names:
                return names
        return []

    def _once(self, kind: str, name: str) -> Value:
        key = (kind, name)
        if key not in self._values:
            if key in self._open:
                return Unknown(why=f"{kind}.{name} depends on itself")
            self._open.add(key)
            try:
                self._values[key] = self._worked_out(kind, name)
            finally:
                self._open.discard(key)
        return self._values[key]

    def _worked_out(self, kind: str, name: str) -> Value:
        if kind == "output":
            return self._given_back(name)
        return self._variable(name) if kind == "var" else self._local(name)

    def _variable(self, name: str) -> Value:
        unknown = Unknown(references=frozenset({self.qualified(f"var.{name}")}), why=f"nobody says what var.{name} is")
        given = self._given()
        if name in given:
            value = given[name]
            if value is not None or self._nullable(name):
                return self._completed(name, value)
        for block in self._blocks:
            if block.type == "variable" and block.labels == (name,):
                default = block.body.attributes.get("default")
                if not default or block.body.broken:
                    return unknown
                return self._completed(name, evaluate(default.expression, self))
        return unknown

    def _completed(self, name: str, value: Value) -> Value:
        """A variable's value in its type."""
        from ringfence.formats.terraform.typed import completed, read

        for block in self._blocks:
            if block.type == "variable" and block.labels == (name,):
                said = block.body.attributes.get("type")
                return completed(value, read(said.expression), lambda one: evaluate(one, self)) if said else value
        return value

    def is_asked_for(self, text: str, expression: Expression) -> bool:
        """Whether an expression of a root depends on a variable that only has a default: who uses it says more. An
        empty collection is what nobody asks for until they say so."""
        if self._inputs is not None:
            return False
        given, waiting, seen = self._given(), [text[expression.start : expression.end]], set[str]()
        while waiting:
            said = waiting.pop()
            if any(name not in given for name in _VARIABLES.findall(said)):
                return True
            for name in set(_LOCALS.findall(said)) - seen:
                seen.add(name)
                waiting += self._texts_of_local(name)
        return False

    def _texts_of_local(self, name: str) -> list[str]:
        found = [(one, one.body.attributes.get(name)) for one in self._blocks if one.type == "locals"]
        return [one.source.text[said.expression.start : said.expression.end] for one, said in found if said is not None]

    def _nullable(self, name: str) -> bool:
        for block in self._blocks:
            if block.type == "variable" and block.labels == (name,) and "nullable" in block.body.attributes:
                return evaluate(block.body.attributes["nullable"].expression, self) is not False
        return True

    def _given(self) -> dict[str, Value]:
        """What the caller passes, or for a root its files of values."""
        if self._inputs is not None:
            return self._inputs
        if self._tfvars is None:
            self._tfvars = {}
            for file in self._sources.values(self.folder):
                for attribute in file.body.attributes.values():
                    self._tfvars[attribute.name] = evaluate(attribute.expression, self)
        return self._tfvars

    def _local(self, name: str) -> Value:
        for block in self._blocks:
            if block.type == "locals" and name in block.body.attributes:
                return evaluate(block.body.attributes[name].expression, self)
        return Unknown(references=frozenset({self.qualified(f"local.{name}")}))

    def _attribute(self, kind: str, path: tuple[str | int, ...], shown: str) -> Value:
        """An attribute of a resource: its value where the files say it, else an unknown that names the resource."""
        name = str(path[0]) if path else ""
        resource = self.resource_named(kind, name)
        key = resource.key_said(path[1]) if resource is not None and resource.is_repeated and len(path) > 1 else ""
        unknown = self._unknowns.get((shown, name, key))
        if unknown is None:
            address = self.qualified(f"{shown}.{name}")
            unknown = Unknown(references=frozenset({address, address + key}))
            self._unknowns[shown, name, key] = unknown
        return resource.value(path[1:], unknown) if resource is not None else unknown

    def resource_named(self, kind: str, name: str) -> Resource | None:
        """The resource of a type with a name, or a data source where the type begins with `data.`."""
        if self._by_name is None:
            self._by_name = {}
            for one, some in self.resources.items():
                for resource in some:
                    self._by_name.setdefault((one, resource.name), resource)
        return self._by_name.get((kind, name))

    # Modules.

    def _output(self, name: str, path: tuple[str | int, ...]) -> Value:
        unknown = Unknown(references=frozenset({self.qualified(f"module.{name}")}))
        block = next((b for b in self._blocks if b.type == "module" and b.labels == (name,)), None)
        if block is None:
            return unknown
        some, complete = self._instances(block)
        if not some and not self._is_none(block):
            return unknown
        if "for_each" in block.body.attributes or "count" in block.body.attributes:
            if not path:
                return self._whole(block, unknown)
            module, path = picked(some, path[0], complete), path[1:]
        else:
            module = some[0][1]
        if module is None:
            return unknown
        return module.output(str(path[0]), path[1:]) if path else module.outputs()

    def _whole(self, block: Block, unknown: Unknown) -> Value:
        """All instances of a module together; unknown where not all are looked at."""
        name = ("module", block.labels[0])
        some, complete = self._instances(block)
        if not complete:
            return unknown
        if name not in self._values:
            each = [(key, one.outputs) for key, one in some]
            self._values[name] = together(each, keyed="for_each" in block.body.attributes)
        return self._values[name]

    def _is_none(self, block: Block) -> bool:
        """Whether `count` or `for_each` certainly makes nothing of a block."""
        key = ("none", block.labels[0])
        if key in self._open:
            return False
        self._open.add(key)
        try:
            return not instances(block, self).some
        finally:
            self._open.discard(key)

    def outputs(self) -> Value:
        """All that it gives back, by name."""
        return {b.labels[0]: self.output(b.labels[0], ()) for b in self._blocks if b.type == "output" and b.labels}

    def output(self, name: str, path: tuple[str | int, ...]) -> Value:
        """What it gives back under a name."""
        return follow(self._once("output", name), path)

    def _given_back(self, name: str) -> Value:
        for block in self._blocks:
            if block.type == "output" and block.labels == (name,) and "value" in block.body.attributes:
                return evaluate(block.body.attributes["value"].expression, self)
        return Unknown(references=frozenset({self.qualified(f"output.{name}")}))

    def _instances(self, block: Block) -> tuple[list[tuple[Key, "Module"]], bool]:
        """The instances of a module, and whether these are all."""
        name = block.labels[0]
        if name not in self._calls:
            self._calls[name] = [], False  # a module that needs its own output finds nothing yet
            made = instances(block, self)
            some = list(self._called(block, name, made))
            self._calls[name] = some, made.complete and len(some) == len(made.some)
        return self._calls[name]

    def _called(self, block: Block, name: str, made_of: Made) -> Iterator[tuple[Key, "Module"]]:
        source = block.body.attributes.get("source")
        said = evaluate(source.expression, self) if source else None
        if not isinstance(said, str) or not said.startswith(("./", "../")):
            return
        folder = normpath(join(self.folder, said))
        if not self._sources.folder(folder):
            return
        if any(one.folder == folder for one in self._chain()):
            self.budget.say(block, f"module {name} calls itself: it is not followed further")
            return
        if self.depth >= MAX_DEPTH:
            self.budget.say(block, f"modules are nested deeper than {MAX_DEPTH}: it is not followed further")
            return
        for names, key in made_of.some:
            inputs: dict[str, Value] = {
                one.name: evaluate(one.expression, names)
                for one in block.body.attributes.values()
                if one.name not in ("source", "version", "count", "for_each", "providers", "depends_on")
            }
            made = self.budget.made
            memo = (folder, self.budget.number(inputs))
            if memo not in made:
                if self.budget.modules <= 0:
                    self.budget.say(block, f"more than {MAX_MODULES} modules are called: it is not followed")
                    return
                self.budget.modules -= 1
                address = self.qualified(f"module.{name}{key}")
                made[memo] = Module(folder, self._sources, address, inputs, self)
            yield names.key, made[memo]

    def _chain(self) -> Iterator["Module"]:
        at: Module | None = self
        while at is not None:
            yield at
            at = at.parent


def _gathered(files: list[HclFile]) -> list[Block]:
    """The blocks of all files; those of override files replace what the blocks that they name say."""
    blocks = [block for file in files if not _overrides(file.file) for block in file.body.blocks]
    for file in files:
        if _overrides(file.file):
            for block in file.body.blocks:
                target = next((b for b in blocks if (b.type, b.labels) == (block.type, block.labels)), None)
                if target is None:
                    blocks.append(block)
                else:
                    _override(target.body, block.body)
    return blocks


def _override(body: Body, by: Body) -> None:
    """Attributes replace those of the same name, blocks all of the same type, be they dynamic or not."""
    body.attributes.update(by.attributes)
    replaced = {_made_type(block) for block in by.blocks} - {"lifecycle"}
    body.blocks = [one for one in body.blocks if _made_type(one) not in replaced] + by.blocks


def _made_type(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _overrides(file: str) -> bool:
    name = file.rpartition("/")[2].removesuffix(".json").rpartition(".")[0]
    return name == "override" or name.endswith("_override")


def _named(block: Block) -> Iterator[tuple[str, str, bool]]:
    """(type, name, is data) of what a block declares."""
    if block.type in ("resource", "data") and len(block.labels) == 2:
        yield block.labels[0], block.labels[1], block.type == "data"
    elif block.type in ("module", "provider", "variable", "output") and len(block.labels) == 1:
        yield block.type, block.labels[0], False
    elif block.type == "terraform":
        yield "terraform", "", False


__all__ = ["Budget", "Instance", "Module"]
