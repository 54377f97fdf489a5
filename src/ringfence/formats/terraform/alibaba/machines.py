"""Machines, disks and clusters of Alibaba Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, MachineDisk, machine
from ringfence.models.cloud.containers import KubernetesCluster, NodePool, kubernetes_cluster, node_pool
from ringfence.models.cloud.storage import Volume


def disk(r: Reader) -> Iterator[Volume]:
    """A disk. What is made from a copy is what that is."""
    if r.view.find("snapshot_id").there:
        return
    encrypted = r.flag("encrypted", "encrypted", default=False)
    r.rests_on("encrypted", "customer_key")
    key = r.given("customer_key", "kms_key_id")
    r.decide("customer_key", "which key should it use?")
    yield Volume(name=r.address, encrypted=encrypted, customer_key=encrypted and key)


def _disks(r: Reader) -> tuple[MachineDisk, ...]:
    some = r.blocks("disks", "data_disks")
    return tuple(MachineDisk(encrypted=one.flag("encrypted", "encrypted", default=False)) for one in some)


def template(r: Reader) -> Iterator[Machine]:
    """What machines are made of, with its disks."""
    yield machine(r.address, disks=_disks(r))


def instance(r: Reader) -> Iterator[Machine]:
    """A machine: it has a public address where its way out has a width, and a password where one is given."""
    width = r.number("public", "internet_max_bandwidth_out", 0)
    r.decide("public", "reach it through a load balancer")
    given = there(r, "password")
    if given is None:
        r.unknown("password_login")
    r.place_of("password_login", r.view.find("password"))
    r.decide("password_login", "whose SSH key may log in? name it in key_name")
    yield machine(r.address, public=width > 0, password_login=bool(given), disks=_disks(r))


def cluster(r: Reader) -> Iterator[KubernetesCluster]:
    """A cluster of Kubernetes."""
    yield replace(
        kubernetes_cluster(r.address),
        version=r.text("version", "version"),
        public_endpoint=r.flag("public_endpoint", "slb_internet_enabled", default=True),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
    )


def nodes(r: Reader) -> Iterator[NodePool]:
    """A pool of nodes."""
    yield replace(
        node_pool(r.address),
        repairs=r.flag("repairs", "management.auto_repair", default=False),
        upgrades=r.flag("upgrades", "management.auto_upgrade", default=False),
        public_nodes=r.number("public_nodes", "internet_max_bandwidth_out", 0) > 0,
    )
    r.decide("public_nodes", "reach them through a load balancer")
