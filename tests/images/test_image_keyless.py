"""Images signed by an identity: what Sigstore vouched for holds, and nothing that was put together without it."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Desk
from images.fakesigstore import ISSUER, Sigstore
from ringfence.errors import BadStatement, KeyUnavailable
from ringfence.images import keyless, sbom
from ringfence.images.layout import Layout
from ringfence.images.tree import Tree

WHO = "release@example.com"


@pytest.fixture(scope="module")
def sigstore() -> Iterator[Sigstore]:
    """One for all tests here."""
    made = Sigstore()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


class Case:
    """A layout with two images, and one Sigstore that is trusted."""

    def __init__(self, folder: Path, sigstore: Sigstore) -> None:
        self.sigstore = sigstore
        self.layout = Layout(folder / "layout")
        self.layout.create()
        self.digest, self.other = (self._image(name) for name in ("one", "two"))
        self.trust = str(folder / "trust.json")
        Path(self.trust).write_text(json.dumps(sigstore.trust_config()))
        self.token = str(folder / "token")

    def _image(self, name: str) -> str:
        tree = Tree()
        tree.file("etc/os-release", f'ID=debian\nVERSION_ID="12"\nNAME={name}\n')
        config = {"User": "65532", "Healthcheck": {"Test": ["CMD", "/check"]}, "Labels": _LABELS}
        digest = self.layout.image(tree.layer(0), {"architecture": "amd64", "os": "linux", "config": config}, {}, name)
        self.layout.attach(digest, sbom.KIND, b'{"components": []}')
        return digest

    def sign(self, digest: str = "", who: str = WHO, issuer: str = ISSUER) -> str:
        Path(self.token).write_text(self.sigstore.token(who, issuer))
        return keyless.sign(self.layout, digest or self.digest, self.token, self.trust)

    def verify(self, digest: str = "", who: str = WHO, issuer: str = ISSUER) -> int:
        return keyless.verify(self.layout, digest or self.digest, who, issuer, self.trust)

    def bundle(self) -> dict[str, Any]:
        """The bundle of the signed image."""
        (data,) = self.layout.attached(self.digest, keyless.KIND)
        found: dict[str, Any] = json.loads(data)
        return found

    def replace(self, bundle: object) -> None:
        """Let this be the only bundle of the image."""
        others = [one for one in self.layout.index() if one.get("artifactType") != keyless.KIND]
        self.layout._write_index(others)
        self.layout.attach(
            self.digest, keyless.KIND, bundle if isinstance(bundle, bytes) else json.dumps(bundle).encode()
        )


_LABELS = {"org.opencontainers.image.source": "https://example.com/source"}


@pytest.fixture
def case(tmp_path: Path, sigstore: Sigstore) -> Iterator[Case]:
    """Two images; nothing is signed."""
    sigstore.timestamped, sigstore.ahead = True, 0
    yield Case(tmp_path, sigstore)
    sigstore.timestamped, sigstore.ahead = True, 0


def test_signed_image_verifies_through_the_command(desk: Desk, case: Case, sigstore: Sigstore) -> None:
    """Signed with a token of a file, verified with no service at hand; the name and its issuer are printed."""
    place = f"{case.layout.folder}:one"
    Path(case.token).write_text(sigstore.token(WHO))
    words = ("image", "sign", place, "--keyless", "--identity-token-file", case.token, "--trust-config", case.trust)
    done = desk.run(*words)
    assert done.returncode == 0, done.stderr
    assert f"{case.digest} is signed: sha256:" in done.stdout
    gone = json.loads(Path(case.trust).read_text().replace(sigstore.url, "http://127.0.0.1:9"))
    Path(case.trust).write_text(json.dumps(gone))
    asked = ("--certificate-identity", WHO, "--certificate-oidc-issuer", ISSUER, "--trust-config", case.trust)
    done = desk.run("image", "verify", place, *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"signed by  {WHO} ({ISSUER})" in done.stdout


def test_layout_of_bundles_is_cosigns(case: Case) -> None:
    """A referrer of the image with the bundle as its layer, and a statement of cosign's about the digest alone."""
    made = case.sign()
    manifest = case.layout.document(made)
    assert manifest["artifactType"] == "application/vnd.dev.sigstore.bundle.v0.3+json"
    assert manifest["subject"]["digest"] == case.digest
    assert manifest["annotations"]["dev.sigstore.bundle.content"] == "dsse-envelope"
    assert manifest["annotations"]["dev.sigstore.bundle.predicateType"] == "https://sigstore.dev/cosign/sign/v1"
    (layer,) = manifest["layers"]
    assert layer["mediaType"] == manifest["artifactType"]
    bundle = case.bundle()
    assert bundle["mediaType"] == manifest["artifactType"]
    said = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
    assert said["predicateType"] == "https://sigstore.dev/cosign/sign/v1"
    assert [one["digest"] for one in said["subject"]] == [{"sha256": case.digest.removeprefix("sha256:")}]


@pytest.mark.parametrize("who", [WHO, "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1"])
def test_identity_is_a_mail_address_or_a_workflow(case: Case, who: str) -> None:
    """Exactly that one, of exactly that issuer."""
    case.sign(who=who)
    assert case.verify(who=who) == 1
    for wrong, issuer, said in (
        ("other@example.com", ISSUER, "SANs do not match other@example.com"),
        (who + ".evil.example", ISSUER, "SANs do not match"),
        (who, "https://accounts.evil.example", "OIDCIssuer does not match"),
    ):
        with pytest.raises(BadStatement, match=said):
            case.verify(who=wrong, issuer=issuer)


def test_same_name_at_another_issuer_is_somebody_else(case: Case) -> None:
    """Whoever may call themselves what they like elsewhere signs nothing here; a good one beside it holds."""
    case.sign(issuer="https://accounts.evil.example")
    with pytest.raises(BadStatement, match=f"is not signed by {WHO} of {ISSUER}: .*OIDCIssuer does not match"):
        case.verify()
    case.sign()
    assert case.verify() == 1


def test_unsigned_image_is_refused(case: Case) -> None:
    """And said to hold no bundle."""
    with pytest.raises(BadStatement, match="holds no bundle of Sigstore"):
        case.verify()


def test_bundle_of_another_image_is_none(case: Case) -> None:
    """A bundle that was attached to another image does not hold there."""
    case.sign(case.other)
    (data,) = case.layout.attached(case.other, keyless.KIND)
    assert case.verify(case.other) == 1
    case.layout.attach(case.digest, keyless.KIND, data)
    with pytest.raises(BadStatement, match=f"it is of the image {case.other}"):
        case.verify()


def test_attestation_by_the_same_identity_is_no_signature(case: Case) -> None:
    """Who signed where an image came from did not sign the image."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyless, "PREDICATE", "https://slsa.dev/provenance/v1")
        case.sign()
        assert case.verify() == 1
    with pytest.raises(BadStatement, match=r"says 'https://slsa.dev/provenance/v1', which is no signature"):
        case.verify()


def test_another_sigstore_is_not_trusted(case: Case, tmp_path: Path) -> None:
    """The same name, issuer and image, vouched for by services that nobody named: chain, logs and all."""
    other = Sigstore()
    try:
        (tmp_path / "theirs").mkdir()
        theirs = Case(tmp_path / "theirs", other)
        theirs.sign()
        bundle = theirs.bundle()
    finally:
        other.close()
    assert theirs.digest == case.digest
    case.replace(bundle)
    with pytest.raises(BadStatement, match="certificate chain"):
        case.verify()


def test_certificate_that_had_expired_when_it_was_logged(case: Case) -> None:
    """A key that outlives its certificate signs nothing more: the log says when it was."""
    case.sigstore.ahead = 3600
    case.sign()
    with pytest.raises(BadStatement, match="certificate chain"):
        case.verify()


def test_certificate_without_its_logs_timestamp(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be one that the CA's log never saw: not taken when signing, and not when verifying."""
    case.sigstore.timestamped = False
    with pytest.raises(KeyUnavailable, match="does not contain a signed certificate timestamp"):
        case.sign()
    monkeypatch.setattr("sigstore.sign.verify_sct", lambda *_: None)
    case.sign()
    with pytest.raises(BadStatement, match="failed to verify SCT"):
        case.verify()


def _envelope(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bundle["dsseEnvelope"]
    return found


def _entry(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bundle["verificationMaterial"]["tlogEntries"][0]
    return found


def _flipped(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[-1] ^= 1
    return base64.b64encode(bytes(data)).decode()


def _set(table: dict[str, Any], key: str, value: object) -> None:
    table[key] = value


def _payload(bundle: dict[str, Any]) -> None:
    """Another statement in the signed envelope."""
    said = json.loads(base64.b64decode(_envelope(bundle)["payload"])) | {"predicate": {"more": 1}}
    _envelope(bundle)["payload"] = base64.b64encode(json.dumps(said).encode()).decode()


#: What is changed in a bundle that holds, and how it is refused.
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no inclusion proof": (lambda b: _entry(b).pop("inclusionProof"), r"inclusionProof Field required$"),
    "no checkpoint": (lambda b: _entry(b)["inclusionProof"].pop("checkpoint"), "inclusion proof, with checkpoint"),
    "no hashes": (lambda b: _set(_entry(b)["inclusionProof"], "hashes", []), "inclusion proof has wrong size"),
    "another hash": (
        lambda b: _set(_entry(b)["inclusionProof"]["hashes"], 0, _flipped(_entry(b)["inclusionProof"]["hashes"][0])),  # type: ignore[arg-type]
        "inclusion proof contains invalid root hash",
    ),
    "another place": (lambda b: _set(_entry(b)["inclusionProof"], "logIndex", "0"), "invalid log entry"),
    "another checkpoint": (
        lambda b: _set(
            _entry(b)["inclusionProof"]["checkpoint"],
            "envelope",
            _entry(b)["inclusionProof"]["checkpoint"]["envelope"].replace(" - 1\n", " - 2\n", 1),
        ),
        "checkpoint: invalid signature",
    ),
    "no promise, so no time": (lambda b: _entry(b).pop("inclusionPromise"), "inclusion promise or signed timestamp"),
    "another time": (
        lambda b: _set(_entry(b), "integratedTime", str(int(_entry(b)["integratedTime"]) - 1)),
        "invalid inclusion promise",
    ),
    "no entry": (lambda b: _set(b["verificationMaterial"], "tlogEntries", []), "exactly one log entry"),
    "another signature": (
        lambda b: _set(_envelope(b)["signatures"][0], "sig", _flipped(_envelope(b)["signatures"][0]["sig"])),
        "DSSE: invalid signature",
    ),
    "another payload": (_payload, "DSSE: invalid signature"),
    "another type": (lambda b: _set(_envelope(b), "payloadType", "text/plain"), "DSSE: invalid signature"),
    "no certificate": (lambda b: b["verificationMaterial"].pop("certificate"), "."),
    "no envelope": (lambda b: b.pop("dsseEnvelope"), "."),
    "an older form": (
        lambda b: _set(b, "mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.1"),
        "expected certificate chain",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_bundle_is_refused(case: Case, change: str) -> None:
    """Whatever is taken out of a good bundle, or changed in it."""
    case.sign()
    bundle = case.bundle()
    case.replace(bundle)
    assert case.verify() == 1
    edit, said = CHANGES[change]
    edit(bundle)
    case.replace(bundle)
    with pytest.raises(BadStatement, match=said):
        case.verify()


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"mediaType": 1}', b"[" * 100_000, b" " * ((1 << 20) + 1)],
    ids=["empty", "object", "list", "binary", "number", "deep", "large"],
)
def test_hostile_bundle_is_a_sentence(case: Case, data: bytes) -> None:
    """Never a traceback, and a good one beside it still holds."""
    case.replace(data)
    with pytest.raises(BadStatement, match=f"is not signed by {WHO}"):
        case.verify()
    case.sign()
    assert case.verify() == 1


def test_too_many_bundles_are_refused(case: Case) -> None:
    """Each costs time to look at."""
    for number in range(65):
        case.layout.attach(case.digest, keyless.KIND, str(number).encode())
    with pytest.raises(BadStatement, match="more than 64 bundles"):
        case.verify()


def test_token_that_is_refused_is_not_repeated(desk: Desk, case: Case, sigstore: Sigstore) -> None:
    """A service that says it back does not bring it into a terminal or a log; nothing is attached."""
    token = sigstore.token(WHO)
    sigstore._tokens.clear()
    Path(case.token).write_text(token)
    place = f"{case.layout.folder}:one"
    words = ("image", "sign", place, "--keyless", "--identity-token-file", case.token, "--trust-config", case.trust)
    done = desk.run(*words)
    assert done.returncode == 46, done
    assert "Sigstore gave no signature" in done.stderr
    assert token not in done.stdout + done.stderr
    assert case.layout.attached(case.digest, keyless.KIND) == []


@pytest.mark.parametrize(
    ("token", "said"),
    [(None, "cannot be read: no such file"), ("", "is empty"), ("not a token", "gave no signature"), ("é", "no token")],
)
def test_token_that_is_none_is_a_sentence(case: Case, token: str | None, said: str) -> None:
    """Whatever the file holds."""
    if token is not None:
        Path(case.token).write_text(token)
    with pytest.raises(KeyUnavailable, match=said):
        keyless.sign(case.layout, case.digest, case.token, case.trust)


def test_without_the_library_it_is_said(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no part of an ordinary installation: nothing is signed, and nothing is held to be."""
    case.sign()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    for attempt in (case.sign, case.verify):
        with pytest.raises(KeyUnavailable, match="Sigstore's library is not installed"):
            attempt()


def test_services_that_do_not_answer_are_a_sentence(case: Case, sigstore: Sigstore) -> None:
    """Nothing is attached."""
    Path(case.trust).write_text(Path(case.trust).read_text().replace(sigstore.url, "http://127.0.0.1:9"))
    with pytest.raises(KeyUnavailable, match=r"Sigstore gave no signature: .*127\.0\.0\.1"):
        case.sign()
    assert case.layout.attached(case.digest, keyless.KIND) == []


@pytest.mark.parametrize("text", ["", "{}", "not json", None])
def test_roots_that_cannot_be_used_are_a_sentence(case: Case, text: str | None) -> None:
    """Nothing is verified against nothing."""
    case.sign()
    Path(case.trust).unlink()
    if text is not None:
        Path(case.trust).write_text(text)
    with pytest.raises(BadStatement, match=r"the roots of trust .* cannot be used"):
        case.verify()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sign", "x:y"), "signed with a key or as an identity"),
        (("sign", "x:y", "--key", "k", "--keyless"), "signed with a key or as an identity"),
        (("sign", "x:y", "--key", "k", "--identity-token-file", "t"), "are for --keyless"),
        (("verify", "x:y"), "not said whose signature is wanted"),
        (("verify", "x:y", "--certificate-identity", WHO), "an identity is one that an issuer knows"),
        (("verify", "x:y", "--certificate-oidc-issuer", ISSUER), "an identity is one that an issuer knows"),
    ],
)
def test_command_lines_that_make_no_sense(desk: Desk, words: tuple[str, ...], said: str) -> None:
    """Refused before anything is read; a name without its issuer above all."""
    done = desk.run("image", *words)
    assert done.returncode == 2
    assert said in done.stderr
