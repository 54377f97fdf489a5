"""Secrets in the commands of health checks and hooks."""

import pytest

from audit.audit_desk import Folder

COMPOSE = "services:\n  db:\n    image: mysql:8\n    healthcheck:\n      test: %s\n"
POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop}\nspec:\n  containers:\n    - name: db\n"
    "      image: mysql:8\n      %s:\n        exec:\n          command:\n            - %s\n"
)


@pytest.mark.parametrize(
    ("test", "is_found"),
    [
        ("[CMD, mysqladmin, ping, -ps3cr3tpw]", True),
        ("[CMD-SHELL, 'mysqladmin ping --password=s3cr3tpw']", True),
        ("mysqladmin ping -ps3cr3tpw", True),
        ("[CMD-SHELL, 'mysqladmin ping -p$$MYSQL_ROOT_PASSWORD']", False),
        ("[CMD, mysqladmin, ping, '-p${PW}']", False),
        ("[NONE]", False),
        ("[CMD, curl, -f, 'http://localhost:8080/health']", False),
    ],
)
def test_of_a_compose_file(folder: Folder, test: str, is_found: bool) -> None:
    """On the line of the test."""
    folder.write("compose.yaml", COMPOSE % test)
    found = folder.found("--only", "no-secrets-in-commands")
    assert found == ([("no-secrets-in-commands", "compose.yaml", 5)] if is_found else [])


@pytest.mark.parametrize("key", ["livenessProbe", "readinessProbe", "startupProbe"])
def test_of_a_pod(folder: Folder, key: str) -> None:
    """Every probe, at its word."""
    folder.write("pod.yaml", POD % (key, "mysqladmin ping -ps3cr3tpw"))
    assert folder.found("--only", "no-secrets-in-commands") == [("no-secrets-in-commands", "pod.yaml", 11)]
    folder.write("pod.yaml", POD % (key, "mysqladmin ping -p$PASSWORD"))
    assert folder.found("--only", "no-secrets-in-commands") == []


def test_of_hooks(folder: Folder) -> None:
    """What is run when a container has started or is to stop."""
    text = POD.replace("      %s:\n        exec", "      lifecycle:\n       preStop:\n        exec")
    folder.write("pod.yaml", text % "app stop --token=ghp_16C7e42F292c6912E7710c838347Ae178B4a")
    service = "services:\n  a:\n    image: a:1\n    post_start:\n      - command: [app, --password, s3cr3tpw]\n"
    folder.write("compose.yaml", service)
    assert folder.found("--only", "no-secrets-in-commands") == [
        ("no-secrets-in-commands", "compose.yaml", 5),
        ("no-secrets-in-commands", "pod.yaml", 12),
    ]
