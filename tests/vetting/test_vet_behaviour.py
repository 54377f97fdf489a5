"""What methods attempt in a watched cell is seen and said; what they do not attempt is not."""

from pathlib import Path

import pytest

from conftest import Desk
from ringfence.vetting.behaviour.inputs import arguments
from ringfence.vetting.behaviour.record import of_path
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Report, Verdict
from ringfence.vetting.vet import vet

HEAD = "class Plugin:\n    def act(self) -> object:\n"


@pytest.fixture
def watched(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """Vets a plugin whose only method has this body, by behaviour alone."""
    monkeypatch.setenv("RINGFENCE_STATE", str(desk.state))

    def run(body: str, asks: str = "", schema: str = "") -> Report:
        made = desk.folder / "probe"
        made.mkdir()
        made.chmod(0o755)
        code = HEAD + "".join(f"        {line}\n" for line in body.splitlines())
        (made / "probe.py").write_text(code)
        (made / "plugin.toml").write_text(
            'name = "probe"\nversion = "1.0.0"\ndescription = "A probe."\nlicense = "MIT"\n'
            '[entry]\nmodule = "probe"\nclass = "Plugin"\n[methods.act]\ndescription = "Acts."\ntimeout_ms = 3000\n'
            f'arguments = {{ type = "object"{schema} }}\nresult = {{}}\n{asks}'
        )
        return vet(made, policy=Policy(), steps=["behaviour"])

    return run


def rules(report: Report) -> dict[str, str]:
    assert report.unexamined == ()
    return {one.rule: one.verdict.value for one in report.findings}


def test_an_honest_method_attempts_nothing(watched) -> None:
    assert (
        rules(watched("import json, os, tempfile\nopen('/tmp/a', 'w').write('x')\nreturn os.listdir('/plugin')")) == {}
    )


def test_a_connection_is_seen_though_it_fails_silently(watched) -> None:
    report = watched(
        "import socket\ntry:\n    socket.create_connection(('192.0.2.7', 443), 1)\nexcept OSError:\n    pass"
    )
    assert rules(report) == {"network-attempt": "block"}
    assert "192.0.2.7:443" in report.findings[0].message


def test_datagrams_and_look_ups_are_seen(watched) -> None:
    body = (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try:\n    s.sendto(b'x', ('192.0.2.9', 53))\nexcept OSError:\n    pass"
    )
    assert rules(watched(body)) == {"network-attempt": "block"}


def test_granted_destinations_are_no_attempt(watched) -> None:
    body = "import socket\ns = socket.create_connection(('api.example.com', 443), 2)\ns.sendall(b'hello')"
    assert rules(watched(body, '[permissions]\nnetwork = ["api.example.com:443"]\n')).get("network-attempt") is None


def test_a_program_is_seen_by_ctypes_too(watched) -> None:
    report = watched("import ctypes\nctypes.CDLL(None).system(b'true')")
    assert rules(report)["process-attempt"] == "block"
    assert "/bin/sh" in report.findings[0].message


def test_programs_that_were_asked_for_are_none(watched) -> None:
    assert rules(watched("import subprocess\nsubprocess.call(['true'])", "[permissions]\nprocesses = 4\n")) == {}


@pytest.mark.parametrize("call", ["unshare(0x10000000)", "ptrace(16, 1, 0, 0)", "setns(0, 0)"])
def test_ways_out_are_refused_and_seen(watched, call: str) -> None:
    report = watched(f"import ctypes\nreturn ctypes.CDLL(None).{call}")
    assert rules(report) == {"escape-attempt": "block"}


def test_credentials_are_seen_though_they_are_not_there(watched) -> None:
    body = "import os\ntry:\n    open(os.path.expanduser('~/.ssh/id_rsa'))\nexcept OSError:\n    pass"
    assert rules(watched(body)) == {"path-attempt": "block"}


@pytest.mark.parametrize(
    "now",
    [
        "datetime.datetime.now().year > 2030",
        "datetime.date.today() > datetime.date(2030, 1, 1)",
        "time.time() > 1900000000",
        "time.localtime().tm_year > 2030",
        "int(time.strftime('%Y')) > 2030",
    ],
)
def test_a_time_bomb_goes_off_in_the_cell(watched, now: str) -> None:
    report = watched(f"import datetime, os, time\nif {now}:\n    os.system('true')", "[permissions]\nprocesses = 4\n")
    assert rules(report) == {"differs-by-date": "block"}


def test_a_look_at_the_machine_is_said(watched) -> None:
    assert rules(watched("import os\nreturn os.path.exists('/.dockerenv')")) == {"probes": "warn"}


def test_a_crash_on_what_the_schema_allows_is_said(watched) -> None:
    assert rules(watched("import os\nos._exit(3)")) == {"calls-fail": "warn"}


def test_what_is_missing_is_said(watched) -> None:
    report = watched("import no_such_module_at_all")
    assert rules(report) == {"calls-fail": "warn"}
    assert "nothing of it was seen" in report.findings[0].message


def test_a_plugin_cannot_answer_for_the_witness(watched) -> None:
    """No descriptor of the cell is the listener, and no second one can be made; what follows is still seen."""
    body = (
        "import ctypes, fcntl, socket\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "put = libc.syscall(317, 1, 8, 0)\n"
        "question = bytearray(80)\n"
        "asked = []\n"
        "for fd in range(3, 64):\n"
        "    try:\n        fcntl.ioctl(fd, 0xC0502100, question)\n        asked.append(fd)\n"
        "    except OSError:\n        pass\n"
        "if put == -1 and not asked:\n"
        "    try:\n        socket.create_connection(('192.0.2.7', 1), 1)\n    except OSError:\n        pass\n"
    )
    assert rules(watched(body)) == {"network-attempt": "block"}


def test_a_schema_that_nothing_fits_is_said(watched) -> None:
    report = watched(
        "return 1", schema=', required = ["a"], properties = { a = { type = "string", pattern = "^qzx[0-9]{7}w$" } }'
    )
    assert report.verdict is Verdict.BLOCK
    assert "no argument that its schema allows" in report.unexamined[0]


def test_inputs_fit_what_schemas_say() -> None:
    import jsonschema

    for schema in (
        {"type": "object", "properties": {"a": {"type": "integer", "minimum": 5, "maximum": 7}}, "required": ["a"]},
        {
            "type": "object",
            "properties": {"a": {"$ref": "#/$defs/b"}},
            "$defs": {"b": {"enum": ["x", "y"]}},
            "required": ["a"],
        },
        {"type": "object", "properties": {"a": {"type": "array", "minItems": 2, "items": {"type": "boolean"}}}},
        {"type": "object", "properties": {"a": {"anyOf": [{"type": "null"}, {"const": 3}]}}, "required": ["a"]},
        {
            "type": "object",
            "properties": {"a": {"type": "string", "format": "date"}, "b": {"type": "string", "minLength": 30}},
        },
        {
            "type": "object",
            "properties": {"a": {"type": "object", "required": ["n"], "properties": {"n": {"type": "number"}}}},
        },
    ):
        made = list(arguments(schema))
        assert made
        for one in made:
            jsonschema.validate(one, schema)
    assert next(iter(arguments({"type": "object", "examples": [{"a": 1}]}))) == {"a": 1}
    endless = {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]}
    assert list(arguments(endless))


def test_paths_are_judged_by_what_they_are() -> None:
    kinds = {
        "/usr/lib/python3/os.py": None,
        "/plugin/a.py": None,
        "/root/.aws/credentials": "credential",
        "/proc/1/cgroup": "probe",
        "/srv/data": "path",
        "relative": None,
    }
    assert {path: getattr(of_path(path, changes=False), "kind", None) for path in kinds} == kinds
    assert getattr(of_path("/srv/data", changes=True), "kind", None) == "delete"


def test_agents_plugins_and_packages_have_no_methods(folder: Path) -> None:
    (folder / "a.py").write_text("x = 1\n")
    assert vet(folder, policy=Policy(), steps=["behaviour"]).verdict is Verdict.PASS
