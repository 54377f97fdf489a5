"""What is passed over at once has nothing that would have been found, had it been looked at."""

import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.secrets import prospects
from ringfence.secrets.scan import scan

NAMES = (
    "token",
    "API_KEY",
    "secretKey",
    "auth",
    "client_secret",
    "salt",
    "password",
    "db_pass",
    "X-Api-Key",
    "private_key",
    "pin",
    "key",
)
FORMS = (
    '{0} = "{1}"', "{0}: {1}", "{0}={1}", '"{0}": "{1}",', "--{0} {1}", "-e {0}={1}", "?a=b&{0}={1}", "<{0}>{1}</{0}>",
    "the {0} is {1}", "the {0} `{1}`", 'set("{0}", "{1}")', "Authorization: Basic {1}", 'auth=("me", "{1}")',
    "| {0} | {1} |",
    "see [{0}](https://a.example/{1})", "{0} (https://a.example/?{0}={1})", '"name": "{0}", "value": "{1}"',
)  # fmt: skip
VALUES = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=4, max_size=48),
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=48),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=8, max_size=32),
    st.text("0123456789abcdef", min_size=8, max_size=64),
    st.text("abcDEF123+/=_-.!@#$%^&*(){}[],:;", min_size=6, max_size=40),
)


def both(text: str, name: str) -> tuple[object, object]:
    """What is found, and what would be if every line were looked at."""
    found = scan(text, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prospects.Prospects, "has_any", lambda *_: True)
        return found, scan(text, name)


@settings(max_examples=800, deadline=None, derandomize=True)
@given(
    st.sampled_from(NAMES), st.sampled_from(FORMS), VALUES, st.sampled_from(("a.py", "a.conf", "a.md", "a.json", ""))
)
def test_no_line_is_passed_over_that_holds_a_secret(name: str, form: str, value: str, file: str) -> None:
    """Names, ways of writing and values of many kinds."""
    quick, whole = both(form.format(name, value), file)
    assert quick == whole


@pytest.mark.parametrize(
    "line",
    ["密码: Kx!p9z", "auth['x'] = 'Basic ZXZlOmZpbmNo'", "пароль - Kx!p9z", "SECURITY.CREDENTIALS=lantern!hill"],
)
def test_short_and_foreign_passwords_are_not_passed_over(line: str) -> None:
    """What few characters, or words of other languages, tell of a password."""
    found = [both(line, file) for file in ("a.md", "a.py", "a.properties")]
    assert all(quick == whole for quick, whole in found)
    assert any(whole for _, whole in found), line


def test_nothing_is_lost_in_real_texts() -> None:
    """The tests of secrets themselves, and some modules of the interpreter that speak of them."""
    library = Path(sysconfig.get_paths()["stdlib"])
    files = [
        *Path(__file__).parent.glob("*.py"),
        *(library / name for name in ("hmac.py", "netrc.py", "ftplib.py", "smtplib.py")),
    ]
    found = 0
    for file in files:
        quick, whole = both(file.read_text(), "a.conf")
        assert quick == whole, file
        found += len(quick)
    assert found > 50


def test_lines_are_passed_over() -> None:
    """Most of what only speaks of keys is not looked at."""
    text = 'if token == self.token_key:\n    return cache_keys["author"]  # see https://a.example/v1.22/keys\n'
    looked = prospects.Prospects(text, {})
    assert [looked.has_any(line, 0) for line in text.splitlines()] == [False, False]
    assert looked.has_any("token = q8Zr4mN1xT", 0)
    assert looked.has_any("token = " + "and" * 100, 0)  # of what is so long, nobody counts the letters
