"""Each control's rule, from a hardened profile with one field changed: the exact place and words.

Loop-shaped rules get a good element before the bad one, and a good one after it.
"""

from dataclasses import replace

import pytest

from profiles import hardened_profile
from ringfence.controls.hardening import faults
from ringfence.model import Destination, Environment, Mount, Namespace, Network, Reach, Seccomp, Workload

GOOD = hardened_profile()


def said(workload: Workload) -> list[tuple[str, str, str]]:
    """Every fault as (control, path, found)."""
    return [(control.id, fault.path, fault.found) for control, fault in faults(workload)]


def reaching(*hosts_and_ports: tuple[str, int]) -> Workload:
    destinations = tuple(Destination(host=host, port=port) for host, port in hosts_and_ports)
    return replace(GOOD, network=Network(reach=Reach.GRANTED, destinations=destinations))


def mounting(*mounts: tuple[str, str, bool, str | None]) -> Workload:
    made = [Mount(source=s, target=t, writable=w, grant=g) for s, t, w, g in mounts]
    return replace(GOOD, mounts=tuple(made))


def variables(*pairs: tuple[str, str]) -> Workload:
    return replace(GOOD, environment=Environment(inherits_host=False, variables=pairs))


FIRST = ("/srv/first", "/granted/first", False, "read.first")
LAST = ("/srv/last", "/granted/last", True, "write.last")


@pytest.mark.parametrize(
    ("field", "value", "control", "found"),
    [
        ("user", 0, "non-root-user", "user id 0 is root"),
        ("user", None, "non-root-user", "no user set, so the platform chooses"),
        ("group", 0, "non-root-user", "user id 0 is root"),
        ("group", None, "non-root-user", "no group set, so the platform chooses"),
        ("user", 2**32 - 1, "non-root-user", "4294967295, which the kernel does not take as an id"),
        ("user", 2**32, "non-root-user", "4294967296, which the kernel does not take as an id"),
        ("user", -1, "non-root-user", "-1, which the kernel does not take as an id"),
        ("no_new_privileges", False, "no-new-privileges", "programs may gain privileges"),
        ("read_only_root", False, "read-only-root", "the root file system can be written"),
        ("seccomp", Seccomp.UNCONFINED, "seccomp-allow-list", "unconfined"),
        ("seccomp", Seccomp.RUNTIME_DEFAULT, "seccomp-allow-list", "runtime-default"),
        ("capabilities", frozenset({"CAP_B", "CAP_A"}), "no-capabilities", "keeps CAP_A, CAP_B"),
        (
            "host_namespaces",
            frozenset({Namespace.PID}),
            "no-host-namespaces",
            "shares the host's pid namespace",
        ),
    ],
)
def test_one_field_one_fault(field: str, value: object, control: str, found: str) -> None:
    """A single bad field is found at its path, by its control and by no other."""
    [(id, path, words)] = said(replace(GOOD, **{field: value}))
    assert (id, path.partition("[")[0], words) == (control, field, found)


@pytest.mark.parametrize("user", [1, 1000, 65532, 2**32 - 2])
def test_ordinary_users_pass(user: int) -> None:
    """Every id that the kernel takes and that is not root will do."""
    assert said(replace(GOOD, user=user, group=user)) == []


@pytest.mark.parametrize(
    ("field", "control", "default", "ceiling"),
    [
        ("memory_bytes", "bounded-memory", 256 * 2**20, 8 * 2**30),
        ("processes", "bounded-processes", 16, 512),
        ("cpu_millis", "bounded-cpu", 1000, 8000),
        ("cpu_seconds", "bounded-cpu", 30, 3600),
        ("wall_millis", "bounded-time", 30_000, 3_600_000),
        ("output_bytes", "bounded-output", 2**20, 64 * 2**20),
        ("result_bytes", "bounded-output", 8 * 2**20, 64 * 2**20),
        ("scratch_bytes", "bounded-scratch", 64 * 2**20, 4 * 2**30),
        ("open_files", "bounded-open-files", 256, 4096),
    ],
)
def test_a_limit_bounds(field: str, control: str, default: int, ceiling: int) -> None:
    """Absent, zero, negative and above the ceiling are no limits; the default and the ceiling are."""
    wrong = {None: "no limit", 0: "0, which means no limit", -1: "-1, which means no limit"}
    wrong[ceiling + 1] = f"{ceiling + 1}, above the ceiling of {ceiling}"
    for value, found in wrong.items():
        workload = replace(GOOD, limits=replace(GOOD.limits, **{field: value}))
        [(id, path, words)] = said(workload)
        assert (id, path) == (control, f"limits.{field}")
        assert words == found if value is not None else words.startswith("no limit on ")
        wanted = ceiling if value == ceiling + 1 else default
        assert [fault.want for _, fault in faults(workload)] == [wanted]
    for value in (1, default, ceiling):
        assert said(replace(GOOD, limits=replace(GOOD.limits, **{field: value}))) == []


def test_any_network_is_too_much() -> None:
    """Unlimited reach is one fault at the reach, whatever is listed beside it."""
    for listed in ((), (Destination(host="*", port=0),)):
        workload = replace(GOOD, network=Network(reach=Reach.ANY, destinations=listed))
        assert said(workload) == [("granted-network-only", "network.reach", "anything can be reached")]


def test_granted_without_a_destination_is_refused() -> None:
    """ "Granted" that grants nothing must become "none", or a cell might take it for everything."""
    found = "granted, but no destination is listed"
    assert said(reaching()) == [("granted-network-only", "network.reach", found)]


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("", 443),
        ("*", 443),
        ("*.example.com", 443),
        ("api.example.com.", 443),
        ("API.example.com", 443),
        ("-a.example.com", 443),
        ("a" * 64 + ".com", 443),
        ("a b", 443),
        ("host\n", 443),
        ("10.0.0.0/8", 443),
        ("0.0.0.0", 443),
        ("::", 443),
        ("224.0.0.1", 443),
        ("::ffff:127.0.0.1", 443),
        ("fe80::1%eth0", 443),
        ("127.1", 443),
        ("0x7f000001", 443),
        ("2130706433", 443),
        ("api.example.com", 0),
        ("api.example.com", -1),
        ("api.example.com", 65536),
    ],
)
def test_what_is_no_exact_destination_is_found_between_good_ones(host: str, port: int) -> None:
    """Only the destination at fault is named, by its index."""
    workload = reaching(("a.example.com", 443), (host, port), ("10.1.2.3", 5432))
    found = f"{host!r} port {port} is not one exact destination"
    assert said(workload) == [("granted-network-only", "network.destinations[1]", found)]


def test_exact_destinations_pass() -> None:
    """Names of one or more labels and addresses of both families are destinations, at any port."""
    workload = reaching(("localhost", 1), ("a_b.x--y.example", 65535), ("127.0.0.1", 8080), ("2001:db8::7", 443))
    assert said(workload) == []


def test_inheriting_the_host_s_environment_is_found() -> None:
    """The whole of the host's environment is one fault."""
    workload = replace(GOOD, environment=Environment(inherits_host=True, variables=()))
    found = "the host's environment is passed on"
    assert said(workload) == [("no-host-environment", "environment.inherits_host", found)]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("LD_PRELOAD", "x.so", "LD_PRELOAD changes what is loaded or run"),
        ("LD_AUDIT", "x.so", "LD_AUDIT changes what is loaded or run"),
        ("PYTHONSTARTUP", "x.py", "PYTHONSTARTUP changes what is loaded or run"),
        ("BASH_ENV", "x.sh", "BASH_ENV changes what is loaded or run"),
        ("GLIBC_TUNABLES", "x", "GLIBC_TUNABLES changes what is loaded or run"),
        ("", "x", "'' cannot stand in an environment"),
        ("A=B", "x", "'A=B' cannot stand in an environment"),
        ("A\0", "x", "'A\\x00' cannot stand in an environment"),
        ("A", "x\0y", "'A' cannot stand in an environment"),
        ("LANG", "C", "LANG is set twice"),
    ],
)
def test_a_variable_at_fault_is_found_between_good_ones(name: str, value: str, found: str) -> None:
    """Only the variable at fault is named, by its index."""
    workload = variables(("LANG", "C.UTF-8"), (name, value), ("TZ", "UTC"))
    assert said(workload) == [("no-loader-variables", "environment.variables[1]", found)]


@pytest.mark.parametrize(
    ("mount", "found"),
    [
        (("/srv/x", "/granted/x", False, None), "nobody granted /srv/x"),
        (("/srv/x", "/granted/x", False, ""), "nobody granted /srv/x"),
        (("/srv/x", "/usr", False, "read.x"), "/usr is not a place for granted paths"),
        (("/srv/x", "/granted", False, "read.x"), "/granted is not a place for granted paths"),
        (("/srv/x", "/grantedx", False, "read.x"), "/grantedx is not a place for granted paths"),
        (("/srv/x", "/plugins", False, "read.x"), "/plugins is not a place for granted paths"),
        (("/srv/x", "/granted/first", False, "read.x"), "/granted/first is mounted twice"),
    ],
)
def test_a_mount_nobody_granted_is_found_between_good_ones(
    mount: tuple[str, str, bool, str | None], found: str
) -> None:
    """Without a grant, outside the places for grants, or over another mount: found by index."""
    assert said(mounting(FIRST, mount, LAST)) == [("granted-mounts-only", "mounts[1]", found)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("srv/x", "/granted/x"),
        ("/srv/../x", "/granted/x"),
        ("/srv//x", "/granted/x"),
        ("/srv/x/", "/granted/x"),
        ("/srv/./x", "/granted/x"),
        ("/srv/\n", "/granted/x"),
        ("/srv/\udcff", "/granted/x"),
        (".", "/granted/x"),
        ("/srv/x", "granted/x"),
        ("/srv/x", "/granted/../usr"),
        ("/srv/x", "/granted//x"),
        ("/srv/x", "/granted/"),
    ],
)
def test_a_path_that_is_not_plain_is_found(source: str, target: str) -> None:
    """Relative paths, dots, doubled slashes and control characters are refused on either side."""
    found = f"{source!r} at {target!r} is not a pair of plain absolute paths"
    workload = mounting(FIRST, (source, target, False, "read.x"), LAST)
    assert said(workload) == [("granted-mounts-only", "mounts[1]", found)]


@pytest.mark.parametrize(
    "source",
    [
        "/",
        "/proc",
        "/proc/1/root",
        "/sys/fs/cgroup",
        "/dev/sda",
        "/boot",
        "/run",
        "/run/user/1000",
        "/var",
        "/var/lib",
        "/var/run/docker.sock",
        "/var/lib/docker/overlay2",
        "/var/lib/ringfence/journal",
        "/root",
        "/home",
        "/home/ann",
        "/home/ann/.ssh",
        "/srv/.aws/credentials",
        "/var/lib/ringfence",
        "/home/ann/.local/state/ringfence",
        "/home/ann/.local/state/ringfence/journal/key",
        "/srv/postgres/.s.PGSQL.5432.sock",
    ],
)
def test_a_sensitive_place_is_found_between_good_ones(source: str) -> None:
    """What is, contains or lies in a sensitive place goes, though it was granted."""
    workload = mounting(FIRST, (source, "/granted/x", False, "read.x"), LAST)
    assert said(workload) == [("no-sensitive-mounts", "mounts[1]", f"{source} exposes the host")]


@pytest.mark.parametrize(
    "source", ["/home/ann/project", "/root/project", "/procure", "/home/ann/x.sock.d", "/var/lib/dockerish", "/runs"]
)
def test_a_place_that_only_looks_sensitive_passes(source: str) -> None:
    """Folders inside a home and names that merely begin alike may be granted."""
    assert said(mounting((source, "/granted/x", True, "write.x"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "/etc",
        "/usr/lib/python3",
        "/lib64",
        "/var/lib/ringfence/snapshots/1",
        "/home/ann/.local/state/ringfence/snapshots/1",
        "/home/ann/.config/ringfence",
    ],
)
def test_the_system_and_ringfence_itself_may_be_read_but_not_written(source: str) -> None:
    """Reading the operating system, a plugin's snapshot or the grants can be granted, writing them cannot."""
    assert said(mounting((source, "/granted/x", False, "read.x"))) == []
    workload = mounting(FIRST, (source, "/granted/x", True, "write.x"), LAST)
    assert said(workload) == [("no-sensitive-mounts", "mounts[1].writable", f"{source} can be written")]


@pytest.mark.parametrize("source", ["/srv/plugins/report", "/srv/plugins", "/srv/plugins/report/data"])
def test_no_writable_mount_shows_the_plugin_s_code(source: str) -> None:
    """The plugin's folder, one above it and one inside it cannot be written through another mount."""
    plugin = ("/srv/plugins/report", "/plugin", False, "plugin")
    workload = mounting(plugin, (source, "/granted/x", True, "write.x"), LAST)
    found = "the plugin's own code can be written"
    assert said(workload) == [("read-only-plugin", "mounts[1].writable", found)]
    assert said(mounting(plugin, (source, "/granted/x", False, "read.x"), LAST)) == []


def test_the_plugin_itself_is_not_writable() -> None:
    """The mount at /plugin, and any below it, is read-only."""
    for target in ("/plugin", "/plugin/vendor"):
        workload = mounting(FIRST, ("/srv/plugins/report", target, True, "plugin"))
        assert [(id, path) for id, path, _ in said(workload)] == [("read-only-plugin", "mounts[1].writable")]


def test_a_plugin_s_neighbour_may_be_written() -> None:
    """A folder whose name merely begins like the plugin's is not the plugin."""
    plugin = ("/srv/plugins/report", "/plugin", False, "plugin")
    assert said(mounting(plugin, ("/srv/plugins/report-data", "/granted/x", True, "write.x"))) == []


def test_each_namespace_is_a_fault_of_its_own() -> None:
    """Every shared namespace is found, at its own element of the set."""
    shared = replace(GOOD, host_namespaces=frozenset({Namespace.PID, Namespace.IPC}))
    assert said(shared) == [
        ("no-host-namespaces", "host_namespaces[ipc]", "shares the host's ipc namespace"),
        ("no-host-namespaces", "host_namespaces[pid]", "shares the host's pid namespace"),
    ]
