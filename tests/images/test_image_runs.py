"""Every variant, run read-only, without capabilities or network: healthy, ended in order, supervised as promised."""

import time
from pathlib import Path

import pytest

from images.conftest import IMAGES, Runner, variant_folder

VARIANTS = ("base", "scheduling", "monitoring", "logging", "messaging", "firewall", "workspace")


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_healthy_and_stops_in_order(runner: Runner, name: str) -> None:
    """Healthy by its own check, user 65532 (the firewall alone needs a capability), exit code 0 after SIGTERM."""
    more = ("--cap-add", "NET_ADMIN") if name == "firewall" else ()
    user = 0 if name == "firewall" else 65532
    made = runner.start(IMAGES / name, *more, user=user)
    runner.until(made, ".State.Health.Status", "healthy")
    assert runner.state(made, ".Config.User") == f"{user}:{user}"
    runner.engine.run("stop", "--time", "60", made)
    assert runner.state(made, ".State.ExitCode") == "0"  # 137 where the engine had to kill it
    assert runner.state(made, ".State.OOMKilled") == "false"


def test_guest_is_healthy_too(runner: Runner) -> None:
    """It has no supervision: its health is that its interpreter starts."""
    image = runner.image(IMAGES / "guest")
    word = "import time; time.sleep(60)"
    made = runner.engine.run(
        "run", "--detach", "--read-only", "--network", "none", "--cap-drop", "ALL", "--health-interval", "500ms",
        "--entrypoint", "/usr/bin/python3", image, "-I", "-S", "-c", word,
    ).strip()  # fmt: skip
    runner.started.append(made)
    runner.until(made, ".State.Health.Status", "healthy")


def test_what_was_broken_is_unhealthy(runner: Runner) -> None:
    """The check sees a service that does not answer any more."""
    made = runner.start(IMAGES / "monitoring", "--health-retries", "1")
    runner.until(made, ".State.Health.Status", "healthy")
    runner.inside(made, "sh", "-c", "kill -STOP $(/usr/lib/ringfence/bin/busybox pidof prometheus-node-exporter)")
    runner.until(made, ".State.Health.Status", "unhealthy")


@pytest.mark.parametrize("code", [0, 3])
def test_main_services_exit_code_is_the_containers(runner: Runner, folder: Path, code: int) -> None:
    """Its end is the container's, with its code."""
    text = f'name = "ends{code}"\ndescription = "ends"\nfrom = "base"\n[services.main]\nmain = true\n'
    home = variant_folder(folder, text, services__main=f"sleep 1\necho done\nexit {code}\n")
    made = runner.start(home)
    assert runner.engine.run("wait", made).strip() == str(code)
    assert f"main ended with code {code}, and so does the container" in runner.logs(made)


def test_main_service_killed_by_a_signal(runner: Runner, folder: Path) -> None:
    """128 and the signal, as a shell has it."""
    text = 'name = "killed"\ndescription = "ends"\nfrom = "base"\n[services.main]\nmain = true\n'
    home = variant_folder(folder, text, services__main="sleep 1\nkill -9 $$\n")
    assert runner.engine.run("wait", runner.start(home)).strip() == "137"


def test_restarts_with_growing_pauses_then_gives_up(runner: Runner, folder: Path) -> None:
    """Started again twice, after 1 s and 2 s; then it is given up, and the image is unhealthy, not gone."""
    text = (
        'name = "restarts"\ndescription = "fails"\nfrom = "base"\n[services.main]\nmain = true\n'
        "[services.weak]\nrestarts = 2\n"
    )
    home = variant_folder(
        folder, text, services__main="while :; do sleep 60; done\n", services__weak="echo trying\nexit 7\n"
    )
    made = runner.start(home, "--health-retries", "1")
    runner.until(made, ".State.Health.Status", "unhealthy")
    said = runner.logs(made)
    assert "weak ended with code 7 and is started again in 1 s" in said
    assert "weak ended with code 7 and is started again in 2 s" in said
    assert "weak ended with code 7 for the 3. time and is given up" in said
    assert said.count("info weak: trying") == 3
    assert runner.state(made, ".State.Status") == "running"


def test_stubborn_service_is_killed_within_the_grace_period(runner: Runner, folder: Path) -> None:
    """One that ignores SIGTERM does not hold up the stop for long, and the engine need not kill the container."""
    text = 'name = "stubborn"\ndescription = "stays"\nfrom = "base"\n[services.main]\nmain = true\n'
    home = variant_folder(folder, text, services__main="trap '' TERM\nwhile :; do sleep 1; done\n")
    made = runner.start(home)
    runner.until(made, ".State.Health.Status", "healthy")
    runner.engine.run("stop", "--time", "60", made)
    assert runner.state(made, ".State.ExitCode") == "0"


def test_zombies_are_reaped(runner: Runner, folder: Path) -> None:
    """Orphans of services are collected by the first process."""
    text = 'name = "orphans"\ndescription = "leaves"\nfrom = "base"\n[services.main]\nmain = true\n'
    orphan = "(sleep 0.2; echo gone >>/run/gone) & exit"
    program = f'for n in 1 2 3 4 5; do sh -c "{orphan}" & done\nwhile :; do sleep 60; done\n'
    made = runner.start(variant_folder(folder, text, services__main=program))
    runner.until(made, ".State.Health.Status", "healthy")
    states = (
        "PATH=/usr/lib/ringfence/bin; cat /run/gone; busybox grep -h '^State:' /proc/[0-9]*/status 2>/dev/null; true"
    )
    ends = time.monotonic() + 300
    while (said := runner.inside(made, "sh", "-c", states)).count("gone") < 5 or "Z" in said:
        assert time.monotonic() < ends, said
        time.sleep(0.1)


def test_services_start_in_their_order(runner: Runner, folder: Path) -> None:
    """One that waits for another starts once that is ready; one-shot scripts come before all, in theirs."""
    text = (
        'name = "ordered"\ndescription = "waits"\nfrom = "base"\n'
        '[init.second]\nafter = ["first"]\n[init.first]\n'
        '[services.late]\nmain = true\nafter = ["early"]\n[services.early]\ncheck = "test -e /run/ready"\n'
    )
    home = variant_folder(
        folder,
        text,
        init__first="echo one >/run/order\n",
        init__second="echo two >>/run/order\n",
        services__early="echo early >>/run/order\nsleep 2\necho ready >>/run/order\n: >/run/ready\nwhile :; do sleep 60; done\n",  # noqa: E501
        services__late="echo late >>/run/order\nwhile :; do sleep 60; done\n",
    )
    made = runner.start(home)
    runner.until(made, ".State.Health.Status", "healthy")
    assert runner.inside(made, "cat", "/run/order").split() == ["one", "two", "early", "ready", "late"]


def test_service_waits_for_one_that_is_not_supervised_yet(runner: Runner, folder: Path) -> None:
    """Supervisors start in any order: who comes first does not fail because what it waits for has no state so far."""
    text = (
        'name = "first"\ndescription = "waits"\nfrom = "base"\n[services.late]\nmain = true\nafter = ["early"]\n'
        "[services.early]\n"
    )
    wait = "while :; do sleep 60; done\n"
    home = variant_folder(folder, text, services__early=wait, services__late=f"echo late >>/run/order\n{wait}")
    made = runner.start(home)
    runner.until(made, ".State.Health.Status", "healthy")
    again = (
        "PATH=/usr/lib/ringfence/bin:/usr/bin; rm /run/order; cp -R /usr/lib/ringfence/services /run/again; "
        "cd /run/again/late; (/usr/lib/ringfence/start late >/run/said 2>&1 &); sleep 1; "
        "test ! -e /run/order && s6-supervise ../early </dev/null >/dev/null 2>&1 &"
    )
    runner.inside(made, "sh", "-c", again)
    ends = time.monotonic() + 300
    while runner.engine.attempt("exec", made, "/usr/lib/ringfence/bin/test", "-e", "/run/order").returncode != 0:
        assert time.monotonic() < ends, runner.inside(made, "cat", "/run/said")
        time.sleep(0.2)
    assert runner.inside(made, "cat", "/run/said") == ""


def test_failed_script_starts_nothing(runner: Runner, folder: Path) -> None:
    """Its code is the container's, and its name is said."""
    text = 'name = "noinit"\ndescription = "fails"\nfrom = "base"\n[init.broken]\n[services.main]\nmain = true\n'
    home = variant_folder(folder, text, init__broken="exit 9\n", services__main="echo up\n")
    made = runner.start(home)
    assert runner.engine.run("wait", made).strip() == "9"
    assert "the script broken failed with code 9, so nothing is started" in runner.logs(made)


def test_environment_and_secrets_reach_services_alone(runner: Runner, folder: Path) -> None:
    """CONTAINER_NAME is NAME; NAME_FILE is its content; neither is in the first process's environment or the logs."""
    text = 'name = "secret"\ndescription = "reads"\nfrom = "base"\n[services.main]\nmain = true\n'
    program = 'echo "$COLOUR ${#TOKEN} ${TOKEN_FILE:-unset} $SSL_CERT_FILE" >/run/seen\nwhile :; do sleep 60; done\n'
    home = variant_folder(folder, text, services__main=program)
    secret = folder / "token"
    secret.write_text("correct horse\nbattery")
    secret.chmod(0o644)
    made = runner.start(
        home, "--env", "CONTAINER_COLOUR=blue", "--env", "TOKEN_FILE=/run/secrets/token",
        "--env", "SSL_CERT_FILE=/etc/ssl/certs/all", "--volume", f"{secret}:/run/secrets/token:ro",
    )  # fmt: skip
    runner.until(made, ".State.Health.Status", "healthy")
    length = len("correct horse\nbattery")
    assert runner.inside(made, "cat", "/run/seen").strip() == f"blue {length} unset /etc/ssl/certs/all"
    assert "battery" not in runner.inside(made, "cat", "/proc/1/environ")
    assert "battery" not in runner.logs(made)


def test_secret_that_cannot_be_read_is_an_error(runner: Runner) -> None:
    """Nothing starts with half its secrets."""
    made = runner.start(IMAGES / "base", "--env", "TOKEN_FILE=/run/secrets/none")
    assert runner.engine.run("wait", made).strip() == "111"
    assert "TOKEN_FILE names /run/secrets/none, which cannot be read" in runner.logs(made)


def test_run_that_cannot_be_written_says_what_to_do(runner: Runner) -> None:
    """The one thing that every image needs is named, with the option that gives it."""
    made = runner.engine.run("run", "--detach", "--read-only", "--network", "none", runner.image(IMAGES / "base"))
    runner.started.append(made.strip())
    assert runner.engine.run("wait", made.strip()).strip() == "111"
    assert "/run cannot be written: give it memory, as with --tmpfs /run:" in runner.logs(made.strip())


def test_logs_have_times_and_levels_and_rotate(runner: Runner, folder: Path) -> None:
    """Each line: time, level, service; to standard output and to files that do not grow without end."""
    text = 'name = "talks"\ndescription = "talks"\nfrom = "base"\n[services.main]\nmain = true\n'
    program = (
        "echo plain\necho 'error: bad things'\necho 'warn slow' >&2\nn=0\n"
        'while [ $n -lt 30000 ]; do echo "line $n with a good deal of text, so that the file grows and turns"; n=$((n+1)); done\n'  # noqa: E501
        ": >/run/done\nwhile :; do sleep 60; done\n"
    )
    made = runner.start(variant_folder(folder, text, services__main=program))
    runner.until(made, ".State.Health.Status", "healthy")
    for _ in range(100):
        if runner.engine.attempt("exec", made, "/usr/lib/ringfence/bin/test", "-e", "/run/done").returncode == 0:
            break
        time.sleep(0.2)
    head = runner.logs(made)[:600].splitlines()
    assert head[0][:4].isdigit()
    assert head[0].endswith("info main: plain")
    assert head[1].endswith("error main: bad things")
    assert head[2].endswith("warn main: slow")
    files = runner.inside(made, "ls", "/run/log/main").split()
    assert "current" in files
    assert any(name.startswith("@") for name in files), files


def test_another_user_by_number(runner: Runner) -> None:
    """As root, PUID and PGID are who everything runs as; the three capabilities that takes are all it needs."""
    caps = [word for name in ("CHOWN", "SETUID", "SETGID") for word in ("--cap-add", name)]
    made = runner.start(IMAGES / "base", *caps, "--user", "0:0", "--env", "PUID=1234", "--env", "PGID=2345", user=0)
    runner.until(made, ".State.Health.Status", "healthy")
    status = runner.inside(made, "cat", "/proc/1/status")
    assert "Uid:\t1234\t1234\t1234\t1234" in status
    assert "Gid:\t2345\t2345\t2345\t2345" in status


def test_job_runs_at_its_time_in_its_zone(runner: Runner, folder: Path) -> None:
    """A job of every second writes, in the time zone that was asked for."""
    jobs = folder / "jobs"
    jobs.mkdir()
    job = jobs / "tick"
    job.write_text("#!/usr/lib/ringfence/bin/sh\n# when: -H* -M* -S*\n/usr/lib/ringfence/bin/date +%Z >>/run/ticks\n")
    job.chmod(0o755)
    made = runner.start(
        IMAGES / "scheduling", "--volume", f"{jobs}:/etc/ringfence/jobs:ro", "--env", "TZ=Europe/Berlin"
    )
    runner.until(made, ".State.Health.Status", "healthy")
    ends = time.monotonic() + 300
    while "info jobs: tick is done" not in runner.logs(made):
        assert time.monotonic() < ends, runner.logs(made)
        time.sleep(0.2)
    zones = set(runner.inside(made, "cat", "/run/ticks").split())
    assert zones
    assert zones <= {"CET", "CEST"}


def test_message_is_handed_to_the_mail_server(runner: Runner, folder: Path) -> None:
    """A file in the outbox is sent: a server inside the same network name space gets it."""
    made = runner.start(
        IMAGES / "messaging", "--env", "CONTAINER_SMTP_HOST=127.0.0.1", "--env", "CONTAINER_SMTP_PORT=2525",
        "--env", "CONTAINER_SMTP_TLS=off",
    )  # fmt: skip
    runner.until(made, ".State.Health.Status", "healthy")
    server = (
        'printf "220 hi\\r\\n"; while read -r line; do echo "$line" >>/run/got; case "$line" in '
        'DATA*) printf "354 go\\r\\n"; while read -r line; do echo "$line" >>/run/got; '
        'case "$line" in .?) break;; esac; done; printf "250 ok\\r\\n";; QUIT*) printf "221 bye\\r\\n"; exit;; '
        '*) printf "250 ok\\r\\n";; esac; done'
    )
    script = f"cat >/run/server <<'END'\n#!/usr/lib/ringfence/bin/sh\n{server}\nEND\nchmod() {{ :; }}\n"
    runner.inside(made, "sh", "-c", f"PATH=/usr/lib/ringfence/bin; {script}")
    runner.engine.run(
        "exec", "--detach", made, "/usr/lib/ringfence/bin/busybox", "nc", "-ll", "-p", "2525", "-e",
        "/usr/lib/ringfence/bin/sh", "/run/server",
    )  # fmt: skip
    mail = "To: you@example.org\\nSubject: hello\\n\\nthe body\\n"
    put = f'PATH=/usr/lib/ringfence/bin; printf "{mail}" >/run/outbox/a.tmp; mv /run/outbox/a.tmp /run/outbox/a.eml'
    runner.inside(made, "sh", "-c", put)
    ends = time.monotonic() + 300
    while "sent a.eml" not in runner.logs(made):
        assert time.monotonic() < ends, runner.logs(made)
        time.sleep(0.2)
    assert "the body" in runner.inside(made, "cat", "/run/got")


def test_logs_are_kept_and_passed_on(runner: Runner) -> None:
    """What comes in over TCP is in the file, and goes on to the next collector, once that is there."""
    made = runner.start(IMAGES / "logging", "--env", "CONTAINER_FORWARD=127.0.0.1:5999")
    runner.until(made, ".State.Health.Status", "healthy")
    line = "<86>Nov 21 11:14:05 web1 app[7]: a line of one machine"
    runner.inside(made, "sh", "-c", f"echo '{line}' | /usr/lib/ringfence/bin/nc -w 1 127.0.0.1 5140")
    runner.inside(made, "sh", "-c", "echo '/usr/lib/ringfence/bin/cat >>/run/got' >/run/keep; : >/run/got")
    listen = "exec /usr/lib/ringfence/bin/nc -ll -p 5999 -e /usr/lib/ringfence/bin/sh /run/keep"
    runner.engine.run("exec", "--detach", made, "/usr/lib/ringfence/bin/sh", "-c", listen)
    ends = time.monotonic() + 300
    while "web1 app 7 - -  a line of one machine" not in runner.inside(made, "cat", "/run/got"):
        assert time.monotonic() < ends, runner.inside(made, "cat", "/run/got") + runner.logs(made)
        time.sleep(0.3)
    assert "web1 info app[7]: a line of one machine" in runner.inside(made, "cat", "/run/collected/messages")


@pytest.mark.parametrize("place", ["collector", "collector:", ":514", 'a"b:1', "a:b", "a:1:x", "a b:1"])
def test_place_to_pass_logs_on_to_is_checked(runner: Runner, place: str) -> None:
    """It becomes part of a configuration: what is none starts nothing."""
    made = runner.start(IMAGES / "logging", "--env", f"CONTAINER_FORWARD={place}")
    assert runner.engine.run("wait", made).strip() == "1"
    assert "CONTAINER_FORWARD is no HOST:PORT" in runner.logs(made)


def test_workspace_lets_a_key_in_and_nothing_else(runner: Runner, folder: Path) -> None:
    """devpod's key opens a shell as user 65532; no key, another user and root get nothing."""
    import subprocess

    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "key")], check=True)
    public = (folder / "key.pub").read_text().strip()
    made = runner.start(IMAGES / "workspace", "--env", f"CONTAINER_AUTHORIZED_KEYS={public}")
    runner.until(made, ".State.Health.Status", "healthy")
    private = (folder / "key").read_text()
    store = "umask 077; /usr/lib/ringfence/bin/cat >/run/client"
    runner.engine.run("exec", "-i", made, "/bin/sh", "-c", store, input=private.encode())
    ssh = (
        "ssh",
        "-p",
        "2222",
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "-o",
        "BatchMode=yes",
    )

    def attempt(*words: str) -> str:
        done = runner.engine.attempt("exec", made, "/usr/bin/" + ssh[0], *ssh[1:], *words)
        return done.stdout + ("" if done.returncode == 0 else "refused")

    tell = "/usr/lib/ringfence/bin/id -u"
    assert attempt("-i", "/run/client", "devpod@127.0.0.1", tell).strip() == "65532"
    assert "refused" in attempt("-i", "/run/none", "devpod@127.0.0.1", tell)
    assert "refused" in attempt("-i", "/run/client", "root@127.0.0.1", tell)
    assert "refused" in attempt(
        "-i", "/run/none", "-o", "PreferredAuthentications=password,keyboard-interactive", "devpod@127.0.0.1", tell
    )


def test_firewall_drops_what_is_not_named(runner: Runner) -> None:
    """The rules are in force in the container's network, and taken away by nobody without notice."""
    made = runner.start(IMAGES / "firewall", "--cap-add", "NET_ADMIN", user=0)
    runner.until(made, ".State.Health.Status", "healthy")
    said = runner.engine.run("exec", made, "/usr/sbin/nft", "list", "ruleset")
    assert "policy drop" in said
    runner.engine.run("exec", made, "/usr/sbin/nft", "flush", "ruleset")
    ends = time.monotonic() + 300
    while "somebody took the rules away" not in runner.logs(made):
        assert time.monotonic() < ends
        time.sleep(0.5)
    runner.until(made, ".State.Health.Status", "healthy")
