"""Rules for devices open what `devices` opens, without a node for it."""

from audit.audit_desk import Folder

TEXT = """\
services:
  a:
    image: a:1
    devices: [/dev/fuse]
    device_cgroup_rules:
      - 'c 1:3 mr'
      - "a 7:* rwm"   # kept away
"""


def test_each_rule_is_found_and_taken_away(folder: Folder) -> None:
    """At its own line; the list goes with its last item."""
    file = folder.write("compose.yaml", TEXT)
    words = ("--only", "no-devices")
    assert folder.found(*words) == [("no-devices", "compose.yaml", line) for line in (4, 6, 7)]
    folder.audit("--fix", "--unsafe-fixes", *words)
    assert folder.found(*words) == []
    assert "device" not in file.read_text()


def test_packages_of_zypper_need_a_version_too(folder: Folder) -> None:
    """Under the benchmark that asks for it."""
    folder.write("Dockerfile", "FROM a:1\nRUN zypper install -y curl jq=1.6\nRUN zypper -n install curl-8.0.1\n")
    assert folder.found("--only", "pinned-system-packages") == [("pinned-system-packages", "Dockerfile", 2)]
