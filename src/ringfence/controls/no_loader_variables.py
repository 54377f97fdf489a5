"""No variable changes what is loaded.

`LD_PRELOAD` loads a library into every program, `PYTHONPATH` puts a folder before the standard library, `BASH_ENV`
runs a script before every shell. Such a variable runs code before the code that was vetted. Names that no environment
can contain, and a second value for the same name, are refused as well: two readers would not agree on what is set.

Bad:

    [environment]
    variables = [["LANG", "C.UTF-8"], ["LD_PRELOAD", "/granted/lib/x.so"]]

Bad:

    [environment]
    variables = [["LANG", "C.UTF-8"], ["LANG", "C"]]

Good:

    [environment]
    variables = [["LANG", "C.UTF-8"], ["TZ", "UTC"]]
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, man
from ringfence.model import Workload

_PREFIXES = ("LD_", "DYLD_", "PYTHON", "PERL5", "RUBY", "GIT_", "BASH_FUNC_")
_NAMES = frozenset(
    {"BASH_ENV", "ENV", "GCONV_PATH", "GLIBC_TUNABLES", "IFS", "JAVA_TOOL_OPTIONS", "LOCPATH", "NLSPATH"}
    | {"HOSTALIASES", "NODE_OPTIONS", "NODE_PATH", "OPENSSL_CONF", "OPENSSL_MODULES", "RES_OPTIONS"}
    | {"PERLLIB", "SHELLOPTS", "SSLKEYLOGFILE"}
)


def faults(workload: Workload) -> Iterator[Fault]:
    """Every variable must have a harmless name that stands once, and a value without NUL."""
    seen: set[str] = set()
    for index, (name, value) in enumerate(workload.environment.variables):
        found = _why(name, value, seen)
        if found:
            yield Fault(path=f"environment.variables[{index}]", found=found, want=REMOVE)
        seen.add(name)


def _why(name: str, value: str, seen: set[str]) -> str:
    if not name or "=" in name or "\0" in name + value:
        return f"{name!r} cannot stand in an environment"
    if name in _NAMES or name.startswith(_PREFIXES):
        return f"{name} changes what is loaded or run"
    return f"{name} is set twice" if name in seen else ""


CONTROL = Control(
    id="no-loader-variables",
    title="No variable changes what is loaded",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("environment.variables",),
    references=(
        man("ld.so", 8),
        cwe(426),
        cwe(427),
    ),
    unsafe_fix=True,
    faults=faults,
)
