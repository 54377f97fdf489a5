"""A key that never leaves its token: PKCS#11 by SoftHSM, as a YubiKey speaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Desk
from needs import unavailable

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "123456"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A token with an EC key under number 2, and the environment that leads to it."""
    if not (MODULE.exists() and shutil.which("softhsm2-util")):
        unavailable("Debian's softhsm2")
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    monkeypatch.setenv("PYKCS11LIB", str(MODULE))
    make = "import pkcs11, pkcs11.util.ec as ec, sys\n" \
        "t = pkcs11.lib(sys.argv[1]).get_token(token_label='desk')\n" \
        "with t.open(rw=True, user_pin=sys.argv[2]) as s:\n" \
        "    p = s.create_domain_parameters(pkcs11.KeyType.EC,\n" \
        "        {pkcs11.Attribute.EC_PARAMS: ec.encode_named_curve_parameters('secp256r1')}, local=True)\n" \
        "    p.generate_keypair(store=True, label='acme', id=bytes([2]))\n"  # fmt: skip
    for command in (
        ["softhsm2-util", "--init-token", "--free", "--label", "desk", "--pin", PIN, "--so-pin", PIN],
        [sys.executable, "-c", make, str(MODULE), PIN],
    ):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=os.environ.copy())
        assert done.returncode == 0, done.stderr
    return "hsm:2?label=desk"


def test_a_release_is_signed_by_a_token(token: str, desk: Desk, tmp_path: Path) -> None:
    """Imported, added as a publisher's key, and what it signs is taken; another PIN signs nothing."""
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    pin.chmod(0o600)

    def run(*words: str, code: int = 0) -> str:
        done = desk.run(*words)
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout + done.stderr

    run("key", "import", token, "acme.pub", "--passphrase-file", str(pin))
    run("index", "init", "idx", "--keys-in-the-clear")
    run("plugin", "init", "acme-words")
    run("index", "publisher", "add", "acme", "--key", "acme.pub", "--own", "acme-*", "--at", "idx")
    key = ["--to", "idx", "--key", f"acme.pub={token}"]
    pin.write_text("654321")
    run("publish", "acme-words", *key, "--passphrase-file", str(pin), code=46)
    pin.write_text(PIN)
    assert "Published acme-words 0.1.0" in run("publish", "acme-words", *key, "--passphrase-file", str(pin))
