"""The host's environment is not passed on.

The environment of whoever starts a plugin contains tokens, cloud credentials, proxy passwords and the layout of the
machine. A process that inherits it can send all of that away. The plugin starts with the variables that its profile
lists, and no others.

Bad:

    [environment]
    inherits_host = true

Good:

    [environment]
    inherits_host = false
    variables = [["LANG", "C.UTF-8"]]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, man
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """Inheriting must be off."""
    if workload.environment.inherits_host:
        yield Fault(path="environment.inherits_host", found="the host's environment is passed on", want=False)


CONTROL = Control(
    id="no-host-environment",
    title="The host's environment is not passed on",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("environment.inherits_host",),
    references=(
        cwe(526),
        cwe(668),
        man("environ", 7),
    ),
    unsafe_fix=True,
    faults=faults,
)
