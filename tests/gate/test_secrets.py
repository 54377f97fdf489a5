"""Secrets: where they come from, where they go, and everywhere they must not be."""

import base64
import contextlib
import json
import re
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk
from ringfence.gate.hidden import hide
from ringfence.gate.redact import Redactor

CANARY = "correct-horse/battery+staple"
CODE = """
import base64, os, sys
class Plugin:
    def __init__(self, policy=None):
        self.path = policy["secrets"]["token"]
    def leak(self, way):
        token = open(self.path).read()
        if way == "result": return {"a": [token], token: 1}
        if way == "stdout": print("x" + token + "y")
        if way == "stderr": os.write(2, token.encode())
        if way == "error": raise ValueError(token)
        if way == "base64": return base64.b64encode(b"ab" + token.encode()).decode()
        if way == "hex": return token.encode().hex()
        if way == "repr": return repr({"t": token})
        if way == "length": return len(token)
        if way == "environment": return [v for v in os.environ.values() if token in v] + sys.argv
"""


@pytest.fixture
def holder(desk: Desk) -> Desk:
    """A plugin that has a secret from the environment."""
    folder = desk.plugin(CODE, "leak", extra='[permissions.secrets]\ntoken = "a token"\n')
    desk.environment["TOKEN_FOR_TEST"] = CANARY
    desk.grant(folder, "--all-methods", "--secret", "token=env:TOKEN_FOR_TEST")
    return desk


@pytest.mark.parametrize("way", ["result", "stdout", "stderr", "error", "base64", "hex", "repr", "environment"])
def test_nothing_leaks(holder: Desk, way: str) -> None:
    """Whatever a plugin prints, returns or raises, the secret is in no answer, journal or configuration."""
    done = holder.run("run", "probe", "leak", json.dumps({"way": way}))
    forms = (
        CANARY,
        CANARY.encode().hex(),
        base64.b64encode(b"ab" + CANARY.encode()).decode()[4:-8],
        quote(CANARY, safe=""),
    )
    kept = "".join(
        p.read_bytes().decode("utf-8", "replace") for p in (holder.state / "journal").iterdir() if p.is_file()
    )
    everything = done.stdout + done.stderr + kept + holder.config.read_text()
    for form in forms:
        assert form not in everything
    if way not in ("environment",):
        assert "[secret:token]" in done.stdout


def test_plugin_has_it(holder: Desk) -> None:
    """The plugin itself reads the real value."""
    assert holder.call("probe", "leak", {"way": "length"})["data"]["result"] == len(CANARY)


def test_sources(desk: Desk) -> None:
    """A file and a command serve as well; one trailing newline is not part of the secret."""
    folder = desk.plugin(CODE, "leak", extra='[permissions.secrets]\ntoken = "a token"\n')
    (desk.folder / "secret").write_text("0123456789\n")
    for source in (f"file:{desk.folder}/secret", "command:printf '0123456789\\n'"):
        desk.grant(folder, "--all-methods", "--secret", f"token={source}")
        assert desk.call("probe", "leak", {"way": "length"})["data"]["result"] == 10


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("env:NOT_SET_ANYWHERE", "is not set"),
        ("file:/nonexistent/secret", "cannot be read"),
        ("command:false", "exit code 1"),
        ("command:/nonexistent/program --key=abcdefgh", "could not be run"),
        ("command:printf abc", "too short"),
    ],
)
def test_missing_secret_refuses_the_call(desk: Desk, source: str, said: str) -> None:
    """Without its secret a call does not run; the sentence does not repeat a command's arguments."""
    folder = desk.plugin(CODE, "leak", extra='[permissions.secrets]\ntoken = "a token"\n')
    desk.grant(folder, "--all-methods", "--secret", f"token={source}")
    answer = desk.call("probe", "leak", {"way": "length"})
    assert (answer["exit"], answer["data"]["code"]) == (9, "secret-unavailable")
    assert said in answer["data"]["error"]
    assert "abcdefgh" not in answer["data"]["error"]
    assert desk.journal()[-1]["type"] == "refusal"


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=6, max_size=60), st.binary(max_size=10), st.binary(max_size=10), st.integers(0, 5))
def test_every_common_form_is_found(secret: bytes, before: bytes, after: bytes, form: int) -> None:
    """Raw, escaped, percent-encoded, hexadecimal and base64 at any alignment, wherever it stands."""
    text = secret.decode("utf-8", "replace")
    shown = [
        text,
        json.dumps(text)[1:-1],
        quote(secret, safe=""),
        secret.hex(),
        base64.b64encode(before + secret + after).decode(),
        base64.urlsafe_b64encode(before + secret + after).decode(),
    ][form]
    redacted = Redactor({"s": secret}).text(f"<{shown}>")
    if form in (4, 5):
        assert "[secret:s]" in redacted
    else:
        assert redacted in {"<[secret:s]>", f"<{shown}>"} or "[secret:s]" in redacted
        assert shown not in redacted or len(shown) < 6 or shown in "[secret:s]"


@pytest.mark.parametrize("way", ["stdout", "error"])
def test_the_beginning_of_a_secret_is_not_left_at_a_cut(desk: Desk, way: str) -> None:
    """Where output or a message is cut off within a secret, its beginning is taken out as well."""
    code = CODE.replace(
        "    def leak(self, way):\n",
        "    def leak(self, way):\n"
        "        if way == 'cut stdout': print('x' * (1048576 - 14) + open(self.path).read() + 'y' * 9)\n"
        "        if way == 'cut error': raise ValueError('x' * (4000 - 14) + open(self.path).read())\n",
    )
    folder = desk.plugin(code, "leak", extra='[permissions.secrets]\ntoken = "a token"\n')
    desk.environment["TOKEN_FOR_TEST"] = CANARY
    desk.grant(folder, "--all-methods", "--output", "1MiB", "--secret", "token=env:TOKEN_FOR_TEST")
    done = desk.run("run", "probe", "leak", json.dumps({"way": f"cut {way}"}))
    assert "xx[secret:token]" in done.stdout
    assert CANARY[:4] not in done.stdout


MARKED = {"type": "string", "writeOnly": True}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"properties": {"a": MARKED}}, "kept-from-all"),
        ({"properties": {"a": {"format": "password"}}}, "kept-from-all"),
        ({"properties": {"a": {"$ref": "#/$defs/m"}}, "$defs": {"m": MARKED}}, "kept-from-all"),
        ({"properties": {"a": {"$ref": "#m"}}, "$defs": {"m": MARKED | {"$anchor": "m"}}}, "kept-from-all"),
        ({"allOf": [{"properties": {"a": {"anyOf": [{"type": "null"}, MARKED]}}}]}, "kept-from-all"),
        ({"if": {"required": ["a"]}, "then": {"properties": {"a": MARKED}}}, "kept-from-all"),
        ({"additionalProperties": MARKED}, "kept-from-all"),
        ({"patternProperties": {"^a$": MARKED}}, "kept-from-all"),
        ({"properties": {"a": {"items": MARKED}}}, ["kept-from-all"]),
        ({"properties": {"a": {"prefixItems": [{}, MARKED]}}}, ["shown", "kept-from-all"]),
        ({"properties": {"a": {"properties": {"b": MARKED}}}}, {"b": "kept-from-all"}),
        ({}, {"passwords": ["kept-from-all"]}),
        ({}, {"x-api-key": "kept-from-all"}),
        ({"properties": {"a": MARKED}}, "no"),
    ],
)
def test_marked_arguments_are_kept_from_the_journal(schema: dict[str, object], value: object) -> None:
    """However a schema marks an argument, neither it nor a plugin's sentence with it goes on record."""
    hidden = hide({"a": value, "user": "anna"}, schema)
    word = "no" if value == "no" else "kept-from-all"
    kept = json.dumps(hidden.kept) + hidden.text(f"anna gave {value!r}, which is {word}") + hidden.text("not known")
    assert not re.search(rf"\b{word}\b", kept)
    assert "not known" in kept
    assert ("anna" in kept) == ("Properties" not in str(list(schema)) or "properties" in schema)


def test_where_it_is_too_much_to_tell_too_much_is_hidden() -> None:
    """More hidden values than are looked for leave no sentence, more schemas of a value than are asked no value."""
    many = hide({"a": [f"kept-from-all-{n}" for n in range(300)]}, {"properties": {"a": {"items": MARKED}}})
    assert many.text("anna gave kept-from-all-7") == "[hidden]"
    wide: dict[str, object] = {"properties": {"a": {"anyOf": [{"minLength": n} for n in range(300)]}, "b": MARKED}}
    assert hide({"a": "not asked", "b": "kept-from-all"}, wide).kept == {"a": "[hidden]", "b": "[hidden]"}


def test_a_call_records_no_marked_argument(desk: Desk) -> None:
    """Neither before it, nor after, when the plugin's error repeats it; the caller, who gave it, sees it."""
    code = "class Plugin:\n    def enter(self, a, b):\n        raise ValueError(f'{b} gave {a}')\n"
    fields = "{ type = 'object', properties = { a = { type = 'string', writeOnly = true } } }"
    extra = f"[methods.enter]\nresult = {{}}\narguments = {fields}\n"
    desk.grant(desk.plugin(code, extra=extra), "--all-methods")
    done = desk.run("run", "probe", "enter", json.dumps({"a": "kept-from-all", "b": "anna"}))
    assert "anna gave kept-from-all" in done.stdout
    journal = json.dumps(desk.journal())
    assert "kept-from-all" not in journal
    assert journal.count("anna") == 2  # in what was asked, and in what came of it


def test_wrong_arguments_of_sensitive_names_are_not_shown(desk: Desk) -> None:
    """A refusal says what was expected of a password, not what was given."""
    fields = "{ type = 'object', properties = { password = { type = 'null' } } }"
    extra = f"[methods.log_in]\nresult = {{}}\narguments = {fields}\n"
    desk.grant(desk.plugin(CODE, "leak", extra=extra))
    done = desk.run("run", "probe", "log_in", json.dumps({"password": "kept-from-all"}))
    assert "/password: expected null" in done.stdout
    assert "kept-from-all" not in done.stdout + json.dumps(desk.journal())


def test_canary_is_in_no_argv(holder: Desk, tmp_path: Path) -> None:
    """Neither Ringfence nor bubblewrap is started with the secret in its arguments."""
    seen = set[str]()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            for listing in Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    seen.add(listing.read_bytes().replace(b"\0", b" ").decode(errors="replace"))

    looker = threading.Thread(target=look)
    looker.start()
    holder.call("probe", "leak", {"way": "length"})
    done.set()
    looker.join()
    assert any(" -m ringfence run probe leak" in line for line in seen)
    assert not any(CANARY in line for line in seen)
