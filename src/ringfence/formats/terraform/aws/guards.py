"""Firewalls of AWS that are services of their own."""

import json
from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.guarding import NetworkFirewall, PacketPolicy
from ringfence.models.cloud.managed import ManagedService, managed_service


def network_firewall(r: Reader) -> Iterator[NetworkFirewall | ManagedService]:
    """A firewall for networks, with what says where its log goes."""
    logs = "aws_networkfirewall_logging_configuration"
    logged = bool(r.linked(logs, "firewall_arn"))
    if not logged and r.links_unknown(logs, "firewall_arn"):
        r.unknown("logged")
    r.decide("logged", "where should its log go? add an aws_networkfirewall_logging_configuration")
    yield NetworkFirewall(
        name=r.address,
        threats=None,
        intrusions=None,
        logged=logged,
        deletion_protection=r.flag("deletion_protection", "delete_protection", default=False),
    )
    yield from policy(r)


def firewall_policy(r: Reader) -> Iterator[PacketPolicy | ManagedService]:
    """What such firewalls do, also with packets that no rule names."""
    yield PacketPolicy(
        name=r.address,
        inspects=_inspects(r, "inspects", "stateless_default_actions"),
        inspects_fragments=_inspects(r, "inspects_fragments", "stateless_fragment_default_actions"),
    )
    yield from policy(r)


def _inspects(r: Reader, field: str, attribute: str) -> bool:
    actions = r.texts(field, f"firewall_policy.{attribute}")
    instead = [one.replace("aws:pass", "aws:forward_to_sfe") for one in actions]
    r.writes(field, f"firewall_policy.{attribute}", {True: json.dumps(instead)})
    return "aws:pass" not in actions


def policy(r: Reader) -> Iterator[ManagedService]:
    """Rules of such firewalls, and their key."""
    kinds = {"CUSTOMER_KMS": True, "AWS_OWNED_KMS_KEY": False}
    given = r.mapped("customer_key", "encryption_configuration.type", kinds, False, False)
    given = given or r.given("customer_key", "encryption_configuration.key_id")
    r.decide("customer_key", "which key should it use? add an encryption_configuration")
    yield replace(managed_service(r.address, "network firewall"), customer_key=given)
