"""Step 1: the manifest, its schemas, the tree, the licence, and the version against the reviewed one."""

from collections.abc import Iterator
from pathlib import Path

from ringfence.errors import InvalidPlugin
from ringfence.vetting.found import Raw
from ringfence.vetting.subject import Kind, Subject

_ODD = (".exe", ".dll", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".lnk", ".msi", ".apk", ".jar", ".iso", ".dmg")


def structure(subject: Subject, reviewed: Path | None) -> Iterator[Raw]:
    """What is wrong with the form of a plugin."""
    yield from _form(subject)
    for path in subject.files:
        if path.lower().endswith(_ODD):
            yield Raw("odd-file", path, 0, f"{path.rpartition('.')[2]} files have no place in a plugin")
    if reviewed is not None:
        yield from _against(subject, reviewed)


def _form(subject: Subject) -> Iterator[Raw]:
    if subject.kind is Kind.PACKAGE:
        yield Raw("no-manifest", "", 0, "there is neither a plugin.toml nor anything that an agent reads")
        return
    if subject.kind is Kind.AGENT:
        yield from _tree(subject)
        return
    from ringfence.plugins.check import check
    from ringfence.plugins.problem import Weight

    for problem in check(subject.folder):
        rule = "invalid-plugin" if problem.severity is Weight.ERROR else "plugin-advice"
        if problem.message == "license is missing":
            rule = "no-licence"
        yield Raw(rule, "" if problem.file == "." else problem.file, problem.line, problem.message, problem.hint)


def _tree(subject: Subject) -> Iterator[Raw]:
    from ringfence.plugins.tree import hash_tree

    try:
        hash_tree(subject.folder)
    except InvalidPlugin as error:
        yield Raw("invalid-plugin", "", 0, error.message, error.hint)


def _against(subject: Subject, reviewed: Path) -> Iterator[Raw]:
    from packaging.version import InvalidVersion, Version

    from ringfence.vetting.subject import subject_of

    before = subject_of(reviewed)
    if before.digest == subject.digest and before.digest:
        return
    if before.name != subject.name and subject.kind is Kind.PLUGIN:
        yield Raw("renamed", "plugin.toml", 1, f"it is {subject.name}, and {before.name} was reviewed")
    try:
        if Version(subject.version) <= Version(before.version):
            said = f"{subject.version} is not above {before.version}, which was reviewed, and the files differ"
            yield Raw("version-order", "", 0, said)
    except InvalidVersion:
        if subject.version == before.version:
            yield Raw("version-order", "", 0, f"it is still {before.version}, and the files differ")
