"""Images made to deceive the auditor of images, or to break it: what an engine would run is what is judged."""

import contextlib
import io
import json
import random
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ringfence.errors import ImageRefused, RingfenceError
from ringfence.images import elf, examine, signatures
from ringfence.images.layout import NAME, Image, Layout, archive, read_archive
from ringfence.images.tree import Tree

Member = tuple[str, bytes, int, str]
FILE, FOLDER, LINK, SYMLINK, DEVICE = (
    tarfile.REGTYPE,
    tarfile.DIRTYPE,
    tarfile.LNKTYPE,
    tarfile.SYMTYPE,
    tarfile.CHRTYPE,
)


def layer(*some: Member) -> bytes:
    """An archive of (name, type, mode, what a link points to)."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for name, kind, mode, target in some:
            one = tarfile.TarInfo(name)
            one.type, one.mode, one.linkname = kind, mode, target
            one.size = 1 if kind == FILE else 0
            tar.addfile(one, io.BytesIO(b"x") if one.size else None)
    return whole.getvalue()


def found(*layers: bytes, config: object = None, history: object = None) -> set[tuple[str, str]]:
    """(rule, place) of what is found in the files of an image."""
    whole = {"config": config or {}, "history": history or []}
    image = Image(digest="sha256:" + "0" * 64, config=whole, layers=layers, name="")
    return {(one.rule, one.place) for one in examine.examine(image)}


SETUID: Member = ("srv/rise", FILE, 0o4755, "")
RISES = ("no-set-id-files", "/srv/rise")


def test_an_opaque_mark_behind_a_file_does_not_hide_it() -> None:
    """Engines take away what lies below the layer, wherever in it the mark stands; so does the auditor."""
    assert RISES in found(layer(SETUID, ("srv/.wh..wh..opq", FILE, 0o644, "")))
    assert RISES not in found(layer(SETUID), layer(("srv/.wh..wh..opq", FILE, 0o644, "")))


def test_a_hard_link_to_a_lower_layer_is_followed() -> None:
    """The first name is taken away, the file stays under the second one."""
    upper = layer(("srv/again", LINK, 0o644, "srv/rise"), ("srv/.wh.rise", FILE, 0o644, ""))
    assert ("no-set-id-files", "/srv/again") in found(layer(SETUID), upper)


def test_a_file_in_the_place_of_a_folder_takes_all_of_it() -> None:
    """What an engine does not show is not found."""
    assert RISES not in found(layer(SETUID), layer(("srv", FILE, 0o644, "")))
    assert RISES in found(layer(SETUID), layer(("srv", FOLDER, 0o755, "")))


def test_many_marks_over_many_folders_take_no_longer_than_there_is_to_take() -> None:
    """Each of some thousand folders is taken away by a mark of its own, then marked again and again."""
    folders = [f"srv/{number}" for number in range(20_000)]
    lower = layer(*((f"{one}/file", FILE, 0o4755, "") for one in folders))
    upper = layer(*((f"srv/.wh.{number}", FILE, 0o644, "") for number in range(20_000)))
    marks = layer(
        *((f"srv/own{number}", FILE, 0o644, "") for number in range(5_000)),
        *[("srv/.wh..wh..opq", FILE, 0, "")] * 5_000,
    )
    assert [place for rule, place in found(lower, upper, marks) if rule == "no-set-id-files"] == []


def test_a_device_is_found() -> None:
    """A disk of the host by number, in an image."""
    assert ("no-device-files", "/srv/disk") in found(layer(("srv/disk", DEVICE, 0o600, "")))


def test_a_secret_in_the_history_is_found() -> None:
    """Whoever has the image reads how it was made."""
    step = {"created_by": "RUN |1 TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789 /bin/sh -c curl --header token"}
    plain = {"created_by": "RUN /bin/sh -c make install"}
    text = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAn5rJ8mW0vK7qY2p4Zt9hXc3sBf6uLd1gEoRjTaNkVwPyQiMx\n"
    secret = {"created_by": f"COPY inline {text}-----END RSA PRIVATE KEY-----"}
    assert ("no-secret-in-image", "history[0]") not in found(layer(), history=[plain])
    assert {("no-secret-in-image", "history[1]")} <= found(layer(), history=[plain, secret, step])


@pytest.mark.parametrize(
    "config",
    [
        {"User": 1},
        {"Env": True},
        {"Labels": []},
        {"ExposedPorts": 1},
        {"Healthcheck": "CMD"},
        {"Healthcheck": {"Test": 1}},
        "x",
    ],
)
def test_a_configuration_of_other_types_is_one_sentence(config: object) -> None:
    """It is refused, not guessed at."""
    with pytest.raises(ImageRefused, match="not described as OCI has it"):
        found(layer(), config=config)


class Noise:
    """Random damage, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def bytes(self, data: bytes) -> bytes:
        """A few places of a text changed, cut, doubled."""
        damaged = bytearray(data)
        for _ in range(self._random.choice((1, 1, 3, 12))):
            at = self._random.randrange(max(len(damaged), 1))
            what = self._random.randrange(4)
            if what == 0:
                damaged[at : at + 1] = bytes([self._random.randrange(256)])
            elif what == 1:
                del damaged[at : at + self._random.randrange(1, 600)]
            elif what == 2:
                damaged[at : at + 8] = self._random.choice((b"\xff" * 8, b"77777777", b"\x80" + b"\0" * 7, b"-1      "))
            else:
                damaged[at:at] = bytes(damaged[at : at + 40])
        return bytes(damaged)

    def json(self, value: object) -> object:
        """Some values of a document become others."""
        junk = self._random.choice((None, 1, [], {}, "", [None], {"a": None}, True, "sha256:" + "0" * 64))
        if self._random.random() < 0.12:
            return junk
        if isinstance(value, dict):
            return {key: self.json(one) for key, one in value.items()}
        return [self.json(one) for one in value] if isinstance(value, list) else value


def survives(what: Callable[[], object]) -> None:
    """A result, or one sentence; anything else is raised."""
    with contextlib.suppress(RingfenceError):
        what()


def _image(folder: Path) -> tuple[Layout, str]:
    tree = Tree()
    tree.file("etc/os-release", 'ID=debian\nVERSION_ID="12"\n')
    tree.file("usr/bin/program", b"\x7fELF\x02\x01" + bytes(120), 0o755)
    tree.link("usr/bin/other", "program")
    layout = Layout(folder)
    layout.create()
    config = {
        "config": {"User": "1", "Env": ["A=b"], "Healthcheck": {"Test": ["CMD", "x"]}},
        "history": [{"created_by": "x"}],
    }
    return layout, layout.image(tree.layer(0), config, {}, "one")


@pytest.mark.parametrize("seed", range(8))
def test_damaged_archives_are_judged_or_refused(tmp_path: Path, seed: int) -> None:
    """Bytes of an archive, and of a layer in it, are changed at random."""
    layout, _ = _image(tmp_path)
    image, noise = layout.read("one"), Noise(seed)
    whole = archive(image, "one:1")
    for _ in range(60):
        damaged = noise.bytes(whole)
        survives(lambda data=damaged: examine.examine(read_archive(data)))  # type: ignore[misc]
        below = noise.bytes(image.layers[0])
        one = Image(digest=image.digest, config=image.config, layers=(below, image.layers[0]), name="")
        survives(lambda one=one: examine.examine(one))  # type: ignore[misc]


def test_damaged_programs_are_read_or_passed_over() -> None:
    """Offsets, sizes and counts of a real program's headers become others, as far away as numbers go."""
    whole = Path("/bin/busybox").read_bytes(), Path(sys.executable).resolve().read_bytes()[:100_000]
    chance = random.Random(7)
    for _ in range(4000):
        damaged = bytearray(chance.choice(whole)[:20_000])
        for _ in range(chance.choice((1, 3, 12))):
            damaged[chance.randrange(16, chance.choice((64, 1000)))] = chance.choice((0, 1, 127, 128, 255))
        elf.read(bytes(damaged))


@pytest.mark.parametrize("seed", range(8))
def test_damaged_documents_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    """The index, a manifest, the configuration and the signatures hold values of other types."""
    layout, digest = _image(tmp_path)
    config, manifest = layout.read("one").config, layout.document(digest)
    noise, layers = Noise(seed), layout.read("one").layers
    tag = {NAME: signatures.tag(digest)}
    for _ in range(60):
        odd = Image(digest=digest, config=dict(config, config=noise.json(config["config"])), layers=layers, name="")
        survives(lambda one=odd: examine.examine(one))  # type: ignore[misc]
        made = layout.blob(json.dumps(noise.json(manifest)).encode(), "x") | {"annotations": {NAME: "one"}}
        signed = layout.blob(json.dumps(noise.json({"layers": [made]})).encode(), "x")
        listed = [made, signed | {"annotations": tag, "artifactType": "x"}]
        (tmp_path / "index.json").write_text(json.dumps({"manifests": noise.json(listed)}))
        survives(lambda: layout.read("one"))
        survives(lambda: layout.attached(digest, "x"))
        survives(lambda: signatures.verify(layout, digest, []))
