"""Do a method's argument schema and the function in the code fit each other?

Pure: takes what `source` read off the code and the manifest's method, gives problems at the function's line.
"""

from collections.abc import Iterator, Mapping

from ringfence.plugins.manifest import Method
from ringfence.plugins.problem import Problem, Weight
from ringfence.plugins.source import ClassCode, Function

#: What a constructor is offered, by keyword.
OFFERED_TO_CONSTRUCTOR = ("project_root", "cache_dir", "policy", "fernet_lib")
#: With one of these at the top, the schema's members cannot be told by looking at `properties` alone.
_COMPOSED = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "patternProperties"})


def signature_problems(code: ClassCode, method: Method, function: Function) -> Iterator[Problem]:
    """Where a call that the schema lets through would fail for the names or number of its arguments."""
    name = method.name
    for given in function.positional_only:
        yield _at(code, function, f"{name}: {given} is positional-only, and arguments are passed by name")
    if not method.arguments or _COMPOSED & method.arguments.keys():
        return  # unreadable, or not to be known by looking
    offered, sure = _names(method.arguments.get("properties")), _names(method.arguments.get("required"))
    taken = {parameter.name for parameter in function.parameters}
    if not function.takes_any:
        for given in sorted(offered - taken):
            yield _at(code, function, f"{name} does not take {given!r}, which its schema offers")
        if (
            method.arguments.get("additionalProperties", True) is True
            and "unevaluatedProperties" not in method.arguments
        ):
            yield _at(
                code,
                function,
                f"the schema of {name} lets through arguments that it does not take",
                hint="additionalProperties = false",
                severity=Weight.WARNING,
            )
    for parameter in function.parameters:
        if parameter.required and parameter.name not in sure:
            yield _at(code, function, f"{name} needs {parameter.name!r}, which its schema does not require")


def constructor_problems(code: ClassCode) -> Iterator[Problem]:
    """Whether the class can be made with what it is offered."""
    function = code.functions.get("__init__")
    for parameter in function.parameters if function else ():
        if parameter.required and parameter.name not in OFFERED_TO_CONSTRUCTOR and function:
            yield _at(
                code,
                function,
                f"the constructor needs {parameter.name!r}, which it is not offered",
                hint=f"it may take {', '.join(OFFERED_TO_CONSTRUCTOR)}; all else needs a default",
            )


def _names(value: object) -> set[str]:
    """The strings in a list, or the keys of a table; schemas hold anything until they are judged."""
    if isinstance(value, Mapping | list):
        return {name for name in value if isinstance(name, str)}
    return set()


def _at(
    code: ClassCode, function: Function, message: str, *, hint: str = "", severity: Weight = Weight.ERROR
) -> Problem:
    return Problem(file=code.file, line=function.line, message=message, hint=hint, severity=severity)
