"""Files are copied with COPY.

ADD does more than it says: it unpacks archives and fetches URLs. COPY just copies. Where an archive is meant to be
unpacked, its name says so, and ADD is fine.

Bad, dockerfile:

    FROM alpine:3.20
    ADD rootfs.tar.gz /
    ADD app.py /app/

Good, dockerfile:

    FROM alpine:3.20
    ADD rootfs.tar.gz /
    COPY app.py /app/
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, cwe, docker
from ringfence.models.build import Build, Instruction, Verb

# What ADD unpacks is a tar archive, compressed or not; a compressed file may be one.
_UNPACKED = re.compile(r"\.(tar|tgz|tbz2?|txz|tzst|gz|bz2|xz|lzma|zst|z)$", re.IGNORECASE)
_FETCHED = re.compile(r"[a-z][a-z0-9+.-]*://|[\w.-]+@[\w.-]+:|[^/]+\.git(#|$)", re.IGNORECASE)
_FILE = re.compile(r"[^/]\.[A-Za-z][A-Za-z0-9]*$")


def faults(build: Build) -> Iterator[Fault]:
    """ADD only for archives and addresses, which COPY cannot do."""
    for index, one in enumerate(build.instructions):
        if one.verb is Verb.ADD and _only_copies(one):
            found = f"ADD copies {one.words[0][:80]}"
            yield Fault(path=f"instructions[{index}].verb", found=found, want=Verb.COPY)


def _only_copies(one: Instruction) -> bool:
    sources = one.words[:-1]
    if not sources or any(flag.startswith(("checksum=", "unpack=", "keep-git-dir=")) for flag in one.flags):
        return False
    return not any(_is_more(source, one.words[-1]) for source in sources)


def _is_more(source: str, target: str) -> bool:
    """Whether it is an archive or an address, or may be one: a target that names a file says that it is none."""
    if _UNPACKED.search(source) or _FETCHED.match(source):
        return True
    unsure = "$" in source or source.endswith("*")
    return unsure and (_FILE.search(target) is None or _UNPACKED.search(target) is not None)


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
