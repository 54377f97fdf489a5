"""Trees that would hide a file from the auditor, or hold it up: nothing is passed over in silence, in bounded time."""

import os
import subprocess
import time

import pytest

from audit.audit_desk import Folder
from ringfence.audit import gitindex

BAD = "services: {web: {image: a, ports: ['1:1']}}\n"


def git(folder: Folder, *words: str) -> None:
    words = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false", *words)
    subprocess.run(["git", *words], cwd=folder.path, check=True, capture_output=True)


def found(folder: Folder, *words: str) -> list[str]:
    return sorted({file for _, file, _ in folder.found(*words)})


def test_what_is_tracked_is_seen_whatever_is_ignored(folder: Folder) -> None:
    """A file that was added before it was ignored, or by force, is in every clone; so is one in an ignored folder."""
    names = ["a/b/c/compose.yaml", "deep/compose.yaml", "late/compose.yaml"]
    git(folder, "init", "-q")
    for name in (*names, "left/compose.yaml", "deep/left/compose.yaml"):
        folder.write(name, BAD)
    folder.write(".gitignore", "*\n")
    git(folder, "add", "-f", *names)
    assert found(folder) == names
    assert found(folder, "a") == names[:1]
    assert found(folder, "a/b/c") == names[:1]
    git(folder, "commit", "-qm", "one")
    git(folder, "worktree", "add", "-q", "tree")
    folder.write("tree/.gitignore", "*\n")
    assert found(folder, "tree") == [f"tree/{name}" for name in names]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_every_form_of_an_index_is_read(folder: Folder, version: str, kind: str) -> None:
    names = sorted(["a", "a" * 250, "b/" + "c" * 250, *(f"d/{'e' * n}/f{n}" for n in range(1, 40)), "g \u00e4", "h"])
    git(folder, "init", "-q", f"--object-format={kind}")
    for name in names:
        folder.write(name, "")
    git(folder, "add", ".")
    if version == "3":
        folder.write("i", "")
        git(folder, "add", "-N", "i")
        names.append("i")
    git(folder, "update-index", "--index-version", version)
    data = (folder.path / ".git/index").read_bytes()
    assert sorted(gitindex.names(data)) == names
    assert data[7] == int(version)
    for end in range(0, len(data), 7):  # whatever is cut off
        assert set(gitindex.names(data[:end])) <= set(names)


def test_outside_of_a_repository_nothing_is_ignored(folder: Folder) -> None:
    """What was downloaded is as its author sent it: a list of what git is to leave out hides nothing there."""
    folder.write(".gitignore", "*\n")
    folder.write("compose.yaml", BAD)
    folder.write("clone/.git/HEAD", "ref: refs/heads/main\n")
    folder.write("clone/.gitignore", "out\n")
    folder.write("clone/out/compose.yaml", BAD)
    folder.write("clone/in/compose.yaml", BAD)
    assert found(folder) == ["clone/in/compose.yaml", "compose.yaml"]


def test_no_depth_hides_a_file(folder: Folder) -> None:
    """As deep as paths can be it is found, and what is deeper is said not to be examined."""
    name = "/".join(["d"] * 150)
    os.makedirs(folder.path / name)
    (folder.path / name / "compose.yaml").write_text(BAD)
    assert found(folder) == [f"{name}/compose.yaml"]
    here = os.getcwd()
    os.chdir(folder.path / name)
    for _ in range(20):
        os.mkdir("e" * 200)
        os.chdir("e" * 200)
    os.chdir(here)
    assert ["name too long" in one["message"] for one in folder.report()["unread"]] == [True]
    assert folder.code == 30


def test_too_many_files_are_no_audit(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ringfence.audit.find.MAX_FILES", 3)
    for number in range(4):
        folder.write(f"{number}/compose.yaml", "services: {}\n")
    assert folder.audit() == ""
    assert (folder.code, "more than 3 files" in folder.err) == (2, True)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 30 + "*b", "a" * 240),
        ("*?" * 60 + "b", "a" * 240),
        ("a/" + "**/a/" * 40 + "b", "/".join(["a"] * 95)),
        ("**/*a*a*a*a*a*b/" * 10 + "c", "/".join(["a" * 40] * 30)),
    ],
)
def test_no_glob_takes_long(folder: Folder, glob: str, path: str) -> None:
    (folder.path / ".git").mkdir()
    folder.write(".gitignore", f"{glob}\n")
    folder.write(f"{path}/compose.yaml", BAD)
    began = time.process_time()
    assert found(folder) == [f"{path}/compose.yaml"]
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    ["# ringfence: allow no-root-user reason=a\n" * 40_000, "# ringfence: allow" + " " * 4_000_000 + "x\n"],
    ids=["many", "long"],
)
def test_no_waiver_takes_long(folder: Folder, text: str) -> None:
    """Each is about the first line behind it that is no comment."""
    folder.write("main.tf", text)
    began = time.process_time()
    assert {control for control, _, _ in folder.found()} <= {"waiver-unused", "waiver-unknown"}
    assert time.process_time() - began < 20


@pytest.mark.parametrize("name", ["a\\u0000b", "\\ud800", "../../../../etc/passwd", "x" * 5000])
def test_a_path_that_no_file_has_hides_nothing(folder: Folder, name: str) -> None:
    """What refers to it is read all the same."""
    folder.write("compose.yaml", f'services: {{a: {{image: a, privileged: true, env_file: "{name}"}}}}\n')
    folder.write("kustomization.yaml", f'resources: ["{name}"]\n')
    folder.write(
        "m/main.tf",
        f"""\
locals {{
  a = file("{name}")
}}
module "m" {{
  source = "./{name}"
}}
resource "aws_db_instance" "a" {{
  publicly_accessible = true
  db_name             = templatefile("{name}", {{}})
}}
""",
    )
    report = folder.report()
    assert not [one for one in report["unread"] if "defect" in one["message"]]
    seen = {one["place"]["file"] for one in (*report["findings"], *report["unread"])}
    assert {"no-public-databases"} <= {one["control"] for one in report["findings"]}
    assert {"compose.yaml", "kustomization.yaml", "m/main.tf"} <= seen


@pytest.mark.parametrize("form", ["terminal", "concise", "json", "sarif", "junit", "github", "markdown", "html"])
def test_no_name_keeps_a_report_from_being_written(folder: Folder, form: str) -> None:
    """Names of files are bytes, and need not be text."""
    folder.write("a\udcff\x1b\n/compose.yaml", BAD)
    assert folder.audit("--format", f"{form}=report") == ""
    assert folder.code == 1
    assert "compose.yaml" in (folder.path / "report").read_text()
    assert "compose.yaml" in folder.audit("--format", form)


def test_a_report_is_written_through_no_link(folder: Folder) -> None:
    """A tree that others wrote can hold one where a report or a baseline is to go; those of the system are followed."""
    kept = folder.write("home/kept", "kept\n")
    folder.write("tree/compose.yaml", BAD)
    for name in ("report", "baseline.new", "baseline"):
        (folder.path / "tree" / name).symlink_to("../home/kept")
    folder.audit("tree", "--format", "sarif=tree/report")
    assert (folder.code, "cannot write tree/report: it is a link" in folder.err) == (2, True)
    folder.audit("tree", "--write-baseline", "tree/baseline")
    assert folder.code == 0
    assert kept.read_text() == "kept\n"
    assert (folder.path / "tree" / "baseline").read_text().startswith("{")
    assert sorted(path.name for path in (folder.path / "tree").iterdir()) == [
        "baseline", "baseline.new", "compose.yaml", "report",
    ]  # fmt: skip
    os.mkfifo(folder.path / "pipe")
    folder.audit("tree", "--baseline", "pipe")
    assert (folder.code, "no regular file" in folder.err) == (3, True)
    folder.audit("tree", "--format", "sarif=/dev/null")
    assert folder.code == 1
