"""Looks at requirements files and at installed packages; changes nothing, reaches nothing else."""

import os

VERSION = "1.0.0"


class PipInspect:
    """`policy["read"]` says where the granted folders are."""

    version = VERSION

    def __init__(self, policy=None):
        self._read = (policy or {}).get("read", {})

    def info(self):
        """What can be done with what was granted."""
        return {
            "name": "pip-inspect",
            "version": VERSION,
            "granted": sorted(self._read),
            "methods": {
                "requirements": "requirements" in self._read,
                **dict.fromkeys(("list", "check", "licenses", "sizes"), "site_packages" in self._read),
            },
        }

    def requirements(self, file="requirements.txt"):
        """Pins and findings of a requirements file and of those it includes."""
        from requirements_file import inspect

        return inspect(self._folder("requirements"), file)

    def list(self):
        """Every distribution, by name."""
        return [d.summary() for d in self._distributions()]

    def check(self):
        """What `pip check` would say."""
        from conflicts import problems

        found = problems(self._distributions())
        return {"ok": not found, "problems": found}

    def licenses(self):
        """Names of distributions by licence."""
        grouped = {}
        for distribution in self._distributions():
            grouped.setdefault(distribution.license(), []).append(distribution.name)
        return dict(sorted(grouped.items()))

    def sizes(self, most=1000):
        """The largest distributions."""
        found = [{"name": d.name, "bytes": d.size()[0]} for d in self._distributions()]
        return sorted(found, key=lambda d: (-d["bytes"], d["name"]))[:most]

    def _distributions(self):
        from distributions import read

        return read(self._folder("site_packages"))

    def _folder(self, name):
        path = self._read.get(name)
        if path is None:
            raise PermissionError(f"this needs a folder to read: grant it with --read {name}=PATH")
        if not os.path.isdir(path):
            raise NotADirectoryError(f"what was granted as {name} is not a folder")
        return path
