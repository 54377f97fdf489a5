"""VPN tunnels use no broken ciphers.

DES, MD5 and Diffie-Hellman groups of 1024 bits can be broken; what passed can then be read long afterwards.

Bad, terraform:

    resource "azurerm_virtual_network_gateway_connection" "a" {
      name                       = "office"
      resource_group_name        = "shop"
      location                   = "westeurope"
      type                       = "IPsec"
      virtual_network_gateway_id = azurerm_virtual_network_gateway.a.id

      ipsec_policy {
        dh_group         = "DHGroup2"
        ike_encryption   = "DES3"
        ike_integrity    = "SHA256"
        ipsec_encryption = "AES256"
        ipsec_integrity  = "SHA256"
        pfs_group        = "PFS14"
      }
    }

Good, terraform:

    resource "azurerm_virtual_network_gateway_connection" "a" {
      name                       = "office"
      resource_group_name        = "shop"
      location                   = "westeurope"
      type                       = "IPsec"
      virtual_network_gateway_id = azurerm_virtual_network_gateway.a.id

      ipsec_policy {
        dh_group         = "DHGroup14"
        ike_encryption   = "AES256"
        ike_integrity    = "SHA256"
        ipsec_encryption = "AES256"
        ipsec_integrity  = "SHA256"
        pfs_group        = "PFS14"
      }
    }

Bad, terraform:

    resource "google_compute_vpn_tunnel" "a" {
      name          = "office"
      peer_ip       = "203.0.113.7"
      shared_secret = var.secret
      ike_version   = 1
    }

Good, terraform:

    resource "google_compute_vpn_tunnel" "a" {
      name          = "office"
      peer_ip       = "203.0.113.7"
      shared_secret = var.secret
      ike_version   = 2
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.network import VpnTunnel


def faults(model: VpnTunnel) -> Iterator[Fault]:
    """Nothing that can be broken keeps what passes from others."""
    for index, weak in enumerate(model.weak):
        yield Fault(path=f"weak[{index}]", found=f"{weak} can be broken or is out of use", want=_QUESTION)


_QUESTION = Decision("what stronger does the other side know?")


CONTROL = Control(
    id="strong-vpn-ciphers",
    title="VPN tunnels use no broken ciphers",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("weak",),
    references=(
        terraform("azurerm/r/virtual_network_gateway_connection"),
        terraform("google/r/compute_vpn_tunnel"),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("VpnTunnel",),
    standards=frozenset({Standard.DEFAULT}),
)
