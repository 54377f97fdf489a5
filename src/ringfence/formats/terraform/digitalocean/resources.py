"""Machines, firewalls, load balancers, clusters and buckets of DigitalOcean."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.numbers import ports_of
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.containers import KubernetesCluster, kubernetes_cluster
from ringfence.models.cloud.edge import Listener
from ringfence.models.cloud.network import Firewall, FirewallRule
from ringfence.models.cloud.storage import Bucket, BucketAccess, Reachable, reached


def droplet(r: Reader) -> Iterator[Machine]:
    """A machine: without a key its password comes by mail."""
    keys = there(r, "ssh_keys")
    if keys is None:
        r.unknown("password_login")
    r.place_of("password_login", r.view.find("ssh_keys"))
    r.decide("password_login", "whose SSH keys may log in? name them in ssh_keys")
    yield machine(r.address, password_login=not keys)


def firewall(r: Reader) -> Iterator[Firewall]:
    """A group of rules: what is not let through is stopped."""
    rules = list[FirewallRule]()
    for kind, peers in (("inbound_rule", "source_addresses"), ("outbound_rule", "destination_addresses")):
        rules += [
            FirewallRule(
                name=r.address,
                allow=True,
                inbound=kind == "inbound_rule",
                protocol=one.text("protocol", "protocol", "all", lower=True),
                ports=ports_of(one.text("ports", "port_range")),
                peers=one.texts("peers", peers),
                stateless=False,
                described=None,
            )
            for one in r.blocks("rules", kind, first=len(rules))
        ]
    yield Firewall(name=r.address, default=False, described=None, rules=tuple(rules))


def cluster(r: Reader) -> Iterator[KubernetesCluster]:
    """A cluster of Kubernetes."""
    yield replace(
        kubernetes_cluster(r.address),
        version=r.text("version", "version"),
        upgrades=r.flag("upgrades", "auto_upgrade", default=False),
    )


def balancer(r: Reader) -> Iterator[Listener]:
    """Where a load balancer listens by plain HTTP."""
    redirects = r.flag("redirects", "redirect_http_to_https", default=False)
    r.rests_on("redirect_http_to_https", "protocol")
    r.decide("protocol", "which certificate should it use? or should it only redirect?")
    for view in r.view.blocks("forwarding_rule")[0]:
        if said(r.below("", view), "entry_protocol").upper() == "HTTP":
            r.place("protocol", view)
            yield Listener(name=r.address, protocol="HTTP", redirects=redirects, min_tls=None, internal=False)
            return


_LISTS = {
    "private": Reachable.PRIVATE,
    "public-read": Reachable.PUBLIC_READ,
    "public-read-write": Reachable.PUBLIC_WRITE,
}


def bucket(r: Reader) -> Iterator[Bucket]:
    """A bucket of Spaces: always encrypted."""
    yield Bucket(
        name=r.address,
        access=r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE),
        access_blocked=None,
        encrypted=None,
        customer_key=None,
        versioned=r.flag("versioned", "versioning.enabled", default=False),
        mfa_delete=None,
        logged=None,
        uniform_access=None,
        tls_only=None,
        retained=None,
    )


def stored(r: Reader) -> Iterator[BucketAccess]:
    """An object of a bucket, with who may read it."""
    yield reached(r.address, r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE))
