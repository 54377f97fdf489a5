"""A folder to audit, and the command run in it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringfence.cli.main import main

#: Safe in all that the default profile asks, but for what a test adds.
SAFE_COMPOSE = """\
services:
  web:
    image: example/web:1.4@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
    user: "65532:65532"
    read_only: true
    security_opt: ["no-new-privileges:true"]
    cap_drop: [ALL]
    mem_limit: 512m
    cpus: "1"
    pids_limit: 200
    restart: unless-stopped
    healthcheck:
      test: ["CMD", "/app", "check"]
    logging:
      driver: json-file
      options: {max-size: 10m}
    ports:
      - "127.0.0.1:8080:8080"
"""


class Folder:
    """Writes files and audits them. `code` is the exit code of the last audit."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys
        self.code = -1
        self.err = ""

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def audit(self, *words: str) -> str:
        """The command's standard output."""
        self._capsys.readouterr()
        self.code = main(["audit", *words])
        said = self._capsys.readouterr()
        self.err = said.err
        return said.out

    def report(self, *words: str) -> Any:
        """The JSON report."""
        return json.loads(self.audit("--json", *words))

    def found(self, *words: str) -> list[tuple[str, str, int]]:
        """(control, file, line) of every finding that is not waived."""
        findings = self.report(*words)["findings"]
        return [(one["control"], one["place"]["file"], one["place"]["line"]) for one in findings if not one["waived"]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    """An empty folder that is the working directory, with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    return Folder(tmp_path, capsys)


Edit = Callable[[str], str]

__all__ = ["SAFE_COMPOSE", "Folder", "folder", "os"]


#: A skill, and where it stands.
HEAD = "---\nname: helper\ndescription: Helps with notes\n---\n"
CURRENT = "skills/helper/SKILL.md"


def weighty(folder: Folder, *, skip: str = "no-secrets-in-text") -> set[str]:
    """The controls that find something of at least medium weight."""
    findings = folder.report("--skip", skip)["findings"]
    return {one["control"] for one in findings if one["severity"] != "low"}


def twins(folder: Folder, control: str, file: str, hostile: str, honest: str) -> tuple[set[str], set[str]]:
    """The control, where it finds the hostile text, and all of weight that finds the honest one in its place."""
    folder.write(file, hostile)
    found = weighty(folder) & {control}
    folder.write(file, honest)
    return found, weighty(folder)
