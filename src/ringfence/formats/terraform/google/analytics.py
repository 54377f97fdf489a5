"""What looks through data in Google Cloud: Dataproc, Dataflow, Data Fusion, Composer, notebooks, Vertex AI; queues."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.google.common import customer_key
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.analytics import DataCluster, DataJob, Notebook, data_cluster
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.managed import ManagedService, ServiceLog, managed_service
from ringfence.models.cloud.messaging import Topic


def dataproc(r: Reader) -> Iterator[DataCluster]:
    """A cluster of Dataproc: its machines have public addresses unless it says otherwise."""
    inside = "cluster_config.gce_cluster_config.internal_ip_only"
    virtual = bool(r.view.blocks("virtual_cluster_config")[0])
    yield replace(
        data_cluster(r.address),
        public=None if virtual else r.inverted("public", inside, default=True),
        customer_key=None if virtual else customer_key(r, "cluster_config.encryption_config.kms_key_name"),
    )


def dataflow(r: Reader) -> Iterator[DataJob]:
    """A job of Dataflow."""
    kinds = {"WORKER_IP_PRIVATE": True, "WORKER_IP_PUBLIC": False}
    yield DataJob(
        name=r.address,
        secured=None,
        customer_key=customer_key(r, "kms_key_name"),
        private=r.mapped("private", "ip_configuration", kinds, False, False),
    )


def fusion(r: Reader) -> Iterator[DataCluster]:
    """An instance of Data Fusion."""
    logs = r.flag("logging", "enable_stackdriver_logging", default=False)
    watched = r.flag("monitoring", "enable_stackdriver_monitoring", default=False)
    outside = r.inverted("public", "private_instance", default=True)
    yield replace(data_cluster(r.address), public=outside, logging=logs, monitoring=watched)


def composer(r: Reader) -> Iterator[DataCluster]:
    """An environment of Composer, in the forms of its versions."""
    third = r.view.find("config.enable_private_environment")
    hidden = "config.enable_private_environment" if third.there else _ENDPOINT
    yield replace(
        data_cluster(r.address),
        public=r.inverted("public", hidden, default=True),
        customer_key=customer_key(r, "config.encryption_config.kms_key_name"),
    )
    r.decide("public", "which network is it used from? add a private_environment_config")


_ENDPOINT = "config.private_environment_config.enable_private_endpoint"


def notebook(r: Reader) -> Iterator[Notebook | Machine]:
    """A notebook's machine: it has a public address unless it says otherwise."""
    where = "gce_setup.disable_public_ip" if r.type == "google_workbench_instance" else "no_public_ip"
    key = "gce_setup.boot_disk.kms_key" if r.type == "google_workbench_instance" else "kms_key"
    yield Notebook(
        name=r.address,
        customer_key=_own_key(r, key),
        direct_internet=None,
        root=None,
        in_network=None,
        public=r.inverted("public", where, default=True),
        old_metadata=None,
    )
    shield = r.block("", f"{'gce_setup.' if r.type == 'google_workbench_instance' else ''}shielded_instance_config")
    if shield.view.there:
        yield machine(
            r.address,
            virtual_tpm=shield.flag("virtual_tpm", "enable_vtpm", default=True),
            integrity_monitoring=shield.flag("integrity_monitoring", "enable_integrity_monitoring", default=True),
        )


def _own_key(r: Reader, key: str) -> bool:
    """Whether each of its disks has a key of ours. An older notebook must say, too, that it uses it."""
    own = customer_key(r, key)
    if r.type == "google_notebooks_instance":
        kinds = {"CMEK": True, "GMEK": False, "DISK_ENCRYPTION_UNSPECIFIED": False}
        used = r.mapped("customer_key", "disk_encryption", kinds, False, False)
        r.decide("customer_key", "which key should it use?")
        return own and used
    for view in r.view.blocks("gce_setup.data_disks")[0]:
        own = customer_key(r.below("", view), "kms_key") and own
    return own


def runtime(r: Reader) -> Iterator[Notebook]:
    """A notebook's machine that the provider runs."""
    inside = "virtual_machine.virtual_machine_config"
    yield Notebook(
        name=r.address,
        customer_key=customer_key(r, f"{inside}.encryption_config.kms_key"),
        direct_internet=None,
        root=None,
        in_network=None,
        public=r.inverted("public", f"{inside}.internal_ip_only", default=True),
        old_metadata=None,
    )


_DIALOGS = {
    "google_dialogflow_agent": ("dialog agent", ("enable_logging",)),
    "google_dialogflow_cx_agent": (
        "dialog agent",
        ("advanced_settings.logging_settings.enable_stackdriver_logging", "enable_stackdriver_logging"),
    ),
    "google_dialogflow_cx_webhook": ("webhook of a dialog", ("enable_stackdriver_logging",)),
}


def dialog(r: Reader) -> Iterator[ServiceLog]:
    """What talks with people: it records nothing unless that is said."""
    kind, attributes = _DIALOGS[r.type]
    logged = [r.flag("logged", one, default=False) for one in attributes]
    yield ServiceLog(name=r.address, kind=kind, logged=any(logged))


#: Services of which only a key is asked: what they are, and where it stands.
_KEYED = {
    "google_document_ai_processor": ("document processor", "kms_key_name"),
    "google_document_ai_warehouse_location": ("document store", "kms_key"),
    "google_vertex_ai_dataset": ("learning dataset", "encryption_spec.kms_key_name"),
    "google_vertex_ai_endpoint": ("model endpoint", "encryption_spec.kms_key_name"),
    "google_vertex_ai_featurestore": ("feature store", "encryption_spec.kms_key_name"),
    "google_vertex_ai_metadata_store": ("metadata store", "encryption_spec.kms_key_name"),
    "google_vertex_ai_tensorboard": ("learning board", "encryption_spec.kms_key_name"),
}


def keyed(r: Reader) -> Iterator[ManagedService]:
    """A service of the table."""
    kind, attribute = _KEYED[r.type]
    yield replace(managed_service(r.address, kind), customer_key=customer_key(r, attribute))


def endpoint(r: Reader) -> Iterator[ManagedService]:
    """What answers with a model: the internet asks it unless it stands in a network."""
    inside = there(r, "network")
    private, known = r.view.blocks("private_service_connect_config")
    if inside is None or not known:
        r.unknown("public")
    r.place_of("public", r.view.find("network"))
    r.decide("public", "which network is it queried from?")
    for one in keyed(r):
        yield replace(one, public=not inside and not private)


def index_endpoint(r: Reader) -> Iterator[ManagedService]:
    """What answers searches for what is alike."""
    reached = r.flag("public", "public_endpoint_enabled", default=False)
    yield replace(managed_service(r.address, "index endpoint"), public=reached)


def worker_pool(r: Reader) -> Iterator[ManagedService]:
    """Machines that build: they have public addresses unless that is off."""
    outside = r.inverted("public", "worker_config.no_external_ip", default=True)
    yield replace(managed_service(r.address, "worker pool"), public=outside)


def topic(r: Reader) -> Iterator[Topic]:
    """A topic: always encrypted."""
    yield Topic(name=r.address, encrypted=None, customer_key=customer_key(r, "kms_key_name"))
