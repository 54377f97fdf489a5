"""Repositories that mean harm: nothing of them is run, no setting of theirs hides a commit, none holds us up."""

import os
import subprocess
import zlib
from hashlib import sha1
from pathlib import Path

import pytest

from audit.audit_desk import Folder
from ringfence.audit import repository

KEY = "ghp_" + "Zt4mQ9xLb2Vr8Kq3Rw7Ny1Pd6Sh0Jf5Gc9X1"


def git(folder: Path, *words: str) -> str:
    words = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *words)
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, name: str, text: str) -> str:
    folder.mkdir(exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    (folder / name).write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def hostile(folder: Folder) -> Folder:
    """A repository with a secret in its first commit, and a program that shows that it was run."""
    commit(folder.path, "conf.txt", f"x = {KEY}\n")
    program = folder.write(".git/evil", f"#!/bin/sh\ntouch {folder.path}/ran\n")
    program.chmod(0o755)
    return folder


def found(folder: Folder, *words: str) -> list[str]:
    return [file.partition("@")[0] for _, file, _ in folder.found("--history", *words)]


def test_no_program_checks_a_signature(hostile: Folder) -> None:
    """A repository can ask that signatures are shown, and name what is run for that."""
    said = git(hostile.path, "cat-file", "commit", "HEAD").split("\n")
    at = next(i for i, line in enumerate(said) if line.startswith("committer"))
    said[at + 1 : at + 1] = ["gpgsig -----BEGIN PGP SIGNATURE-----", " ", " iQ", " -----END PGP SIGNATURE-----"]
    hostile.write(".git/signed", "\n".join(said) + "\n")
    git(hostile.path, "update-ref", "HEAD", git(hostile.path, "hash-object", "-t", "commit", "-w", ".git/signed"))
    git(hostile.path, "config", "log.showSignature", "true")
    git(hostile.path, "config", "gpg.program", f"{hostile.path}/.git/evil")
    assert found(hostile) == ["conf.txt"]
    assert not (hostile.path / "ran").exists()


def test_no_program_fetches_what_is_missing(hostile: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that is not there is never asked for where the repository says, by no git of any age."""
    blob = git(hostile.path, "rev-parse", "HEAD:conf.txt")
    (hostile.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    lines = ("core.repositoryFormatVersion=1", "extensions.partialClone=o", "protocol.ext.allow=always")
    for line in (*lines, "remote.o.promisor=true", f"remote.o.url=ext::{hostile.path}/.git/evil"):
        git(hostile.path, "config", *line.split("=", 1))
    # What git before 2.39.4 makes of it, which knows no such setting.
    monkeypatch.delitem(repository._NOTHING, "GIT_NO_LAZY_FETCH")
    hostile.audit("--history")
    assert (hostile.code, "unable to read" in hostile.err) == (2, True)
    assert not (hostile.path / "ran").exists()


def test_no_program_shows_what_changed_in_a_submodule(hostile: Folder) -> None:
    """A submodule has a configuration of its own, and attributes that name programs of it."""
    first = commit(hostile.path / "sub", "a.txt", "one\n")
    second = commit(hostile.path / "sub", "a.txt", "two\n")
    (hostile.path / "sub/.gitattributes").write_text("* diff=evil\n")
    git(hostile.path / "sub", "config", "diff.evil.command", f"{hostile.path}/.git/evil")
    for one in (first, second):
        hostile.write(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n')
        git(hostile.path, "update-index", "--add", "--cacheinfo", f"160000,{one},sub")
        git(hostile.path, "commit", "-qm", one)
    git(hostile.path, "config", "diff.submodule", "diff")
    git(hostile.path, "config", "submodule.sub.url", "./sub")
    assert found(hostile) == ["conf.txt"]
    assert not (hostile.path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log.showRoot", "false"),
        ("diff.noprefix", "true"),
        ("diff.relative", "true"),
        ("diff.orderFile", "pipe"),
        ("mailmap.file", "pipe"),
        ("include.path", "../pipe"),
    ],
)
def test_what_a_repository_sets_hides_nothing(hostile: Folder, name: str, value: str) -> None:
    """Nor does a pipe stand where it says that a file is."""
    os.mkfifo(hostile.path / "pipe")
    with (hostile.path / ".git/config").open("a") as config:
        section, _, key = name.partition(".")
        config.write(f"[{section}]\n\t{key} = {value}\n")
    assert found(hostile) == ["conf.txt"]


def test_pipes_in_its_files_hold_nobody_up(hostile: Folder) -> None:
    os.mkfifo(hostile.path / ".gitattributes")
    os.mkfifo(hostile.path / ".mailmap")
    os.mkfifo(hostile.path / ".git/info/attributes")
    (hostile.path / ".git/config").unlink()
    os.mkfifo(hostile.path / ".git/config")
    assert found(hostile) == ["conf.txt"]


def test_one_object_does_not_stand_for_another(hostile: Folder) -> None:
    """Neither a replacement nor a graft takes a commit away."""
    first, blob = git(hostile.path, "rev-parse", "HEAD"), git(hostile.path, "rev-parse", "HEAD:conf.txt")
    last = commit(hostile.path, "conf.txt", "\n")
    git(hostile.path, "replace", blob, git(hostile.path, "rev-parse", "HEAD:conf.txt"))
    git(hostile.path, "replace", first, last)
    hostile.write(".git/info/grafts", f"{last}\n")
    assert found(hostile) == ["conf.txt"]


@pytest.mark.parametrize("place", [".git/refs/heads/pipe", ".git/objects/{0}/{1}", ".git/packed-refs"])
def test_a_git_that_waits_for_ever_is_ended(hostile: Folder, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """What was read is told, and that it is not all."""
    monkeypatch.setattr("ringfence.audit.history.MAX_SILENCE", 1)
    blob = git(hostile.path, "rev-parse", "HEAD:conf.txt")
    path = hostile.path / place.format(blob[:2], blob[2:])
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert ["said nothing for 1 seconds" in one["message"] for one in hostile.report("--history")["unread"]] == [True]
    assert hostile.code == 30


def test_an_object_that_grows_takes_no_more_memory_than_it_may(
    hostile: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few hundred kilobytes that are a gigabyte to git end in a sentence."""
    monkeypatch.setattr("ringfence.audit.history._MAX_MEMORY", 256 * 1024**2)
    size = 512 * 1024**2
    head = f"blob {size}\0".encode()
    name, packer = sha1(head, usedforsecurity=False), zlib.compressobj(9)
    data = packer.compress(head)
    for _ in range(size >> 20):
        name.update(bytes(1 << 20))
        data += packer.compress(bytes(1 << 20))
    hostile.write(f".git/objects/{name.hexdigest()[:2]}/{name.hexdigest()[2:]}", data + packer.flush())
    git(hostile.path, "update-index", "--add", "--cacheinfo", f"100644,{name.hexdigest()},bomb")
    git(hostile.path, "commit", "-qm", "bomb")
    hostile.audit("--history")
    assert (hostile.code, "memory" in hostile.err) == (2, True)


def test_a_shallow_clone_is_said_to_be_one(hostile: Folder) -> None:
    """A checkout of one commit, as builds make it, has no history to speak well of."""
    commit(hostile.path, "conf.txt", "\n")
    git(hostile.path, "clone", "-q", "--depth=1", f"file://{hostile.path}", "copy")
    report = hostile.report("--history", "copy")
    assert (report["findings"], ["shallow" in one["message"] for one in report["unread"]]) == ([], [True])
    assert hostile.code == 30


def test_repositories_of_every_layout(hostile: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working trees, submodules, packed references, alternates, other hashes, single files and folders of them."""
    path = hostile.path
    (path / "b").mkdir()
    commit(path, "b/[x].txt", f"x = {KEY[:-1]}2\n")
    commit(path, "b/x.txt", f"x = {KEY[:-1]}3\n")
    git(path, "worktree", "add", "-q", "--detach", "tree")
    commit(path / "tree", "detached.txt", f"x = {KEY[:-1]}4\n")
    every = ["b/[x].txt", "b/x.txt", "conf.txt", "detached.txt"]
    assert sorted(found(hostile)) == sorted(found(hostile, "tree")) == every
    assert sorted(found(hostile, "b")) == ["b/[x].txt", "b/x.txt"]
    assert found(hostile, "b/[x].txt") == ["b/[x].txt"]
    git(path, "pack-refs", "--all")
    git(path, "gc", "-q")
    git(path, "clone", "-q", "--shared", ".", "shared")
    assert sorted(found(hostile, "shared")) == every[:3]
    git(path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./shared", "part")
    assert sorted(found(hostile, "part")) == every[:3]
    git(path, "init", "-q", "--object-format=sha256", "other")
    commit(path / "other", "c.txt", f"x = {KEY[:-1]}5\n")
    assert found(hostile, "other") == ["c.txt"]
    monkeypatch.chdir(path / "b")
    assert sorted(found(hostile)) == every
    hostile.audit("--history", "../conf.txt", "/etc/passwd")
    assert (hostile.code, "is not in the repository" in hostile.err) == (2, True)
