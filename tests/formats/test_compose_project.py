"""Several files that make one project: overrides, includes, extended services, documents, fragments."""

from typing import Any

import pytest

from formats.compose_kit import WEB, load, named, patched, shown, web
from ringfence import dataclasses
from ringfence.formats.document import is_unknown
from ringfence.model import Namespace


def over(lines: str) -> str:
    """An override of the service `web`."""
    return "services:\n  web:\n" + "".join(f"    {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(
    ("base", "change", "field", "value"),
    [
        ("cap_add: [A, B]", "cap_add: [B, C]", "capabilities", {"A", "B", "C"}),
        (
            "security_opt: ['no-new-privileges:true']",
            "security_opt: [no-new-privileges=false]",
            "no_new_privileges",
            False,
        ),
        ("volumes: ['va:/x', 'vb:/y']", "volumes: ['vc:/x:ro']", "volumes", [("vc", "/x", False), ("vb", "/y", True)]),
        ("volumes: ['va:/x']", "volumes: [{type: volume, source: c, target: /x}]", "volumes", [("c", "/x", True)]),
        ("ports: ['80:80']", "ports: [{target: 80, published: '80'}]", "ports", [("", "80", "80", "tcp")]),
        (
            "ports: ['80:80']",
            "ports: ['127.0.0.1:80:80']",
            "ports",
            [("", "80", "80", "tcp"), ("127.0.0.1", "80", "80", "tcp")],
        ),
        ("ports: ['80:80']", "ports: !override ['1:1']", "ports", [("", "1", "1", "tcp")]),
        ("ports: ['80:80']", "ports: !reset []", "ports", []),
        ("environment: {A: 1, B: 2}", "environment: [B=3, C=4]", "environment", [("A", "1"), ("B", "3"), ("C", "4")]),
        ("environment: [A=1]", "environment: {A: }", "environment", [("A", "")]),
        ("environment: {A: 1, B: 2}", "environment: {A: !reset null}", "environment", [("B", "2")]),
        ("environment: {A: 1}", "environment:", "environment", [("A", "1")]),
        ("labels: {a: b}", "labels: [a=c]", "labels", [("a", "c")]),
        ("command: [a, b]", "command: c d", "command", ("c", "d")),
        ("entrypoint: a", "entrypoint: [b]", "command", ("b",)),
        ("devices: ['/dev/a:/dev/x']", "devices: ['/dev/b:/dev/x']", "devices", ("/dev/b",)),
        ("tmpfs: /a", "tmpfs: [/b]", "volumes", [("", "/a", True), ("", "/b", True)]),
        ("networks: [front]", "networks: {back: {aliases: [b]}}", "attachments", [("front", False), ("back", True)]),
        ("privileged: true", "privileged: false", "privileged", False),
        ("deploy: {resources: {limits: {memory: 1g}}}", "deploy: {resources: {limits: {cpus: 1}}}", "memory", 2**30),
        (
            "logging: {driver: json-file, options: {max-size: 1m}}",
            "logging: {options: {max-file: 2}}",
            "log",
            ("json-file", 2**20),
        ),
        ("logging: {driver: json-file, options: {max-size: 1m}}", "logging: {driver: syslog}", "log", ("syslog", None)),
        ("build: .", "build: {args: {A: b}}", "environment", [("A", "b")]),
        ("ulimits: {nofile: 5}", "ulimits: {nofile: {soft: 1, hard: 2}}", "files", 2),
        ("healthcheck: {test: [CMD, a]}", "healthcheck: {test: [NONE]}", "healthy", False),
        ("extra_hosts: ['a:1']", "extra_hosts: {b: 2}", "privileged", False),
    ],
)
def test_an_override_is_merged_as_compose_merges_it(base: str, change: str, field: str, value: object) -> None:
    """Mappings by key, lists appended, some unique by what they are about, commands replaced, tags obeyed."""
    text = (
        WEB + "".join(f"    {line}\n" for line in base.splitlines()) + "networks: {front: , back: {internal: true}}\n"
    )
    _, _, model = web(text, {"compose.override.yaml": over(change)})
    assert _said(model, field) == value


def _said(model: Any, field: str) -> object:
    said = {
        "volumes": [(one.name, one.target, one.writable) for one in model.volumes],
        "ports": [(one.host, one.published, one.target, one.protocol) for one in model.ports],
        "environment": list(model.environment.variables),
        "labels": list(model.labels),
        "attachments": [(one.name, one.internal) for one in model.attachments],
        "memory": model.limits.memory_bytes,
        "files": model.limits.open_files,
        "log": (model.logging.driver, model.logging.max_bytes),
        "healthy": model.health.live,
    }
    return said.get(field, getattr(model, field, None))


def test_a_merged_value_stands_where_it_was_written() -> None:
    """Also a list of variables that was merged with a mapping."""
    change = over("environment: [B=2]\nports: ['81:80']\nprivileged: true")
    document, subject, _ = web(
        WEB + "    environment: {A: 1}\n    ports: ['80:80']\n", {"compose.override.yml": change}
    )
    places = {path: document.place(subject, path) for path in ("privileged", "ports[0]", "ports[1]", "read_only_root")}
    places |= {f"[{n}]": document.place(subject, f"environment.variables[{n}]") for n in (0, 1)}
    found = {path: (place.file, *shown(document, place)) for path, place in places.items()}
    assert found == {
        "privileged": ("compose.override.yml", 5, "privileged: true"),
        "ports[0]": ("compose.yaml", 5, "'80:80'"),
        "ports[1]": ("compose.override.yml", 4, "'81:80'"),
        "read_only_root": ("compose.yaml", 2, "web"),
        "[0]": ("compose.yaml", 4, "1"),
        "[1]": ("compose.override.yml", 3, "B=2"),
    }


def test_what_an_override_says_is_left_in_the_base_and_written_in_the_override() -> None:
    """Each file is edited where its own lines are, and neither gets what belongs in the other."""
    change = over("privileged: true  # why\nuser: root\nports: ['81:80']\nenvironment: [A=1]")
    files = {"compose.override.yaml": change}
    document, subject, model = web(WEB, files)
    wanted = dataclasses.replace(
        model,
        privileged=False,
        proc_masked=True,
        user=7,
        read_only_root=True,
        ports=tuple(dataclasses.replace(one, host="127.0.0.1") for one in model.ports),
    )
    text, left = patched(document, subject, wanted)
    stands = "it stands in compose.override.yaml"
    assert left == {"privileged": stands, "user": stands, "ports[0].host": stands}
    assert text == WEB + "    read_only: true\n"
    other = load(change, {"compose.yaml": WEB}, file="compose.override.yaml")
    text, left = patched(other, named(other, "web"), wanted)
    assert left == {"read_only_root": "it belongs in compose.yaml"}
    assert text == change.replace("true  #", "false  #").replace("root", '"7:7"').replace("'81", "'127.0.0.1:81")


def test_a_service_of_the_override_alone_is_judged_with_the_base() -> None:
    """It stands in the other file, which is the one to edit."""
    change = "services:\n  debug:\n    image: b:1\n    pid: host\n"
    document = load(WEB, {"compose.override.yaml": change})
    subject = named(document, "debug")
    assert subject.model.host_namespaces == {Namespace.PID}  # type: ignore[attr-defined]
    place = document.place(subject, "read_only_root")
    assert (place.file, place.line) == ("compose.override.yaml", 2)
    wanted: Any = dataclasses.replace(subject.model, read_only_root=True)  # type: ignore[type-var]
    assert patched(document, subject, wanted)[1] == {"read_only_root": "it stands in compose.override.yaml"}


@pytest.mark.parametrize(
    ("file", "others", "parts"),
    [
        ("compose.yaml", ["compose.override.yaml"], ("compose.override.yaml",)),
        ("docker-compose.yml", ["docker-compose.override.yml"], ("docker-compose.override.yml",)),
        ("a/compose.yml", ["a/compose.override.yml", "compose.override.yml"], ("a/compose.override.yml",)),
        ("compose.yaml", ["compose.override.yaml", "compose.override.yml"], ("compose.override.yml",)),
        ("docker-compose.yml", ["compose.yaml", "docker-compose.override.yml"], ()),
        ("compose.prod.yaml", ["compose.yaml", "compose.override.yaml"], ()),
    ],
)
def test_the_override_is_the_first_that_compose_finds(file: str, others: list[str], parts: tuple[str, ...]) -> None:
    """Beside the first base that it finds; any other file stands for itself."""
    document = load(WEB, dict.fromkeys(others, over("privileged: true")), file=file)
    assert document.parts == parts  # type: ignore[attr-defined]
    assert named(document, "web").model.privileged is bool(parts)  # type: ignore[attr-defined]


def test_damage_of_an_override_is_said() -> None:
    """With its own place, since it is not examined alone."""
    document = load(WEB, {"compose.override.yaml": over("user: a\nuser: b") + "   x"})
    found = [(one.place.file, one.place.line) for one in document.unread]
    assert ("compose.override.yaml", 5) in found
    document = load(WEB, {"compose.override.yaml": over("user: a\nuser: b")})
    assert [(one.place.line, one.message) for one in document.unread] == [(4, "the key user stands here twice")]


def test_a_file_that_is_laid_over_another_is_judged_by_what_it_says() -> None:
    """Without an image a service cannot stand alone; what it leaves out is said by nobody knows which file."""
    text = "services:\n  web:\n    ports: ['80:80']\n    mem_limit: 0\n  db:\n    image: a:1\n"
    document = load(text, file="docker-compose.prod.yml")
    web_, db = (named(document, name) for name in ("web", "db"))
    paths = (
        "ports[0].host",
        "limits.memory_bytes",
        "limits.processes",
        "read_only_root",
        "no_new_privileges",
        "health",
    )
    assert [path for path in paths if not is_unknown(path, web_.unknown)] == ["ports[0].host", "limits.memory_bytes"]
    assert [path for path in paths if is_unknown(path, db.unknown)] == []
    alone = named(load(text, file="stack.yml"), "web")
    assert [path for path in paths if is_unknown(path, alone.unknown)] == []


# -- extends


def test_an_extended_service_brings_what_the_other_does_not_say() -> None:
    """Over several steps and files; the service's own values win."""
    text = (
        "services:\n  web:\n    extends: {file: common/base.yml, service: app}\n    user: '1000'\n    cap_add: [C]\n"
        "  copy:\n    extends:\n      service: web\n"
    )
    common = "services:\n  app:\n    extends: root\n    cap_add: [B]\n"
    common += "  root:\n    image: a:1\n    user: '0'\n    cap_add: [A]\n"
    document = load(text, {"common/base.yml": common})
    assert document.unread == ()
    for name in ("web", "copy"):
        model: Any = named(document, name).model
        assert (model.user, model.capabilities, model.image.name) == (1000, {"A", "B", "C"}, "a")
    place = document.place(named(document, "copy"), "capabilities[B]")
    assert (place.file, *shown(document, place)) == ("common/base.yml", 4, "B")


def test_what_an_extended_service_brings_is_overridden_or_left() -> None:
    """One value can be set anew here; an item of a list is the other's."""
    text = "services:\n  base:\n    image: a:1\n    privileged: true\n    cap_add: [A]\n  web:\n    extends: base\n"
    document, subject, model = web(text)
    wanted = dataclasses.replace(
        model, privileged=False, proc_masked=True, capabilities=frozenset(), no_new_privileges=True
    )
    new, left = patched(document, subject, wanted)
    assert left == {"capabilities[A]": "it comes from a service that is extended"}
    assert new == text + '    privileged: false\n    security_opt:\n      - "no-new-privileges:true"\n'


@pytest.mark.parametrize(
    ("text", "files", "messages"),
    [
        ("a: {extends: b}, b: {extends: c}, c: {extends: a}", {}, {"the services extend each other"}),
        (
            "a: {extends: {file: x.yml, service: a}}",
            {"x.yml": "services: {a: {extends: {file: compose.yaml, service: a}}}"},
            {"the services extend each other"},
        ),
        ("a: {extends: {file: gone.yml, service: b}}", {}, {"there is no service 'b' to extend"}),
        ("a: {extends: {file: ../up.yml, service: b}}", {"../up.yml": WEB}, {"there is no service 'b' to extend"}),
        ("a: {extends: {file: $X, service: b}}", {}, {"there is no service 'b' to extend"}),
        ("a: {extends: [b]}", {}, {"there is no service '' to extend"}),
        (
            ", ".join(f"s{n}: {{extends: s{n + 1}}}" for n in range(23)) + ", s23: {image: a:1}",
            {},
            {"more than 20 services extend one another"},
        ),
    ],
)
def test_what_cannot_be_extended_is_said(text: str, files: dict[str, str], messages: set[str]) -> None:
    """And of such a service only what it says itself is judged."""
    document = load(f"services: {{{text}}}\n", files)
    assert {one.message for one in document.unread} == messages
    assert all(one.place.line == 1 for one in document.unread)
    assert all(is_unknown("read_only_root", document.subjects[0].unknown) for _ in messages)


def test_the_depth_of_extending_is_bounded_but_deep_enough() -> None:
    """Twenty steps are read."""
    steps = "".join(f"  s{n}: {{extends: s{n + 1}}}\n" for n in range(19))
    document = load(f"services:\n{steps}  s19: {{image: 'a:1', privileged: true}}\n")
    assert document.unread == ()
    assert all(one.model.privileged for one in document.subjects)  # type: ignore[attr-defined]


# -- include


def test_networks_of_included_files_are_known() -> None:
    """Over two steps, each relative to its own file, in every form; services are judged where they stand."""
    text = "include:\n  - sub/a.yaml\n  - {path: [x/compose.yaml, x/more.yaml], env_file: x/.env}\n" + WEB
    text += "    networks: [one, two, three]\n"
    files = {
        "sub/a.yaml": "include: [../b/compose.yaml]\nservices:\n  far:\n    image: b:1\n",
        "b/compose.yaml": "networks: {one: {internal: true}}\n",
        "x/compose.yaml": "networks: {two: {internal: true}}\n",
        "x/more.yaml": "networks: {three: {internal: true}}\n",
    }
    document, _, model = web(text, files)
    assert [one.internal for one in model.attachments] == [True, True, True]
    assert [one.name for one in document.subjects] == ["service web"]


def test_an_included_file_that_nobody_would_know_is_judged_here() -> None:
    """Its name and its first lines do not say that it is Compose's, so that it would never be examined."""
    files = {
        "parts/db": "services:\n  db:\n    container_name: x\n    extends: base\n  base: {image: a:1, pid: host}\n"
    }
    files = {"parts/db": "x-base: &b {image: 'a:1', pid: host}\nservices:\n  db: *b\n"}
    document = load("include: [parts/db]\n" + WEB, files)
    subject = named(document, "db")
    place = document.place(subject, "host_namespaces[pid]")
    assert (place.file, *shown(document, place)) == ("parts/db", 1, "pid: host")


@pytest.mark.parametrize(
    ("include", "message"),
    [
        ("gone.yaml", "the included file gone.yaml is not there or cannot be read"),
        ("../up.yaml", "the included file ../up.yaml cannot be read from here"),
        ("/etc/compose.yaml", "the included file /etc/compose.yaml cannot be read from here"),
        (
            "https://example.com/compose.yaml",
            "the included file https://example.com/compose.yaml cannot be read from here",
        ),
        ("$X/compose.yaml", "the included file ${X}/compose.yaml cannot be read from here"),
        ("compose.yaml", "the files include each other"),
        ("loop.yaml", "the files include each other"),
    ],
)
def test_what_cannot_be_included_is_said(include: str, message: str) -> None:
    """With the line that names it."""
    files = {"../up.yaml": WEB, "/etc/compose.yaml": WEB, "compose.yaml": WEB, "loop.yaml": "include: [compose.yaml]\n"}
    document = load(f"{WEB}include:\n  - {include}\n", files)
    (unread,) = document.unread
    assert unread.message == message
    assert (unread.place.file, unread.place.line) == (
        ("loop.yaml", 1) if include == "loop.yaml" else ("compose.yaml", 5)
    )


# -- one file


def test_documents_of_one_file_are_merged() -> None:
    """As Compose merges them, in their order."""
    text = WEB + "    privileged: true\n---\nservices:\n  web:\n    privileged: false\n    user: '7'\n"
    _, _, model = web(text)
    assert (model.privileged, model.user, model.image.tag) == (False, 7, "1.4")


def test_the_first_version_of_the_format_has_services_at_the_top() -> None:
    """A file's name must say that it is Compose's; anchors and extensions are no services."""
    text = "x-a: {image: b}\nweb:\n  image: a:1\n  privileged: true\ndb:\n  build: .\n"
    document = load(text, file="docker-compose.yml")
    assert [one.name for one in document.subjects] == ["service web", "service db"]
    assert document.unread == ()
    assert load(text, file="stack.yml").subjects == ()
    subject = named(document, "web")
    wanted: Any = dataclasses.replace(subject.model, privileged=False, proc_masked=True)  # type: ignore[type-var]
    assert patched(document, subject, wanted) == (text.replace("true", "false"), {})


def test_a_service_that_no_container_stands_for_is_not_judged() -> None:
    """A provider runs it outside of the engine."""
    assert load("services:\n  db:\n    provider: {type: cloud}\n").subjects == ()


def test_profiles_do_not_hide_a_service() -> None:
    """It runs when somebody asks for it."""
    _, _, model = web(WEB + "    profiles: [debug]\n    privileged: true\n")
    assert model.privileged


def test_values_that_a_tag_takes_away_are_not_there() -> None:
    """Also without a file below."""
    _, _, model = web(WEB + "    privileged: !reset true\n    environment: {A: !reset b, C: d}\n")
    assert model.privileged is False
