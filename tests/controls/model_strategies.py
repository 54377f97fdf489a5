"""Generated models of files: services, builds and the objects of a cluster, mostly with values that matter."""

import dataclasses
import functools
import pkgutil
from enum import StrEnum
from importlib import import_module
from types import ModuleType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from ringfence.controls import judging
from ringfence.controls.control import Scope
from ringfence.models import agent, build, cloud, cluster, service, text

CLOUD = tuple(import_module(f"{cloud.__name__}.{one.name}") for one in pkgutil.iter_modules(cloud.__path__))
#: Where the models stand that are read from a file of each scope.
MODULES = {
    Scope.COMPOSE: (service,),
    Scope.DOCKERFILE: (build,),
    Scope.KUBERNETES: (service, cluster),
    Scope.TERRAFORM: CLOUD,
    Scope.AGENT: (agent,),
    Scope.TEXT: (text,),
}

WORDS = (
    "",
    "*",
    "web",
    "default",
    "bridge",
    "latest",
    "unless-stopped",
    "no",
    "privileged",
    "baseline",
    "127.0.0.1",
    "0.0.0.0",
    "8080",
    "spc_t",
    "nfs",
    "emptyDir",
    "rshared",
    "secrets",
    "get",
    "list",
    "bind",
    "pods/exec",
    "cluster-admin",
    "system:anonymous",
    "ServiceAccount",
    "ClusterRole",
    "/etc",
    "/var/run/docker.sock",
    "./nginx.conf",
    "/dev/sda",
    "net.ipv4.tcp_syncookies",
    "kernel.msgmax",
    "PASSWORD=vT9-kQz7.mB2x",
    "--password",
    "vT9-kQz7.mB2x",
    "nginx.ingress.kubernetes.io/server-snippet",
    "0.0.0.0/0",
    "1.0",
    "1.2",
    "Allow",
    "AWS",
    "host",
    "http",
    "HTTP",
    "iam:PassRole",
    "s3:*",
    "sts:AssumeRole",
    "rds.force_ssl",
    "off",
    "all",
    "root",
    "main",
    "allUsers",
    "postgres",
    "mysql",
    "sqlserver",
    "log_connections",
    "local_infile",
    "deny",
    "service account",
    "user:a@example.com",
    "roles/compute.admin",
    "rsasha1",
    "python",
    "2.7",
    "https://*",
    "cloudapis.googleapis.com",
)
CAPABILITIES = ("ALL", "NET_RAW", "NET_BIND_SERVICE", "SYS_ADMIN", "CHOWN")


@functools.cache  # what is drawn from once is checked and flattened once
def of(shape: Any) -> st.SearchStrategy[Any]:
    """Values of a type, by its annotations: dataclasses, tuples, sets, enumerations, and unions with None."""
    origin, args = get_origin(shape), get_args(shape)
    if origin is tuple and args[-1] is Ellipsis:
        # A command among commands has at least the word that names it.
        inner = st.lists(of(str), min_size=1, max_size=3).map(tuple) if args[0] == tuple[str, ...] else of(args[0])
        return st.lists(inner, max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of, args))
    if origin is frozenset:
        return st.frozensets(st.sampled_from(CAPABILITIES) if args[0] is str else of(args[0]), max_size=3)
    if origin is UnionType:
        return st.one_of(*map(of, args))
    if dataclasses.is_dataclass(shape):
        return models(shape)
    return _plain(shape)


def _plain(shape: Any) -> st.SearchStrategy[Any]:
    if shape is type(None):
        return st.none()
    if shape is bool:
        return st.booleans()
    if shape is int:
        return st.sampled_from([0, 1, -1, 1000, 65532, 2**20, 2**32, 2**40])
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        return st.sampled_from(shape)
    return st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))


@functools.cache
def models(shape: type) -> st.SearchStrategy[Any]:
    """Instances of a model's class, every field generated."""
    hints = get_type_hints(shape)
    return st.builds(shape, **{field.name: of(hints[field.name]) for field in dataclasses.fields(shape)})


def classes(*modules: ModuleType) -> dict[str, type]:
    """The models that are defined in some modules, by their names."""
    return {
        name: one
        for module in modules
        for name, one in vars(module).items()
        if dataclasses.is_dataclass(one) and isinstance(one, type) and one.__module__ == module.__name__
    }


def judged(scope: Scope) -> tuple[type, ...]:
    """The models that some control of a scope judges."""
    names = {name for control in judging(scope) for name in control.models}
    return tuple(one for name, one in classes(*MODULES[scope]).items() if name in names)
