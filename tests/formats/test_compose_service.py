"""Fields of a service in their many spellings: storage, networks, privileges, resources, operation."""

from typing import Any

import pytest

from formats.compose_kit import WEB, load, web
from ringfence.formats.document import is_unknown
from ringfence.model import Mount, Namespace, Reach, Seccomp
from ringfence.models.service import Confinement, Health, Logging, Requests, SELinux, Volume, VolumeKind


def model_of(lines: str, top: str = "") -> Any:
    """The model of a service `web` with these lines."""
    return web(WEB + "".join(f"    {line}\n" for line in lines.splitlines()) + top)[2]


def mount(source: str, target: str, *, writable: bool = True) -> Mount:
    return Mount(source=source, target=target, writable=writable, grant=None)


def volume(name: str, target: str, kind: VolumeKind, type_: str = "volume", *, writable: bool = True) -> Volume:
    return Volume(name=name, kind=kind, type=type_, target=target, writable=writable)


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("/a:/b", mount("/a", "/b")),
        ("/a:/b:ro", mount("/a", "/b", writable=False)),
        ("/a:/b:rw", mount("/a", "/b")),
        ("/a:/b:Z,ro", mount("/a", "/b", writable=False)),
        ("/a:/b:ro,rw", mount("/a", "/b")),
        ("../a:/b", mount("../a", "/b")),
        ("~/a:/b:cached", mount("~/a", "/b")),
        ("C:\\a:/b:ro", mount("C:\\a", "/b", writable=False)),
        ("//./pipe/docker_engine:/x", mount("//./pipe/docker_engine", "/x")),
        ("{type: bind, source: /a, target: /b, read_only: true}", mount("/a", "/b", writable=False)),
        ("{type: bind, source: ., target: /b, read_only: 'false'}", mount(".", "/b")),
        ("{type: npipe, source: p, target: /b}", mount("p", "/b")),
        ("disguised:/b:ro", mount("/etc", "/b", writable=False)),
        ("{source: disguised, target: /b}", mount("/etc", "/b")),
        ("data:/b", volume("data", "/b", VolumeKind.NAMED)),
        ("data:/b:ro", volume("data", "/b", VolumeKind.NAMED, writable=False)),
        ("/b", volume("", "/b", VolumeKind.ANONYMOUS)),
        ("{type: volume, target: /b}", volume("", "/b", VolumeKind.ANONYMOUS)),
        (
            "{type: volume, source: data, target: /b, read_only: yes}",
            volume("data", "/b", VolumeKind.NAMED, writable=False),
        ),
        ("{type: tmpfs, target: /b}", volume("", "/b", VolumeKind.TMPFS, "tmpfs")),
        ("{type: cluster, source: c, target: /b}", volume("c", "/b", VolumeKind.OTHER, "cluster")),
        ("{type: image, source: i:1, target: /b}", volume("i:1", "/b", VolumeKind.OTHER, "image")),
        ("nfs:/b", volume("nfs", "/b", VolumeKind.NAMED)),
    ],
)
def test_what_is_mounted(entry: str, wanted: Mount | Volume) -> None:
    """Short and long; a volume whose driver binds a path of the host is that path."""
    top = "volumes:\n  disguised: {driver_opts: {type: none, o: 'bind,rw', device: /etc}}\n"
    top += "  nfs: {driver_opts: {type: nfs, o: addr=x, device: ':/x'}}\n"
    quoted = entry if entry.startswith("{") else f"'{entry}'"
    model = model_of(f"volumes: [{quoted}]", top)
    assert (*model.mounts, *model.volumes) == (wanted,)


def test_secrets_and_configs_can_only_be_read() -> None:
    """Each has a place of its own where none is said."""
    model = model_of(
        "secrets: [a, {source: b, target: c}, {source: d, target: /e}]\nconfigs: [f]\ntmpfs: ['/t:ro', /u]"
    )
    assert model.mounts == ()
    assert model.volumes == (
        volume("a", "/run/secrets/a", VolumeKind.SECRET, "secret", writable=False),
        volume("b", "/run/secrets/c", VolumeKind.SECRET, "secret", writable=False),
        volume("d", "/e", VolumeKind.SECRET, "secret", writable=False),
        volume("f", "/f", VolumeKind.CONFIG, "config", writable=False),
        volume("", "/t", VolumeKind.TMPFS, "tmpfs", writable=False),
        volume("", "/u", VolumeKind.TMPFS, "tmpfs"),
    )


def test_the_engine_s_socket_may_be_asked_for_by_a_key() -> None:
    """It is mounted like any other path."""
    assert model_of("use_api_socket: true").mounts == (mount("/var/run/docker.sock", "/var/run/docker.sock"),)
    assert model_of("use_api_socket: false").mounts == ()


@pytest.mark.parametrize(
    ("entry", "modes"),
    [
        ("'/a:/b:rshared,ro'", ("rshared",)),
        ("'/a:/b:z'", ()),
        ("'/a:/b:slave'", ("slave",)),
        ("{type: bind, source: /a, target: /b, bind: {propagation: shared}}", ("shared",)),
        ("{type: bind, source: /a, target: /b, bind: {selinux: z}}", ()),
    ],
)
def test_how_mounts_spread(entry: str, modes: tuple[str, ...]) -> None:
    """In both syntaxes."""
    assert model_of(f"volumes: [{entry}]").propagations == modes


@pytest.mark.parametrize(
    ("lines", "shared"),
    [
        ("network_mode: host", {Namespace.NETWORK}),
        ("network_mode: bridge", set()),
        ("network_mode: 'service:db'", set()),
        ("pid: host", {Namespace.PID}),
        ("ipc: host", {Namespace.IPC}),
        ("uts: host", {Namespace.UTS}),
        ("userns_mode: host", {Namespace.USER}),
        ("cgroup: host", {Namespace.CGROUP}),
        ("cgroup: private", set()),
        ("networks: [outer]", {Namespace.NETWORK}),
        ("networks: {outer: , back: }", {Namespace.NETWORK}),
        ("networks: [legacy]", {Namespace.NETWORK}),
        ("build: {context: ., network: host}", {Namespace.NETWORK}),
    ],
)
def test_what_is_shared_with_the_host(lines: str, shared: set[Namespace]) -> None:
    """By a key, or by the engine's own network under another name."""
    top = "networks:\n  outer: {external: true, name: host}\n  legacy: {external: {name: host}}\n  back:\n"
    assert model_of(lines, top).host_namespaces == shared


def test_ports_mean_nothing_on_the_host_s_network() -> None:
    """What listens there is open by itself; the engine takes no ports beside it."""
    model = model_of("network_mode: host\nports: ['80:80']")
    assert (model.ports, model.attachments, model.network_mode) == ((), (), "host")
    assert model_of("build: {context: ., network: host}\nports: ['80:80']").ports != ()


def test_what_is_exposed_is_not_published() -> None:
    """It is for other services."""
    assert model_of("expose: ['80', 8000-8010]").ports == ()


@pytest.mark.parametrize(
    ("lines", "reach", "attached"),
    [
        ("", Reach.ANY, [("default", False)]),
        ("network_mode: none", Reach.NONE, []),
        ("network_mode: 'container:x'", Reach.ANY, []),
        ("networks: [back, front]", Reach.ANY, [("back", True), ("front", False)]),
        ("networks:\n  back:\n    aliases: [x]", Reach.ANY, [("back", True)]),
        ("networks: []", Reach.ANY, [("default", False)]),
        ("networks:", Reach.ANY, [("default", False)]),
        ("networks: [nothing]", Reach.NONE, []),
        ("networks: [nothing, back]", Reach.ANY, [("back", True)]),
        ("networks: [undeclared]", Reach.ANY, [("undeclared", False)]),
        ("networks: [quoted]", Reach.ANY, [("quoted", True)]),
    ],
)
def test_which_networks_it_joins(lines: str, reach: Reach, attached: list[tuple[str, bool]]) -> None:
    """In a list or a mapping; the default one where none is named."""
    top = "networks:\n  back: {internal: true}\n  front:\n  nothing: {external: true, name: none}\n"
    model = model_of(lines, top + "  quoted: {internal: 'yes', external: false}\n")
    assert (model.network.reach, [(one.name, one.internal) for one in model.attachments]) == (reach, attached)


def test_the_default_network_may_be_declared() -> None:
    """It is then as the file says."""
    (attachment,) = model_of("", "networks:\n  default: {internal: true}\n").attachments
    assert (attachment.name, attachment.internal) == ("default", True)


@pytest.mark.parametrize(("external", "unknown"), [("true", True), ("{name: x}", True), ("false", False), ("", False)])
def test_a_network_made_elsewhere_may_be_internal_or_not(external: str, unknown: bool) -> None:
    """This file does not say."""
    _, subject, _ = web(f"{WEB}    networks: [n]\nnetworks:\n  n: {{external: {external}}}\n")
    assert is_unknown("attachments[0].internal", subject.unknown) is unknown


@pytest.mark.parametrize(
    ("lines", "privileged", "masked"),
    [
        ("privileged: true", True, False),
        ("privileged: 'yes'", True, False),
        ("privileged: false", False, True),
        ("build: {context: ., privileged: true}", True, True),
        ("post_start: [{command: x}, {command: y, privileged: true}]", True, True),
        ("pre_stop: [{command: x, privileged: false}]", False, True),
        ("security_opt: ['systempaths=unconfined']", False, False),
    ],
)
def test_what_is_privileged(lines: str, privileged: bool, masked: bool) -> None:
    """The container, its build, or a command run in it; only a privileged container sees all of /proc."""
    model = model_of(lines)
    assert (model.privileged, model.proc_masked) == (privileged, masked)


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        ("['no-new-privileges:true', 'no-new-privileges:false']", "no_new_privileges", False),
        ("['no-new-privileges=1']", "no_new_privileges", True),
        ("['no-new-privileges:off']", "no_new_privileges", False),
        ("['seccomp=unconfined', 'seccomp=builtin']", "seccomp", Seccomp.RUNTIME_DEFAULT),
        ("['seccomp=/a:b.json']", "seccomp", Seccomp.CUSTOM),
        ("['apparmor=docker-default']", "apparmor", Confinement.PROFILE),
        ("['apparmor:unconfined']", "apparmor", Confinement.UNCONFINED),
        ("[disable]", "selinux", SELinux(type="", user="", role="", disabled=True)),
        (
            "['label=level:s0', 'label=role:r', 'label:user:u']",
            "selinux",
            SELinux(type="", user="u", role="r", disabled=False),
        ),
        ("['credentialspec=file://x']", "seccomp", Seccomp.RUNTIME_DEFAULT),
    ],
)
def test_security_options(options: str, field: str, value: object) -> None:
    """With either sign between name and value; the last one counts."""
    assert getattr(model_of(f"security_opt: {options}"), field) == value


@pytest.mark.parametrize(
    ("lines", "user", "group", "unknown"),
    [
        ("user: '1000:2000'", 1000, 2000, set()),
        ("user: 0", 0, None, {"group"}),
        ("user: root:root", 0, 0, set()),
        ("user: 'app:100'", None, 100, {"user"}),
        ("user: ''", None, None, {"group"}),
        ("user: '٣'", None, None, {"user", "group"}),
        ("user: '0:$G'", 0, None, {"group"}),
    ],
)
def test_who_it_runs_as(lines: str, user: int | None, group: int | None, unknown: set[str]) -> None:
    """Numbers and root are known; which id another name has, and which group a user is in, only the image knows."""
    _, subject, model = web(WEB + f"    {lines}\n")
    assert (model.user, model.group) == (user, group)
    assert {path for path in ("user", "group") if path in subject.unknown} == unknown


@pytest.mark.parametrize(
    ("lines", "path", "value"),
    [
        ("mem_limit: 64Mi", "memory_bytes", 64 * 2**20),
        ("mem_limit: 0", "memory_bytes", 0),
        ("mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}", "memory_bytes", 2 * 2**30),
        ("cpu_quota: 25000\ncpu_period: 50000", "cpu_millis", 500),
        ("cpu_quota: 25000\ncpu_period: 50ms", "cpu_millis", 500),
        ("cpu_quota: -1", "cpu_millis", -1),
        ("cpus: .5", "cpu_millis", 500),
        ("cpu_shares: 512", "cpu_millis", None),
        ("ulimits: {nofile: 100}", "open_files", 100),
        ("ulimits: {nofile: {soft: 1, hard: -1}}", "open_files", -1),
        ("ulimits: {nproc: 100}", "open_files", None),
        ("pids_limit: 0", "processes", 0),
        ("deploy: {resources: {limits: {pids: 7}}}", "processes", 7),
    ],
)
def test_how_much_it_may_use(lines: str, path: str, value: int | None) -> None:
    """In a deployment or at the top; a number that means no bound is kept."""
    assert getattr(model_of(lines).limits, path) == value


def test_what_is_set_aside() -> None:
    """By a deployment, or the older key."""
    lines = "deploy: {resources: {reservations: {memory: 1m, cpus: '0.25'}}}"
    assert model_of(lines).requests == Requests(memory_bytes=2**20, cpu_millis=250)
    assert model_of("mem_reservation: 2m").requests == Requests(memory_bytes=2 * 2**20, cpu_millis=None)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("", Logging(driver="json-file", max_bytes=None, bounded=False)),
        ("logging: {driver: local}", Logging(driver="local", max_bytes=None, bounded=True)),
        ("logging: {driver: none}", Logging(driver="none", max_bytes=None, bounded=True)),
        ("logging: {options: {max-size: '-1'}}", Logging(driver="json-file", max_bytes=None, bounded=False)),
        (
            "logging: {driver: json-file, options: {max-size: 5k}}",
            Logging(driver="json-file", max_bytes=5120, bounded=False),
        ),
    ],
)
def test_where_its_output_goes(lines: str, wanted: Logging) -> None:
    """Only the engine's own files grow without bound."""
    assert model_of(lines).logging == wanted


@pytest.mark.parametrize(
    ("lines", "checked"),
    [
        ("healthcheck: {test: [CMD, x]}", True),
        ("healthcheck: {test: NONE of these}", True),
        ("healthcheck: {interval: 5s}", True),
        ("healthcheck: {test: [NONE]}", False),
        ("healthcheck: {disable: true}", False),
        ("healthcheck: {disable: 'true', test: [CMD, x]}", False),
        ("healthcheck: {disable: false, test: [CMD, x]}", True),
        ("healthcheck:", False),
    ],
)
def test_whether_anything_checks_it(lines: str, checked: bool) -> None:
    """One check counts as both."""
    assert model_of(lines).health == Health(live=checked, ready=checked)


@pytest.mark.parametrize(
    ("lines", "policy"),
    [
        ("", "no"),
        ("restart: 'no'", "no"),
        ("restart: false", "no"),
        ("restart: on-failure:3", "on-failure:3"),
        ("deploy: {restart_policy: {condition: any}}", "always"),
        ("deploy: {restart_policy: {condition: none}}\nrestart: always", "no"),
        ("deploy: {restart_policy: {max_attempts: 3}}", "always"),
        ("deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}", "on-failure:3"),
        ("deploy: {replicas: 2}\nrestart: always", "always"),
    ],
)
def test_whether_it_comes_back(lines: str, policy: str) -> None:
    """A deployment's policy counts where there is one."""
    assert model_of(lines).restart == policy


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("command: a 'b c' d", ("a", "b c", "d")),
        ("command: [a, 'b c']", ("a", "b c")),
        ("entrypoint: x y\ncommand: [z]", ("x", "y", "z")),
        ("command: a 'b", ("a", "'b")),
        ("command: []", ()),
        ("command: >\n  a\n  b", ("a", "b")),
        ("command: [a, 1, true]", ("a", "1", "true")),
    ],
)
def test_the_words_of_its_command(lines: str, words: tuple[str, ...]) -> None:
    """A list as it is, a text as a shell splits it."""
    assert model_of(lines).command == words


@pytest.mark.parametrize(
    ("entry", "device"),
    [
        ("/dev/sda:/dev/xvda:rwm", "/dev/sda"),
        ("vendor.example/class=name", "vendor.example/class=name"),
        ("{source: /dev/a, target: /dev/b, permissions: r}", "/dev/a"),
    ],
)
def test_devices(entry: str, device: str) -> None:
    """Short, long, and by the names that a runtime resolves."""
    quoted = entry if entry.startswith("{") else f"'{entry}'"
    assert model_of(f"devices: [{quoted}]").devices == (device,)


def test_labels_of_container_and_deployment() -> None:
    """Both are for everybody to read."""
    assert model_of("labels: [a=b]\ndeploy: {labels: {c: d}}").labels == (("a", "b"), ("c", "d"))


def test_build_and_image() -> None:
    """An image that is built here is asked of no registry; without a name there is none to judge."""
    assert model_of("build: .").image.built_here
    (subject,) = load("services: {web: {build: .}}\n").subjects
    assert subject.model.image is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(("image", "is_store"), [("postgres:16", True), ("bitnami/redis", True), ("nginx", False)])
def test_a_data_store_is_known_by_its_image(image: str, is_store: bool) -> None:
    """Wherever it comes from."""
    (subject,) = load(f"services: {{web: {{image: '{image}'}}}}\n").subjects
    assert subject.model.is_database is is_store  # type: ignore[attr-defined]


def test_a_silent_file_says_what_compose_does() -> None:
    """The facts of the platform, in one look."""
    model = model_of("")
    assert (model.no_new_privileges, model.seccomp, model.apparmor) == (
        False,
        Seccomp.RUNTIME_DEFAULT,
        Confinement.PLATFORM_DEFAULT,
    )
    assert (model.user, model.dropped, model.capabilities, model.token) == (None, frozenset(), frozenset(), False)
    assert (model.role, model.namespace, model.proc_masked, model.non_root_required) == ("main", "", True, False)
