"""Signing, verifying and judging images, from a layout, an archive and an engine."""

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Desk
from dockerengine import DockerEngine
from images.conftest import IMAGES, Shelf
from ringfence.errors import ImageRefused
from ringfence.images import examine, signatures
from ringfence.images.layout import Image, Layout, archive
from ringfence.images.tree import Tree, sha256


@pytest.fixture
def signed(desk: Desk, shelf: Shelf) -> str:
    """The base image in a layout of the test's own, signed with acme's key."""
    shelf.build(IMAGES / "base")
    shutil.copytree(shelf.layout.folder, desk.folder / "layout")
    for name in ("acme", "other"):
        assert desk.run("key", "new", f"{name}.pem", "--in-the-clear").returncode == 0
    done = desk.run("image", "sign", "layout:base-debian12", "--key", "acme.pem")
    assert done.returncode == 0, done.stderr
    return "layout:base-debian12"


def test_signed_image_verifies_with_its_key_alone(desk: Desk, signed: str) -> None:
    """Digest, signature, bill of materials and files; with another key nothing."""
    done = desk.run("image", "verify", signed, "--key", "acme.pub")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "contains   8 packages" in done.stdout
    assert ", 0 of them more than low" in done.stdout
    wrong = desk.run("image", "verify", signed, "--key", "other.pub")
    assert wrong.returncode == 43
    assert "is not signed by any of the 1 keys" in wrong.stderr


def test_second_signature_stands_beside_the_first(desk: Desk, signed: str) -> None:
    """Whoever trusts either key may verify."""
    assert desk.run("image", "sign", signed, "--key", "other.pem").returncode == 0
    for key in ("acme.pub", "other.pub"):
        assert desk.run("image", "verify", signed, "--key", key).returncode == 0


def test_layout_of_signatures_is_cosigns(desk: Desk, signed: str) -> None:
    """The tag, the media type, the payload and the annotation that cosign looks for."""
    layout = Layout(desk.folder / "layout")
    digest = layout.find("base-debian12")
    (found,) = [m for m in layout.index() if m.get("annotations", {}).get(
        "org.opencontainers.image.ref.name") == digest.replace(":", "-") + ".sig"]  # fmt: skip
    (layer,) = layout.document(found["digest"])["layers"]
    assert layer["mediaType"] == "application/vnd.dev.cosign.simplesigning.v1+json"
    assert layer["annotations"]["dev.cosignproject.cosign/signature"]
    payload = json.loads(layout.get(layer["digest"]))
    assert payload["critical"]["image"] == {"docker-manifest-digest": digest}
    assert payload["critical"]["type"] == "cosign container image signature"


def _blob(folder: Path, kind: Callable[[bytes], bool]) -> Path:
    """A blob of the image or of its signatures; the layout may hold other images too, which nobody verifies here."""
    layout = Layout(folder)
    digest = layout.find("base-debian12")
    name = "org.opencontainers.image.ref.name"
    tag = signatures.tag(digest)
    own = [digest, *(one["digest"] for one in layout.index() if one.get("annotations", {}).get(name) == tag)]
    for manifest in list(own):
        document = layout.document(manifest)
        own += [document["config"]["digest"], *(layer["digest"] for layer in document["layers"])]
    places = [folder / "blobs" / "sha256" / each.removeprefix("sha256:") for each in own]
    return next(path for path in places if kind(path.read_bytes()))


@pytest.mark.parametrize(
    ("which", "change"),
    [
        (lambda data: data.startswith(b"\x1f\x8b"), lambda data: gzip.compress(gzip.decompress(data) + b"\0" * 512)),
        (lambda data: b'"diff_ids"' in data and b"Healthcheck" in data, lambda d: d.replace(b"65532", b"0    ")),
        (lambda data: b"simplesigning" in data, lambda data: data + b" "),
        (lambda data: b"docker-manifest-digest" in data, lambda data: data.replace(b"sha256", b"sha512")),
    ],
    ids=["layer", "configuration", "signatures", "payload"],
)
def test_changed_byte_is_noticed(
    desk: Desk, signed: str, which: Callable[[bytes], bool], change: Callable[[bytes], bytes]
) -> None:
    """Whatever was changed in the layout, verification refuses it."""
    path = _blob(desk.folder / "layout", which)
    path.write_bytes(change(path.read_bytes()))
    done = desk.run("image", "verify", signed, "--key", "acme.pub")
    assert done.returncode in (43, 50), done.stdout + done.stderr
    assert "holds something else" in done.stderr


def test_signature_of_another_image_is_none(desk: Desk, shelf: Shelf, signed: str) -> None:
    """A signature that was moved to another image does not hold there."""
    layout = Layout(desk.folder / "layout")
    digest = layout.find("base-debian12")
    other = layout.image(b"\0" * 1024, {"architecture": "amd64", "os": "linux"}, {}, "other")
    (found,) = [m for m in layout.index() if m.get("annotations", {}).get(
        "org.opencontainers.image.ref.name") == signatures.tag(digest)]  # fmt: skip
    layout.manifest(layout.document(found["digest"]), signatures.tag(other))
    done = desk.run("image", "verify", "layout:other", "--key", "acme.pub")
    assert "is not signed by any" in done.stderr


def _image(tree: Tree, config: dict[str, object], history: list[dict[str, object]] | None = None) -> Image:
    layer = tree.layer(0)
    whole = {
        "architecture": "amd64",
        "os": "linux",
        "config": config,
        "history": history or [],
        "rootfs": {"type": "layers", "diff_ids": [sha256(layer)]},
    }
    return Image(digest="sha256:" + "0" * 64, config=whole, layers=(layer,), name="")


GOOD = {
    "User": "65532",
    "Healthcheck": {"Test": ["CMD", "/check"]},
    "Labels": {"org.opencontainers.image.source": "https://example.org"},
}


def _careless() -> Image:
    tree = Tree()
    tree.file("etc/os-release", 'ID=debian\nVERSION_ID="9"\n')
    tree.file("usr/bin/sudo", b"x", 0o4755)
    tree.file("usr/bin/apt-get", b"x", 0o755)
    tree.file("usr/bin/bash", b"x", 0o755)
    tree.file("srv/open", b"x", 0o666)
    tree.file("root/.ssh/id_rsa", b"x", 0o600)
    tree.file("app/.git/HEAD", b"ref: refs/heads/main", 0o644)
    tree.file("app/key.pem", b"-----BEGIN RSA PRIVATE KEY-----\n", 0o644)
    config: dict[str, object] = {"Env": ["DB_PASSWORD=hunter2secret"], "ExposedPorts": {"80/tcp": {}}}
    steps = [
        {"created_by": f"{made} /", "empty_layer": True}
        for made in ("/bin/sh -c #(nop) ADD https://example.org/a.tgz", "apt-get update")
    ]
    return _image(tree, config, steps)


def test_careless_image_breaks_every_rule() -> None:
    """One finding at least for each rule; the gravest first."""
    found = examine.examine(_careless())
    unbroken = {"position-independent-programs", "read-only-relocations", "guarded-stacks", "no-device-files"}
    assert {one.rule for one in found} == set(examine.RULES) - unbroken
    assert found[0].severity == "critical"
    places = {(one.rule, one.place) for one in found}
    assert ("supported-release", "/etc/os-release") in places
    assert ("no-set-id-files", "/usr/bin/sudo") in places
    assert {"/root/.ssh/id_rsa", "/app/key.pem", "config.Env.DB_PASSWORD"} <= {
        one.place for one in found if one.rule == "no-secret-in-image"
    }


def test_good_image_breaks_none() -> None:
    """From a good image one change at a time makes one finding."""
    tree = Tree()
    tree.file("app/run", b"x", 0o755)
    assert examine.examine(_image(tree, GOOD)) == []
    assert [f.rule for f in examine.examine(_image(tree, GOOD | {"User": "root"}))] == ["non-root-image"]
    assert [f.rule for f in examine.examine(_image(tree, GOOD | {"Healthcheck": {}}))] == ["health-check"]


def test_archive_and_engine_give_the_same_findings(desk: Desk, engine: DockerEngine) -> None:
    """From `docker save`'s archive and from a running engine, with an exit code that says so."""
    image = _careless()
    (desk.folder / "careless.tar").write_bytes(archive(image, "careless:1"))
    engine.run("load", input=archive(image, "careless:1"))
    one = desk.run("image", "scan", "careless.tar", "--json")
    other = desk.run("image", "scan", "engine:careless:1", "--json", env={"RINGFENCE_ENGINE": str(engine.socket)})
    assert one.returncode == other.returncode == 1
    assert json.loads(one.stdout)["findings"] == json.loads(other.stdout)["findings"]
    missing = desk.run("image", "scan", "engine:none:1", env={"RINGFENCE_ENGINE": str(engine.socket)})
    assert (missing.returncode, "does not give the image none:1" in missing.stderr) == (ImageRefused.exit_code, True)


@pytest.mark.parametrize(
    "data",
    [b"", b"no tar", gzip.compress(b"x" * 4096), b"\x1f\x8b damaged"],
    ids=["nothing", "text", "no tar in it", "damaged"],
)
def test_what_is_no_image_says_so(desk: Desk, data: bytes) -> None:
    """One sentence, no traceback."""
    (desk.folder / "odd.tar").write_bytes(data)
    done = desk.run("image", "scan", "odd.tar")
    assert done.returncode == ImageRefused.exit_code, done.stderr
    assert "Traceback" not in done.stderr


def test_own_images_hold_what_they_promise(shelf: Shelf) -> None:
    """Nothing above low in any of them."""
    for name in ("base", "guest", "workspace"):
        built = shelf.build(IMAGES / name)
        found = examine.examine(shelf.layout.read(built.name))
        assert [one for one in found if one.severity != "low"] == []


@pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no compiler to make a weak program with")
def test_program_without_a_guard_is_told(folder: Path) -> None:
    """Of programs that write into buffers; guarded ones, ones without buffers and Go's are not spoken of."""
    (folder / "copies.c").write_text(
        "#include <stdio.h>\n#include <string.h>\n"
        "int main(int n, char **v) { char b[64]; strcpy(b, v[n - 1]); return puts(b); }\n"
    )
    (folder / "plain.c").write_text("int main(void) { return 0; }\n")
    bare = ("-O2", "-fno-stack-protector", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=0")
    flags = {
        "weak": ("copies.c", *bare),
        "stack": ("copies.c", "-O2", "-fstack-protector-strong", "-U_FORTIFY_SOURCE"),
        "fortified": ("copies.c", "-O2", "-fno-stack-protector", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2"),
        "plain": ("plain.c", *bare),
    }
    tree = Tree()
    for name, (source, *words) in flags.items():
        subprocess.run(["gcc", "-pie", "-fPIE", *words, "-o", folder / name, folder / source], check=True)
        tree.file(f"app/{name}", (folder / name).read_bytes(), 0o755)
    tree.file("app/go", (folder / "weak").read_bytes() + b"\xff Go buildinf:", 0o755)
    found = [(one.rule, one.place) for one in examine.examine(_image(tree, GOOD))]
    assert found == [("guarded-stacks", "/app/weak")]


def test_own_images_have_no_unguarded_program(shelf: Shelf) -> None:
    """Nothing of that kind, either: not of s6, busybox, Debian's interpreter or OpenSSH."""
    for name in ("base", "guest", "workspace"):
        found = examine.examine(shelf.layout.read(shelf.build(IMAGES / name).name))
        assert "guarded-stacks" not in {one.rule for one in found}


@pytest.mark.parametrize("output", [(), ("--output", "signed")])
def test_archive_is_signed_in_a_layout_that_verifies(desk: Desk, output: tuple[str, ...]) -> None:
    """An archive holds no signature: a layout is made of it, beside it or where it was asked for."""
    tree = Tree()
    tree.file("app/run", b"x", 0o755)
    upper = Tree()
    upper.file("app/more", b"y", 0o644)
    layers = (tree.layer(0), upper.layer(0))
    config = _image(tree, GOOD).config | {"rootfs": {"type": "layers", "diff_ids": [sha256(one) for one in layers]}}
    image = Image(digest="", config=config, layers=layers, name="")
    (desk.folder / "mine.tar").write_bytes(archive(image, "example.org/mine:1.4"))
    assert desk.run("key", "new", "acme.pem", "--in-the-clear").returncode == 0
    assert desk.run("image", "sign", "mine.tar", "--key", "none.pem", *output).returncode != 0
    assert not [*desk.folder.glob("*.oci"), *desk.folder.glob("signed")]
    done = desk.run("image", "sign", "mine.tar", "--key", "acme.pem", *output)
    assert done.returncode == 0, done.stderr
    folder = "signed" if output else "mine.oci"
    assert f"in {folder}:example.org-mine-1.4" in done.stdout
    assert Layout(desk.folder / folder).read("example.org-mine-1.4").layers == layers
    verified = desk.run("image", "verify", folder, "--key", "acme.pub")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.parametrize("what", ["sign", "verify"])
def test_image_of_an_engine_is_not_signed_where_it_is(desk: Desk, what: str) -> None:
    """Why, and what to do instead."""
    assert desk.run("key", "new", "acme.pem", "--in-the-clear").returncode == 0
    key = "acme.pem" if what == "sign" else "acme.pub"
    done = desk.run("image", what, "engine:mine:1", "--key", key)
    assert done.returncode == 2
    assert "an engine keeps no manifest that could be signed" in done.stderr
    assert "docker save mine:1 --output image.tar" in done.stderr
