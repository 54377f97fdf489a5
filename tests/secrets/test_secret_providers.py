"""Keys known by whose they are, tokens known by how they begin: what is one, and what has only its shape."""

import random
import re
import string

import pytest

from ringfence.secrets import providers
from ringfence.secrets.scan import scan
from ringfence.secrets.tokens import marked
from ringfence.secrets.tokens.form import Form

DRAW = random.Random(20261122)
LETTERS = string.ascii_letters + string.digits


def drawn(count: int, letters: str = LETTERS) -> str:
    return "".join(DRAW.choice(letters) for _ in range(count))


def uuid() -> str:
    return "-".join(drawn(count, "0123456789abcdef") for count in (8, 4, 4, 4, 12))


LINES = (
    (".env", "{0}={1}\n"),
    ("settings.yml", "{0}: {1}\n"),
    ("app.py", 'client = {0}Client("{1}", timeout=30)\n'),
    ("data.json", '{{"a": 1, "{0}": "{1}"}}\n'),
    ("notes.md", "| {0} | {1} |\n"),
)


def test_keys_beside_the_names_of_providers_are_found() -> None:
    missed = list[str]()
    for name in sorted(providers.WORDS):
        for file, line in LINES:
            key = uuid() if name in providers.OF_UUIDS else drawn(30) + "7" + drawn(9)
            text = line.format(name, key)
            if not any(key in text[one.start : one.end] for one in scan(text, file)):
                missed.append(text)
    assert len(missed) < len(providers.WORDS) * len(LINES) / 25, missed[:20]


NO_KEYS = (
    "pdflayer: 0f1e2d3c-4b5a-4697-8877-665544332211",  # the name of something
    "pdflayer_commit: 9c1e0d5b7a3f48e2b6d4c8a0f1e3d5b7a9c0e2f4",
    "sentry-release=9c1e0d5b7a3f48e2b6d4c8a0f1e3d5b7a9c0e2f4,",
    "pdflayer-client-for-version-two: release-notes-of-the-year-2024",
    "pdflayer: sha512-9c1e0d5b7a3f48e2b6d4c8a0f1e3d5b7a9c0e2f4",
    "https://pdflayer/9c1e0d5b7a3f48e2b6d4c8a0f1e3d5b7",
    "pdflayer(options.keys.of.everybody2)",
    "pdflayer = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "pdflayer = your-32-characters-key-goes-in-here",
    "pdflayer = abcdefghijklmnopqrstuvwxyz123456",
    "pdflayer = ${PDFLAYER_KEY_OF_PRODUCTION_2}",
    "pdflayer = 00000000000000000000000000000000",
    "together: 9c1e0d5b7a3f48e2b6d4",
    "import { PdflayerClientOfVersion2 } from 'pdflayer-client-of-version-2'",
)


@pytest.mark.parametrize("line", NO_KEYS)
def test_what_else_stands_beside_them_is_not(line: str) -> None:
    for name in ("a.txt", "a.yml", "a.js"):
        assert scan(line + "\n", name) == []


def shaped(form: Form, sign: str) -> str:
    """A text of the form of a token whose drawn part is one sign, or goes up."""
    said = re.search(r"\{(\d+),", form.expression)
    assert said is not None
    rest = sign * int(said[1]) if len(sign) == 1 else (sign * 20)[: int(said[1])]
    return form.words[0] + rest


@pytest.mark.parametrize(
    "sign", ["x", "a", "0", "X", "abcdefghijklmnopqrstuvwxyz0123456789", "EXAMPLE", "0123456789", "your_key_"]
)
def test_placeholders_of_the_same_shape_are_not(sign: str) -> None:
    flagged = list[str]()
    for form in marked.FORMS:
        if "{12}" in form.expression:
            continue
        text = shaped(form, sign)
        flagged += [text for _ in scan(f"  value: {text}\n", "a.yml")]
    assert flagged == []


def test_names_that_begin_as_tokens_do_are_not() -> None:
    names = (
        "key_of_the_first_request_in_a_session",
        "sk_buff_headroom_of_the_second_interface",
        "re_compile_all_patterns_of_one_module_2",
        "ts_config_of_the_compiler_options_file_3",
        "db-migrations-of-release-2024-11-final",
        "live_updates_of_the_second_dashboard_v2",
        "org_members_by_role_and_team_version_2",
        "secret-manager-access-of-the-second-project-v2",
        "persona_sandbox_template_of_version_two_2",
        "prf_of_the_key_derivation_function_sha256",
        "os_v2_app_abcdefghijklmnopqrstuvwxyz",
    )
    text = "".join(f"{name} = {name}({name!r})\n" for name in names)
    assert [text[one.start : one.end] for one in scan(text, "a.py")] == []


@pytest.mark.parametrize("line", ['wasm = "{}+{}/{}"', 'wasm = "{}/{}+{}"', "{}/{}/{}"])
def test_letters_of_a_mark_within_base64_are_no_token(line: str) -> None:
    for _ in range(20):
        text = line.format(drawn(30), "BSA" + drawn(28), drawn(30))
        assert not [found for found in scan(text + "\n", "blob.js") if found.kind == "a Brave key"], text
    assert [found.kind for found in scan(f'key = "BSA{drawn(28)}"\n', "search.py")]
