"""Where things stand: the line, and exactly the characters, of every field of a service."""

import pytest

from formats.compose_kit import load, named, shown, web

TEXT = """\
x-limits: &limits
  mem_limit: 1g
  ulimits: {nofile: {soft: 1, hard: 2}}
services:
  "web": # the service
    <<: *limits
    image: &image example/web:1.4
    build:
      context: .
      args:
        - TOKEN=abc
      privileged: yes
    user: "0"
    read_only: false # why
    security_opt:
      - no-new-privileges:false
      - "label:type:spc_t"
    cap_add: [ SYS_ADMIN, 'NET_RAW' ]
    cap_drop:
    - CHOWN
    environment:
      A: one
      B: >
        two
        three
      C:
    env_file: a.env
    ports:
      - 80:80
      - target: 81
        host_ip: 0.0.0.0
      - {target: 82}
    volumes:
      - /a:/a:shared
      - type: bind
        source: /b
        target: /b
        bind:
          propagation: rshared
      - data:/c
    tmpfs: /d
    secrets: [s]
    devices:
      - /dev/a:/dev/a
    labels: {a: b}
    command: serve --token "x y"
    entrypoint:
      - run
    pid: host
    logging: &log
      driver: json-file
      options:
        max-size: 0
    healthcheck:
      disable: true
    deploy:
      resources:
        limits:
          cpus: '0'
      restart_policy:
        condition: none
    cgroup_parent: x
    pids_limit: -1
    networks:
      - back
networks:
  back: {}
"""

PLACES = {
    "image": (7, "image: &image example/web:1.4"),
    "user": (13, 'user: "0"'),
    "group": (13, 'user: "0"'),
    "read_only_root": (14, "read_only: false"),
    "privileged": (12, "privileged: yes"),
    "no_new_privileges": (16, "no-new-privileges:false"),
    "selinux.type": (17, '"label:type:spc_t"'),
    "selinux.disabled": (5, '"web"'),
    "seccomp": (5, '"web"'),
    "capabilities[SYS_ADMIN]": (18, "SYS_ADMIN"),
    "capabilities[NET_RAW]": (18, "'NET_RAW'"),
    "dropped": (19, "cap_drop"),
    "dropped[CHOWN]": (20, "CHOWN"),
    "environment.variables[0]": (22, "one"),
    "environment.variables[1]": (23, ">\n        two\n        three"),
    "environment.variables[2]": (26, "C"),
    "environment.variables[3]": (11, "TOKEN=abc"),
    "environment.variables[4]": (27, "a.env"),
    "ports[0].host": (29, "80:80"),
    "ports[1].host": (31, "host_ip: 0.0.0.0"),
    "ports[1]": (30, "target: 81"),
    "ports[2].host": (32, "{target: 82}"),
    "mounts[0]": (34, "/a:/a:shared"),
    "mounts[0].writable": (34, "/a:/a:shared"),
    "mounts[1]": (35, "type: bind"),
    "propagations[0]": (34, "/a:/a:shared"),
    "propagations[1]": (39, "propagation: rshared"),
    "volumes[0]": (40, "data:/c"),
    "volumes[1]": (42, "s"),
    "volumes[2]": (41, "/d"),
    "devices[0]": (44, "/dev/a:/dev/a"),
    "labels[0]": (45, "b"),
    "command[0]": (48, "run"),
    "command[3]": (46, 'serve --token "x y"'),
    "host_namespaces[pid]": (49, "pid: host"),
    "attachments[0].internal": (65, "back"),
    "logging.max_bytes": (53, "max-size: 0"),
    "logging": (50, "logging"),
    "health": (55, "disable: true"),
    "limits.cpu_millis": (59, "cpus: '0'"),
    "limits.memory_bytes": (2, "mem_limit: 1g"),
    "limits.open_files": (3, "hard: 2"),
    "limits.processes": (63, "pids_limit: -1"),
    "restart": (61, "condition: none"),
    "cgroup_parent": (62, "cgroup_parent: x"),
    "sysctls": (5, '"web"'),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("path", PLACES)
def test_a_field_stands_where_it_is_written(path: str, newline: str) -> None:
    """What the file does not say stands at the service's key; lists, mappings and texts over lines too."""
    document, subject, _ = web(TEXT.replace("\n", newline), {"a.env": "PASSWORD=x\n"})
    line, said = shown(document, document.place(subject, path))
    assert (line, said.replace("\r\n", "\n")) == PLACES[path]


def test_the_host_s_network_stands_where_it_is_joined() -> None:
    """Under its other name."""
    document, subject, _ = web(
        "services:\n  web:\n    image: x\n    networks:\n      - back\n      - out\n"
        "networks: {out: {external: true, name: host}}\n"
    )
    assert shown(document, document.place(subject, "host_namespaces[network]")) == (6, "out")


def test_places_count_characters() -> None:
    """What is not ASCII is one column as well; a byte order mark is none, as editors have it."""
    text = "services: {ä: {image: 'ö:1'}, web: {image: a, user: root}}\n"
    for before in ("", "\ufeff"):
        document, subject, _ = web(before + text)
        place = document.place(subject, "user")
        assert (place.line, place.column, place.end_column) == (1, text.index("user") + 1, text.index("}}") + 1)


def test_an_entry_in_braces_stands_on_all_its_lines() -> None:
    """So that what is masked or marked is all of it."""
    document, subject, _ = web("services:\n  web:\n    image: x\n    ports: [{target: 80,\n      published: 80}]\n")
    assert shown(document, document.place(subject, "ports[0].host")) == (4, "{target: 80,\n      published: 80}")
    assert document.place(subject, "ports[0].host").end_line == 5


def test_what_is_unread_has_a_stretch() -> None:
    """Of damage one character, of a thing its own."""
    (damage,) = load("services: [\n").unread
    assert (damage.place.line, damage.place.end_column - damage.place.column) == (1, 1)
    document = load("services: [x]\n")
    assert shown(document, document.unread[0].place) == (1, "services")


def test_every_way_to_nothing_ends_at_the_service() -> None:
    """An unknown path, and a service that an alias brings."""
    document = load("services:\n  a: &a\n    image: x\n  b: *a\n")
    subject = named(document, "b")
    assert shown(document, document.place(subject, "mounts[7].source")) == (4, "b")
    assert shown(document, document.place(subject, "image")) == (3, "image: x")
