"""`ringfence audit`: what is found, where, with which exit code, and what is not examined."""

import errno
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from audit.audit_desk import SAFE_COMPOSE, Folder
from ringfence.cli.main import main


def test_a_safe_file_is_clean(folder: Folder) -> None:
    """Nothing is said of a file that has nothing wrong, and the exit code is 0."""
    folder.write("compose.yaml", SAFE_COMPOSE)
    assert folder.found() == []
    assert folder.code == 0


def test_a_published_port_is_found_on_its_line(folder: Folder) -> None:
    """The port behind a good one is found, on its own line, and the exit code says so."""
    folder.write("compose.yaml", SAFE_COMPOSE + '      - "3001:3000"\n')
    assert folder.found() == [("published-ports", "compose.yaml", 19)]
    assert folder.code == 1


def test_every_kind_of_file_is_found_by_name_and_content(folder: Folder) -> None:
    """Compose, Dockerfile and Kubernetes files are found wherever they stand, whatever they are called."""
    folder.write("a/stack.yml", SAFE_COMPOSE)
    folder.write("b/Dockerfile.prod", "FROM alpine:3.20\n")
    folder.write("c/build", "FROM alpine:3.20\nRUN true\n")
    folder.write(
        "d/pod.json", '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "b:1"}]}}'
    )
    folder.write("e/pod", "# a manifest\n---\napiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: b:1}]}\n")
    folder.write("e/METADATA", "Name: x\n\nsome: words\napiVersion: v1\nkind: Pod\n  : [\n")
    folder.write("e/script", "#!/bin/sh\ncat <<END\napiVersion: v1\nkind: Pod\nEND\n")
    folder.write("notes.yaml", "services: none of ours\n")
    folder.write("readme.md", "FROM here on\n")
    files = folder.report()["summary"]["files"]
    assert files.pop("text") == 4
    assert files == {"compose": 1, "dockerfile": 2, "kubernetes": 2}


def test_nothing_to_examine_has_its_own_exit_code(folder: Folder) -> None:
    """A scan that examined nothing does not look like a clean one."""
    folder.write("picture.png", "nothing\n")
    assert "Nothing was examined" in folder.audit()
    assert folder.code == 31


def test_a_named_file_that_nothing_knows_is_said_to_be_so(folder: Folder) -> None:
    """What was asked for by name is never passed over in silence."""
    folder.write("notes.yaml", "nothing\n")
    assert folder.report("notes.yaml")["summary"]["files"] == {"text": 1}
    assert folder.code == 0
    report = folder.report("notes.yaml", "--skip", "no-secrets-in-text")
    assert [one["message"] for one in report["unread"]] == ["nothing here knows how to examine it"]
    assert folder.code == 30


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("compose.yaml", b"services:\n\tweb:\n", 2, "found character that cannot start any token"),
        ("compose.yaml", b"services:\n  web: {image: [x\n", 2, "did not find expected ',' or ']'"),
        ("compose.yaml", b"services:\n  web:\n    image: a:1\n    image: b:1\n", 4, "the key image stands here twice"),
        ("compose.yaml", b"services:\n  web: \xff\xfe\n", 1, "it is no UTF-8: line 2 holds other bytes"),
        ("compose.yaml", b"services:\0\n", 1, "it holds NUL characters, so it is no text"),
        ("compose.yaml", b"services: [a]\n", 1, "`services` is no mapping"),
        (
            "compose.yaml",
            b"services:\n  web: *nothing\n",
            2,
            "the alias *nothing stands for nothing that was read before",
        ),
        (
            "compose.yaml",
            b"include: [gone.yaml]\nservices: {}\n",
            1,
            "the included file gone.yaml is not there or cannot be read",
        ),
        ("Dockerfile", b"RUN true\n", 1, "RUN stands before the first FROM"),
        ("Dockerfile", b"FROM a:1\nRUM true\n", 2, "there is no instruction RUM"),
        ("pod.yaml", b"apiVersion: v1\nkind: Pod\nspec: [\n", 3, "did not find expected node content"),
        ("compose.yaml", b"a: " + b"[" * 200_000, 1, "it is nested deeper than 100"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(
    folder: Folder, name: str, content: bytes, line: int, message: str
) -> None:
    """A broken file is an item of its own with place and reason, and its exit code weighs more than findings."""
    folder.write(name, content)
    unread = folder.report()["unread"]
    assert (line, message) in [(one["place"]["line"], one["message"]) for one in unread]
    assert folder.code == 30


def test_a_file_that_is_too_large_is_said_to_be(folder: Folder) -> None:
    """More than 8 MiB of one file are not read."""
    folder.write("compose.yaml", b"services:\n  web:\n    image: a:1\n#" + b"x" * (8 * 1024 * 1024))
    assert folder.report()["unread"][0]["message"] == "it is larger than 8 MiB"


def test_aliases_that_explode_are_stopped(folder: Folder) -> None:
    """A billion laughs cost nothing and are no silence."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    folder.write("compose.yaml", "\n".join([*rows, "services: {}", ""]))
    assert folder.report()["unread"][0]["message"] == "it holds more than 400000 nodes, aliases expanded"


def test_a_good_document_behind_a_broken_one_is_judged(folder: Folder) -> None:
    """Damage ends at the next document."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers: [{name: a}]\n"
    folder.write("pods.yaml", f"a: [\n---\n{pod}")
    report = folder.report("--only", "no-host-namespaces")
    assert [one["place"]["line"] for one in report["findings"]] == [7]
    assert len(report["unread"]) == 1


def test_links_are_not_followed_and_odd_files_not_opened(folder: Folder, tmp_path: Path) -> None:
    """Links out of the tree, loops, sockets and FIFOs are left alone."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "compose.yaml").write_text("services: {web: {image: a, ports: ['1:1']}}\n")
    folder.write("good/compose.yaml", SAFE_COMPOSE)
    (tmp_path / "out").symlink_to(outside)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "compose.yaml").symlink_to(outside / "compose.yaml")
    os.mkfifo(tmp_path / "docker-compose.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path)
        server.bind("Dockerfile")
        os.chdir(here)
        assert folder.report()["summary"]["files"] == {"compose": 1}


def test_a_folder_that_cannot_be_looked_into_is_unread(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies there could be anything, so it is never "all good". Played, as root looks into everything."""
    folder.write("closed/compose.yaml", "services: {web: {image: a, privileged: true}}\n")
    folder.write("good/compose.yaml", SAFE_COMPOSE)
    real = {"scandir": os.scandir, "open": os.open}

    def closed(name: str) -> Any:
        def act(path: Any, *words: Any, **more: Any) -> Any:
            if str(path).endswith("/closed"):
                raise PermissionError(errno.EACCES, "Permission denied", path)
            return real[name](path, *words, **more)

        return act

    for name in real:
        monkeypatch.setattr(os, name, closed(name))
    report = folder.report()
    assert [(one["place"]["file"], one["message"]) for one in report["unread"]] == [
        ("closed", "it cannot be opened: Permission denied")
    ]
    assert folder.code == 30


def test_an_include_cannot_leave_the_tree(folder: Folder, tmp_path: Path) -> None:
    """A file that points outside reads nothing there."""
    (tmp_path.parent / "secret.yaml").write_text("services: {x: {image: a:1}}\n")
    folder.write("compose.yaml", "include: [../secret.yaml]\nservices: {}\n")
    assert "cannot be read from here" in folder.report()["unread"][0]["message"]


def test_what_git_ignores_is_not_examined(folder: Folder) -> None:
    """`.gitignore` files of a repository count, nested and negated; so do --exclude and folders of tools."""
    (folder.path / ".git").mkdir()
    bad = "services: {web: {image: a, ports: ['1:1']}}\n"
    for name in (
        "out/compose.yaml",
        "keep/compose.yaml",
        "x/tmp.compose.yaml",
        "node_modules/a/compose.yaml",
        "skip/compose.yaml",
    ):
        folder.write(name, bad)
    folder.write(".gitignore", "/out/\n*.compose.yaml\n")
    folder.write("x/.gitignore", "# nothing\n")
    assert {file for _, file, _ in folder.found("--exclude", "skip")} == {"keep/compose.yaml"}


def test_ids_profiles_and_severities_are_chosen(folder: Folder) -> None:
    """--only, --skip, --profile and --fail-on do what they say; unknown words are usage errors with a hint."""
    folder.write("compose.yaml", SAFE_COMPOSE + '      - "3001:3000"\n')
    assert folder.found("--skip", "published-ports") == []
    assert folder.found("--only", "no-privileged") == []
    assert folder.found("--profile", "baseline") == []
    assert [one[0] for one in folder.found("--profile", "cis")] == [
        "bounded-open-files",
        "bounded-restarts",
        "published-ports",
    ]
    folder.audit("--fail-on", "critical")
    assert folder.code == 0
    for words, message in (
        (["--only", "published-port"], "there is no control 'published-port'"),
        (["--profile", "strict"], "there is no profile 'strict'"),
        (["--fail-on", "bad"], "there is no severity 'bad'"),
        (["--format", "pdf"], "there is no report 'pdf'"),
        (["--set", "colour=1"], "nothing is assumed of 'colour'"),
        (["gone.yaml"], "there is no gone.yaml"),
    ):
        folder.audit(*words)
        assert folder.code == 2
        assert message in folder.err


def test_standard_input_is_a_file_too(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads what another program renders, under the name that it is given."""
    import io
    import sys

    text = (
        b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostIPC: true, containers: [{name: a, image: b:1}]}\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert (
        main(["audit", "-", "--stdin-name", "chart.yaml", "--only", "no-host-namespaces", "--format", "concise"]) == 1
    )
    assert capsys.readouterr().out == (
        "chart.yaml:4:8: critical no-host-namespaces: Pod a, container a: shares the host's ipc namespace\n"
    )


def test_many_files_give_the_same_report_in_several_processes(folder: Folder) -> None:
    """Beyond a number of files several processes share the work; order and findings stay the same."""
    for number in range(160):
        folder.write(f"d{number % 7}/compose.{number}.yaml", SAFE_COMPOSE + '      - "3001:3000"\n')
    found = folder.found()
    assert found == sorted(found, key=lambda one: one[1])
    assert len(found) == 160


def test_reports_go_where_they_are_sent(folder: Folder, tmp_path: Path) -> None:
    """Several forms at once, one of them into a file."""
    folder.write("compose.yaml", SAFE_COMPOSE + '      - "3001:3000"\n')
    out = folder.audit("--format", "sarif=audit.sarif", "--format", "concise")
    assert out.startswith("compose.yaml:19:9: high published-ports: service web: port 3001")
    sarif = json.loads((tmp_path / "audit.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "published-ports"


def test_a_secret_is_never_shown(folder: Folder) -> None:
    """No form of report holds the value that was found."""
    canary = "wQ4-zzUx.8Rt1"
    folder.write("compose.yaml", SAFE_COMPOSE + f"    environment:\n      A_PASSWORD: {canary}\n")
    folder.write(
        "pod.yaml", f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData:\n  password: {canary}\n"
    )
    folder.write("Dockerfile", f"FROM a:1\nENV PASSWORD={canary}\nRUN tool --password {canary}\n")
    folder.write(
        "web.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      env:\n"
        f"        - name: A_TOKEN\n          value: {canary}\n",
    )
    for form in ("terminal", "concise", "json", "sarif", "junit", "github", "markdown", "html"):
        said = folder.audit("--format", form)
        assert canary not in said, form
    assert len([one for one in folder.found() if one[0].startswith("no-secrets")]) == 5
