"""No file contains a secret.

What is in a repository is copied to every clone, every build and every backup, and stays in its history after it is
deleted. Every text is searched, whatever its purpose, for tokens of known formats, private keys, passwords in URLs,
and values under telling names. A password that somebody thought up for an example, in code that a skill or rules show
an agent, weighs little. Rotate whatever was found, because it is no longer secret. Then take it from the
environment or a secret store.

Bad, text:

    [client]
    user = app
    password = vT9-kQz7.mB2x

Bad, text:

    cache_url: redis://app:vT9kQz7mB2xW@cache.internal:6379/0

Good, text:

    [client]
    user = app
    password = ${DB_PASSWORD}

Good, text:

    password_hint = "the name of your first pet"
    session_token = request.cookies["session"]
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe
from ringfence.models.text import Text


def faults(model: Text) -> Iterator[Fault]:
    """Each secret is one too many."""
    for index, secret in enumerate(model.secrets):
        weight = Severity.LOW if secret.example else None
        yield Fault(path=f"secrets[{index}]", found=f"{secret.kind} stands here", want=_QUESTION, severity=weight)


_QUESTION = Decision("rotate it, and take it from the environment or a secret store")

CONTROL = Control(
    id="no-secrets-in-text",
    title="No file contains a secret",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TEXT}),
    guards=("secrets",),
    references=(cwe(798), cwe(312), cwe(540)),
    unsafe_fix=False,
    faults=faults,
    models=("Text",),
    standards=frozenset({Standard.DEFAULT}),
)
