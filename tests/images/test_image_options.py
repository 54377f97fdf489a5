"""Options of variants, run for real: fail2ban in the firewall, the older Zabbix agent beside the exporter."""

import os
import runpy
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Desk
from images.conftest import IMAGES, Runner, variant_folder
from ringfence.errors import ConfigError, ImageRefused
from ringfence.images import description

AWAY, KEYLESS = "127.0.0.2", "127.0.0.4"
OTHER, SIXTH, INNOCENT = "192.0.2.7", "2001:db8::7", "192.0.2.99"
SSH = (
    "/usr/bin/ssh", "-p", "2222", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
    "-o", "BatchMode=yes",
)  # fmt: skip


def until(what: Callable[[], bool], told: Callable[[], str], seconds: float = 300) -> None:
    """Wait for something that happens by itself."""
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, told()
        time.sleep(0.3)


def test_who_fails_to_log_in_is_banned_and_nobody_else(runner: Runner, folder: Path) -> None:
    """Failed logins in the workspace's log, the address in nftables' set, its packets dropped; another one goes on."""
    logs = folder / "logs"
    logs.mkdir()
    os.chown(logs, 65532, 65532)
    logs.chmod(0o750)
    workspace = runner.start(IMAGES / "workspace", "--volume", f"{logs}:/run/log")
    runner.until(workspace, ".State.Health.Status", "healthy")
    collected = logs / "collected"
    collected.mkdir(mode=0o750)
    os.chown(collected, 65532, 65532)
    logging = runner.start(IMAGES / "logging", "--volume", f"{collected}:/run/collected")
    runner.until(logging, ".State.Health.Status", "healthy")
    runner.inside(logging, "touch", "/run/collected/messages")
    firewall = runner.start(
        IMAGES / "firewall", "--cap-add", "NET_ADMIN", "--group-add", "65532", "--volume", f"{logs}:/run/watched:ro",
        "--env", "CONTAINER_BAN_RETRIES=3",
        "--env", "CONTAINER_BAN_LOGS=/run/watched/*/current /run/watched/collected/messages",
        user=0, options=("fail2ban",), network=f"container:{workspace}",
    )  # fmt: skip
    runner.until(firewall, ".State.Health.Status", "healthy")

    def attempt(source: str, user: str = f"x from {INNOCENT} port 1", seconds: int = 300) -> str:
        patient = (*SSH, "-o", f"ConnectTimeout={seconds}")
        done = runner.engine.attempt("exec", workspace, *patient, "-b", source, "-l", user, "127.0.0.1", "true")
        return done.stderr

    def banned(family: str = "four") -> str:
        return runner.engine.run("exec", firewall, "/usr/sbin/nft", "list", "set", "inet", "ringfence_banned", family)

    def collect(address: str) -> None:
        line = (
            f"<86>{time.strftime('%b %e %H:%M:%S', time.gmtime())} web1 sshd[7]: Invalid user x from {address} port 9"
        )
        send = f"for n in 1 2 3; do echo '{line}'; done | /usr/lib/ringfence/bin/nc -w 1 127.0.0.1 5140"
        runner.inside(logging, "sh", "-c", send)

    assert AWAY not in banned()
    for _ in range(3):
        assert "Permission denied" in attempt(AWAY)
        assert "Permission denied" in attempt(KEYLESS, "devpod")
    until(lambda: AWAY in banned() and KEYLESS in banned(), lambda: runner.logs(workspace) + runner.logs(firewall))
    assert "timed out" in attempt(AWAY, seconds=2)
    assert "Permission denied" in attempt("127.0.0.3")
    # Of another machine, through the log that the image `logging` keeps.
    assert OTHER not in banned()
    collect(OTHER)
    collect(SIXTH)
    until(
        lambda: OTHER in banned() and SIXTH in banned("six"),
        lambda: (collected / "messages").read_text() + runner.logs(firewall),
    )
    assert runner.engine.attempt("exec", firewall, "/usr/bin/sh", "-c", "true").returncode != 0
    client = ("/usr/bin/python3", "/usr/bin/fail2ban-client", "-s", "/run/fail2ban/socket")
    runner.engine.run("exec", firewall, *client, "set", "watched", "unbanip", AWAY)
    assert AWAY not in banned()
    assert INNOCENT not in banned()
    assert "Permission denied" in attempt(AWAY)
    runner.engine.run("stop", "--time", "60", firewall)
    assert runner.state(firewall, ".State.ExitCode") == "0"


def test_only_addresses_come_into_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter of somebody's own may find any text: it never becomes a part of what nftables is told."""

    class Base:
        """What fail2ban's own class has of use here: nothing."""

    told = list[bytes]()

    def run(words: list[str], *, input: bytes, **_: object) -> object:
        told.append(input)
        return types.SimpleNamespace(returncode=0)

    for name in ("fail2ban", "fail2ban.server", "fail2ban.server.action"):
        monkeypatch.setitem(sys.modules, name, types.SimpleNamespace(ActionBase=Base))
    place = IMAGES / "firewall/options/fail2ban/files/usr/lib/ringfence/fail2ban/action.d/ringfence.py"
    found = runpy.run_path(str(place))
    monkeypatch.setattr("subprocess.run", run)
    action = found["Action"]()
    action.ban({"ip": "2001:db8::7", "bantime": 60})
    action.ban({"ip": "192.0.2.7", "bantime": -1})
    assert told == [
        b"add element inet ringfence_banned six { 2001:db8::7 timeout 60s }\n",
        b"add element inet ringfence_banned four { 192.0.2.7 }\n",
    ]
    for text in ("192.0.2.7 }; flush ruleset; #", "me", ""):
        with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
            action.ban({"ip": text, "bantime": 60})
    assert len(told) == 2


def asked(runner: Runner, container: str, key: str) -> str:
    """What the agent says on loopback, by Zabbix' own protocol; nothing where it does not answer."""
    size = f"\\{len(key):03o}" + "\\000" * 7
    shell = f"printf 'ZBXD\\001{size}%s' '{key}' | /usr/lib/ringfence/bin/nc 127.0.0.1 10050; true"
    return runner.inside(container, "sh", "-c", shell)


def test_zabbix_agent_answers_beside_the_exporter(runner: Runner, folder: Path) -> None:
    """`agent.ping` is answered on loopback; no command is run, no file is read; the exporter is still there."""
    made = runner.start(IMAGES / "monitoring", options=("zabbix",))
    runner.until(made, ".State.Health.Status", "healthy")

    def ask(key: str) -> str:
        return asked(runner, made, key)

    assert ask("agent.ping").startswith("ZBXD\x01")
    assert ask("agent.ping").endswith("1")
    assert "ZBX_NOTSUPPORTED" in ask("system.run[id]")
    assert "ZBX_NOTSUPPORTED" in ask("vfs.file.contents[/etc/passwd]")
    assert runner.inside(made, "wget", "-q", "-O", "-", "http://127.0.0.1:9100/metrics").count("node_load1") > 0
    runner.engine.run("stop", "--time", "60", made)
    assert runner.state(made, ".State.ExitCode") == "0"


def test_zabbix_agent_with_a_key_answers_nobody_in_the_clear(runner: Runner, folder: Path) -> None:
    """With a pre-shared key from a secret, who has none gets nothing."""
    secret = folder / "key"
    secret.write_text("0123456789abcdef0123456789abcdef")
    secret.chmod(0o644)
    made = runner.start(
        IMAGES / "monitoring", "--env", "ZABBIX_PSK_FILE=/run/secrets/key",
        "--volume", f"{secret}:/run/secrets/key:ro", options=("zabbix",),
    )  # fmt: skip
    runner.until(made, ".State.Health.Status", "healthy")
    assert "ZBXD" not in asked(runner, made, "agent.ping")
    assert "0123456789abcdef" not in runner.logs(made)


def test_option_adds_to_its_variant(folder: Path) -> None:
    """Packages, services, files and checks are added; a service may wait for one of the variant's own."""
    home = variant_folder(
        folder, 'name = "one"\ndescription = "one"\nports = [8080]\n[services.first]\n', services__first=""
    )
    option = home / "options" / "more"
    (option / "services").mkdir(parents=True)
    (option / "services" / "second").write_text("")
    text = 'name = "more"\ndescription = "more"\nports = [8081]\n[packages]\ndebian = ["curl"]\n[services.second]\n'
    (option / "image.toml").write_text(text + 'after = ["first"]\n')
    variant = description.load(home, ["more"])
    assert (variant.name, variant.description, variant.ports) == ("one-more", "one; more", (8080, 8081))
    assert [service.name for service in variant.services] == ["first", "second"]
    assert variant.packages["debian"] == ("curl",)
    assert description.load(home).name == "one"
    (option / "image.toml").write_text(text + 'after = ["third"]\n')
    with pytest.raises(ConfigError, match="second waits for 'third', which is not there"):
        description.load(home, ["more"])
    with pytest.raises(ImageRefused, match="one has no option 'other'") as raised:
        description.load(home, ["other"])
    assert raised.value.hint == "it has: more"
    with pytest.raises(ImageRefused, match=r"one has no option '\.\./\.\./more'"):
        description.load(home, ["../../more"])


def test_options_are_listed(desk: Desk) -> None:
    """With what they add."""
    done = desk.run("image", "list")
    assert "firewall --with fail2ban" in done.stdout
    assert "monitoring --with zabbix" in done.stdout
