"""No secret files are copied into the image.

A layer keeps what was copied, even if a later instruction deletes it. Anybody who can pull the image has the key.
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

_NAMES = re.compile(
    r"\.env(\.[\w.-]+)?|(prod|production|secrets?)\.env"
    r"|(.*[._-])?id_(rsa|dsa|ecdsa|ed25519)|\.netrc|_netrc|\.npmrc|\.yarnrc\.yml|\.pypirc|\.git-credentials|\.pgpass"
    r"|\.my\.cnf"
    r"|\.htpasswd|\.vault-token|\.dockercfg|\.dockerconfigjson|\.s3cfg|\.boto|kubeconfig|\.terraformrc|.*\.tfstate"
    r"|credentials(\.(json|ya?ml|ini|toml|csv|xml))?|(client_)?secrets?\.(json|ya?ml|toml|ini|properties|txt)"
    r"|(gcp|gcloud|google|firebase)?[._-]?(service[._-]?account|application_default_credentials)[\w.-]*\.json"
    r"|.*\.(pfx|p12|ppk|kdbx|ovpn|jks|keystore|key)|(.*[._-])?(priv|private|privkey|key|private[._-]?key|rsa)\.pem",
    re.IGNORECASE,
)
# Parts of a name that make it harmless: a public half, the key of an archive, trusted certificates, an example.
_PUBLIC = frozenset(
    "pub public pubkey gpg asc apt yum rpm release repo archive signing trust truststore cacerts"
    " example sample template tpl dist default defaults test tests dummy fake".split()
)
_FOLDERS = frozenset({".ssh", ".aws", ".gnupg", ".kube", ".azure", ".gcloud"})
_HARMLESS = frozenset({"known_hosts", "config", "authorized_keys"})


def faults(build: Build) -> Iterator[Fault]:
    """No source of COPY or ADD may be a file or folder that holds secrets by its name."""
    for number, one in enumerate(build.instructions):
        if one.verb in {Verb.COPY, Verb.ADD}:
            # A stage that is not the last one leaves it in the build's cache only.
            severity = None if one.final else Severity.MEDIUM
            for index, source in enumerate(one.words[:-1]):
                weight = Severity.LOW if _is_git(source) else severity
                if _is_git(source) or _is_secret(source):
                    path = f"instructions[{number}].words[{index}]"
                    yield Fault(path=path, found=f"copies {source[:80]}", want=_QUESTION, severity=weight)


def _is_git(source: str) -> bool:
    """The whole history, with what was deleted from it, and with the addresses that it came from."""
    return source.rstrip("/").rpartition("/")[2] == ".git"


def _is_secret(source: str) -> bool:
    if "://" in source:
        return False
    parts = source.rstrip("/").split("/")
    name = parts[-1]
    if _FOLDERS.intersection(parts) and name not in _HARMLESS and not name.endswith(".pub"):
        return True
    if parts[-2:] == [".docker", "config.json"] or parts[-2:] == [".config", "gcloud"]:
        return True
    return _NAMES.fullmatch(name) is not None and _PUBLIC.isdisjoint(re.split(r"[._-]", name.lower()))


_QUESTION = Decision("which command needs it? pass it with RUN --mount=type=secret, or at run time")


CONTROL = Control(
    id="no-secret-files",
    title="No secret files are copied into the image",
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
