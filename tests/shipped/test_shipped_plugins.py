"""The plugins that this project ships, run through the gate on real input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Desk

ROOT = Path(__file__).parents[2]
KEY = "a-signing-key-for-tests"


def _dist(folder: Path, name: str, version: str, *requires: str, license: str = "MIT") -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", f"License-Expression: {license}"]
    lines += [f"Requires-Dist: {r}" for r in requires]
    (info / "METADATA").write_text("\n".join(lines) + "\n\nA description: with a colon\n")
    (folder / f"{name}.py").write_text("x" * 10)
    (info / "RECORD").write_text(f"{name}.py,,\n../../../etc/passwd,,\n")


def test_requirements(desk: Desk) -> None:
    """A requirements file: pins, and each risky line with its number; nothing outside the folder is read."""
    project = desk.folder / "project"
    project.mkdir()
    for path in (ROOT / "examples" / "project").iterdir():
        (project / path.name).write_text(path.read_text())
    (desk.folder / "secrets.txt").write_text("sesame==1\n")
    desk.grant(ROOT / "plugins" / "pip-inspect", "--method", "requirements", "--read", f"requirements={project}")
    answer = desk.call("pip-inspect", "requirements", {"file": "requirements.txt"})
    assert answer["success"], answer
    found = {(f["file"], f["line"], f["kind"]) for f in answer["data"]["result"]["findings"]}
    assert found == {
        ("requirements.txt", 4, "unpinned"),
        ("requirements.txt", 5, "no-hash"),
        ("requirements.txt", 6, "no-hash"),
        ("requirements.txt", 6, "duplicate"),
        ("requirements.txt", 7, "option"),
        ("requirements.txt", 8, "editable"),
        ("requirements.txt", 10, "url"),
        ("requirements-dev.txt", 1, "unpinned"),
        ("requirements-dev.txt", 2, "include"),
    }
    names = {r["name"] for r in answer["data"]["result"]["requirements"]}
    assert "sesame" not in names
    answer = desk.call("pip-inspect", "requirements", {"file": "../secrets.txt"})
    assert answer["data"]["code"] == "plugin-error"


def test_installed_packages(desk: Desk) -> None:
    """Conflicts as `pip check` sees them, licences, sizes without what RECORD names outside."""
    site = desk.folder / "site"
    _dist(site, "alpha", "1.0", "beta>=2", "gamma; python_version < '3'", "missing-thing", license="Apache-2.0")
    _dist(site, "beta", "1.5")
    _dist(site, "beta", "1.4")
    desk.grant(ROOT / "plugins" / "pip-inspect", "--all-methods", "--read", f"site_packages={site}")
    check = desk.call("pip-inspect", "check")["data"]["result"]
    assert {(p["distribution"], p["kind"]) for p in check["problems"]} == {
        ("alpha 1.0", "incompatible"),
        ("alpha 1.0", "missing"),
        ("beta 1.5", "duplicate"),
    }
    assert desk.call("pip-inspect", "licenses")["data"]["result"] == {"Apache-2.0": ["alpha"], "MIT": ["beta", "beta"]}
    assert desk.call("pip-inspect", "sizes", {"most": 1})["data"]["result"] == [{"name": "alpha", "bytes": 10}]
    listed = desk.call("pip-inspect", "list")["data"]["result"]
    assert [d["name"] for d in listed] == ["alpha", "beta", "beta"]
    refused = desk.call("pip-inspect", "requirements")
    assert "--read requirements=PATH" in refused["data"]["error"]


def test_check_agrees_with_pip(desk: Desk) -> None:
    """On this very environment the plugin finds what `pip check` finds."""
    import sysconfig

    site = Path(sysconfig.get_path("purelib"))
    copy = desk.folder / "site"
    copy.mkdir()
    for info in site.glob("*.dist-info"):
        (copy / info.name).mkdir()
        for name in ("METADATA", "RECORD"):
            if (info / name).exists():
                (copy / info.name / name).write_bytes((info / name).read_bytes())
    desk.grant(ROOT / "plugins" / "pip-inspect", "--method", "check", "--read", f"site_packages={copy}")
    said = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert desk.call("pip-inspect", "check")["data"]["result"]["ok"] is (said.returncode == 0)


def test_text_report(desk: Desk) -> None:
    """Asynchronous, with a folder to write and a secret: the report is signed, the key is nowhere."""
    out = desk.folder / "out"
    out.mkdir()
    out.chmod(0o777)
    documents = desk.folder / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("one two two\n")
    (documents / "b.md").write_text("two\n")
    (documents / "c.bin").write_text("not read\n")
    desk.environment["SIGNING_KEY"] = KEY
    desk.grant(
        ROOT / "plugins" / "text-report", "--all-methods", "--read", f"documents={documents}",
        "--write", f"out={out}", "--secret", "signing_key=env:SIGNING_KEY",
    )  # fmt: skip
    built = desk.call("text-report", "build", {"title": "Test"})
    assert built["data"]["result"]["documents"] == 2
    assert built["data"]["result"]["words"] == 4
    assert built["data"]["output"]["stdout"] == "read 2 documents\n"
    assert desk.call("text-report", "verify")["data"]["result"] == {"valid": True}
    signed = json.loads((out / "report.json").read_text())
    signed["report"]["words"] = 5
    (out / "report.json").chmod(0o666)
    (out / "report.json").write_text(json.dumps(signed))
    assert desk.call("text-report", "verify")["data"]["result"] == {"valid": False}
    assert KEY not in json.dumps(built) + json.dumps(desk.journal()) + (out / "report.md").read_text()
    assert desk.call("text-report", "__introspect__")["data"]["result"]["verify"].startswith("Whether")
    assert desk.call("text-report", "meta")["data"]["result"]["version"] == "1.0.0"


@pytest.fixture(scope="session")
def auditors() -> Path:
    """The folder of the shipped plugins, with what the auditor's own bring along."""
    subprocess.run([str(ROOT / "scripts" / "vendor-plugins")], check=True, capture_output=True, timeout=600)
    return ROOT / "plugins"


def test_a_compose_file_is_hardened_in_a_cell(desk: Desk, auditors: Path) -> None:
    """The text comes back with loopback ports; its findings are the auditor's own; a second time changes nothing."""
    text = (ROOT / "examples" / "stack" / "compose.yaml").read_text()
    desk.grant(auditors / "compose-secure", "--all-methods")
    answer = desk.call("compose-secure", "harden", {"text": text, "unsafe": True, "assume": {"memory": "1g"}})
    assert answer["success"], answer
    result = answer["data"]["result"]
    assert '"127.0.0.1:3001:3000"          # open on every interface of the server' in result["text"]
    assert "mem_limit: 1g" in result["text"]
    assert {one["control"] for one in result["findings"]} == {
        "health-checked",
        "internal-databases",
        "no-secrets-in-environment",
        "pinned-digest",
        "pinned-tag",
    }
    again = desk.call("compose-secure", "harden", {"text": result["text"], "unsafe": True})["data"]["result"]
    assert (again["fixed"], again["text"], again["diff"]) == (0, result["text"], "")
    hostile = desk.call("compose-secure", "check", {"text": "a: " + "[" * 100_000})["data"]["result"]
    assert hostile["unread"] == [{"line": 1, "message": "it is nested deeper than 100"}]


def test_manifests_are_hardened_in_a_cell(desk: Desk, auditors: Path) -> None:
    """What is fixed is no longer found, and what is found has its line."""
    text = (ROOT / "examples" / "stack" / "deployment.yaml").read_text()
    desk.grant(auditors / "kubernetes-secure", "--all-methods")
    found = desk.call("kubernetes-secure", "check", {"text": text})["data"]["result"]["findings"]
    assert ("no-host-namespaces", 13) in {(one["control"], one["line"]) for one in found}
    result = desk.call("kubernetes-secure", "harden", {"text": text, "unsafe": True})["data"]["result"]
    assert "hostNetwork" not in result["text"]
    assert "   # pinned by tag only" in result["text"]
    assert {one["control"] for one in result["findings"]} == {"health-checked", "pinned-digest"}


def test_a_project_is_scanned_in_a_cell(desk: Desk, auditors: Path) -> None:
    """Every kind of file of the granted folder, and nothing outside it."""
    project = desk.folder / "project"
    project.mkdir()
    for name in ("compose.yaml", "Dockerfile", "deployment.yaml"):
        (project / name).write_text((ROOT / "examples" / "stack" / name).read_text())
    desk.grant(auditors / "security-scanner", "--method", "scan", "--read", f"project={project}")
    result = desk.call("security-scanner", "scan", {"severity": "high"})["data"]["result"]
    assert result["files"] == {"compose": 1, "dockerfile": 1, "kubernetes": 1}
    assert result["unread"] == []
    assert {"no-engine-socket", "no-pipe-to-shell", "no-host-namespaces"} <= {
        one["control"] for one in result["findings"]
    }
    assert set(result["severities"]) == {"high", "critical"}


def test_terraform_is_hardened_in_a_cell(desk: Desk, auditors: Path) -> None:
    """Encryption is turned on, the public address goes, comments stay; a second time changes nothing."""
    text = (ROOT / "examples" / "stack" / "main.tf").read_text()
    desk.grant(auditors / "terraform-secure", "--all-methods")
    found = desk.call("terraform-secure", "check", {"text": text})["data"]["result"]["findings"]
    assert ("no-public-admin-ports", 19) in {(one["control"], one["line"]) for one in found}
    result = desk.call("terraform-secure", "harden", {"text": text, "unsafe": True})["data"]["result"]
    assert "  storage_encrypted   = true\n" in result["text"]
    assert "  publicly_accessible = false\n" in result["text"]
    assert '  bucket = "shop-images" # served through a content delivery network\n' in result["text"]
    again = desk.call("terraform-secure", "harden", {"text": result["text"], "unsafe": True})["data"]["result"]
    assert (again["fixed"], again["text"], again["diff"]) == (0, result["text"], "")


def test_secrets_are_found_and_masked_in_a_cell(desk: Desk, auditors: Path) -> None:
    """Their kinds and places come out, and no value: neither in the answer nor in the journal."""
    canary = "vT9kQz7mB2xW4pLs"
    text = f'NAME = "x"\nPASSWORD = "{canary}"\n'
    desk.grant(auditors / "secrets-validator", "--all-methods")
    answer = desk.call("secrets-validator", "check", {"text": text, "name": "settings.py"})
    assert answer["data"]["result"] == {"secrets": [{"kind": "a password", "line": 2, "column": 13, "length": 16}]}
    assert canary not in json.dumps(answer)
    masked = desk.call("secrets-validator", "mask", {"text": text, "name": "settings.py"})["data"]["result"]
    assert masked == {"text": text.replace(canary, "*" * 16), "masked": 1}
