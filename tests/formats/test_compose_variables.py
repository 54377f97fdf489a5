"""Variables in Compose files: where their values come from, and what is known where they have none."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.compose_kit import WEB, load, shown, web
from ringfence.formats.compose import dotenv
from ringfence.formats.compose.interpolation import interpolated, is_mark, marked_names
from ringfence.formats.compose.interpolation import shown as written
from ringfence.formats.document import is_unknown
from ringfence.models.service import Image


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${A:+${B:-c}}", "c"),
        ("${E:+x}", ""),
        ("${E+x}", "x"),
        ("a${A}b$A-$$", "a1b1-$"),
        ("${A:-{}", "1"),
        ("${B:-a:b/c-d}", "a:b/c-d"),
        ("${B:-}", ""),
        ("${b:-lower}", "lower"),
        ("$1 ${} $( ${A-", "$1 ${} $( ${A-"),
        ("${A/x/y}", "1"),
    ],
)
def test_an_expression_has_its_value(text: str, value: str) -> None:
    """Operators with and without a colon, braces in defaults, and what is no expression."""
    assert interpolated(text, {"A": "1", "E": ""}).value == value


@pytest.mark.parametrize(
    ("text", "names"),
    [("$X", ["X"]), ("${X:?gone}", ["X"]), ("${X:+a}", ["X"]), ("${X}:${Y-1}:${Z}", ["X", "Z"]), ("${A:-${X}}", [])],
)
def test_what_has_no_value_is_marked(text: str, names: list[str]) -> None:
    """Nothing is guessed; the mark says which variable it was."""
    said = interpolated(text, {"A": "1"})
    assert (marked_names(said.value), said.marked) == (names, bool(names))


def test_a_mark_is_shown_as_a_variable() -> None:
    """People see `${NAME}`, and a text that is nothing else is told apart."""
    assert written(interpolated("a-$X-${Y:?why}", {}).value) == "a-${X}-${Y}"
    assert is_mark(interpolated("${X}", {}).value)
    assert not is_mark(interpolated("${X}${Y}", {}).value)


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="${}:-+?AB_ 1", max_size=40))
def test_any_text_is_filled_in(text: str) -> None:
    """Never an error; without a dollar nothing changes, and what is filled in stays as it is."""
    said = interpolated(text, {"A": "x", "B": ""})
    assert said.value == text or "$" in text
    assert said.marked is False or marked_names(said.value)


ENV_FILE = """\
# a comment
A=1
export B = two words # a comment
C='single $A \\'quoted\\' # no comment'
D="double $A\\tand \\"quoted\\" \\$A"
E=
F
G: yaml
H=a#b
  I=${A}${J:-j}
K="over
two lines"
not a variable
L=$GONE
M=last"""


def test_a_file_of_variables_is_read_as_compose_reads_it() -> None:
    """Quotes, escapes, comments, values of values, values over lines; names without a value set nothing."""
    found = {name: written(value) for name, value in dotenv.variables(ENV_FILE).items()}
    assert found == {
        "A": "1",
        "B": "two words",
        "C": "single $A 'quoted' # no comment",
        "D": 'double 1\tand "quoted" $A',
        "E": "",
        "G": "yaml",
        "H": "a#b",
        "I": "1j",
        "K": "over\ntwo lines",
        "L": "${GONE}",
        "M": "last",
    }


def test_a_raw_file_of_variables_is_taken_as_it_stands() -> None:
    """No quotes are taken off and nothing is filled in."""
    assert dotenv.raw("A='x' # y\n#B=1\nC=$A\nD\n") == {"A": "'x' # y", "C": "$A"}


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="AB=:\"'\\ #$\n\r\t{}-", max_size=60))
def test_any_text_is_a_file_of_variables(text: str) -> None:
    """Never an error, and never a name that is none."""
    assert all(name and name.isprintable() for name in dotenv.variables(text))


def test_windows_line_ends_belong_to_no_value() -> None:
    """Neither in `.env` nor in a raw file."""
    assert dotenv.variables("A=1\r\nB='2'\r\nC\r\n") == {"A": "1", "B": "2"}
    assert dotenv.raw("A=1\r\n") == {"A": "1"}


@pytest.mark.parametrize(
    ("image", "known", "wanted"),
    [
        ("${REG}/app", True, Image(name="${REG}/app", tag=None, digest=None, built_here=False)),
        ("${REG}/app:latest", True, Image(name="${REG}/app", tag="latest", digest=None, built_here=False)),
        ("${REG}:5000/a/app:1.2", True, Image(name="${REG}:5000/a/app", tag="1.2", digest=None, built_here=False)),
        ("${APP}:1.2", True, Image(name="${APP}", tag="1.2", digest=None, built_here=False)),
        ("app:${TAG:-latest}", True, Image(name="app", tag="latest", digest=None, built_here=False)),
        ("app:${TAG}", False, None),
        ("app:1.${MINOR}", False, None),
        ("app${SUFFIX}", False, None),
        ("${IMAGE}", False, None),
        ("app@${DIGEST}", False, None),
    ],
)
def test_an_image_is_known_as_far_as_it_is_written(image: str, known: bool, wanted: Image | None) -> None:
    """A registry in a variable does not hide that there is no tag; a tag in one does."""
    (subject,) = load(f"services:\n  web:\n    image: {image}\n").subjects
    assert is_unknown("image", subject.unknown) is not known
    if known:
        assert subject.model.image == wanted  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("entry", "source", "known"),
    [
        ("${HOME}/.ssh:/root/.ssh", "${HOME}/.ssh", True),
        ("$PWD/a.conf:/a.conf", "${PWD}/a.conf", True),
        ("${SOCKET:-/var/run/docker.sock}:/s", "/var/run/docker.sock", True),
        ("${DATA}:/data", "${DATA}", False),
        ("${PROJECT}_data:/data", "${PROJECT}_data", False),
    ],
)
def test_a_mount_is_known_as_far_as_it_is_written(entry: str, source: str, known: bool) -> None:
    """Where a variable may be a volume's name as well as a path, nothing is said of it."""
    _, subject, model = web(WEB + f"    volumes: ['{entry}']\n")
    assert [one.source for one in model.mounts] == [source]
    assert is_unknown("mounts[0]", subject.unknown) is not known


def test_a_mode_in_a_variable_leaves_only_the_mode_unknown() -> None:
    """Where it leads to is known all the same."""
    _, subject, _ = web(
        WEB + "    volumes: ['/etc:/etc:${MODE}', {type: bind, source: /a, target: /a, read_only: '$RO'}]\n"
    )
    assert {one for one in subject.unknown if "[" in one} == {"mounts[0].writable", "mounts[1].writable"}


@pytest.mark.parametrize(
    ("written_", "known"),
    [
        ('"${PORT}:80"', True),
        ('"${HOST_PORT}:80"', True),
        ('"${SHIPPING}:80"', True),
        ('"${BIND_PORT:-80}:80"', True),
        ('"${HOST_IP}:80"', False),
        ('"${LISTEN}:80:80"', False),
        ('"${ALL}"', False),
        ('"80:${TARGET}"', True),
    ],
)
def test_a_port_in_a_variable_hides_the_address_only_where_it_may_hold_one(written_: str, known: bool) -> None:
    """A variable for a number leaves the host what it is: every interface."""
    _, subject, model = web(WEB + f"    ports: [{written_}]\n")
    assert is_unknown("ports[0].host", subject.unknown) is not known
    assert not known or model.ports[0].host == ""


def test_a_secret_beside_a_variable_is_known() -> None:
    """What stands in the file is judged; what does not is shown as the variable that it is."""
    lines = [
        "environment:",
        "  URL: postgres://app:s3cret-9@${HOST}/db",
        "  PASSWORD: ${PASSWORD:-hunter2}",
        "  OTHER: ${OTHER}",
        "  MIXED: a-${FROM_ENV}",
        "  DOLLAR: a$$b",
        "  NONE:",
        "command: serve --token ${TOKEN} --key k-${KEY:-abc}",
        "labels: ['a=${A:-b}', 'c=$C', d]",
    ]
    text = WEB + "".join(f"    {line}\n" for line in lines)
    _, subject, model = web(text, {".env": "FROM_ENV=secret\nPASSWORD=secret\n"})
    assert model.environment.variables == (
        ("URL", "postgres://app:s3cret-9@${HOST}/db"),
        ("PASSWORD", "hunter2"),
        ("OTHER", ""),
        ("MIXED", "a-${FROM_ENV}"),
        ("DOLLAR", "a$b"),
        ("NONE", ""),
    )
    assert model.command == ("serve", "--token", "${TOKEN}", "--key", "k-abc")
    assert model.labels == (("a", "b"), ("c", ""), ("d", ""))
    unknown = {one for one in subject.unknown if "[" in one}
    assert unknown == {"environment.variables[2]", "environment.variables[5]", "labels[1]", "labels[2]"}


def test_files_of_variables_are_read_where_the_service_names_them() -> None:
    """Later ones win over earlier ones, the service's own variables over all; a missing one is no error."""
    text = WEB + "    environment: {OWN: 1}\n    env_file:\n"
    text += "      - a.env\n      - {path: sub/b.env, format: raw}\n      - gone.env\n"
    text += "      - {required: false}\n      - $UNKNOWN/c.env\n"
    files = {"a.env": "OWN=2\nA=$HOST-x\nB=3\n", "sub/b.env": "B='4'\n"}
    document, subject, model = web(text, files)
    assert model.environment.variables == (("OWN", "1"), ("A", "${HOST}-x"), ("B", "'4'"))
    places = [document.place(subject, f"environment.variables[{index}]") for index in range(3)]
    assert [shown(document, one) for one in places] == [(4, "1"), (6, "a.env"), (7, "{path: sub/b.env, format: raw}")]


def test_one_word_names_one_file_of_variables() -> None:
    """Relative to the file in which it stands."""
    text = "services:\n  web:\n    extends: {file: sub/base.yaml, service: base}\n"
    base = "services:\n  base:\n    image: a:1\n    env_file: b.env\n"
    _, _, model = web(text, {"sub/base.yaml": base, "sub/b.env": "A=1\n", "b.env": "A=2\n"})
    assert model.environment.variables == (("A", "1"),)


def test_values_come_from_no_other_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither our own environment nor a `.env` of another folder."""
    monkeypatch.setenv("ADDRESS", "127.0.0.1")
    document = load(WEB + "    cgroup_parent: $ADDRESS\n", {".env": "ADDRESS=1\n"}, file="sub/compose.yaml")
    (subject,) = document.subjects
    assert "cgroup_parent" in subject.unknown


def test_the_env_file_is_read_only_where_a_variable_needs_it() -> None:
    """A file without a dollar costs no look-up."""
    asked: list[str] = []

    def read(path: str) -> None:
        asked.append(path)

    from ringfence.formats import compose

    compose.load(WEB, "x.yaml", read)
    assert asked == []
    compose.load(WEB + "    user: $A\n", "x.yaml", read)
    assert asked == [".env"]


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("security_opt: ['seccomp=$P']", "seccomp"),
        ("security_opt: ['no-new-privileges:$X']", "no_new_privileges"),
        ("network_mode: $M", "host_namespaces[network]"),
        ("network_mode: $M", "attachments[0].internal"),
        ("pid: $P", "host_namespaces[pid]"),
        ("cap_drop: [$C]", "dropped"),
        ("cap_add: [$C]", "capabilities[${C}]"),
        ("logging: {driver: $D}", "logging.max_bytes"),
        ("logging: {options: {max-size: $S}}", "logging.max_bytes"),
        ("logging: {options: {max-size: lots}}", "logging.max_bytes"),
        ("healthcheck: {disable: $D}", "health"),
        ("restart: $R", "restart"),
        ("deploy: {restart_policy: {condition: $R}}", "restart"),
        ("deploy: {resources: {limits: {memory: $M}}}", "limits.memory_bytes"),
        ("cpus: many", "limits.cpu_millis"),
        ("cpu_quota: 5\ncpu_period: $P", "limits.cpu_millis"),
        ("ulimits: {nofile: $N}", "limits.open_files"),
        ("pids_limit: 1.5", "limits.processes"),
        ("devices: ['$D:/dev/x']", "devices[0]"),
        ("sysctls: {a: $A}", "sysctls[0]"),
        ("user: '1000:$G'", "group"),
        ("user: '${U}:0'", "user"),
        ("image: ${I}", "image"),
        ("image: NotAReference", "image"),
        ("volumes: ['/a:/a:$MODE']", "mounts[0].writable"),
        ("networks: [$N]", "attachments[0].internal"),
        ("networks: [n]", "attachments[0].internal"),
        ("read_only: maybe", "read_only_root"),
    ],
)
def test_a_value_that_cannot_be_known_is_unknown(lines: str, path: str) -> None:
    """A variable, or a value that the engine does not take."""
    text = "services:\n  web:\n    build: .\n" + "".join(f"    {line}\n" for line in lines.splitlines())
    _, subject, _ = web(text + "networks:\n  n: {internal: $I}\n")
    assert is_unknown(path, subject.unknown)


def test_what_is_known_beside_an_unknown_is_judged() -> None:
    """One capability, option or half of a user in a variable hides no other."""
    lines = ["cap_add: [$C, SYS_ADMIN]", "cap_drop: [$C, ALL]", "security_opt: ['seccomp=$P', 'apparmor:unconfined']"]
    _, subject, model = web(WEB + "".join(f"    {line}\n" for line in [*lines, "user: '0:$G'"]))
    assert (model.capabilities, model.dropped, model.user) == ({"SYS_ADMIN"}, {"ALL"}, 0)
    known = ("capabilities[SYS_ADMIN]", "dropped", "apparmor", "user")
    assert not [path for path in known if is_unknown(path, subject.unknown)]


def test_keys_have_no_variables() -> None:
    """Only values are filled in."""
    _, _, model = web(WEB + "    labels: {$A: x}\n", {".env": "A=b\n"})
    found: Any = model.labels
    assert found == (("$A", "x"),)
