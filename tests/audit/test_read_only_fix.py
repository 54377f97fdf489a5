"""The fix of a root that can be written: memory is mounted where the program must write."""

from typing import Any

import pytest
import yaml

from audit.audit_desk import SAFE_COMPOSE, Folder
from profiles import hardened_profile
from ringfence.controls.known.written import paths_of
from ringfence.controls.read_only_root import faults

COMPOSE = SAFE_COMPOSE.replace("    read_only: true\n", "")
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4
    - name: other
      image: nginx:1.27
"""
FIX = ("--fix", "--unsafe-fixes", "--only", "read-only-root")


def fixed(folder: Folder, name: str, text: str, *words: str) -> Any:
    """The file after its fix, which another fix must leave alone and an audit finds nothing in."""
    file = folder.write(name, text)
    folder.audit(*FIX, *words)
    after = file.read_text()
    assert folder.found("--only", "read-only-root") == []
    folder.audit(*FIX, *words)
    assert file.read_text() == after
    return yaml.safe_load(after)


def test_a_service_gets_memory_for_temporary_files(folder: Folder) -> None:
    """Of an image that nobody knows only /tmp is said, and that it is assumed."""
    service = fixed(folder, "compose.yaml", COMPOSE)["services"]["web"]
    assert (service["read_only"], service["tmpfs"]) == (True, ["/tmp"])
    folder.write("compose.yaml", COMPOSE)
    folder.audit(*FIX)
    assert "compose.yaml: assumed tmpfs = /tmp; --set decides otherwise" in folder.err


@pytest.mark.parametrize(
    ("image", "paths"),
    [
        ("nginx:1.27", ["/tmp", "/var/cache/nginx", "/var/run"]),
        ("docker.io/library/postgres:16", ["/tmp", "/var/run/postgresql"]),
        ("registry.example.com:5000/mirror/mysql:8", ["/tmp", "/var/run/mysqld"]),
        ("redis:7", ["/tmp"]),
    ],
)
def test_a_known_image_gets_what_its_program_writes(folder: Folder, image: str, paths: list[str]) -> None:
    """By the last part of its name, from any registry."""
    text = f"services:\n  a:\n    image: {image}\n"
    assert fixed(folder, "compose.yaml", text)["services"]["a"]["tmpfs"] == paths


@pytest.mark.parametrize(
    ("more", "tmpfs"),
    [
        ("    tmpfs: /tmp\n", "/tmp"),
        ("    tmpfs: ['/tmp:size=1m']\n", ["/tmp:size=1m"]),
        ("    tmpfs: [/run]\n", ["/run", "/tmp"]),
        ("    tmpfs: /run\n", ["/run", "/tmp"]),
        ("    volumes: ['scratch:/tmp/']\n", None),
        ("    volumes: ['./tmp:/tmp:ro']\n", None),
        ("    volumes: ['scratch:/tmp/cache']\n", ["/tmp"]),
    ],
)
def test_what_is_mounted_already_is_not_mounted_again(folder: Folder, more: str, tmpfs: object) -> None:
    """Two mounts at one place are refused by the engine; what is written below another mount is writable."""
    service = fixed(folder, "compose.yaml", "services:\n  a:\n    image: a:1\n" + more)["services"]["a"]
    assert service.get("tmpfs") == tmpfs


def test_a_link_is_known_as_what_it_leads_to(folder: Folder) -> None:
    """/var/run is /run: a service that has memory there needs no other."""
    text = "services:\n  a:\n    image: postgres:16\n    tmpfs: [/run]\n"
    assert fixed(folder, "compose.yaml", text)["services"]["a"]["tmpfs"] == ["/run", "/tmp"]


def test_an_anchor_s_other_users_keep_theirs(folder: Folder) -> None:
    """A list that is shared is written out where something is added."""
    text = (
        "x-t: &t [/run]\nservices:\n  a:\n    image: a:1\n    tmpfs: *t\n"
        "  b:\n    image: b:1\n    read_only: true\n    tmpfs: *t\n"
    )
    services = fixed(folder, "compose.yaml", text)["services"]
    assert (services["a"]["tmpfs"], services["b"]["tmpfs"]) == (["/run", "/tmp"], ["/run"])


def test_each_container_of_a_pod_gets_a_volume_of_its_own(folder: Folder) -> None:
    """In memory, bounded, and under a name that is free."""
    spec = fixed(folder, "pod.yaml", POD)["spec"]
    memory = {"medium": "Memory", "sizeLimit": "64Mi"}
    assert spec["volumes"] == [
        {"name": name, "emptyDir": memory} for name in ("tmp", "tmp-2", "var-cache-nginx", "var-run")
    ]
    assert [one["volumeMounts"] for one in spec["containers"]] == [
        [{"name": "tmp", "mountPath": "/tmp"}],
        [
            {"name": "tmp-2", "mountPath": "/tmp"},
            {"name": "var-cache-nginx", "mountPath": "/var/cache/nginx"},
            {"name": "var-run", "mountPath": "/var/run"},
        ],
    ]
    assert all(one["securityContext"] == {"readOnlyRootFilesystem": True} for one in spec["containers"])


def test_a_volume_of_the_pod_keeps_its_name(folder: Folder) -> None:
    """Also one that nothing mounts, and a claim of a set."""
    text = POD + "  volumes:\n    - {name: tmp, configMap: {name: c}}\n    - {name: tmp-2, emptyDir: {}}\n"
    names = [one["name"] for one in fixed(folder, "pod.yaml", text)["spec"]["volumes"]]
    assert names == ["tmp", "tmp-2", "tmp-3", "tmp-4", "var-cache-nginx", "var-run"]


def test_the_paths_can_be_decided(folder: Folder) -> None:
    """By a flag, or in the configuration; none at all is a decision too."""
    text = "services:\n  a:\n    image: nginx:1.27\n"
    service = fixed(folder, "compose.yaml", text, "--set", "tmpfs=/var/lib/a, /run/a")["services"]["a"]
    assert service["tmpfs"] == ["/var/lib/a", "/run/a"]
    folder.write("ringfence.toml", '[audit.assume]\ntmpfs = ["/x", "/y"]\n')
    assert fixed(folder, "compose.yaml", text)["services"]["a"]["tmpfs"] == ["/x", "/y"]
    folder.write("ringfence.toml", "[audit.assume]\ntmpfs = []\n")
    assert "tmpfs" not in fixed(folder, "compose.yaml", text)["services"]["a"]


@pytest.mark.parametrize("said", ["tmp", "/a:b", "/a,b", "/a b", "/", ""])
def test_what_is_no_path_is_refused(folder: Folder, said: str) -> None:
    """In one sentence, with the exit code of a mistake."""
    folder.write("compose.yaml", COMPOSE)
    folder.audit("--fix", "--set", f"tmpfs={said}")
    assert folder.code == 2
    assert "is no list of paths" in folder.err


def test_a_root_is_not_made_read_only_where_the_memory_cannot_be_given(folder: Folder) -> None:
    """Half of a fix would break what runs: `tmpfs` stands in the other file, and is left, so all of it is."""
    folder.write("base.yml", "services:\n  base:\n    image: a:1\n    tmpfs: /run\n")
    text = "services:\n  web:\n    extends: {file: base.yml, service: base}\n"
    file = folder.write("compose.yaml", text)
    folder.audit(*FIX, "compose.yaml")
    after = yaml.safe_load(file.read_text())["services"]["web"]
    assert ("read_only" in after) == ("tmpfs" in after)


def test_a_plugin_s_cell_has_its_own_scratch_space() -> None:
    """Nothing is mounted for a plugin: only its root is at fault."""
    from dataclasses import replace

    (fault,) = faults(replace(hardened_profile(), read_only_root=False))
    assert (fault.want, fault.appends, fault.assumption) == (True, (), "")


def test_the_table_gives_absolute_paths() -> None:
    """Whatever the image: /tmp first, and nothing twice."""
    for image in ("nginx", "a/b/httpd", "wordpress", "nextcloud", "tomcat", "mariadb", ""):
        paths = paths_of(image)
        assert paths[0] == "/tmp"
        assert all(one.startswith("/") for one in paths)
        assert len(set(paths)) == len(paths)
