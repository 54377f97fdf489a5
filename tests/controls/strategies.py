"""Generated workloads: mostly the values that matter, now and then anything at all."""

from hypothesis import strategies as st

from ringfence.model import (
    Destination,
    Environment,
    Limits,
    Mount,
    Namespace,
    Network,
    Reach,
    Seccomp,
    Workload,
)

#: Any text that a file can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)

_INT64 = 2**63
_NUMBERS = [0, 1, -1, 16, 65532, 2**20, 2**32 - 2, 2**32 - 1, 2**32, 2**40, _INT64 - 1, -_INT64]
_SOURCES = ["/", "/srv", "/srv/data", "/srv/plugins/report", "/srv/plugins", "/var", "/var/run/docker.sock"]
_SOURCES += [
    "/proc/1",
    "/etc",
    "/usr/lib/python3",
    "/home/ann",
    "/home/ann/.ssh",
    "/srv/../etc",
    "relative",
    "",
]
_TARGETS = [
    "/plugin",
    "/plugin/vendor",
    "/granted/data",
    "/granted",
    "/granted/../usr",
    "/usr",
    "/",
    "plugin",
]
_HOSTS = [
    "api.example.com",
    "*.example.com",
    "",
    "0.0.0.0",
    "::",
    "2001:db8::7",
    "127.1",
    "[::1]",
    "[x]",
    "a:b",
    "UP",
]
_NAMES = ["LANG", "TZ", "LD_PRELOAD", "PYTHONPATH", "", "A=B", "NUL\0"]

numbers = st.one_of(st.sampled_from(_NUMBERS), st.integers(-_INT64, _INT64 - 1))
maybe = st.one_of(st.none(), numbers)

destinations = st.builds(
    Destination,
    host=st.one_of(st.sampled_from(_HOSTS), texts),
    port=st.sampled_from([443, 1, 65535, 0, 65536, -1]),
)
networks = st.builds(
    Network,
    reach=st.sampled_from(Reach),
    destinations=st.lists(destinations, max_size=4).map(tuple),
)
mounts = st.builds(
    Mount,
    source=st.one_of(st.sampled_from(_SOURCES), texts),
    target=st.one_of(st.sampled_from(_TARGETS), texts),
    writable=st.booleans(),
    grant=st.sampled_from([None, "", "read.data", "plugin"]),
)
variables = st.tuples(st.one_of(st.sampled_from(_NAMES), texts), texts)
environments = st.builds(
    Environment,
    inherits_host=st.booleans(),
    variables=st.lists(variables, max_size=4).map(tuple),
)
limits = st.builds(Limits, **dict.fromkeys(Limits.__dataclass_fields__, maybe))

workloads = st.builds(
    Workload,
    name=texts,
    user=maybe,
    group=maybe,
    no_new_privileges=st.booleans(),
    capabilities=st.frozensets(st.sampled_from(["CAP_NET_RAW", "CAP_SYS_ADMIN", "ALL", ""])),
    seccomp=st.sampled_from(Seccomp),
    read_only_root=st.booleans(),
    host_namespaces=st.frozensets(st.sampled_from(Namespace)),
    network=networks,
    mounts=st.lists(mounts, max_size=4).map(tuple),
    environment=environments,
    limits=limits,
)
