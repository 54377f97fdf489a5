"""CIS Docker Benchmark 5.15: after a failure, and five times at most."""

import pytest
import yaml

from audit.audit_desk import SAFE_COMPOSE, Folder


@pytest.mark.parametrize(
    ("restart", "is_found"),
    [
        ("always", True),
        ("unless-stopped", True),
        ("'no'", True),
        ("on-failure", True),
        ("on-failure:0", True),
        ("on-failure:6", True),
        ("on-failure:5", False),
        ("on-failure:1", False),
    ],
)
def test_restarts_are_bounded_under_cis_alone(folder: Folder, restart: str, is_found: bool) -> None:
    """The default profile wants the service up again after a reboot, and says nothing of a bound."""
    text = SAFE_COMPOSE.replace("restart: unless-stopped", f"restart: {restart}")
    folder.write("compose.yaml", text)
    assert [one for one in folder.found("--profile", "cis") if "restart" in one[0]] == (
        [("bounded-restarts", "compose.yaml", 11)] if is_found else []
    )
    by_default = [one[0] for one in folder.found() if "restart" in one[0]]
    assert by_default == (["restart-policy"] if restart == "'no'" else [])


@pytest.mark.parametrize("line", ["    restart: always\n", "    deploy: {restart_policy: {condition: any}}\n", ""])
@pytest.mark.parametrize("profile", ["cis", "all"])
def test_the_fix_satisfies_both_controls(folder: Folder, line: str, profile: str) -> None:
    """Under cis, and under all controls at once: neither undoes what the other wants."""
    file = folder.write("compose.yaml", SAFE_COMPOSE.replace("    restart: unless-stopped\n", line))
    folder.audit("--fix", "--unsafe-fixes", "--profile", profile)
    service = yaml.safe_load(file.read_text())["services"]["web"]
    assert (service["restart"], "restart_policy" in service.get("deploy", {})) == ("on-failure:5", False)
    found = [one for each in ("cis", "default", "all") for one in folder.found("--profile", each)]
    assert [one for one in found if "restart" in one[0]] == []
