"""Rules of a network that come before others: what one stops, a later one does not let in; and only that."""

import pytest

from formats.cloud_kit import counted, found, resource
from formats.test_terraform_guesses import check

NETWORK = "network=google_compute_network.main.name;"
ANYBODY = 'source_ranges=["0.0.0.0/0"];'
SSH = f'{NETWORK}{ANYBODY}allow{{protocol="tcp";ports=["22"]}}'
ALL = f'{NETWORK}{ANYBODY}deny{{protocol="all"}}'
GROUP = 'network_security_group_name=azurerm_network_security_group.main.name;direction="Inbound";'
ANY = 'source_port_range="*";destination_address_prefix="*";source_address_prefix="*";'
OPEN = 'access="Allow";protocol="Tcp";destination_port_range="22";' + ANY
PORTS = 'port_range="*";s'
SHUT = 'access="Deny";protocol="*";destination_port_range="*";' + ANY


@pytest.mark.parametrize(
    ("own", "other", "wrong"),
    [
        (SSH, ALL, False),
        (SSH, f'{NETWORK}{ANYBODY}deny{{protocol="tcp";ports=["20-30"]}}', False),
        (f"priority=900;{SSH}", f"priority=900;{ALL}", False),
        (f"priority=900;{SSH}", ALL, True),
        (SSH, f"priority=1001;{ALL}", True),
        (SSH, f"disabled=true;{ALL}", True),
        (SSH, f'direction="EGRESS";{NETWORK}deny{{protocol="all"}}', True),
        (SSH, f'target_tags=["web"];{ALL}', True),
        (SSH, ALL.replace(".main.", ".other."), True),
        (SSH, f'{NETWORK}{ANYBODY}deny{{protocol="tcp";ports=["80"]}}', True),
        (SSH, f'{NETWORK}{ANYBODY}deny{{protocol="udp"}}', True),
        (SSH, f'{NETWORK}source_ranges=["10.0.0.0/8"];deny{{protocol="all"}}', True),
        (SSH.replace("0.0.0.0/0", "::/0"), ALL, True),
        (SSH.replace("0.0.0.0/0", "::/0"), ALL.replace("0.0.0.0/0", "::/0"), False),
        (SSH, f"priority=var.when;{ALL}", False),
        (f"priority=var.when;{SSH}", ALL, False),
        (SSH, f'{NETWORK}{ANYBODY}dynamic "deny"{{for_each=var.some;content{{protocol="all"}}}}', False),
        (SSH, f'{NETWORK}{ANYBODY}allow{{protocol="icmp"}}', True),
    ],
)
def test_what_google_stops_first_is_not_open(own: str, other: str, wrong: bool) -> None:
    """By its priority, in the same network, for all machines; of two with the same one the one that stops counts."""
    text = resource("google_compute_firewall", own) + resource("google_compute_firewall", other, "other")
    assert bool(found("no-public-admin-ports", text)) is wrong
    assert bool(found("no-public-ingress", text)) is wrong or "icmp" in other


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize(
    ("own", "other", "wrong"),
    [
        (f"priority=200;{OPEN}", f"priority=100;{SHUT}", False),
        (f"priority=200;{OPEN}", f"priority=300;{SHUT}", True),
        (f"priority=200;{OPEN}", f"priority=200;{SHUT}", True),  # within one group Azure refuses that
        (f"priority=200;{OPEN}", "priority=100;" + SHUT.replace(PORTS, 'port_range="20-80";s'), False),
        (
            f"priority=200;{OPEN}",
            "priority=100;" + SHUT.replace(PORTS, 'port_range="80";s'),
            True,
        ),
        (f"priority=200;{OPEN}", f"priority=100;{SHUT.replace('Deny', 'Allow')}", True),
        (
            f"priority=200;{OPEN}",
            "priority=100;" + SHUT.replace('address_prefix="*"', 'address_prefix="10.0.0.4"'),
            True,
        ),
        (f"priority=200;{OPEN}", "priority=var.when;" + SHUT, False),
        (f"priority=200;{OPEN}", f"priority=100;{SHUT.replace(chr(34) + 'Deny' + chr(34), 'var.what')}", False),
    ],
)
def test_what_azure_stops_first_is_not_open(own: str, other: str, wrong: bool, apart: bool) -> None:
    """By its priority, in the same group, whether the rules stand in it or apart."""
    if apart:
        kind = "azurerm_network_security_rule"
        text = resource(kind, GROUP + own) + resource(kind, GROUP + other, "other")
    else:
        rules = "".join(f'security_rule{{direction="Inbound";{one}}};' for one in (own, other))
        text = resource("azurerm_network_security_group", rules)
    assert any("peers[0]" in path for path, _ in found("no-public-admin-ports", text)) is wrong


def test_rules_of_which_nothing_is_known_stop_nothing() -> None:
    """A list of a variable's mostly lets more in: what is plainly open stays so."""
    unseen = "for_each=var.rules;priority=each.value.priority;access=each.value.access;protocol=each.value.protocol;"
    kind = "azurerm_network_security_rule"
    text = resource(kind, f"{GROUP}priority=200;{OPEN}")
    assert found(
        "no-public-admin-ports", text + resource(kind, GROUP + unseen + "destination_port_range=each.value.port")
    )


def test_what_cannot_be_known_of_two_rules_adds_no_finding() -> None:
    """The law of guesses holds for rules that stop others, too."""
    check(resource("google_compute_firewall", SSH) + resource("google_compute_firewall", f"priority=9;{ALL}", "other"))
    kind = "azurerm_network_security_rule"
    text = resource(kind, f"{GROUP}priority=200;{OPEN}") + resource(kind, f"{GROUP}priority=100;{SHUT}", "other")
    assert counted(text)["no-public-admin-ports"] == 0
    check(text)
