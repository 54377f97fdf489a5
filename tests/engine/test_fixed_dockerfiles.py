"""Fixed Dockerfiles are built and run by a real engine: it takes them, and what they start is not root."""

import json
import os
from pathlib import Path

import pytest

from dockerengine import DockerEngine
from ringfence.cli.main import main

BASE = "ringfence-base:1.0"

#: (name, Dockerfile, what it prints when it runs). Each runs as root, or would; app.sh stands beside it.
BAD: list[tuple[str, str, str]] = [
    (
        "added",
        f'FROM {BASE}\nADD app.sh /app/app.sh\nRUN chmod 755 /app\nCMD ["sh", "/app/app.sh"]\n',
        "hello 65532\n",
    ),
    (
        "stages",
        f"# the build\nFROM {BASE} AS build\nWORKDIR /src\nADD app.sh .\nRUN sed 's/hello/built/' app.sh > out.sh\n\n"
        f"FROM {BASE}\nCOPY --from=build /src/out.sh /usr/bin/app\nRUN chmod 0755 /usr/bin/app && \\\n"
        '    # a comment within\n    mkdir -p /var/lib/app\nUSER root\nENTRYPOINT ["sh", "/usr/bin/app"]\n',
        "built 65532\n",
    ),
    (
        "arguments",
        f"ARG BASE={BASE}\nFROM ${{BASE}}\nENV GREETING=hello\nRUN mkdir -p /data\nUSER 0:0\nEXPOSE 8080\n"
        "VOLUME /data\nCMD echo $GREETING $(id -u)\n",
        "hello 65532\n",
    ),
    (
        "lower-case",
        f'from {BASE}\nuser 1000\nrun id -u > /tmp/who\nuser root\ncmd ["sh", "-c", "echo $(cat /tmp/who) $(id -u)"]\n',
        "1000 65532\n",
    ),
    ("crlf", f'FROM {BASE}\r\nRUN echo x > /x\r\nCMD ["id", "-u"]\r\n', "65532\n"),
    ("no last newline", f'FROM {BASE}\nCMD ["id", "-u"]\nRUN true', "65532\n"),
    (
        "root by number",
        f'FROM {BASE}\nLABEL a=b \\\n      c="d e"\nUSER 0\nRUN true\nSTOPSIGNAL SIGTERM\n'
        'ENTRYPOINT ["id"]\nCMD ["-g"]\n',
        "65532\n",
    ),
    (
        "a volume that it writes",
        f"FROM {BASE}\nRUN mkdir /data && chown 65532:65532 /data\nVOLUME /data\n"
        'CMD ["sh", "-c", "echo kept > /data/x && cat /data/x"]\n',
        "kept\n",
    ),
]


def fixed(folder: Path, text: str) -> str:
    """The Dockerfile after `audit --fix --unsafe-fixes`, which a second one leaves as it is."""
    file = folder / "Dockerfile"
    file.write_bytes(text.encode())
    (folder / "app.sh").write_text("echo hello $(id -u)\n")
    words = ["audit", "--fix", "--unsafe-fixes", "--format", "json", str(file)]
    main(words)
    once = file.read_bytes()
    main(words)
    assert file.read_bytes() == once
    return once.decode()


@pytest.mark.parametrize(("text", "printed"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_an_engine_builds_and_runs_what_was_fixed(
    docker_engine: DockerEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, printed: str
) -> None:
    """As somebody who is not root, under a read-only root and without capabilities, and it still does its work."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    docker_engine.busybox(BASE)
    new = fixed(tmp_path, text)
    assert new != text
    gone = set(text.splitlines()) - set(new.splitlines())
    assert all(line.startswith(("ADD ", "USER ", "user ")) for line in gone)
    tag = f"ringfence-fixed-{os.getpid()}:1.0"
    docker_engine.run("build", "--tag", tag, str(tmp_path))
    (image,) = json.loads(docker_engine.run("image", "inspect", tag))
    assert image["Config"]["User"] == "65532:65532"
    walls = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
    assert docker_engine.run("run", "--rm", *walls, tag) == printed


@pytest.mark.parametrize("text", [one[1] for one in BAD], ids=[one[0] for one in BAD])
def test_what_was_not_fixed_runs_as_root(docker_engine: DockerEngine, tmp_path: Path, text: str) -> None:
    """So that the test above shows something."""
    docker_engine.busybox(BASE)
    (tmp_path / "Dockerfile").write_bytes(text.encode())
    (tmp_path / "app.sh").write_text("echo hello $(id -u)\n")
    tag = f"ringfence-bad-{os.getpid()}:1.0"
    docker_engine.run("build", "--tag", tag, str(tmp_path))
    assert docker_engine.run("run", "--rm", "--entrypoint", "id", tag, "-u") == "0\n"
