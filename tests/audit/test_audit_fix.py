"""`ringfence audit --fix`: what is put right, what is left, and that nothing else changes."""

import os
import sys
from pathlib import Path

import pytest
import yaml

from audit.audit_desk import SAFE_COMPOSE, Folder
from ringfence.formats import compose

ROOT = Path(__file__).parents[2]
STACK = ROOT / "examples" / "stack"


def test_a_safe_fix_changes_its_line_alone(folder: Folder, tmp_path: Path) -> None:
    """The port is bound to loopback; quotes, comment and everything else stay byte for byte."""
    text = SAFE_COMPOSE + "      - '3001:3000'   # web\n# end\n"
    folder.write("compose.yaml", text)
    folder.audit("--fix")
    assert folder.code == 0
    assert (tmp_path / "compose.yaml").read_text() == text.replace("'3001:3000'", "'127.0.0.1:3001:3000'")
    assert "1 finding put right in 1 file" in folder.err


def test_unsafe_fixes_are_made_only_when_asked_for(folder: Folder, tmp_path: Path) -> None:
    """What can break an application stays until --unsafe-fixes, and assumptions are said and can be settled."""
    text = SAFE_COMPOSE.replace("    mem_limit: 512m\n", "")
    folder.write("compose.yaml", text)
    folder.audit("--fix")
    assert (tmp_path / "compose.yaml").read_text() == text
    folder.audit("--fix", "--unsafe-fixes", "--set", "memory=1g")
    assert "    mem_limit: 1g\n" in (tmp_path / "compose.yaml").read_text()
    assert "compose.yaml: assumed memory = 1073741824" in folder.err
    assert folder.code == 0


def test_a_diff_shows_and_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    """--diff prints a patch that `patch -p1` could apply."""
    text = SAFE_COMPOSE + '      - "3001:3000"\n'
    folder.write("compose.yaml", text)
    shown = folder.audit("--diff")
    assert (tmp_path / "compose.yaml").read_text() == text
    assert shown.startswith("--- a/compose.yaml\n+++ b/compose.yaml\n")
    assert '-      - "3001:3000"\n+      - "127.0.0.1:3001:3000"\n' in shown
    assert folder.code == 1


@pytest.mark.parametrize("name", ["compose.yaml", "deployment.yaml", "Dockerfile"])
def test_what_is_fixed_audits_clean_and_a_second_fix_does_nothing(folder: Folder, tmp_path: Path, name: str) -> None:
    """Of the example only what needs a decision is left, and everything that was a comment still is."""
    before = (STACK / name).read_text()
    folder.write(name, before)
    folder.audit("--fix", "--unsafe-fixes")
    after = (tmp_path / name).read_text()
    left = [one for one in folder.report()["findings"] if one["fix"] and one["fix"]["edits"]]
    assert left == []
    assert all(line[line.index("#") :] in after for line in before.splitlines() if "#" in line)
    folder.audit("--fix", "--unsafe-fixes")
    assert (tmp_path / name).read_text() == after
    if name != "Dockerfile":
        assert list(yaml.safe_load_all(after))


NEEDY = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: web
      image: example/web:1.4
      volumeMounts: [{name: node, mountPath: /etc/ssl}]
      securityContext: {privileged: true}
  volumes: [{name: node, hostPath: {path: /}}]
"""


def test_a_fix_that_another_one_has_to_make_room_for(folder: Folder, tmp_path: Path) -> None:
    """Kubernetes takes no escalation from what is privileged: the one fix waits for the other, in the same run."""
    folder.write("pod.yaml", NEEDY)
    folder.audit("--fix", "--unsafe-fixes", "--only", "no-privileged,no-new-privileges,no-sensitive-host-paths")
    context = yaml.safe_load((tmp_path / "pod.yaml").read_text())["spec"]["containers"][0]["securityContext"]
    assert context == {"privileged": False, "allowPrivilegeEscalation": False}


def test_waived_findings_are_not_fixed(folder: Folder, tmp_path: Path) -> None:
    """What was accepted stays as it is."""
    text = SAFE_COMPOSE + '      - "3001:3000"  # ringfence: allow published-ports reason="public"\n'
    folder.write("compose.yaml", text)
    folder.audit("--fix", "--unsafe-fixes")
    assert (tmp_path / "compose.yaml").read_text() == text


def test_mode_and_line_ends_stay_and_links_are_left_alone(folder: Folder, tmp_path: Path) -> None:
    """A fixed file keeps its mode, CRLF and byte order mark."""
    text = "\ufeff" + (SAFE_COMPOSE + '      - "3001:3000"\n').replace("\n", "\r\n")
    file = folder.write("compose.yaml", text)
    file.chmod(0o640)
    folder.audit("--fix")
    assert file.read_bytes().decode() == text.replace('"3001', '"127.0.0.1:3001')
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["compose.yaml"]


def test_a_failed_write_leaves_the_old_file(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new file cannot take the old one's place, the old one is whole and nothing is left beside it."""
    text = SAFE_COMPOSE + '      - "3001:3000"\n'
    folder.write("compose.yaml", text)

    def fail(source: str, target: str, **_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    folder.audit("--fix")
    assert folder.code == 3
    assert "compose.yaml: cannot be written: No space left on device" in folder.err
    assert (tmp_path / "compose.yaml").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["compose.yaml"]


@pytest.mark.parametrize("step", ["open", "stat", "fchmod", "fsync", "replace"])
def test_a_folder_that_is_swapped_leads_a_fix_nowhere(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Who owns a tree that root puts right can rename its folders meanwhile, and set links in their place."""
    text = SAFE_COMPOSE + '      - "3001:3000"\n'
    folder.write("a/b/compose.yaml", text)
    folder.write("elsewhere/b/compose.yaml", text)
    real, swapped = getattr(os, step), list[bool]()

    def swap(*words: object, **named: object) -> object:
        from_fix = sys._getframe(1).f_globals["__name__"] == "ringfence.audit.fix"
        if from_fix and not swapped:
            swapped.append(True)
            (tmp_path / "a").rename(tmp_path / "aside")
            (tmp_path / "a").symlink_to("elsewhere")
        return real(*words, **named)

    monkeypatch.setattr(os, step, swap)
    folder.audit("--fix", "a")
    assert swapped
    assert [path.name for path in (tmp_path / "elsewhere" / "b").iterdir()] == ["compose.yaml"]
    assert (tmp_path / "elsewhere" / "b" / "compose.yaml").read_text() == text


def test_a_shared_anchor_is_not_changed_behind_others(folder: Folder, tmp_path: Path) -> None:
    """A value that an alias brings is written out where it is needed; the anchor's other users keep theirs."""
    folder.write(
        "compose.yaml",
        "x-ports: &ports\n  - '3001:3000'\nservices:\n  a:\n    image: a:1\n    ports: *ports\n"
        "  b:\n    image: b:1\n    network_mode: host\n    ports: *ports\n",
    )
    folder.audit("--fix", "--only", "published-ports")
    after = yaml.safe_load((tmp_path / "compose.yaml").read_text())
    assert after["services"]["b"]["ports"] == ["3001:3000"] or after["services"]["a"]["ports"] != ["3001:3000"]


def test_a_value_of_another_file_is_left_with_the_reason(folder: Folder, tmp_path: Path) -> None:
    """A port that an extended file brings is reported there, and not changed from here."""
    base = "services:\n  base:\n    image: a:1\n    ports: ['3001:3000']\n"
    text = "services:\n  web:\n    extends: {file: base.yml, service: base}\n"
    folder.write("base.yml", base)
    folder.write("compose.yaml", text)
    found = folder.found("--only", "published-ports", "compose.yaml")
    assert found == [("published-ports", "base.yml", 4)]
    folder.audit("--fix", "--only", "published-ports", "compose.yaml")
    assert (tmp_path / "compose.yaml").read_text() == text
    assert "service web: not fixed: it stands in base.yml" in folder.err


def test_what_an_overlay_puts_right_is_left_alone(folder: Folder, tmp_path: Path) -> None:
    """A file that is at fault only by itself is no finding where it is built with a patch, and --fix agrees."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: x:1\n"
    pod += "    securityContext: {privileged: true}\n"
    folder.write("base/pod.yaml", pod)
    folder.write("base/kustomization.yaml", "resources: [pod.yaml]\n")
    patch = "- op: replace\n  path: /spec/containers/0/securityContext/privileged\n  value: false\n"
    folder.write("over/patch.yaml", patch)
    folder.write(
        "over/kustomization.yaml", "resources: [../base]\npatches:\n- path: patch.yaml\n  target: {kind: Pod}\n"
    )
    folder.audit("--fix", "--unsafe-fixes", "--only", "no-privileged")
    assert (tmp_path / "base" / "pod.yaml").read_text() == pod
    assert "0 findings put right" in folder.err
    folder.write("over/kustomization.yaml", "resources: [../base]\n")
    folder.audit("--fix", "--unsafe-fixes", "--only", "no-privileged")
    assert "privileged: false" in (tmp_path / "base" / "pod.yaml").read_text()


def test_many_services_do_not_cost_a_reading_each(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Independent subjects are put right together; the text is the same as one after the other, sharing or not."""
    service = "  s{n}:\n    image: x:1\n    privileged: true # {n}\n    ports: ['80{n}:80']\n"
    text = "services:\n" + "".join(service.format(n=n) for n in range(10, 60))
    read = list[str]()
    load = compose.load
    monkeypatch.setattr(compose, "load", lambda *words: (read.append(words[1]), load(*words))[1])
    folder.write("compose.yaml", text)
    folder.write("shared/compose.yaml", "x-none: &none {}\n" + text)
    folder.audit("--fix", "--unsafe-fixes", "--only", "no-privileged,published-ports")
    right = text.replace("privileged: true", "privileged: false").replace("['80", "['127.0.0.1:80")
    assert (tmp_path / "compose.yaml").read_text() == right
    assert (tmp_path / "shared" / "compose.yaml").read_text() == "x-none: &none {}\n" + right
    assert read.count("compose.yaml") < 10


HOSTILE = """\
FROM alpine:3.19@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
RUN echo \\
::stop-commands::x
 ::error::x
ADD a.txt /a
  ##vso[task.x]
# \x1b]0;own\x07 form\x0cfeed
"""


@pytest.mark.parametrize("terminal", [True, False])
def test_a_diff_gives_no_orders(folder: Folder, monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    """Neither to a terminal nor to the runner of a build; a program is given the lines as they are otherwise."""
    folder.write("a\x1b[31m\n::error::b/Dockerfile", HOSTILE)
    folder.write("main.tf", 'resource "aws_s3_bucket" "a\x1b[31m" {\n  bucket = "a"\n}\n')
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    diff = folder.audit("--diff", "--unsafe-fixes")
    for said in (diff, folder.err):
        assert not [line for line in said.split("\n") if line.lstrip().startswith("::") or "##vso[" in line]
    assert "not fixed" in folder.err
    assert "\x1b" not in folder.err
    assert ("\x1b" in diff) is not terminal
    assert "No newline" not in diff
    assert "\n-ADD a.txt /a\n+COPY a.txt /a\n" in diff
