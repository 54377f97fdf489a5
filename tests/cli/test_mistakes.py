"""Wrong command lines of every kind: one sentence, an exit code of its own, and nothing changed on disk.

All run on one desk, set up first with a real index, a plugin in it and its keys: no mistake may change it.
"""

import contextlib
import gc
import hashlib
import io
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from conftest import open_folder
from ringfence.cli.main import main

Run = Callable[..., "subprocess.CompletedProcess[str]"]

#: A line is what somebody types. Words hold no spaces.
MISTAKES = """
instal acme-words
install
install nope
install Nope==
install acme-words==
install acme-words==9.9
install acme-words==zz
install acme-words --index nope
install acme-words --channel beta
install acme-words --read x
install --locked
install --locked binary
install --locked empty
install --locked broken.toml
install --locked folder
install ../acme-words
search words --index nope
search --index nope
show
show nope
show acme-words==8
show acme-words==0.1.0 --vex --index nope
upgrade nope
uninstall nope
verify nope
lock nope
lock --output /nonexistent/lock
outdated acme-words
mirror
mirror sync nope new
mirror sync home binary
mirror export nope new
mirror export folder new
mirror import nope new
mirror import binary new
mirror import empty new
publish
publish nope --to idx --key acme.pem
publish acme-words --to nope --key acme.pem
publish acme-words --to folder --key acme.pem
publish acme-words --to idx --key nope.pem
publish acme-words --to idx --key binary
publish acme-words --to idx --key folder
publish acme-words --to idx --key alice.pem
publish acme-words --to idx --key acme.pem
publish acme-words --index nope --key acme.pem
publish acme-words --to idx --key acme.pem --provenance nope
publish acme-words --to idx --key hsm:2
key
key new new.pem
key new acme.pem --in-the-clear
key new new.pem --kind dsa
key new new.pem --passphrase-file nope
key new new.pem --passphrase-file folder
key new new/new.pem --in-the-clear
key show nope.pub
key show binary
key show folder
key import zz new.pub
index
index nope
index add
index add home idx --trust-on-first-use
index add other nope --trust-on-first-use
index add other idx --root-fingerprint zz
index add other idx --root-fingerprint 1:0000000000000000000000000000000000000000000000000000000000000000
index add other ftp://x --trust-on-first-use
index add other http://example.com --trust-on-first-use
index add Other idx --trust-on-first-use
index add other https://localhost:1/ --trust-on-first-use
index remove nope
index init idx --keys-in-the-clear
index init new
index init new --keys-in-the-clear --root-threshold 5
index init new --passphrase-file nope
index fingerprint --at folder
index fingerprint --at idx --root-version 9
index status --at nope
index status --at folder
index publisher add --at idx
index publisher add zebra --at idx
index publisher add zebra --key nope --own zebra --at idx
index publisher add zebra --key binary --own zebra --at idx
index publisher add zebra --key alice.pub --own acme-x --at idx
index publisher add zebra --key alice.pub --own * --at idx
index publisher remove zebra --at idx
index publisher nope zebra --at idx
index reviewer add zebra --at idx
index reviewer remove zebra --at idx
index policy --reviews x --at idx
index accept nope --at idx
index accept binary --at idx
index accept folder --at idx
index review nope 1.0 --at idx
index review acme-words 9 --at idx
index review acme-words 0.1.0 --approve --at idx
index review acme-words 0.1.0 --approve --as bob --key alice.pem --checked all --reason r --at idx
index review acme-words 0.1.0 --approve --as alice --key acme.pem --checked all --reason r --at idx
index review acme-words 0.1.0 --approve --as alice --key alice.pem --checked zz --reason r --at idx
index review acme-words 0.1.0 --approve --as alice --key alice.pem --checked all --at idx
index yank nope --reason r --at idx
index yank acme-words 9 --reason r --at idx
index yank acme-words 0.1.0 --at idx
index transfer acme-words zebra --at idx
index transfer nope acme --at idx
index rotate zebra --key acme.pem --at idx
index rotate root --key nope.pem --at idx
index rotate root --key acme.pem --threshold 4 --at idx
index rebin --bits 99 --at idx
index rebin --bits x --at idx
index tidy --keep 0 --at idx
index tidy --keep -1 --at idx
index build --at nope
index build --at idx --url zz
index advise --at idx
index advise nope --at idx
index advise --file binary --at idx
index advise --file broken.json --at idx
index vex nope --at idx
index vex binary --at idx
index disclosures --at nope
index security-txt --at idx
index export-marketplace --at idx
index export-marketplace --url zz --at idx
index import nope
index import folder
index import binary
index tuf-client refresh
index tuf-client --metadata-dir new init
index tuf-client --metadata-dir new init nope
index tuf-client --metadata-dir new init binary
index tuf-client --metadata-dir folder --metadata-url http://127.0.0.1:1/ refresh
index serve --at nope
index serve --at idx --port 99999
index serve --at idx --port x
vet
vet nope
vet binary
vet empty
vet folder
vet acme-words --step zz
vet acme-words --policy nope
vet acme-words --policy broken.toml
vet acme-words --against nope
vet acme-words --format zz
vet acme-words --data nope
vet acme-words==9
advisories
advisories zz
advisories check
advisories check nope
advisories check binary
advisories check broken.toml
advisories check folder --data nope
advisories update nope
advisories update binary
advisories update broken.json
advisories update http://example.com/x
advisories sbom nope
advisories new
advisories feed nope
advisories vex nope
image
image list zz
image build nope
image build
image build base --release zz
image new
image new Bad!
image scan nope
image scan binary
image scan empty
image scan folder
image sbom nope
image verify nope
image verify folder --key acme.pub
image verify layout:x --key nope
image sign nope --key acme.pem
image sign folder --key nope
run acme-words count {} --cell zz
grant acme-words --method count --cell zz
grant nope --method count
audit nope
audit --format zz folder
audit --running nope
emit compose nope
emit compose broken.toml
emit compose binary
emit compose folder
emit compose empty
plugin pack nope
plugin pack folder
plugin pack acme-words --output /nonexistent/x
plugin check nope
plugin check folder
doctor zz
explain nope
explain nope count
journal show --journal nope
journal show --last x
index tidy --keep x --at idx
image build base --with nope
journal verify --journal nope
completion nope
"""

WORDS = """
def count(text: str) -> int:
    return len(text.split())
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """The folder of the desk."""
    made = open_folder("mistakes")
    yield made
    subprocess.run(["rm", "-rf", made], check=True)


@pytest.fixture(scope="module")
def run(place: Path) -> Run:
    """The command, in this process and that folder; a first pass sets up what the mistakes name."""
    environment = {"HOME": str(place / "home"), "PATH": os.environ["PATH"], "RINGFENCE_STATE": str(place / "state")}
    (place / "home").mkdir()

    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        try:
            with (
                mock.patch.dict(os.environ, environment, clear=True),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                contextlib.chdir(place),
            ):
                code = main(list(words))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 70
        finally:
            gc.enable()
        return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())

    (place / "binary").write_bytes(bytes(range(256)) * 10)
    (place / "empty").write_text("")
    (place / "broken.toml").write_text("a = [1,")
    (place / "broken.json").write_text("{]")
    (place / "folder").mkdir()
    for line in (
        "plugin init acme-words",
        "key new acme.pem --in-the-clear",
        "key new alice.pem --in-the-clear",
        "index init idx --keys-in-the-clear",
        "index publisher add acme --key acme.pub --own acme-* --at idx",
        "index reviewer add alice --key alice.pub --at idx",
        "publish acme-words --to idx --key acme.pem",
        "index review acme-words 0.1.0 --at idx --approve --as alice --key alice.pem --checked all --reason read",
        "index add home idx --trust-on-first-use",
        "install acme-words",
    ):
        done = typed(*line.split())
        assert done.returncode == 0, (line, done.stderr)
    return typed


def _tree(folder: Path) -> dict[str, str]:
    """Each file by the digest of its content, each folder by its name; but for locks, caches and journals."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        own = name.startswith(("state/", "home/", "idx/journal/", "idx/public/journal/"))
        if own or path.suffix == ".lock" or path.name == ".lock":
            continue
        if path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder"
    return found


@pytest.mark.parametrize("line", MISTAKES.strip().splitlines())
def test_a_mistake_is_one_sentence_and_changes_nothing(run: Run, place: Path, line: str) -> None:
    """Not 0, no traceback, no defect of ours; a sentence that says what, and the folder as it was."""
    before = _tree(place)
    done = run(*line.split(" "))
    said = done.stdout + done.stderr
    assert done.returncode not in (0, 70)
    assert done.returncode > 0
    assert "Traceback" not in said
    assert "defect" not in done.stderr
    assert "invalid _" not in done.stderr
    sentences = [x for x in done.stderr.splitlines() if x.startswith("ringfence") and ": warning: " not in x]
    # What judges many things answers with its report; every other answer is one sentence.
    assert len(sentences) == 1 or (not sentences and done.stdout.strip())
    assert _tree(place) == before


def test_a_tidied_index_still_answers(run: Run, place: Path) -> None:
    """What is kept at least is the state that stands now."""
    assert run("index", "tidy", "--keep", "1", "--at", "idx").returncode == 0
    assert run("index", "status", "--at", "idx").returncode == 0
    assert run("show", "acme-words").returncode == 0
