"""Compose files: what each way of writing means in the model, what is unknown, and where it stands."""

from typing import Any

import pytest

from ringfence.formats import compose
from ringfence.formats.compose.dotenv import variables as dotenv
from ringfence.formats.compose.interpolation import interpolated
from ringfence.formats.document import Document, Read, Subject, is_unknown
from ringfence.model import Namespace, Seccomp
from ringfence.models.service import Confinement, Port


def nothing(path: str) -> str | None:
    return None


def load(text: str, read: Read = nothing, file: str = "compose.yaml") -> Document:
    return compose.load(text, file, read)


def service(lines: str, top: str = "", read: Read = nothing) -> tuple[Document, Subject]:
    """The service `web` with these lines (written without indentation)."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    document = load(f"services:\n  web:\n    image: example/web:1.4\n{body}{top}", read)
    assert document.unread == ()
    (subject,) = document.subjects
    return document, subject


def at(model: Any, path: str) -> Any:
    for part in path.replace("]", "").replace("[", ".").split("."):
        model = model[int(part)] if part.isdigit() else getattr(model, part)
    return model


def port(host: str, published: str, target: str, protocol: str = "tcp") -> Port:
    return Port(host=host, published=published, target=target, protocol=protocol)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ('"8080:80"', port("", "8080", "80")),
        ("8080:80", port("", "8080", "80")),
        ("22:22", port("", "22", "22")),
        ("3000", port("", "", "3000")),
        ('"127.0.0.1:8080:80"', port("127.0.0.1", "8080", "80")),
        ('"[::1]:8080:80"', port("::1", "8080", "80")),
        ('"::1:8080:80"', port("::1", "8080", "80")),
        ('"0.0.0.0:53:53/udp"', port("0.0.0.0", "53", "53", "udp")),
        ('"127.0.0.1::80"', port("127.0.0.1", "", "80")),
        ('"8000-8010:9000-9010/TCP"', port("", "8000-8010", "9000-9010")),
        ('"${HOST:-127.0.0.1}:${PORT:-80}:80"', port("127.0.0.1", "80", "80")),
        ("{target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp}", port("127.0.0.1", "8080", "80", "udp")),
        ("{target: 80, published: '8080-8090', mode: host}", port("", "8080-8090", "80")),
    ],
)
def test_a_port_in_every_syntax(written: str, wanted: Port) -> None:
    """Short and long, ranges, IPv6, protocols, defaults; a number is no base-60."""
    _, subject = service(f"ports:\n  - {written}")
    assert subject.model.ports == (wanted,)  # type: ignore[attr-defined]
    assert not is_unknown("ports[0].host", subject.unknown)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ('"${PORT}:80"', True),
        ('"${BIND}:8080:80"', False),
        ('"${BIND_ADDRESS}8080:80"', False),
        ('"${WEB_HOST}:80"', False),
        ("{target: 80, host_ip: '${ADDRESS}'}", False),
    ],
)
def test_a_host_that_a_variable_decides_is_not_known(written: str, known: bool) -> None:
    """A variable for the number alone leaves the host open; one for the address is not guessed at."""
    _, subject = service(f"ports: [{written}]")
    assert is_unknown("ports[0].host", subject.unknown) is not known


@pytest.mark.parametrize(
    ("lines", "path", "value"),
    [
        ("user: 1000", "user", 1000),
        ('user: "0"', "user", 0),
        ("user: root", "user", 0),
        ('user: "1000:0"', "group", 0),
        ("privileged: yes", "privileged", True),
        ('privileged: "true"', "privileged", True),
        ("read_only: on", "read_only_root", True),
        ("security_opt: [no-new-privileges]", "no_new_privileges", True),
        ("security_opt: ['no-new-privileges:true']", "no_new_privileges", True),
        ("security_opt: ['no-new-privileges=true']", "no_new_privileges", True),
        ("security_opt: ['no-new-privileges:false']", "no_new_privileges", False),
        ("security_opt: ['seccomp=unconfined']", "seccomp", Seccomp.UNCONFINED),
        ("security_opt: ['seccomp:./p.json']", "seccomp", Seccomp.CUSTOM),
        ("security_opt: ['apparmor:unconfined']", "apparmor", Confinement.UNCONFINED),
        ("security_opt: ['label=disable']", "selinux.disabled", True),
        ("security_opt: ['label:type:spc_t']", "selinux.type", "spc_t"),
        ("security_opt: ['systempaths=unconfined']", "proc_masked", False),
        ("cap_add: [CAP_SYS_ADMIN, net_raw]", "capabilities", frozenset({"SYS_ADMIN", "NET_RAW"})),
        ("cap_drop: [all]", "dropped", frozenset({"ALL"})),
        ("network_mode: host", "host_namespaces", frozenset({Namespace.NETWORK})),
        (
            "pid: host\nipc: host\nuts: host\nuserns_mode: host",
            "host_namespaces",
            frozenset({Namespace.PID, Namespace.IPC, Namespace.UTS, Namespace.USER}),
        ),
        ("pid: 'service:db'", "host_namespaces", frozenset()),
        ("mem_limit: 512m", "limits.memory_bytes", 512 * 1024**2),
        ("mem_limit: 1.5gb", "limits.memory_bytes", 3 * 512 * 1024**2),
        ("mem_limit: 1073741824", "limits.memory_bytes", 1024**3),
        ("deploy: {resources: {limits: {memory: 50M, cpus: '0.25', pids: 9}}}", "limits.memory_bytes", 50 * 1024**2),
        ("deploy: {resources: {limits: {memory: 50M, cpus: '0.25', pids: 9}}}", "limits.cpu_millis", 250),
        ("deploy: {resources: {limits: {memory: 50M, cpus: '0.25', pids: 9}}}", "limits.processes", 9),
        ("cpus: 1.5", "limits.cpu_millis", 1500),
        ("cpu_quota: 50000", "limits.cpu_millis", 500),
        ("pids_limit: -1", "limits.processes", -1),
        ("ulimits: {nofile: {soft: 10, hard: 20}}", "limits.open_files", 20),
        ("healthcheck: {test: [NONE]}", "health.live", False),
        ("healthcheck: {test: curl -f http://localhost}", "health.live", True),
        ("restart: unless-stopped", "restart", "unless-stopped"),
        ("deploy: {restart_policy: {condition: on-failure}}", "restart", "on-failure"),
        ("logging: {driver: journald}", "logging.bounded", True),
        ("logging: {options: {max-size: 10m}}", "logging.max_bytes", 10 * 1024**2),
        ("devices: ['/dev/sda:/dev/xvda:rwm']", "devices", ("/dev/sda",)),
        ("sysctls: [net.core.somaxconn=1024]", "sysctls", (("net.core.somaxconn", "1024"),)),
        ("environment: [A=b, C=]", "environment.variables", (("A", "b"), ("C", ""))),
        ("environment: {A: b}\nbuild: {context: ., args: {T: u}}", "environment.variables", (("A", "b"), ("T", "u"))),
        ("command: redis-server --requirepass 'a b'", "command", ("redis-server", "--requirepass", "a b")),
        ("volumes: ['/:/host:ro']", "mounts[0].writable", False),
        ("volumes: ['/srv:/srv:rw,rshared']", "propagations", ("rshared",)),
        ("volumes: [{type: bind, source: /etc, target: /e, read_only: true}]", "mounts[0].source", "/etc"),
        ("volumes: ['data:/data']", "volumes[0].name", "data"),
        ("volumes: ['/data']", "volumes[0].target", "/data"),
        ("volumes: ['./a.conf:/a.conf']", "mounts[0].source", "./a.conf"),
        ("volumes: ['C:\\data:/data']", "mounts[0].source", "C:\\data"),
        ("build: .", "image.built_here", True),
    ],
)
def test_a_field_in_its_ways_of_being_written(lines: str, path: str, value: object) -> None:
    """Each spelling means what the specification says."""
    _, subject = service(lines)
    assert at(subject.model, path) == value


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("user: app", "user"),
        ("user: '${UID}:${GID}'", "user"),
        ("privileged: ${P}", "privileged"),
        ("mem_limit: ${MEMORY}", "limits.memory_bytes"),
        ("environment: [PASSWORD]", "environment.variables[0]"),
        ("environment: {PASSWORD: '${PW}'}", "environment.variables[0]"),
        ("environment: {PASSWORD: }", "environment.variables[0]"),
        ("security_opt: ['${OPT}']", "seccomp"),
        ("volumes: ['${DATA}:/data']", "mounts[0]"),
        ("networks: [outer]", "attachments[0].internal"),
    ],
)
def test_what_the_file_does_not_say_is_unknown(lines: str, path: str) -> None:
    """Nothing is guessed where a variable, a name or another network decides."""
    _, subject = service(lines, "networks:\n  outer: {external: true}\n")
    assert is_unknown(path, subject.unknown)


def test_an_image_that_a_variable_completes_is_unknown() -> None:
    """A tag that is not known is neither latest nor pinned."""
    (subject,) = load("services:\n  web:\n    image: nginx:${TAG}\n").subjects
    assert is_unknown("image", subject.unknown)


def test_values_of_the_env_file_are_used_and_are_not_secrets_of_this_file() -> None:
    """`.env` beside the file fills variables in; what it holds does not stand here."""
    read = {".env": "export TAG='1.27'\nPW=s3cr3t-Value # c\n"}.get
    document = load("services:\n  web:\n    image: nginx:${TAG}\n    environment: {A: '${PW}'}\n", read)
    (subject,) = document.subjects
    assert subject.model.image.tag == "1.27"  # type: ignore[attr-defined]
    assert is_unknown("environment.variables[0]", subject.unknown)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$A", "1"),
        ("${A}", "1"),
        ("${B:-x}", "x"),
        ("${B-x}", "x"),
        ("${E:-x}", "x"),
        ("${E-x}", ""),
        ("${A:+y}", "y"),
        ("${A:?must}", "1"),
        ("${B:-${A}}", "1"),
        ("${B:-${C:-z}}!", "z!"),
        ("$$A", "$A"),
        ("a$", "a$"),
        ("${", "${"),
        ("${A", "${A"),
        ("${1}", "${1}"),
    ],
)
def test_variables_are_filled_in_as_compose_does(text: str, value: str) -> None:
    """Every operator, nesting, and what is no expression."""
    assert interpolated(text, dotenv("A=1\nE=\n")).value == value


def test_overrides_are_merged_as_compose_merges_them() -> None:
    """Mappings key by key, sequences appended, ports unique, commands replaced, `!reset` and `!override` obeyed."""
    base = (
        "services:\n  web:\n    image: a:1\n    ports: ['80:80', '81:81']\n    environment: [A=1, B=2]\n"
        "    cap_add: [SYS_ADMIN]\n    command: [one]\n    privileged: true\n    devices: ['/dev/a']\n"
    )
    over = (
        "services:\n  web:\n    image: a:2\n    ports: ['80:80', '82:82']\n    environment: {B: 3}\n"
        "    cap_add: [NET_RAW]\n    command: [two]\n    privileged: !reset null\n    devices: !override ['/dev/b']\n"
    )
    document = load(base, {"compose.override.yaml": over}.get)
    (subject,) = document.subjects
    model: Any = subject.model
    assert model.image.tag == "2"
    assert [one.published for one in model.ports] == ["80", "81", "82"]
    assert model.environment.variables == (("A", "1"), ("B", "3"))
    assert model.capabilities == {"SYS_ADMIN", "NET_RAW"}
    assert (model.command, model.privileged, model.devices) == (("two",), False, ("/dev/b",))
    assert document.place(subject, "ports[2].host").file == "compose.override.yaml"
    assert document.place(subject, "capabilities[SYS_ADMIN]").file == "compose.yaml"


def test_an_override_is_judged_with_its_base_and_alone_only_without_one() -> None:
    """Of the file that is merged into another only what it says itself is judged, merged; and the other tells of it."""
    over = "services:\n  web:\n    privileged: true\n"
    base = "services: {web: {image: a:1, user: root}, db: {image: b:1}}\n"
    with_base = load(over, {"compose.yaml": base}.get, "compose.override.yaml")
    (subject,) = with_base.subjects
    known = [
        path for path in ("privileged", "user", "read_only_root", "image") if not is_unknown(path, subject.unknown)
    ]
    assert (known, at(subject.model, "user"), with_base.unread) == (["privileged"], 0, ())
    assert load(base, {"compose.override.yaml": over}.get).parts == ("compose.override.yaml",)  # type: ignore[attr-defined]
    assert len(load(over, nothing, "compose.override.yaml").subjects) == 1


def test_extended_services_bring_their_fields_and_places() -> None:
    """In the same file and in another; own values win."""
    text = (
        "services:\n  base:\n    image: a:1\n    privileged: true\n  web:\n    extends: base\n    privileged: false\n"
        "  far:\n    extends: {file: other/base.yml, service: x}\n"
    )
    document = load(text, {"other/base.yml": "services:\n  x:\n    image: b:1\n    pid: host\n"}.get)
    models: Any = {one.name: one for one in document.subjects}
    assert models["service web"].model.image.name == "a"
    assert models["service web"].model.privileged is False
    assert models["service far"].model.host_namespaces == {Namespace.PID}
    place = document.place(models["service far"], "host_namespaces[pid]")
    assert (place.file, place.line) == ("other/base.yml", 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("services:\n  a: {extends: b}\n  b: {extends: a}\n", "the services extend each other"),
        ("services:\n  a: {extends: a}\n", "the service extends itself"),
        ("services:\n  a: {extends: c}\n", "there is no service 'c' to extend"),
        ("include: [compose.yaml]\nservices: {}\n", "the files include each other"),
        ("services: {a: b}\n", "the service a is no mapping"),
        ("- a\n", "a Compose file is a mapping"),
    ],
)
def test_what_makes_no_sense_is_said(text: str, message: str) -> None:
    """Cycles and shapes that Compose refuses are unread, with a place."""
    unread = load(text, {"compose.yaml": text}.get).unread
    assert message in [one.message for one in unread]
    assert all(one.place.line >= 1 for one in unread)


def test_anchors_and_merge_keys_mean_what_they_stand_for() -> None:
    """`<<` brings keys, own keys win, an alias is what it names."""
    text = (
        "x-base: &base\n  privileged: true\n  cap_drop: [ALL]\nservices:\n  web:\n    <<: *base\n    image: a:1\n"
        "    privileged: false\n  db: &db\n    image: b:1\n  copy: *db\n"
    )
    models: Any = {one.name: one.model for one in load(text).subjects}
    assert models["service web"].privileged is False
    assert models["service web"].dropped == {"ALL"}
    assert models["service copy"].image.name == "b"


def test_places_are_exact() -> None:
    """Each value stands on its own line; what is missing stands at the service."""
    text = (
        "services:\n  web:\n    image: a:1\n    ports:\n      - '1:1'\n      - target: 2\n        published: 2\n"
        "    security_opt:\n      - label:disable\n      - seccomp:unconfined\n    environment:\n      A: x\n"
        "      B: y\n"
        "    volumes:\n      - a:/a\n      - /etc:/etc\n    cap_add:\n      - X\n      - SYS_ADMIN\n"
    )
    document = load(text)
    (subject,) = document.subjects
    lines = {
        "image": 3,
        "ports[0].host": 5,
        "ports[1].host": 6,
        "seccomp": 10,
        "selinux.disabled": 9,
        "environment.variables[1]": 13,
        "mounts[0]": 16,
        "capabilities[SYS_ADMIN]": 19,
        "read_only_root": 2,
        "limits.memory_bytes": 2,
    }
    assert {path: document.place(subject, path).line for path in lines} == lines


@pytest.mark.parametrize(
    ("name", "text", "claimed"),
    [
        ("compose.yml", "", True),
        ("docker-compose.prod.yaml", "", True),
        ("compose.override.yaml", "", True),
        ("app.compose.yml", "", True),
        ("stack.yml", "services:\n  a:\n    image: b\n", True),
        ("stack.yml", "version: '3'\nservices:\n  a: {build: .}\n", True),
        (".gitlab-ci.yml", "stages: [a]\nservices:\n  - docker:dind\n", False),
        ("ci.yml", "on: push\njobs:\n  a:\n    services:\n      db:\n        image: b\n", False),
        ("values.yaml", "services:\n  web:\n    port: 80\n", False),
        ("x.yaml", "apiVersion: v1\nkind: Service\n", False),
    ],
)
def test_files_are_claimed_by_name_and_by_content(name: str, text: str, claimed: bool) -> None:
    """A Compose file is known without its name; other files with services are not taken for one."""
    assert compose.claims(name, text) is claimed
