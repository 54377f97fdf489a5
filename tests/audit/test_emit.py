"""`ringfence emit`: what comes out is what was described, and passes the auditor."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.audit_desk import Folder
from ringfence.cli.main import main

ROOT = Path(__file__).parents[2]
SHOP = (ROOT / "examples" / "stack" / "shop.toml").read_text()
STACK = (ROOT / "examples" / "shop" / "shop.toml").read_text()
LEAST = 'name = "a"\nimage = "b:1@sha256:' + "0" * 64 + '"\nhealth = ["true"]\n'


def emitted(folder: Folder, capsys: pytest.CaptureFixture[str], form: str, text: str) -> str:
    folder.write("service.toml", text)
    capsys.readouterr()
    assert main(["emit", form, "service.toml"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("text", [SHOP, LEAST, STACK], ids=["shop", "least", "stack"])
@pytest.mark.parametrize("form", ["compose", "kubernetes"])
def test_what_is_emitted_passes_the_auditor(
    folder: Folder, capsys: pytest.CaptureFixture[str], form: str, text: str
) -> None:
    """Law 3: nothing at all is found in it, not even what is low."""
    folder.write(f"out/{form}.yaml", emitted(folder, capsys, form, text))
    report = folder.report("out")
    assert report["summary"]["files"] == {form: 1}
    assert (report["findings"], report["unread"]) == ([], [])


def test_a_compose_file_says_what_was_described(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything of the description is there, and the ports are on loopback."""
    document: Any = yaml.safe_load(emitted(folder, capsys, "compose", SHOP))
    shop = document["services"]["shop"]
    assert shop["ports"] == ["127.0.0.1:8443:8080"]
    assert shop["healthcheck"]["test"] == ["CMD", "/app", "check"]
    assert shop["volumes"] == ["state:/var/lib/shop"]
    assert (shop["mem_limit"], shop["tmpfs"], shop["secrets"]) == ("512m", ["/tmp"], ["database-password"])
    assert document["networks"] == {"shop": {"internal": True}, "db": {"internal": True}, "front": {}}


def test_a_stack_starts_in_order_and_shares_networks_by_need(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service waits for what it needs, and meets nobody else; only what is published has a way out."""
    document: Any = yaml.safe_load(emitted(folder, capsys, "compose", STACK))
    services = document["services"]
    assert {name: sorted(one["networks"]) for name, one in services.items()} == {
        "web": ["app", "front"],
        "app": ["app", "db"],
        "db": ["db"],
    }
    assert document["networks"] == {"app": {"internal": True}, "db": {"internal": True}, "front": {}}
    assert services["web"]["depends_on"] == {"app": {"condition": "service_healthy"}}
    assert [services[name]["mem_limit"] for name in ("web", "app", "db")] == ["64m", "96m", "96m"]
    assert document["volumes"] == {"records": {}}


def test_a_stack_in_a_cluster_lets_in_those_that_need_it(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Each service keeps its own limits, and the namespace is closed once."""
    some: Any = list(yaml.safe_load_all(emitted(folder, capsys, "kubernetes", 'namespace = "shop"\n' + STACK)))
    assert {one["metadata"]["namespace"] for one in some} == {"shop"}
    policies = {one["metadata"]["name"]: one["spec"] for one in some if one["kind"] == "NetworkPolicy"}
    assert sorted(policies) == ["app", "db", "default-deny", "web"]
    user = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "app"}}}
    assert policies["db"]["ingress"] == [{"from": [user], "ports": [{"port": 6379}]}]
    limits = {
        one["metadata"]["name"]: one["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"]
        for one in some
        if one["kind"] == "Deployment"
    }
    assert limits == {"web": "64Mi", "app": "96Mi", "db": "96Mi"}


def test_an_older_file_format_says_the_same(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Format 2.4 has no secrets: their files are mounted where they would be, and can only be read."""
    folder.write("service.toml", STACK)
    capsys.readouterr()
    assert main(["emit", "compose", "--file-format", "2.4", "service.toml"]) == 0
    text = capsys.readouterr().out
    document: Any = yaml.safe_load(text)
    assert document["version"] == "2.4"
    assert "secrets" not in document
    assert "./secrets/database-password:/run/secrets/database-password:ro" in document["services"]["app"]["volumes"]
    folder.write("out/compose.yaml", text)
    assert folder.report("out")["findings"] == []


def test_a_stack_is_a_command_for_each_service(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Networks first, then what is needed before those that need it, each joined to its networks before it starts."""
    commands = emitted(folder, capsys, "docker-run", STACK).replace(" \\\n   ", "").split(" &&\n")
    assert [" ".join(one.split()[:4]) for one in commands] == [
        "docker network create --internal",
        "docker network create front",
        "docker network create --internal",
        "docker run --detach --name",
        "docker create --name app",
        "docker network connect db",
        "timeout 120 sh -c",
        "docker start app",
        "docker create --name web",
        "docker network connect front",
        "timeout 120 sh -c",
        "docker start web",
    ]
    assert "--network db " in commands[3]
    assert "--publish" not in commands[3]
    assert '--mount type=bind,source="$PWD"/secrets/database-password,target=/run/secrets/' in commands[4]
    assert "docker inspect --format '{{.State.Health.Status}}' db | grep -qx healthy" in commands[6]


HOSTILE = """\
name = "a"
image = "b:1@sha256:%s"
command = ["run", "$(touch planted)", "two words", "it's"]
health = ["true", ";touch planted"]
data = { a = "/var/a b,c;touch planted" }
files = { "./x y,z$(touch planted)" = "/etc/x`touch planted`" }
scratch = ["/tmp/a b;$(touch planted)"]
environment = { A = "$(touch planted)' \\\" ;" }
""" % ("0" * 64)


def test_words_of_a_description_stay_words_for_a_shell(
    folder: Folder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whatever stands in it is handed to docker as it is, and nothing of it is run."""
    commands = emitted(folder, capsys, "docker-run", HOSTILE)
    here = tmp_path / "a folder"
    here.mkdir()
    client = tmp_path / "docker"
    client.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    client.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh"], input=commands, cwd=here, env={"PATH": path}, capture_output=True, text=True, check=True
    )
    said = done.stdout.splitlines()
    assert not list(tmp_path.glob("**/planted"))
    assert said[-4:] == ["run", "$(touch planted)", "two words", "it's"]
    assert {
        'type=volume,source=a,"target=/var/a b,c;touch planted"',
        f'type=bind,"source={here}/x y,z$(touch planted)",target=/etc/x`touch planted`,readonly',
        "/tmp/a b;$(touch planted):noexec,nosuid,size=64m",
        "A=$(touch planted)' \" ;",
        "true ';touch planted'",
    } <= set(said)


def test_a_circle_of_needs_is_a_sentence(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """None of them could start first."""
    folder.write("service.toml", STACK.replace('listens = ["6379"]', 'listens = ["6379"]\nneeds = ["web"]'))
    capsys.readouterr()
    assert main(["emit", "docker-run", "service.toml"]) == 3
    assert "services need each other in a circle: " in capsys.readouterr().err


def test_objects_of_a_cluster_fit_together(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """The service and the policy select the pods of the deployment; claims and mounts have one name."""
    some: Any = list(yaml.safe_load_all(emitted(folder, capsys, "kubernetes", SHOP)))
    objects = {one["kind"]: one for one in some if one["metadata"]["name"] != "default-deny"}
    assert sorted(objects) == ["Deployment", "NetworkPolicy", "PersistentVolumeClaim", "Service"]
    assert len(some) == 5
    labels = objects["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert objects["Service"]["spec"]["selector"] == labels
    assert objects["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    pod = objects["Deployment"]["spec"]["template"]["spec"]
    assert {one["name"] for one in pod["volumes"]} == {one["name"] for one in pod["containers"][0]["volumeMounts"]}
    assert objects["PersistentVolumeClaim"]["metadata"]["name"] == "shop-state"


def test_a_docker_command_has_the_same_walls(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """One flag a line, the image and its command last; its networks are made before it, and joined before it starts."""
    *networks, command, joined, last, start = emitted(folder, capsys, "docker-run", SHOP).split(" &&\n")
    assert networks == [f"docker network create {one}" for one in ("--internal shop", "--internal db", "front")]
    assert [joined, last, start] == [
        "docker network connect db shop",
        "docker network connect front shop",
        "docker start shop\n",
    ]
    lines = command.splitlines()
    assert lines[0] == "docker create \\"
    flags = {line.strip(" \\") for line in lines[1:]}
    assert {
        "--user 65532:65532",
        "--read-only",
        "--security-opt no-new-privileges:true",
        "--cap-drop ALL",
        "--memory 512m",
        "--pids-limit 200",
        "--publish 127.0.0.1:8443:8080/tcp",
        "--health-cmd '/app check'",
    } <= flags
    assert lines[-1].split()[0].startswith("registry.example.com/shop:1.4@sha256:")
    assert lines[-1].split()[1:] == ["serve"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LEAST.replace('name = "a"\n', ""), "service.toml:1: `name` is missing"),
        (LEAST.replace("@sha256:" + "0" * 64, ""), "service.toml: pinned-digest: service a: b is not pinned by digest"),
        (LEAST + 'ports = ["99999"]\n', "service.toml:4: `ports[0]` must be a port"),
        (LEAST + 'data = { a = "relative" }\n', "service.toml:4: `data.a` must be an absolute path"),
        (LEAST + 'memory = "lots"\n', "service.toml: 'lots' is no amount for memory"),
        (LEAST + 'colour = "red"\n', "service.toml:4: unknown key `colour`"),
        (LEAST + 'environment = { PASSWORD = "vT9-kQz7" }\n', "service.toml: no-secrets-in-environment"),
        ("name = \n", "service.toml:1:"),
        (STACK + '[services.odd]\nimage = "a:1"\n', "`services.odd.health` is missing"),
        (STACK.replace('needs = ["db"]', 'needs = ["dc"]'), "`services.app.needs[0]` must be another service of this"),
        (STACK.replace("[services.web]", "[services.Web]"), "`services.Web` must be a name"),
        ("services = {}\n", "`services` must be a table of 1 to 64 services"),
        ('name = "a"\n[services.a]\n', "unknown key `name`"),
    ],
)
def test_a_description_that_is_wrong_or_open_says_so(
    folder: Folder, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    """One sentence with file and line, exit code 3, and nothing on standard output."""
    folder.write("service.toml", text)
    capsys.readouterr()
    assert main(["emit", "compose", "service.toml"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err


@pytest.mark.parametrize(
    ("form", "said"),
    [("compose", "    tmpfs:\n      - /tmp\n"), ("kubernetes", "sizeLimit: 64Mi"), ("docker-run", "--tmpfs /tmp:")],
)
def test_a_read_only_root_comes_with_memory_to_write_to(
    folder: Folder, capsys: pytest.CaptureFixture[str], form: str, said: str
) -> None:
    """Also where the description says nothing of it."""
    assert said in emitted(folder, capsys, form, LEAST)
