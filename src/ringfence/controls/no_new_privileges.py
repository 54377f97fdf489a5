"""Programs cannot gain privileges.

A set-user-ID program, or a file with capabilities, gives whoever starts it more rights than they had. With
`no_new_privileges` the kernel never adds rights on `execve`, so one forgotten set-user-ID binary in an image is not a
way to root.

Bad:

    no_new_privileges = false

Good:

    no_new_privileges = true

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        security_opt: ["no-new-privileges:true"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
        - name: web
          image: example/web:1.4
          securityContext: {allowPrivilegeEscalation: false}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, man, owasp, pod_security
from ringfence.model import Workload


def faults(workload: Workload) -> Iterator[Fault]:
    """The flag must be set."""
    if not workload.no_new_privileges:
        yield Fault(path="no_new_privileges", found="programs may gain privileges", want=True)


CONTROL = Control(
    id="no-new-privileges",
    title="Programs cannot gain privileges",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.PLUGIN, Scope.COMPOSE, Scope.KUBERNETES}),
    guards=("no_new_privileges",),
    references=(
        cis("5.26"),
        pod_security("Privilege Escalation"),
        owasp("rule 4"),
        man("prctl", 2, "PR_SET_NO_NEW_PRIVS"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    standards=frozenset({Standard.DEFAULT, Standard.RESTRICTED, Standard.CIS, Standard.NSA}),
)
