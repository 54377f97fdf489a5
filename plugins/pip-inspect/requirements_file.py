"""Requirements files (the format of pip): what they pin, and what is risky, with line numbers."""

import os
import re

from distributions import normalized
from packaging.requirements import InvalidRequirement, Requirement

MOST_BYTES = 1024 * 1024
MOST_FILES = 20
_VCS = re.compile(r"(git|hg|svn|bzr)\+")
_HASH = re.compile(r"\s--hash[= ](\w+):([0-9A-Fa-f]+)")
_COMMENT = re.compile(r"(^|\s)#.*$")


def inspect(folder, file):
    """The requirements and findings of `file` and of the files that it includes, inside `folder` only."""
    reading = _Reading(os.path.realpath(folder))
    reading.take(file, None)
    return {"requirements": reading.requirements, "findings": reading.findings}


class _Reading:
    def __init__(self, folder):
        self._folder = folder
        self._files = []
        self._seen = {}
        self.requirements = []
        self.findings = []

    def take(self, file, included_at):
        """One file; `included_at` is the (file, line) that asks for it."""
        path = os.path.realpath(os.path.join(self._folder, file))
        if not path.startswith(self._folder + os.sep):
            self._refuse(included_at, f"{file!r} is outside the granted folder")
        elif path in self._files:
            self._refuse(included_at, f"{file!r} is included twice")
        elif len(self._files) >= MOST_FILES:
            self._refuse(included_at, f"more than {MOST_FILES} files")
        else:
            self._files.append(path)
            self._lines(os.path.relpath(path, self._folder), path)

    def _refuse(self, included_at, message):
        if included_at is None:
            raise ValueError(message)
        self._find(*included_at, "include", message)

    def _lines(self, shown, path):
        try:
            with open(path, encoding="utf-8", errors="replace") as handle:
                text = handle.read(MOST_BYTES + 1)
        except OSError as error:
            raise ValueError(f"{shown!r} cannot be read: {error.strerror}") from None
        if len(text) > MOST_BYTES:
            raise ValueError(f"{shown!r} is larger than {MOST_BYTES} bytes")
        for number, line in _logical_lines(text):
            self._line(shown, number, line)

    def _line(self, file, number, line):
        option, _, rest = line.partition(" ")
        name, equals, value = option.partition("=")
        if name in ("-r", "--requirement", "-c", "--constraint"):
            base = os.path.dirname(file)
            self.take(os.path.join(base, (value if equals else rest).strip()), (file, number))
        elif name in ("-e", "--editable"):
            self._find(file, number, "editable", "an editable install runs code that can change at any time")
        elif line.startswith("-"):
            self._find(file, number, "option", f"the option {name} changes where or how packages are installed")
        else:
            self._requirement(file, number, line)

    def _requirement(self, file, number, line):
        hashes = _HASH.findall(line)
        text = _HASH.sub("", line).strip()
        if _VCS.search(text):
            self._find(file, number, "vcs", f"installs from version control: {text[:100]}")
            return
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            kind = "url" if re.match(r"(https?|file|ftp)://|\.{0,2}/", text) else "invalid"
            self._find(file, number, kind, f"{'installs from' if kind == 'url' else 'cannot be read:'} {text[:100]}")
            return
        self._keep(file, number, requirement, hashes)

    def _keep(self, file, number, requirement, hashes):
        name = normalized(requirement.name)
        pins = [s for s in requirement.specifier if s.operator in ("==", "===") and not s.version.endswith(".*")]
        self.requirements.append(
            {
                "file": file,
                "line": number,
                "name": name,
                "specifier": str(requirement.specifier),
                "pinned": bool(pins),
                "hashes": len(hashes),
            }
        )
        if requirement.url:
            self._find(file, number, "url", f"{name} is installed from {requirement.url[:100]}")
        elif not pins:
            self._find(file, number, "unpinned", f"{name} has no exact version")
        elif not hashes:
            self._find(file, number, "no-hash", f"{name} is pinned, but not by hash")
        if name in self._seen:
            self._find(file, number, "duplicate", f"{name} stands at {self._seen[name]} already")
        self._seen.setdefault(name, f"{file}:{number}")

    def _find(self, file, line, kind, message):
        self.findings.append({"file": file, "line": line, "kind": kind, "message": message})


def _logical_lines(text):
    """(number of the first line, text) with continuations joined and comments gone."""
    first, parts = 0, []
    for number, line in enumerate(text.splitlines(), 1):
        first = first or number
        if line.endswith("\\"):
            parts.append(line[:-1])
            continue
        parts.append(line)
        whole = _COMMENT.sub("", " ".join(p.strip() for p in parts)).strip()
        if whole:
            yield first, whole
        first, parts = 0, []
    if parts:
        yield first, " ".join(p.strip() for p in parts)
