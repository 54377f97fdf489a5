"""Installed distributions, from the `*.dist-info` folders that the packaging standards define."""

import os
import re

MOST_METADATA = 1024 * 1024
MOST_FILES = 50_000


def normalized(name):
    """The one spelling of a distribution's name (packaging standard, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(folder):
    """Every distribution in a site-packages folder, by name. Links are not followed."""
    found = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".dist-info") and os.path.isdir(path) and not os.path.islink(path):
            found.append(Distribution(folder, name))
    return sorted(found, key=lambda d: (d.name, d.version))


def open_text(path, most=MOST_METADATA):
    """The text of a small regular file; empty where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as handle:
        return handle.read(most).decode("utf-8", "replace")


class Distribution:
    """One distribution; what its metadata leaves out is taken from the folder's name."""

    def __init__(self, folder, info):
        self._folder = folder
        self._info = os.path.join(folder, info)
        self._fields = _headers(open_text(os.path.join(self._info, "METADATA")))
        stem = info.removesuffix(".dist-info")
        self.display = self._first("name") or stem.partition("-")[0]
        self.name = normalized(self.display)
        self.version = self._first("version") or stem.partition("-")[2]
        self.requires = self._fields.get("requires-dist", [])

    def _first(self, name):
        return (self._fields.get(name) or [""])[0]

    def summary(self):
        """As the method `list` gives it."""
        size, files = self.size()
        return {
            "name": self.name,
            "version": self.version,
            "summary": self._first("summary")[:500],
            "license": self.license(),
            "bytes": size,
            "files": files,
        }

    def license(self):
        """An SPDX expression where the metadata has one, else its classifiers or first line, else "unknown"."""
        if expression := self._first("license-expression"):
            return expression[:100]
        classifiers = self._fields.get("classifier", [])
        classifiers = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
        named = [c for c in classifiers if c != "OSI Approved"]
        if named:
            return " AND ".join(sorted(named))[:200]
        line = self._first("license").strip()
        return line[:60] if line and line.upper() != "UNKNOWN" and len(line) <= 60 else "unknown"

    def size(self):
        """(bytes, files) of what RECORD lists inside the folder."""
        total = count = 0
        root = os.path.abspath(self._folder) + os.sep
        for line in open_text(os.path.join(self._info, "RECORD"), 8 * MOST_METADATA).splitlines()[:MOST_FILES]:
            path = os.path.normpath(os.path.join(self._folder, _first_column(line)))
            if not path.startswith(root):
                continue
            try:
                status = os.lstat(path)
            except OSError:
                continue
            total, count = total + status.st_size, count + 1
        return total, count


def _first_column(line):
    """The first value of a line of RECORD, which is CSV."""
    if line.startswith('"'):
        return line[1:].partition('",')[0].replace('""', '"')
    return line.partition(",")[0]


def _headers(text):
    """Names to values of a METADATA file's header (RFC 822 style, folded lines joined)."""
    fields = {}
    last = None
    for line in text.splitlines():
        if not line:
            break
        if line[0] in " \t":
            if last is not None:
                fields[last][-1] += "\n" + line.strip()
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon else None
        if last is not None:
            fields.setdefault(last, []).append(value.strip())
    return fields
