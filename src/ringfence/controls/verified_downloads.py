"""Downloads are verified.

Without the check of certificates and signatures anybody on the way can put their own package in the place of the
one that was asked for. What fails a check is what the check is for.

Bad, dockerfile:

    FROM debian:12
    RUN curl -fsSk -o /tool https://example.com/tool

Good, dockerfile:

    FROM debian:12
    RUN curl -fsS -o /tool https://example.com/tool
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp
from ringfence.controls.shell import program
from ringfence.models.build import Build, Verb

_OPTIONS: dict[str, frozenset[str]] = {
    "curl": frozenset({"-k", "--insecure", "--proxy-insecure"}),
    "wget": frozenset({"--no-check-certificate"}),
    "apt-get": frozenset({"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"}),
    "apt": frozenset({"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"}),
    "apk": frozenset({"--allow-untrusted"}),
    "yum": frozenset({"--nogpgcheck"}),
    "dnf": frozenset({"--nogpgcheck"}),
    "rpm": frozenset({"--nosignature", "--nodigest"}),
    "zypper": frozenset({"--no-gpg-checks", "--gpg-auto-import-keys"}),
    "git": frozenset({"http.sslVerify=false", "-chttp.sslVerify=false"}),
}
_WORDS = frozenset({"strict-ssl=false", "--trusted-host", "--no-gpg-check", "http.sslVerify", "strict-ssl"})
_VARIABLES = {"NODE_TLS_REJECT_UNAUTHORIZED": "0", "PYTHONHTTPSVERIFY": "0", "GIT_SSL_NO_VERIFY": "true"}


def faults(build: Build) -> Iterator[Fault]:
    """No option and no variable may switch the check off."""
    for number, one in enumerate(build.instructions):
        for index, words in enumerate(one.commands):
            said = _unchecked(words)
            if said:
                path = f"instructions[{number}].commands[{index}]"
                yield Fault(path=path, found=f"{program(words)} {said} checks nothing", want=_QUESTION)
        for index, word in enumerate(one.words if one.verb in {Verb.ENV, Verb.ARG} else ()):
            name, _, value = word.partition("=")
            if value and _VARIABLES.get(name) == value.lower():
                yield Fault(
                    path=f"instructions[{number}].words[{index}]", found=f"{word} checks nothing", want=_QUESTION
                )


def _unchecked(words: tuple[str, ...]) -> str:
    name = program(words)
    for at, word in enumerate(words):
        option = word.partition("=")[0] if word.startswith("--") else word
        if option in _OPTIONS.get(name, ()) or word in _OPTIONS.get(name, ()):
            return word
        if name == "curl" and word.startswith("-") and not word.startswith("--") and "k" in word and word[1:].isalpha():
            return word
        if option in _WORDS and name in {"pip", "pip3", "npm", "yarn", "git", "python", "python3"}:
            off = words[at + 1 : at + 2] in (("false",), ("0",)) or option == "--trusted-host" or "=" in word
            if off:
                return word
    return ""


_QUESTION = Decision("which certificate or key is missing? Install it instead")


CONTROL = Control(
    id="verified-downloads",
    title="Downloads are verified",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        owasp("rule 9"),
        cwe(295),
        cwe(345),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
