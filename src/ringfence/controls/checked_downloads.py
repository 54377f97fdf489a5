"""Files fetched by ADD are checked.

A URL serves whatever its server sends today. `--checksum` pins the content, and a changed download fails the build.

Bad, dockerfile:

    FROM alpine:3.20
    ADD https://example.com/tool-1.4.tar.gz /opt/

Good, dockerfile:

    FROM alpine:3.20
    ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/t.tgz /
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.models.build import Build, Verb

_FETCHED = re.compile(r"(https?|ftp)://", re.IGNORECASE)
_GIT = re.compile(r"git@|git://|ssh://|https?://[^#?]+\.git(?=[#?]|$)", re.IGNORECASE)
_COMMIT = re.compile(r"[#=]([0-9a-f]{40}|[0-9a-f]{64})(:|$|&)")


def faults(build: Build) -> Iterator[Fault]:
    """An address needs a checksum; that of a Git repository, a commit behind its `#`."""
    for index, one in enumerate(build.instructions):
        if one.verb is not Verb.ADD or any(flag.startswith("checksum=") for flag in one.flags):
            continue
        for source in one.words[:-1]:
            if _GIT.match(source) and not _COMMIT.search(source):
                yield Fault(path=f"instructions[{index}]", found=f"{source[:80]} can be moved", want=_WHICH_COMMIT)
            elif _FETCHED.match(source) and not _GIT.match(source):
                yield Fault(path=f"instructions[{index}]", found=f"{source[:80]} is not checked", want=_QUESTION)


_QUESTION = Decision("what is the checksum of the version that you tested? add --checksum=sha256:…")
_WHICH_COMMIT = Decision("which commit did you test? add it after a #")


CONTROL = Control(
    id="checked-downloads",
    title="Files fetched by ADD are checked",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        docker("reference/dockerfile"),
        cis("4.9"),
        cwe(494),
        cwe(829),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
