"""Downloads are not piped into a shell.

`curl … | sh` runs whatever the server, or anybody in between, sends at that moment, with all the rights of the build.
Nobody can say afterwards what it was. Fetch a file, check it, then run it.

Bad, dockerfile:

    FROM alpine:3.20
    RUN apk add curl && curl -fsSL https://get.example.com | sh

Good, dockerfile:

    FROM alpine:3.20
    COPY setup.sh /tmp/
    RUN sh /tmp/setup.sh

Bad, compose:

    services:
      setup:
        image: alpine:3.20
        command: ["sh", "-c", "wget -qO- https://get.example.com | sh"]

Good, compose:

    services:
      setup:
        image: example/setup:1.4
        command: ["/setup"]

Bad, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: setup}
    spec:
      containers:
        - name: setup
          image: alpine:3.20
          command: ["sh", "-c", "wget -qO- https://get.example.com | sh"]

Good, kubernetes:

    apiVersion: v1
    kind: Pod
    metadata: {name: setup}
    spec:
      containers:
        - name: setup
          image: example/setup:1.4
          command: ["/setup"]
"""

from collections.abc import Iterator

from ringfence.controls.commands.interpreters import reads_program, takes_download
from ringfence.controls.commands.shell import Commands, is_download, runs, started
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, nsa, owasp
from ringfence.models.build import Build
from ringfence.models.service import Service


def faults(model: Service | Build) -> Iterator[Fault]:
    """No interpreter may read its program from a download: by a pipe, `<( )`, or `$( )` in its `-c`."""
    for path, commands in runs(model):
        for index, words in enumerate(commands):
            run = started(words)
            name = run[0].rpartition("/")[2]
            if takes_download(name, run) or (_is_fed(commands, index) and reads_program(name, run)):
                yield Fault(path=path(index), found=f"{name} runs a download", want=_QUESTION)


def _is_fed(commands: Commands, index: int) -> bool:
    """Whether a download stands before it in its pipe."""
    while index >= 2 and commands[index - 1] == ("|",):
        index -= 2
        if is_download(commands[index]):
            return True
    return False


_QUESTION = Decision("which version of the script did you read? keep it beside this file, or verify its checksum")


CONTROL = Control(
    id="no-pipe-to-shell",
    title="Downloads are not piped into a shell",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE, Scope.DOCKERFILE, Scope.KUBERNETES}),
    guards=(
        "instructions",
        "command",
    ),
    references=(
        owasp("rule 13"),
        cis("4.11"),
        nsa("Image scanning"),
        cwe(494),
        cwe(829),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Service",
        "Build",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS, Standard.NSA}),
)
