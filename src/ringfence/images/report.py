"""What was found at an image as a report of the auditor, for every form that one has."""

import hashlib

from ringfence.audit.finding import Finding, Reference, Report
from ringfence.controls.control import Severity
from ringfence.formats.document import Place
from ringfence.images import examine
from ringfence.images.layout import Image

_CIS = "https://www.cisecurity.org/benchmark/docker"
_ADDRESSES = {
    "CIS": _CIS,
    "NIST": "https://csrc.nist.gov/pubs/sp/800/190/final",
    "OpenSSF": "https://best.openssf.org/Compiler-Hardening-Guides/Compiler-Options-Hardening-Guide-for-C-and-C++",
    "OCI": "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
}


def report(image: Image, found: list[examine.Finding]) -> Report:
    """A report; the places are paths of the image, or of its configuration."""
    name = image.name or image.digest
    return Report(
        root=name,
        findings=tuple(_finding(one, name) for one in found),
        unread=(),
        files={"images": 1},
        skipped=(),
        elapsed=0.0,
    )


def _finding(one: examine.Finding, name: str) -> Finding:
    said = examine.RULES[one.rule][1]
    print_ = hashlib.sha256("\0".join((one.rule, one.place, one.found)).encode("utf-8", "surrogatepass")).hexdigest()
    return Finding(
        control=one.rule,
        title=one.rule.replace("-", " "),
        severity=Severity(one.severity),
        message=one.found,
        place=Place(file=one.place.lstrip("/"), line=1, column=1, end_line=1, end_column=1),
        subject=f"image {name}",
        path="",
        why="",
        fix=None,
        waived=None,
        references=(Reference(title=said, url=_ADDRESSES[said.split(" ", 1)[0]]),),
        fingerprint=print_[:24],
    )
