"""What a patch writes, to the letter: one change of one field each."""

from collections.abc import Callable
from typing import Any

import pytest

from formats.compose_kit import WEB, load, named, patched, web
from ringfence import dataclasses
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, Image, SELinux

replace = dataclasses.replace


def host(address: str) -> Callable[[Any], Any]:
    return lambda model: replace(model, ports=tuple(replace(one, host=address) for one in model.ports))


def closed(field: str) -> Callable[[Any], Any]:
    return lambda model: replace(model, **{field: tuple(replace(one, writable=False) for one in getattr(model, field))})


def limit(field: str, value: int | None) -> Callable[[Any], Any]:
    return lambda model: replace(model, limits=replace(model.limits, **{field: value}))


def without(field: str, index: int) -> Callable[[Any], Any]:
    def change(model: Any) -> Any:
        value = getattr(model, field)
        return replace(model, **{field: (*value[:index], *value[index + 1 :])})

    return change


def variables(*wanted: tuple[str, str]) -> Callable[[Any], Any]:
    return lambda model: replace(model, environment=replace(model.environment, variables=wanted))


def put(**values: Any) -> Callable[[Any], Any]:
    return lambda model: replace(model, **values)


#: Lines of a service before and after a change, without their indentation.
LINES: list[tuple[str, Callable[[Any], Any], str]] = [
    # ports
    ('ports: ["8080:80"]', host("127.0.0.1"), 'ports: ["127.0.0.1:8080:80"]'),
    ("ports: ['8080:80']  # web", host("127.0.0.1"), "ports: ['127.0.0.1:8080:80']  # web"),
    ("ports:\n- 8080:80", host("127.0.0.1"), 'ports:\n- "127.0.0.1:8080:80"'),
    ("ports: [8080]", host("127.0.0.1"), 'ports: ["127.0.0.1::8080"]'),
    ("ports: [3000-3005]", host("127.0.0.1"), 'ports: ["127.0.0.1::3000-3005"]'),
    ("ports: ['8000-8010:80-90/udp']", host("::1"), "ports: ['[::1]:8000-8010:80-90/udp']"),
    ("ports: ['0.0.0.0:1:2']", host("127.0.0.1"), "ports: ['127.0.0.1:1:2']"),
    ("ports: ['[::]:1:2']", host("127.0.0.1"), "ports: ['127.0.0.1:1:2']"),
    ("ports: ['${P:-8080}:${T:-80}']", host("127.0.0.1"), "ports: ['127.0.0.1:${P:-8080}:${T:-80}']"),
    ("ports: ['$P:80']", host("127.0.0.1"), "ports: ['127.0.0.1:$P:80']"),
    ("ports: ['${BIND:-0.0.0.0}:1:2']", host("127.0.0.1"), "ports: ['127.0.0.1:1:2']"),
    (
        "ports:\n- target: 80\n  published: 8080",
        host("127.0.0.1"),
        'ports:\n- target: 80\n  published: 8080\n  host_ip: "127.0.0.1"',
    ),
    ("ports: [{target: 80, host_ip: '0.0.0.0'}]", host("127.0.0.1"), "ports: [{target: 80, host_ip: '127.0.0.1'}]"),
    ("ports: ['127.0.0.1:1:2']", host(""), "ports: ['1:2']"),
    ("ports: ['1:2', '3:4']", without("ports", 0), "ports: ['3:4']"),
    ("ports: ['1:2']\ntty: true", without("ports", 0), "tty: true"),
    # privileges
    ("tty: true", put(no_new_privileges=True), 'tty: true\nsecurity_opt:\n  - "no-new-privileges:true"'),
    (
        "security_opt:\n- apparmor:x",
        put(no_new_privileges=True),
        'security_opt:\n- apparmor:x\n- "no-new-privileges:true"',
    ),
    (
        "security_opt: [no-new-privileges=false]",
        put(no_new_privileges=True),
        'security_opt: ["no-new-privileges=true"]',
    ),
    (
        "security_opt: ['no-new-privileges:false']",
        put(no_new_privileges=True),
        "security_opt: ['no-new-privileges:true']",
    ),
    ("security_opt:", put(no_new_privileges=True), 'security_opt:\n  - "no-new-privileges:true"'),
    ("security_opt: [seccomp:unconfined, a]", put(seccomp=Seccomp.RUNTIME_DEFAULT), "security_opt: [a]"),
    ("security_opt: [seccomp:unconfined]\ntty: true", put(seccomp=Seccomp.RUNTIME_DEFAULT), "tty: true"),
    ("security_opt: [apparmor=unconfined]\ntty: true", put(apparmor=Confinement.PLATFORM_DEFAULT), "tty: true"),
    ("privileged: true  # why", put(privileged=False, proc_masked=True), "privileged: false  # why"),
    ("privileged: 'true'", put(privileged=False, proc_masked=True), "privileged: false"),
    (
        "post_start:\n- command: x\n  privileged: true",
        put(privileged=False),
        "post_start:\n- command: x\n  privileged: false",
    ),
    ("tty: true", put(read_only_root=True), "tty: true\nread_only: true"),
    ("read_only: true", put(read_only_root=False), "read_only: false"),
    ("tty: true", put(privileged=True, proc_masked=False), "tty: true\nprivileged: true"),
    ("security_opt: [a]", put(proc_masked=False), 'security_opt: [a, "systempaths=unconfined"]'),
    ("security_opt: ['systempaths=unconfined', a]", put(proc_masked=True), "security_opt: [a]"),
    ("security_opt: [no-new-privileges, a]", put(no_new_privileges=False), "security_opt: [a]"),
    (
        "security_opt: ['label=type:x', a]",
        put(selinux=SELinux(type="", user="", role="", disabled=True)),
        'security_opt: [a, "label=disable"]',
    ),
    ("cap_drop: [NET_RAW]", put(dropped=frozenset({"ALL"})), "cap_drop: [ALL]"),
    ("cap_drop: [NET_RAW, CHOWN]", put(dropped=frozenset({"ALL"})), "cap_drop: [ALL]"),
    ("cap_drop:\n- NET_RAW # a\n- b", put(dropped=frozenset({"ALL", "B"})), "cap_drop:\n- ALL # a\n- b"),
    ("cap_add: [A, CAP_A, a, b]", put(capabilities=frozenset({"B"})), "cap_add: [b]"),
    ("cap_add:\n- A\ntty: true", put(capabilities=frozenset()), "tty: true"),
    ("user: root", put(user=7, group=8), 'user: "7:8"'),
    ("user: '0:0'", put(user=7), "user: '7:0'"),
    ("user: '7:0'", put(group=8), "user: '7:8'"),
    ("user: '0:${GID:-5}'", put(user=7), "user: '7:${GID:-5}'"),
    ("tty: true", put(user=7), 'tty: true\nuser: "7:7"'),
    ("pid: host\ntty: true", put(host_namespaces=frozenset()), "tty: true"),
    ("build: {context: ., network: host}", put(host_namespaces=frozenset()), "build: {context: .}"),
    ("devices: ['/dev/a', '/dev/b:/dev/c']", without("devices", 0), "devices: ['/dev/b:/dev/c']"),
    ("cgroup_parent: x\ntty: true", put(cgroup_parent=""), "tty: true"),
    # storage
    ("volumes: ['/a:/b']", closed("mounts"), "volumes: ['/a:/b:ro']"),
    ("volumes: [/a:/b:rw]", closed("mounts"), 'volumes: ["/a:/b:ro"]'),
    ("volumes: ['/a:/b:z']", closed("mounts"), "volumes: ['/a:/b:z,ro']"),
    ("volumes: ['${A:-/a}:/b']", closed("mounts"), "volumes: ['${A:-/a}:/b:ro']"),
    ("volumes: ['C:\\a:/b']", closed("mounts"), "volumes: ['C:\\a:/b:ro']"),
    (
        "volumes:\n- type: bind\n  source: /a\n  target: /b",
        closed("mounts"),
        "volumes:\n- type: bind\n  source: /a\n  target: /b\n  read_only: true",
    ),
    (
        "volumes: [{type: bind, source: /a, target: /b, read_only: false}]",
        closed("mounts"),
        "volumes: [{type: bind, source: /a, target: /b, read_only: true}]",
    ),
    ("volumes: ['data:/b']", closed("volumes"), "volumes: ['data:/b:ro']"),
    ("volumes: [/b]", closed("volumes"), "volumes: [{type: volume, target: /b, read_only: true}]"),
    ("tmpfs: /a", closed("volumes"), 'tmpfs: ["/a:ro"]'),
    ("tmpfs: ['/a:size=1m']", closed("volumes"), "tmpfs: ['/a:size=1m,ro']"),
    (
        "volumes: ['/a:/b', 'va:/c', 'vb:/d']\nconfigs: [c, d]",
        without("volumes", 1),
        "volumes: ['/a:/b', 'va:/c']\nconfigs: [c, d]",
    ),
    ("volumes: ['va:/c']\nconfigs: [c, d]", without("volumes", 2), "volumes: ['va:/c']\nconfigs: [c]"),
    ("volumes:\n- /a:/b\n# second\n- /c:/d", without("mounts", 0), "volumes:\n# second\n- /c:/d"),
    ("volumes: ['/a:/b']\ntty: true", without("mounts", 0), "tty: true"),
    ("volumes: ['/a:/b:rshared,ro']", put(propagations=()), "volumes: ['/a:/b:ro']"),
    ("volumes: ['/a:/b:shared']", put(propagations=()), "volumes: ['/a:/b']"),
    (
        "volumes: [{type: bind, source: /a, target: /b, bind: {propagation: shared, selinux: z}}]",
        put(propagations=()),
        "volumes: [{type: bind, source: /a, target: /b, bind: {selinux: z}}]",
    ),
    ("use_api_socket: true\ntty: true", without("mounts", 0), "tty: true"),
    # resources
    ("tty: true", limit("memory_bytes", 2**29), "tty: true\nmem_limit: 512m"),
    ("mem_limit: 2g", limit("memory_bytes", 2**29), "mem_limit: 512m"),
    ("mem_limit: 0\ntty: true", limit("memory_bytes", None), "tty: true"),
    (
        "deploy: {resources: {limits: {cpus: '1'}}}",
        limit("memory_bytes", 2**29),
        "deploy: {resources: {limits: {cpus: '1', memory: 512m}}}",
    ),
    # docker-compose before version 2 knows no bound on processes in a deployment, and version 2 none beside one
    ("deploy: {resources: {limits: {cpus: '1'}}}", limit("processes", 9), 'cpus: "1"\npids_limit: 9'),
    (
        "deploy:\n  resources:\n    limits:\n      memory: 64m\n      cpus: '0.5'\ntty: true",
        limit("processes", 9),
        'tty: true\nmem_limit: 64m\ncpus: "0.5"\npids_limit: 9',
    ),
    (
        "deploy: {resources: {limits: {memory: 64m}, reservations: {memory: 32m}}}",
        limit("processes", 9),
        "deploy: {resources: {reservations: {memory: 32m}}}\nmem_limit: 64m\npids_limit: 9",
    ),
    # a swarm's, and what would be lost on the way, stay
    *(
        (f"deploy: {{{more}resources: {{limits: {limits}}}}}{behind}", limit("processes", 9), after)
        for more, limits, behind, after in (
            (
                "replicas: 2, ",
                "{cpus: '1'}",
                "",
                "deploy: {replicas: 2, resources: {limits: {cpus: '1', pids: 9}}}",
            ),
            ("", "{cpus: '1'}", "  # one", "deploy: {resources: {limits: {cpus: '1', pids: 9}}}  # one"),
            ("", "{memory: $MEMORY}", "", "deploy: {resources: {limits: {memory: $MEMORY, pids: 9}}}"),
            ("", "{cpus: '1', pids: 0}", "", "deploy: {resources: {limits: {cpus: '1', pids: 9}}}"),
        )
    ),
    (
        "deploy: {resources: {limits: {cpus: '1'}}}",
        limit("cpu_millis", 500),
        "deploy: {resources: {limits: {cpus: '0.5'}}}",
    ),
    ("deploy: {replicas: 2}", limit("memory_bytes", 2**29), "deploy: {replicas: 2}\nmem_limit: 512m"),
    (
        "mem_limit: 1g\ndeploy: {resources: {limits: {memory: 1g}}}",
        limit("memory_bytes", 2**29),
        "mem_limit: 512m\ndeploy: {resources: {limits: {memory: 512m}}}",
    ),
    ("cpus: 4", limit("cpu_millis", 1500), 'cpus: "1.5"'),
    ("pids_limit: -1", limit("processes", 100), "pids_limit: 100"),
    ("ulimits:\n  nproc: 5", limit("open_files", 1024), "ulimits:\n  nproc: 5\n  nofile: 1024"),
    ("ulimits: {nofile: {soft: 9, hard: -1}}", limit("open_files", 1024), "ulimits: {nofile: {soft: 9, hard: 1024}}"),
    (
        "ulimits: {nofile: {soft: 4096, hard: -1}}",
        limit("open_files", 1024),
        "ulimits: {nofile: {soft: 1024, hard: 1024}}",
    ),
    # operation
    ("restart: 'no'", put(restart="always"), "restart: 'always'"),
    (
        "deploy: {restart_policy: {condition: none}, replicas: 2}",
        put(restart="always"),
        "deploy: {replicas: 2}\nrestart: always",
    ),
    # texts
    (
        "environment: {A: b, C: d}",
        lambda model: replace(model, environment=replace(model.environment, variables=(("C", "d"),))),
        "environment: {C: d}",
    ),
    (
        "environment: [A=b, C=d]",
        lambda model: replace(model, environment=replace(model.environment, variables=(("C", "d"),))),
        "environment: [C=d]",
    ),
    (
        "build: {context: ., args: {A: b}}",
        lambda model: replace(model, environment=replace(model.environment, variables=())),
        "build: {context: .}",
    ),
    ("labels: [a=b, c]", without("labels", 0), "labels: [c]"),
    ("sysctls: {a: 1}\ntty: true", without("sysctls", 0), "tty: true"),
]


def lines_of(lines: str) -> str:
    return "".join(f"    {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(("before", "change", "after"), LINES)
def test_a_change_is_written_in_the_smallest_way(before: str, change: Callable[[Any], Any], after: str) -> None:
    """Quotes, comments, order and style stay; what is written is read back."""
    document, subject, model = web(WEB + lines_of(before))
    wanted = change(model)
    text, left = patched(document, subject, wanted)
    assert (text, left) == (WEB + lines_of(after), {})
    differing = {
        field.name
        for field in dataclasses.fields(type(model))
        if getattr(web(text)[2], field.name) != getattr(wanted, field.name)
    }
    # Whose group an id is in is not known until it is written; ports and networks follow from their mode.
    assert differing <= {"group"}


def test_logs_get_a_size_and_a_number_of_files() -> None:
    """With the driver where nothing was said; what is said of files is kept."""
    for lines, wanted in (
        ("", 'logging:\n  driver: json-file\n  options:\n    max-size: 1m\n    max-file: "3"'),
        ("logging: {driver: json-file}", 'logging: {driver: json-file, options: {max-size: 1m, max-file: "3"}}'),
        ("logging:\n  options:\n    max-file: 9", "logging:\n  options:\n    max-file: 9\n    max-size: 1m"),
    ):
        document, subject, model = web(WEB + lines_of(lines))
        text, left = patched(document, subject, replace(model, logging=replace(model.logging, max_bytes=2**20)))
        assert (text, left) == (WEB + lines_of(wanted), {})


def test_a_network_is_closed_where_it_is_declared() -> None:
    """At the top of the file, where it may not stand yet."""
    for top, wanted in (
        ("", "networks:\n  default:\n    internal: true\n"),
        ("networks:\n  default:\n", "networks:\n  default:\n    internal: true\n"),
        ("networks: {default: {driver: bridge}}\n", "networks: {default: {driver: bridge, internal: true}}\n"),
        ("networks:\n  default: {internal: false}\n", "networks:\n  default: {internal: true}\n"),
    ):
        document, subject, model = web(WEB + top)
        attachments = tuple(replace(one, internal=True) for one in model.attachments)
        assert patched(document, subject, replace(model, attachments=attachments)) == (WEB + wanted, {})


def test_an_image_gets_its_digest() -> None:
    """In its place and its quotes; never over a variable."""
    digest = "sha256:" + "0" * 64
    wanted = Image(name="example/web", tag="1.5", digest=digest, built_here=False)
    document, subject, model = web(WEB.replace("example/web:1.4", "'example/web:1.4' # pin"))
    text, left = patched(document, subject, replace(model, image=wanted))
    assert (text, left) == (WEB.replace("example/web:1.4", f"'example/web:1.5@{digest}' # pin"), {})
    document = load(WEB.replace("1.4", "$TAG"))
    (subject,) = document.subjects
    unchanged, left = patched(document, subject, replace(model, image=wanted))
    assert (unchanged, left) == (document.text, {"image": "a variable holds a part of it"})


# -- anchors, merges, aliases

SHARED = """\
x-base: &base
  privileged: true
  ports: &ports
    - "80:80" # shared
    - target: 81
  security_opt: [seccomp:unconfined]
services:
  web:
    <<: *base
    image: a:1
  other:
    image: b:1
    ports: *ports
  copy: &copy
    image: c:1
    ports: ["82:82"]
  alias: *copy
"""


def test_what_an_anchor_shares_is_written_out_for_one() -> None:
    """The anchor stays as it is for its other users."""
    document = load(SHARED)
    subject = named(document, "web")
    wanted: Any = host("127.0.0.1")(subject.model)
    wanted = replace(
        wanted, privileged=False, proc_masked=True, seccomp=Seccomp.RUNTIME_DEFAULT, no_new_privileges=True
    )
    text, left = patched(document, subject, wanted)
    own = "    image: a:1\n"
    added = [
        "    privileged: false\n",
        '    ports:\n      - "127.0.0.1:80:80"\n      - target: 81\n        host_ip: "127.0.0.1"\n',
        '    security_opt:\n      - "no-new-privileges:true"\n',
    ]
    before, _, after = text.partition(own)
    assert (before + own, left) == (SHARED.partition(own)[0] + own, {})
    assert all(part in after for part in added)
    assert after.endswith(SHARED.partition(own)[2])
    assert named(load(text), "web").model == wanted
    assert named(load(text), "other").model == named(document, "other").model


def test_an_alias_of_a_list_is_expanded_where_it_stands() -> None:
    """Only for the service that changes."""
    document = load(SHARED)
    subject = named(document, "other")
    text, left = patched(document, subject, host("127.0.0.1")(subject.model))
    assert left == {}
    assert "other:\n    image: b:1\n    ports:" in text
    assert '    - "80:80" # shared\n' in text
    assert named(load(text), "other").model == host("127.0.0.1")(subject.model)
    assert named(load(text), "web").model == named(document, "web").model


def test_an_alias_of_a_service_is_expanded() -> None:
    """With what changes; the other service stays."""
    document = load(SHARED)
    subject = named(document, "alias")
    wanted: Any = replace(host("127.0.0.1")(subject.model), read_only_root=True)
    text, left = patched(document, subject, wanted)
    assert left == {}
    assert named(load(text), "alias").model == wanted
    assert named(load(text), "copy").model == named(document, "copy").model


def test_what_a_merge_key_brings_can_be_overridden_but_not_taken_away() -> None:
    """There is no word for the absence of a key."""
    text = "x-a: &a {pid: host, read_only: false}\nservices:\n  web:\n    <<: *a\n    image: a:1\n"
    document, subject, model = web(text)
    wanted = replace(model, host_namespaces=frozenset(), read_only_root=True)
    new, left = patched(document, subject, wanted)
    assert (new, left) == (
        text + "    read_only: true\n",
        {"host_namespaces[pid]": "it comes from an anchor that others share"},
    )


# -- what is left


@pytest.mark.parametrize(
    ("lines", "change", "left"),
    [
        ("", put(health=None), {"health": "somebody has to decide what should stand there"}),
        ("user: ''", put(group=7), {"group": "a group needs a user: which one does the image have?"}),
        ("cpu_quota: 5", limit("cpu_millis", 100), {"limits.cpu_millis": "it follows from cpu_quota and cpu_period"}),
        ("privileged: true", put(proc_masked=True), {"proc_masked": "a privileged container sees all of it"}),
        (
            "security_opt: ['seccomp=x']",
            put(seccomp=Seccomp.UNCONFINED),
            {"seccomp": "somebody has to decide which profile"},
        ),
        ("secrets: [a]", put(volumes=()), {}),
        (
            "env_file: a.env",
            lambda model: replace(model, environment=replace(model.environment, variables=())),
            {"environment.variables[0]": "it stands in a file of variables"},
        ),
        (
            "",
            lambda model: replace(model, attachments=()),
            {"attachments[0]": "it is joined where nothing else is said"},
        ),
        ("image: ''", put(image=None), {}),
    ],
)
def test_what_cannot_be_written_is_left_with_the_reason(
    lines: str, change: Callable[[Any], Any], left: dict[str, str]
) -> None:
    """Nothing is guessed, and the rest is written."""
    document = load("services:\n  web:\n    build: .\n" + lines_of(lines), {"a.env": "A=b\n"})
    (subject,) = document.subjects
    assert patched(document, subject, change(subject.model))[1] == left


def test_a_variable_that_holds_a_whole_entry_is_left() -> None:
    """What comes out of it would not be read as it should."""
    files = {".env": "PORT=80:80\nVOLUME=/a:/b\n"}
    document, subject, model = web(WEB + "    ports: ['$PORT']\n    volumes: ['$VOLUME']\n", files)
    text, left = patched(document, subject, closed("mounts")(host("127.0.0.1")(model)))
    why = "a variable holds the whole entry"
    assert (text, left) == (document.text, {"ports[0].host": why, "mounts[0]": why})


def test_another_kind_of_model_is_refused() -> None:
    """A Compose file holds services only."""
    document, subject, _ = web(WEB)
    with pytest.raises(ValueError, match="holds services only"):
        document.patch(subject, "something")


# -- whole files


def test_the_smallest_file_can_be_hardened() -> None:
    """An image and nothing else; also without a newline at its end, and with Windows line ends."""
    for text in (
        "services:\n  web:\n    image: x\n",
        "services:\n  web:\n    image: x",
        "services:\r\n  web:\r\n    image: x\r\n",
        "services: {web: {image: x}}\n",
    ):
        document, subject, model = web(text)
        wanted = replace(
            limit("memory_bytes", 2**29)(model),
            user=7,
            group=8,
            read_only_root=True,
            no_new_privileges=True,
            dropped=frozenset({"ALL"}),
            restart="always",
        )
        new, left = patched(document, subject, wanted)
        assert left == {}
        assert web(new)[2] == wanted
        assert new.startswith(text.rstrip("}\r\n"))
        assert new.count("\r\n") == (new.count("\n") if "\r\n" in text else 0)


def test_two_services_are_patched_one_after_another() -> None:
    """Each from the text that the other left."""
    text = "services:\n  a:\n    image: x # one\n\n  # about b\n  b:\n    image: y\n"
    for name in ("a", "b"):
        document = load(text)
        subject = named(document, name)
        text, left = patched(document, subject, replace(subject.model, read_only_root=True))  # type: ignore[type-var]
        assert left == {}
    hardened = "services:\n  a:\n    image: x # one\n    read_only: true\n\n  # about b\n"
    assert text == hardened + "  b:\n    image: y\n    read_only: true\n"


def test_a_byte_order_mark_stays() -> None:
    """It is no part of the first key."""
    text = "\ufeffservices:\n  web:\n    image: x\n"
    document, subject, model = web(text)
    assert patched(document, subject, replace(model, read_only_root=True)) == (text + "    read_only: true\n", {})
