"""A profile in TOML: what is read, what is refused and on which line, and the base that fills it up."""

from dataclasses import replace

import pytest

from profiles import hardened_profile
from ringfence.errors import ConfigError
from ringfence.formats import profile
from ringfence.model import Destination, Mount, Network, Reach, Workload

GOOD = hardened_profile("report")
TEXT = profile.dump(GOOD)


def refusal(text: str, base: Workload | None = GOOD) -> tuple[str, str]:
    """The message and hint of the error that this text must give."""
    with pytest.raises(ConfigError) as raised:
        profile.load(text, base=base, file="p.toml")
    return raised.value.message, raised.value.hint


def test_a_whole_profile_needs_no_base() -> None:
    """What dump writes states every field."""
    assert profile.load(TEXT) == GOOD


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ('name = "report"\n', "name"),
        ("mounts = []\n", "mounts"),
        ('reach = "none"\n', "network.reach"),
        ("inherits_host = false\n", "environment.inherits_host"),
        ("open_files = 256\n", "limits.open_files"),
    ],
)
def test_without_a_base_nothing_is_implied(line: str, missing: str) -> None:
    """A key that is not there is an error, never a default."""
    message, hint = refusal(TEXT.replace(line, ""), base=None)
    assert message.startswith("p.toml:")
    assert message.endswith(f": `{missing}` is missing")
    assert hint == "a profile states every key"


def test_a_base_fills_up_tables_key_by_key_and_lists_not_at_all() -> None:
    """A fragment changes what it names; a list it names is replaced whole."""
    base = profile.load('[network]\nreach = "granted"\ndestinations = ["a.example:1", "b.example:2"]\n', base=GOOD)
    changed = profile.load('[network]\ndestinations = ["c.example:3"]\n[limits]\nprocesses = 3\n', base=base)
    assert changed.network == Network(reach=Reach.GRANTED, destinations=(Destination(host="c.example", port=3),))
    assert changed.limits == replace(GOOD.limits, processes=3)


def test_the_words_for_none() -> None:
    """An unset user, an absent limit and an ungranted mount are written as words, and read back."""
    mount = Mount(source="/srv", target="/granted/x", writable=False, grant=None)
    open_limits = replace(GOOD.limits, memory_bytes=None)
    workload = replace(GOOD, user=None, group=None, mounts=(mount,), limits=open_limits)
    text = profile.dump(workload)
    assert 'user = "unset"\ngroup = "unset"\n' in text
    assert 'memory_bytes = "unbounded"\n' in text
    assert "grant" not in text.replace("/granted", "")
    assert profile.load(text) == workload


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("name = 'x'\nusr = 3\n", "p.toml:2: unknown key `usr`", "did you mean `user`?"),
        (
            "\n[limits]\nmemroy_bytes = 3\n",
            "p.toml:3: unknown key `limits.memroy_bytes`",
            "did you mean `memory_bytes`?",
        ),
        ("[network]\nzzz = 1\n", "p.toml:2: unknown key `network.zzz`", "known here: reach, destinations"),
        (
            "[[mounts]]\nsource = '/a'\ntarget = '/b'\nwritable = true\n[[mounts]]\nfrom = '/a'\n",
            "p.toml:6: unknown key `mounts[1].from`",
            "known here: source, target, writable, grant",
        ),
        (
            "[[mounts]]\nsource = '/a'\n",
            "p.toml:1: `mounts[0].target` is missing",
            "a profile states every key",
        ),
        ("user = true\n", "p.toml:1: `user` must be an integer or \"unset\", not 'True'", ""),
        ("read_only_root = 1\n", "p.toml:1: `read_only_root` must be true or false, not '1'", ""),
        ("name = 3\n", "p.toml:1: `name` must be a string, not '3'", ""),
        ("mounts = {}\n", "p.toml:1: `mounts` must be a list, not '{}'", ""),
        ("\nlimits = []\n", "p.toml:2: `limits` must be a table, not '[]'", ""),
        (
            "[limits]\nprocesses = 1.5\n",
            "p.toml:2: `limits.processes` must be an integer or \"unbounded\", not '1.5'",
            "",
        ),
        (
            "seccomp = 'none'\n",
            'p.toml:1: `seccomp` must be one of "unconfined", "node-default", "runtime-default", "custom", '
            "\"allow-list\", not 'none'",
            "",
        ),
        (
            "seccomp = {}\n",
            'p.toml:1: `seccomp` must be one of "unconfined", "node-default", "runtime-default", "custom", '
            "\"allow-list\", not '{}'",
            "",
        ),
        (
            "[network]\ndestinations = [\n  'a:1',\n  'b',\n]\n",
            "p.toml:4: `network.destinations[1]` must be \"host:port\", not 'b'",
            "",
        ),
        (
            "[network]\ndestinations = ['a:1²']\n",
            "p.toml:2: `network.destinations[0]` must be \"host:port\", not 'a:1²'",
            "",
        ),
        (
            "[network]\ndestinations = [1]\n",
            "p.toml:2: `network.destinations[0]` must be \"host:port\", not '1'",
            "",
        ),
        (
            "[environment]\nvariables = [['A']]\n",
            'p.toml:2: `environment.variables[0]` must be a pair ["NAME", "value"], not "[\'A\']"',
            "",
        ),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(text: str, message: str, hint: str) -> None:
    """Every refusal names the file, the line, the key, what is expected and what stands there."""
    assert refusal(text) == (message, hint)


@pytest.mark.parametrize("text", ["name = ", "a = 1\na = 2", "x = " + "[" * 5000, "user = " + "9" * 5000, "\udcff"])
def test_what_is_no_toml_is_a_sentence(text: str) -> None:
    """Broken, hostile and oversized texts end in a ConfigError that names the file."""
    message, _ = refusal(text)
    assert message.startswith("p.toml:")


def test_destinations_of_both_families_are_read_back() -> None:
    """An IPv6 address stands in brackets in the text and without them in the model."""
    network = Network(reach=Reach.GRANTED, destinations=(Destination(host="2001:db8::7", port=443),))
    text = profile.dump(replace(GOOD, network=network))
    assert 'destinations = ["[2001:db8::7]:443"]\n' in text
    assert profile.load(text).network == network


def test_a_lone_surrogate_cannot_be_written() -> None:
    """A name that no file can hold is an error when written, not a broken file."""
    with pytest.raises(ValueError, match="surrogates not allowed"):
        profile.dump(replace(GOOD, name="\udcff"))
