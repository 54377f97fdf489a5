"""Files are copied with COPY.

ADD does more than it says: it unpacks archives and fetches addresses. COPY copies. Where an archive is meant to
be unpacked, ADD says so by its name.

Bad, dockerfile:

    FROM alpine:3.20
    ADD rootfs.tar.gz /
    ADD app.py /app/

Good, dockerfile:

    FROM alpine:3.20
    ADD rootfs.tar.gz /
    COPY app.py /app/
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.models.build import Build, Verb

_UNPACKED = (".tar", ".tgz", ".gz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".zip")
_FETCHED = ("http://", "https://", "ftp://", "git@", "git://", "ssh://")


def faults(build: Build) -> Iterator[Fault]:
    """ADD only for archives and addresses, which COPY cannot do. A source that a variable names is not judged."""
    for index, one in enumerate(build.instructions):
        sources = one.words[:-1]
        if one.verb is Verb.ADD and sources and not any(_is_more(source) for source in sources):
            found = f"ADD copies {sources[0]}"
            yield Fault(path=f"instructions[{index}].verb", found=found, want=Verb.COPY)


def _is_more(source: str) -> bool:
    lower = source.lower()
    return lower.endswith(_UNPACKED) or lower.startswith(_FETCHED) or "*" in source or "\ue000" in source


CONTROL = Control(
    id="copy-not-add",
    title="Files are copied with COPY",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.DOCKERFILE}),
    guards=("instructions",),
    references=(
        cis("4.9"),
        docker("reference/dockerfile"),
        cwe(494),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Build",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
