"""What Compose and the engine do where a file is silent. Nothing about what would be secure."""

from ringfence.model import Environment, Limits, Network, Reach, Seccomp
from ringfence.models.service import Confinement, Health, Logging, Requests, SELinux, Service

SILENT = Service(
    name="",
    user=None,  # the image says
    group=None,
    no_new_privileges=False,
    capabilities=frozenset(),
    seccomp=Seccomp.RUNTIME_DEFAULT,
    read_only_root=False,
    host_namespaces=frozenset(),
    network=Network(reach=Reach.ANY, destinations=()),
    mounts=(),
    environment=Environment(inherits_host=False, variables=()),
    limits=Limits(
        memory_bytes=None,
        processes=None,
        cpu_millis=None,
        cpu_seconds=None,
        wall_millis=None,
        output_bytes=None,
        result_bytes=None,
        scratch_bytes=None,
        open_files=None,
    ),
    role="main",
    namespace="",
    image=None,
    command=(),
    labels=(),
    privileged=False,
    non_root_required=False,
    dropped=frozenset(),
    devices=(),
    apparmor=Confinement.PLATFORM_DEFAULT,
    selinux=SELinux(type="", user="", role="", disabled=False),
    sysctls=(),
    proc_masked=True,
    ports=(),
    attachments=(),
    network_mode="",
    volumes=(),
    propagations=(),
    requests=Requests(memory_bytes=None, cpu_millis=None),
    logging=Logging(driver="json-file", max_bytes=None, bounded=False),
    health=Health(live=False, ready=False),
    restart="no",
    is_database=False,
    token=False,
    service_account="",
    secret_environment=(),
    probe_hosts=(),
    checks=(),
    windows_host_process=False,
    cgroup_parent="",
)

#: What Compose has no word for; nothing is ever said of it.
UNKNOWN = frozenset(
    "limits.cpu_seconds limits.wall_millis limits.output_bytes limits.result_bytes limits.scratch_bytes"
    " non_root_required token".split()
)

#: The log driver where a file names none.
DRIVER = "json-file"

#: Log drivers that grow without bound in a file of the host unless a size is set.
UNBOUNDED_DRIVERS = frozenset({DRIVER})

#: In how many microseconds `cpu_quota` may be used up, where `cpu_period` is not said.
CPU_PERIOD = 100_000
