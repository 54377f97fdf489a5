"""`dataclass`, `field`, `fields`, `is_dataclass` and `replace` of the standard library, made without compiling code.

The standard decorator writes each method as text and compiles it, 0.3 ms a class, and loads `inspect`, 4 ms; the
sixty classes of one `ringfence run` would cost more than the call. Here all classes share a few generic methods; only
a class of which hundreds of objects are made gets an `__init__` of its own.
To a type checker these names *are* the standard ones. At run time a class made here is a dataclass to `dataclasses`
too: what that needs is made when it first looks.

Taken over: frozen, kw_only, slots, eq, order, defaults, default factories, and the fields of a base class of this kind
where all are keyword-only. Not taken over, and refused or absent: `__post_init__`, `InitVar` and `ClassVar`, options
of a single field.
"""

from __future__ import annotations

from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    _MISSING = object()
    _SPEC = "__ringfence_fields__"
    #: A class of which so many objects are made gets an `__init__` of its own, compiled for its fields.
    _WORTH_COMPILING = 200

    class _Factory:
        """A default that is made anew for each object."""

        __slots__ = ("make",)

        def __init__(self, make):
            self.make = make

    class _Field:
        """What is known of one field."""

        __slots__ = ("default", "name", "type")

        def __init__(self, name, kind, default):
            self.name = name
            self.type = kind
            self.default = default

    def field(*, default_factory):
        """A default that is made anew for each object."""
        return _Factory(default_factory)

    def fields(kind):
        """The fields, each with its `name`."""
        return getattr(kind, _SPEC)

    def is_dataclass(value):
        """Whether it is such a class, or an object of one."""
        return hasattr(value, _SPEC)

    def replace(old, /, **changes):
        """A copy with other values in some fields."""
        for one in fields(old):
            if one.name not in changes:
                changes[one.name] = getattr(old, one.name)
        return type(old)(**changes)

    def dataclass(cls=None, /, **options):
        """`@dataclass` or `@dataclass(frozen=True, …)`."""
        if cls is None:
            return lambda cls: _made(cls, **options)
        return _made(cls)

    def _made(cls, *, frozen=False, kw_only=False, slots=False, eq=True, order=False):
        inherited = getattr(cls, _SPEC, ())
        if hasattr(cls, "__post_init__") or (inherited and not kw_only):
            raise TypeError(f"{cls.__name__}: __post_init__ and positional fields of a base are not supported here")
        body = dict(vars(cls))
        own = tuple(_Field(n, kind, body.pop(n, _MISSING)) for n, kind in cls.__annotations__.items())
        known = (*inherited, *own)
        names = tuple(one.name for one in known)
        methods = {_SPEC: known, "__dataclass_fields__": _StandardFields(), "__init__": _init(known, kw_only)}
        methods |= {"__match_args__": () if kw_only else names, "__repr__": _repr, "__replace__": replace}
        if eq:
            methods |= _comparisons(attrgetter(*names), frozen, order)
        if frozen:
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        if slots:
            # A class gets its slots when it is made, and cannot have a default beside one.
            methods |= {
                "__slots__": tuple(one.name for one in own),
                "__getstate__": _getstate,
                "__setstate__": _setstate,
            }
            body = {n: v for n, v in body.items() if n not in ("__dict__", "__weakref__")}
            made = type(cls)(cls.__name__, cls.__bases__, methods | body)
            made.__qualname__ = cls.__qualname__
            return made
        for name, value in methods.items():
            if name not in body:
                setattr(cls, name, value)
        return cls

    def _init(known, kw_only):
        names = tuple(one.name for one in known)
        defaults = {one.name: one.default for one in known if one.default is not _MISSING}
        positional = 0 if kw_only else len(names)
        put = object.__setattr__
        left = _WORTH_COMPILING

        def __init__(self, /, *values, **given):
            nonlocal left
            left -= 1
            if not left:
                _compile_init(type(self), __init__, known, kw_only)
            if values:
                if len(values) > positional:
                    raise TypeError(f"{type(self).__name__}() takes {positional} positional arguments")
                for name, value in zip(names, values, strict=False):
                    if name in given:
                        raise TypeError(f"{type(self).__name__}() got multiple values for {name!r}")
                    given[name] = value
            for name in names:
                if name in given:
                    put(self, name, given.pop(name))
                elif name in defaults:
                    value = defaults[name]
                    put(self, name, value.make() if type(value) is _Factory else value)
                else:
                    raise TypeError(f"{type(self).__name__}() is missing the argument {name!r}")
            if given:
                raise TypeError(f"{type(self).__name__}() got unexpected arguments: {', '.join(given)}")

        return __init__

    def _compile_init(cls, general, known, kw_only):
        """Put an `__init__` in place of `general` that is compiled for these fields: three times as quick."""
        owner = next((each for each in cls.__mro__ if each.__dict__.get("__init__") is general), None)
        if owner is None or not known:
            return
        space = {"put": object.__setattr__, "missing": _MISSING}
        arguments, lines = ["*"] if kw_only else [], []
        for one in known:
            value = one.name
            if one.default is _MISSING:
                arguments.append(one.name)
            elif type(one.default) is _Factory:
                space[f"make_{one.name}"] = one.default.make
                arguments.append(f"{one.name}=missing")
                value = f"make_{one.name}() if {one.name} is missing else {one.name}"
            else:
                space[f"default_{one.name}"] = one.default
                arguments.append(f"{one.name}=default_{one.name}")
            lines.append(f" put(self, {one.name!r}, {value})")
        text = "\n".join([f"def __init__(self, /, {', '.join(arguments)}):", *lines])
        exec(text, space)  # noqa: S102  # names of our own fields
        owner.__init__ = space["__init__"]

    def _comparisons(key, frozen, order):
        """The methods that compare; `key` gives what two objects of one class are compared by."""

        def by(compare):
            return lambda self, other: compare(key(self), key(other)) if type(other) is type(self) else NotImplemented

        made = {"__eq__": by(lambda a, b: a == b), "__hash__": (lambda self: hash(key(self))) if frozen else None}
        if order:
            made |= {"__lt__": by(lambda a, b: a < b), "__le__": by(lambda a, b: a <= b)}
            made |= {"__gt__": by(lambda a, b: a > b), "__ge__": by(lambda a, b: a >= b)}
        return made

    def _repr(self):
        said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self))
        return f"{type(self).__qualname__}({said})"

    def _refuse(self, name, *_):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to or delete field {name!r}")

    def _getstate(self):
        return [getattr(self, one.name) for one in fields(self)]

    def _setstate(self, state):
        for one, value in zip(fields(self), state, strict=True):
            object.__setattr__(self, one.name, value)

    class _StandardFields:
        """`__dataclass_fields__`, by which `dataclasses` knows its own: borrowed from a class that it makes."""

        def __get__(self, instance, owner):
            import dataclasses

            twin = dataclasses.make_dataclass(owner.__name__, map(_described, fields(owner)), kw_only=True)
            type.__setattr__(owner, "__dataclass_fields__", twin.__dataclass_fields__)
            return twin.__dataclass_fields__

    def _described(one):
        import dataclasses

        if one.default is _MISSING:
            return one.name, one.type
        if type(one.default) is _Factory:
            return one.name, one.type, dataclasses.field(default_factory=one.default.make)
        return one.name, one.type, dataclasses.field(default=one.default)
