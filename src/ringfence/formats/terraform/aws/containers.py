"""Clusters, registries and tasks of AWS: EKS, ECR, ECS, Batch, App Runner."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import settings
from ringfence.formats.terraform.aws.documents import Node, document
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import (
    ContainerCluster,
    ContainerService,
    KubernetesCluster,
    NodePool,
    Registry,
    TaskContainer,
    TaskDefinition,
    TaskVolume,
    kubernetes_cluster,
    node_pool,
    only_containers,
)
from ringfence.models.cloud.containers import registry as plain_registry

_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
_EVERYWHERE = ("0.0.0.0/0",)
_ALL_LOGS = "[" + ", ".join(f'"{one}"' for one in _LOGS) + "]"


def cluster(r: Reader) -> Iterator[KubernetesCluster]:
    """A cluster of EKS. Its API server is public for everybody where the file says nothing."""
    yield replace(
        kubernetes_cluster(r.address),
        version=r.text("version", "version"),
        public_endpoint=r.flag("public_endpoint", "vpc_config.endpoint_public_access", default=True),
        endpoint_ranges=r.texts("endpoint_ranges", "vpc_config.public_access_cidrs", _EVERYWHERE) or _EVERYWHERE,
        secrets_encrypted=_secrets(r),
        unlogged=_unlogged(r),
        deletion_protection=None,
    )


def _secrets(r: Reader) -> bool:
    there = r.has("secrets_encrypted", "encryption_config")
    named = r.texts("secrets_encrypted", "encryption_config.resources")
    r.rests_on("encryption_config.resources", "secrets_encrypted")
    return there and "secrets" in named


def _unlogged(r: Reader) -> str:
    kept = r.texts("unlogged", "enabled_cluster_log_types")
    if any(one.startswith("unlogged[") for one in r.record.unknown):
        r.unknown("unlogged")
    r.record.elements.pop("unlogged", None)
    r.writes("unlogged", "enabled_cluster_log_types", {"": _ALL_LOGS})
    return ", ".join(one for one in _LOGS if one.lower() not in {kind.lower() for kind in kept})


def nodes(r: Reader) -> Iterator[NodePool]:
    """A group of nodes of EKS. A key for SSH without security groups opens it to everybody."""
    key = there(r, "remote_access.ec2_ssh_key")
    groups = there(r, "remote_access.source_security_group_ids")
    r.has("ssh_open", "remote_access")
    if (key is None and groups is not True) or (key and groups is None):
        r.unknown("ssh_open")
    yield replace(node_pool(r.address), ssh_open=key is True and groups is not True)


def registry(r: Reader) -> Iterator[Registry]:
    """A repository of ECR."""
    tags = {"IMMUTABLE": True, "IMMUTABLE_WITH_EXCLUSION": True, "MUTABLE": False, "MUTABLE_WITH_EXCLUSION": False}
    keys = {"KMS": True, "KMS_DSSE": True, "AES256": False}
    scans = r.flag("scans", "image_scanning_configuration.scan_on_push", default=False)
    yield replace(
        plain_registry(r.address),
        scans=scans or _scanned(r),
        immutable_tags=r.mapped("immutable_tags", "image_tag_mutability", tags, default=False, otherwise=False),
        customer_key=r.given("customer_key", "encryption_configuration.kms_key")
        and r.mapped("customer_key", "encryption_configuration.encryption_type", keys, False, otherwise=False),
        retention=_expires(r),
    )


def _expires(r: Reader) -> bool:
    """Whether rules say when its images are deleted."""
    rules = "aws_ecr_lifecycle_policy"
    r.decide("retention", f"how long should its images be kept? add an {rules}")
    if r.linked(rules, "repository", "name"):
        return True
    if r.links_unknown(rules, "repository"):
        r.unknown("retention")
    return False


def _scanned(r: Reader) -> bool:
    """Whether a rule for the whole registry scans everything."""
    for one in settings(r, "aws_ecr_registry_scanning_configuration"):
        for rule in one.view.blocks("rule")[0]:
            if rule.find("scan_frequency").value in ("SCAN_ON_PUSH", "CONTINUOUS_SCAN"):
                return True
    return False


def task(r: Reader) -> Iterator[TaskDefinition]:
    """A task definition of ECS."""
    listed = document(r, "containers", "container_definitions")
    if isinstance(listed.value, dict):
        listed = listed.get("containerDefinitions")
    containers = tuple(_container(f"containers[{index}]", one) for index, one in enumerate(listed.items()))
    yield TaskDefinition(
        name=r.address,
        network_mode=r.text("network_mode", "network_mode", lower=True),
        process_mode=r.text("process_mode", "pid_mode", lower=True),
        ipc_mode=r.text("ipc_mode", "ipc_mode", lower=True),
        public=None,
        customer_key=None,
        managed_identity=None,
        shared_role=_shared_role(r),
        containers=containers,
        volumes=tuple(_volumes(r)),
    )


def _shared_role(r: Reader) -> bool | None:
    """Whether the role that starts the task is also what the task itself has; None where one of them is not said."""
    first, second = r.view.find("execution_role_arn").value, r.view.find("task_role_arn").value
    r.value("shared_role", "task_role_arn")
    r.record.unknown.discard("shared_role")
    if isinstance(first, Unknown) and isinstance(second, Unknown):
        same = first.references == second.references and first.pieces == second.pieces
        return same and bool(first.references) and not any("var." in one for one in first.references)
    return first == second if isinstance(first, str) and isinstance(second, str) else None


def _container(path: str, one: Node) -> TaskContainer:
    one.stands(path)
    logs = one.get("logConfiguration")
    logs.stands(f"{path}.logging")
    return TaskContainer(
        name=one.get("name").text(f"{path}.name", "a container"),
        privileged=one.get("privileged").flag(f"{path}.privileged", default=False),
        read_only_root=one.get("readonlyRootFilesystem").flag(
            f"{path}.read_only_root", default=False, ask="add `readonlyRootFilesystem = true` to this container"
        ),
        user=one.get("user").text(f"{path}.user"),
        variables=_variables(f"{path}.variables", one.get("environment")),
        logging=logs.there,
    )


def _variables(path: str, listed: Node) -> tuple[tuple[str, str], ...]:
    listed.stands(path)
    found = list[tuple[str, str]]()
    for index, one in enumerate(listed.items()):
        value = one.get("value")
        value.stands(f"{path}[{index}]")
        found.append((one.get("name").text(""), value.text(f"{path}[{index}]")))
    return tuple(found)


def _volumes(r: Reader) -> Iterator[TaskVolume]:
    """The volumes that are mounted from EFS."""
    modes = {"ENABLED": True, "DISABLED": False}
    for one in r.blocks("volumes", "volume"):
        mounted = one.view.blocks("efs_volume_configuration")[0]
        yield TaskVolume(
            name=one.text("name", "name"),
            tls=one.mapped("tls", "efs_volume_configuration.transit_encryption", modes, False, otherwise=True)
            if mounted
            else None,
            identity_auth=one.mapped(
                "identity_auth", "efs_volume_configuration.authorization_config.iam", modes, False, otherwise=True
            )
            if mounted
            else None,
        )


def service(r: Reader) -> Iterator[ContainerService]:
    """A service of ECS."""
    version = r.text("latest_platform", "platform_version", "LATEST")
    r.writes("latest_platform", "platform_version", {True: '"LATEST"'})
    yield ContainerService(
        name=r.address,
        public_addresses=r.flag("public_addresses", "network_configuration.assign_public_ip", default=False),
        public=None,
        latest_platform=version.upper() == "LATEST",
        customer_key=None,
    )


def cluster_of_tasks(r: Reader) -> Iterator[ContainerCluster]:
    """A cluster of ECS. Shells are not possible where nothing is said of them, or logged as their containers are."""
    shells = "configuration.execute_command_configuration"
    some, known = r.view.blocks(shells)
    modes = {"NONE": False, "DEFAULT": True, "OVERRIDE": True}
    if not known:
        for field in ("shell_logs", "shell_logs_encrypted", "shell_key"):
            r.unknown(field)
    r.rests_on(f"{shells}.logging", "shell_logs_encrypted", "shell_key")
    yield ContainerCluster(
        name=r.address,
        insights=_insights(r),
        shell_logs=r.mapped("shell_logs", f"{shells}.logging", modes, default=True, otherwise=True) if some else None,
        shell_logs_encrypted=_shell_logs(r, shells) if some else None,
        shell_key=r.given("shell_key", f"{shells}.kms_key_id") if some and not _unlogged_shells(r, shells) else None,
    )


def _unlogged_shells(r: Reader, shells: str) -> bool:
    """Whether nothing is logged of shells: then that is what is wrong, and not how it is encrypted."""
    return r.view.find(f"{shells}.logging").value == "NONE"


def _shell_logs(r: Reader, shells: str) -> bool | None:
    """Whether each place that the logs go to is encrypted; where none is named, whether any is to be."""
    logs = f"{shells}.log_configuration"
    if not r.view.blocks(logs)[1]:
        r.unknown("shell_logs_encrypted")
    if not r.view.blocks(logs)[0] and r.view.find(f"{shells}.logging").value == "OVERRIDE":
        r.has("shell_logs_encrypted", shells)
        return False
    if _unlogged_shells(r, shells) or not r.view.blocks(logs)[0]:
        return None
    some = False
    for place, attribute in (
        ("cloud_watch_log_group_name", "cloud_watch_encryption_enabled"),
        ("s3_bucket_name", "s3_bucket_encryption_enabled"),
    ):
        encrypted = r.flag("shell_logs_encrypted", f"{logs}.{attribute}", default=False)
        if not encrypted and there(r, f"{logs}.{place}") is not False:
            return False
        some = some or encrypted or "shell_logs_encrypted" in r.record.unknown
    return some


def _insights(r: Reader) -> bool:
    for one in r.blocks("", "setting"):
        if isinstance(one.view.find("name").value, Unknown):
            r.unknown("insights")
        if one.text("", "name").lower() == "containerinsights":
            inner = Reader(r.instance, one.view, r.record)
            modes = {"enabled": True, "enhanced": True, "disabled": False}
            return inner.mapped("insights", "value", modes, default=False, otherwise=True)
    if not r.view.blocks("setting")[1]:
        r.unknown("insights")
    r.decide("insights", 'add a `setting` block with name "containerInsights" and value "enabled"')
    return False


def job(r: Reader) -> Iterator[TaskDefinition]:
    """A job of Batch. Machines and networks are chosen by its environment."""
    one = document(r, "containers", "container_properties")
    containers = list[TaskContainer]()
    if isinstance(one.value, dict):
        path = "containers[0]"
        made = replace(_container(path, one), read_only_root=None, user=None, logging=None, name="the job")
        containers.append(made)
    yield only_containers(r.address, tuple(containers))


def app(r: Reader) -> Iterator[ContainerService]:
    """A service of App Runner, which is public where nothing is said."""
    yield ContainerService(
        name=r.address,
        public_addresses=None,
        public=r.flag("public", "network_configuration.ingress_configuration.is_publicly_accessible", default=True),
        latest_platform=None,
        customer_key=r.given("customer_key", "encryption_configuration.kms_key"),
    )
