"""No file of secrets is copied into the image.

A layer keeps what was copied, also when a later instruction deletes it. Whoever can pull the image has the key.
`RUN --mount=type=secret` shows a file to one command and keeps nothing.

Bad, dockerfile:

    FROM alpine:3.20
    COPY app.py .env /app/

Good, dockerfile:

    FROM alpine:3.20
    COPY app.py .env.example /app/
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, owasp
from ringfence.models.build import Build, Verb

_SECRETS = re.compile(
    r"(^|/)(\.env(\.(local|prod|production|dev|development|staging|test))?|id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc"
    r"|\.git-credentials|\.pgpass|\.htpasswd|\.vault-token|credentials|\.dockercfg|kubeconfig|[^/]+\.(pfx|p12|jks|keystore|ppk))$"
    r"|(^|/)\.(ssh|aws|gnupg|kube|docker/config\.json)(/|$)|(^|/)[^/]*(private|secret)[^/]*\.(pem|key)$|(^|/)[^/]+\.key$"
)


def faults(build: Build) -> Iterator[Fault]:
    """No source of COPY or ADD may be a file or folder that holds secrets by its name."""
    for number, one in enumerate(build.instructions):
        if one.verb in {Verb.COPY, Verb.ADD} and not any(flag.startswith("from=") for flag in one.flags):
            for source in one.words[:-1]:
                if _SECRETS.search(source.rstrip("/")):
                    yield Fault(path=f"instructions[{number}]", found=f"copies {source}", want=_QUESTION)


_QUESTION = Decision("which command needs it? Give it by RUN --mount=type=secret, or at run time")


CONTROL = Control(
    id="no-secret-files",
    title="No file of secrets is copied into the image",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.10"),
        owasp("rule 12"),
        cwe(538),
        cwe(798),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
