"""Building: the same bytes each time, nothing that breaks a rule, described with care, for every engine."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Desk
from dockerengine import DockerEngine
from images.conftest import IMAGES, Shelf, variant_folder
from needs import unavailable
from ringfence.controls.known import releases
from ringfence.errors import ConfigError, ImageRefused
from ringfence.images import build, context, debian, description, elf, harden
from ringfence.images.layout import Layout, archive
from ringfence.images.tree import Entry, Tree, flattened

ALL = sorted(path.parent.name for path in IMAGES.glob("*/image.toml"))


def test_the_same_input_makes_the_same_image(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built twice into two places: one digest of the layer, and of the whole; another time, another digest."""
    variant = description.load(IMAGES / "base")

    def again(name: str) -> build.Built:
        return build.build(variant, Layout(folder / name), shelf.store, distribution=debian.release())

    one, other = again("one"), again("other")
    assert (one.layer, one.digest) == (other.layer, other.digest)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert again("later").layer != one.layer


def test_layer_is_sorted_of_root_and_of_one_time(shelf: Shelf) -> None:
    """Whoever builds it, whenever: no name, number or time of the machine is in it."""
    import io
    import tarfile

    shelf.build(IMAGES / "base")
    (layer,) = shelf.layout.read("base-debian12").layers
    with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
        found = tar.getmembers()
    assert [m.name for m in found] == sorted(m.name for m in found)
    assert {(m.uid, m.gid, m.uname, m.gname, m.mtime) for m in found} == {(0, 0, "", "", 0)}


@pytest.mark.parametrize("name", ["base", "guest"])
def test_nothing_in_an_image_that_it_can_do_without(shelf: Shelf, name: str) -> None:
    """No shell or package manager in the search path, no set-id or world-writable file, no documentation."""
    shelf.build(IMAGES / name)
    files = flattened(shelf.layout.read(f"{name}-debian12").layers)
    assert [f for f in harden.faults(files, shell=False) if f[1] != "usr/bin/python3.11"] == []
    assert not [
        path for path in files if path.startswith(("usr/share/man", "var/lib/dpkg/info", "etc/apt", "var/cache"))
    ]
    assert "bin" in files
    assert files["bin"].target == "usr/bin"


@pytest.mark.parametrize(
    ("path", "entry", "rule"),
    [
        ("usr/bin/su", Entry(0o4755, data=b""), "no-set-id-files"),
        ("etc/open", Entry(0o666, data=b""), "no-world-writable-files"),
        ("usr/bin/apt-get", Entry(0o755, data=b""), "no-package-manager"),
        ("usr/bin/bash", Entry(0o755, data=b""), "no-shell"),
    ],
)
def test_rule_is_broken_by_its_file(path: str, entry: Entry, rule: str) -> None:
    """Good, then bad: each file is judged, not the first alone."""
    files = {"etc/good": Entry(0o644, data=b"x"), path: entry, "usr/bin/zz": Entry(0o755, data=b"x")}
    assert [(r, p) for r, p, _ in harden.faults(files, shell=False)] == [(rule, path)]


def test_programs_are_judged_as_the_compiler_made_them(folder: Path) -> None:
    """Position independence and RELRO are read from the program itself."""
    if shutil.which("gcc") is None:
        unavailable("a compiler to make a weak program with: Debian's gcc")
    (folder / "a.c").write_text("int main(void) { return 0; }\n")
    kinds = {"strong": ("-pie", "-fPIE", "-Wl,-z,relro"), "weak": ("-no-pie", "-Wl,-z,norelro")}
    found = {}
    for name, flags in kinds.items():
        subprocess.run(["gcc", *flags, "-o", str(folder / name), str(folder / "a.c")], check=True)
        found[name] = elf.read((folder / name).read_bytes())
    assert found["strong"] == elf.Program(runs=True, position_independent=True, relro=True, guarded=None)
    assert found["weak"] == elf.Program(runs=True, position_independent=False, relro=False, guarded=None)
    assert elf.read(b"\x7fELF\x02\x01") is None
    assert elf.read((folder / "weak").read_bytes()[:70]) is None


def test_image_that_breaks_a_rule_is_not_written(shelf: Shelf, folder: Path) -> None:
    """The file is named, and nothing is listed in the layout."""
    home = variant_folder(folder, 'name = "weak"\ndescription = "weak"\nfrom = "base"\n')
    bad = home / "files" / "usr" / "bin"
    bad.mkdir(parents=True)
    (bad / "bash").write_text("#!/bin/sh\n")
    layout = Layout(folder / "layout")
    with pytest.raises(ImageRefused, match=r"/usr/bin/bash a shell, for whoever gets to run one program \(no-shell\)"):
        build.build(description.load(home), layout, shelf.store, distribution=debian.release())
    assert not (folder / "layout").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('description = "x"\n', "name is missing"),
        ('name = "Bad Name"\ndescription = "x"\n', "small letters"),
        ('name = "a"\ndescription = "x"\nprivileged = true\n', "unknown key 'privileged'"),
        ('name = "a"\ndescription = "x"\nuser = 0\n', "user 0 is only for images that need a capability"),
        ('name = "a"\ndescription = "x"\ncapabilities = ["SYS_ADMIN"]\n', "may not ask for SYS_ADMIN"),
        ('name = "a"\ndescription = "x"\nports = [80]\n', "from 1024"),
        ('name = "a"\ndescription = "x"\n[packages]\ndebian = ["a; rm"]\n', "list of words"),
        ('name = "a"\ndescription = "x"\n[services.one]\n', "there is no"),
        ('name = "a"\ndescription = "x"\n[init.a]\nafter = ["b"]\n[init.b]\nafter = ["a"]\n', "wait for one another"),
    ],
)
def test_mistake_in_a_description_is_named_with_its_line(folder: Path, text: str, said: str) -> None:
    """File, line, and what is wrong."""
    home = folder / "a"
    (home / "init").mkdir(parents=True)
    for name in ("a", "b"):
        (home / "init" / name).write_text("")
    (home / "image.toml").write_text(text)
    with pytest.raises(ConfigError, match=said) as raised:
        description.load(home)
    assert f"{home}/image.toml:" in raised.value.message


def test_bill_of_materials_names_every_package(shelf: Shelf) -> None:
    """CycloneDX 1.6, valid by its own schema, with a purl and a digest for each package; the same each time."""
    from cyclonedx.exception import MissingOptionalDependencyException
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    from ringfence.images import sbom

    built = shelf.build(IMAGES / "base")
    (text,) = shelf.layout.attached(built.digest, sbom.KIND)
    bill = json.loads(text)
    assert {f"{c['name']} {c['version']}" for c in bill["components"]} == set(built.packages)
    assert all(c["purl"].startswith("pkg:deb/debian/") and c["hashes"] for c in bill["components"])
    with contextlib.suppress(MissingOptionalDependencyException):  # its schema is an extra of the library
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.decode()) is None


@pytest.mark.parametrize("distribution", ["alpine", "debian"])
@pytest.mark.parametrize("name", ALL)
def test_build_context_is_whole_and_audited_clean(desk: Desk, name: str, distribution: str) -> None:
    """The Dockerfile of every variant: nothing found where its base is by digest, and only that where it is not."""
    desk.config.write_text("")
    words = ["image", "build", str(IMAGES / name), "--for", distribution, "--by-engine"]
    base = f"{distribution}@sha256:{'0' * 64}"
    for folder, more, wanted in (("bare", (), ["pinned-digest"]), ("pinned", ("--base", base), [])):
        done = desk.run(*words, "--output", str(desk.folder / folder), *more)
        assert done.returncode == 0, done.stderr
        audited = desk.run("audit", str(desk.folder / folder / "Dockerfile"), "--json")
        assert [f["control"] for f in json.loads(audited.stdout)["findings"] if not f.get("waived")] == wanted
    text = (desk.folder / "pinned" / "Dockerfile").read_text()
    packages = description.load(IMAGES / name).packages[distribution]
    assert all(f" {package} " in text for package in packages)
    assert f"FROM {base} AS packages" in text


def test_texts_of_a_variant_stay_texts_in_its_dockerfile(folder: Path) -> None:
    """Quotes, backslashes and dollars of a description end nothing, and a base is one word."""
    home = folder / "odd"
    home.mkdir()
    (home / "image.toml").write_text("name = 'odd'\ndescription = 'a \"b\" $PATH c\\'\n")
    variant = description.load(home)
    text = context.dockerfile(variant, "debian")
    assert 'description="a \\"b\\" \\$PATH c\\\\"' in text
    with pytest.raises(ImageRefused, match="is no name of an image"):
        context.write(variant, folder / "context", "debian", "debian:12\nRUN true")
    assert not (folder / "context").exists()


def test_unsupported_release_is_built_only_by_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its end of life: refused with the date, unless it is asked for."""
    monkeypatch.setitem(context.RELEASES, "alpine", "3.15")
    from ringfence.cli import main

    words = ["image", "build", str(IMAGES / "base"), "--for", "alpine", "--output", str(desk.folder / "old")]
    assert main.main(words) == ImageRefused.exit_code
    assert not (desk.folder / "old").exists()
    assert main.main([*words, "--allow-unsupported-release"]) == 0


def test_list_shows_variants_and_the_table(desk: Desk) -> None:
    """Every variant, and every release with its level and dates."""
    done = desk.run("image", "list", "--json")
    found = json.loads(done.stdout)
    assert set(found["variants"]) == set(ALL)
    levels = {(r["distribution"], r["version"]): r["level"] for r in found["releases"]}
    assert levels["debian", "9"] == "unsupported"
    assert len(levels) == len(releases.RELEASES)


def test_new_makes_a_variant_that_builds(desk: Desk, shelf: Shelf) -> None:
    """What `image new` writes is whole: it loads, and its tree holds its service."""
    done = desk.run("image", "new", "mine")
    assert done.returncode == 0, done.stderr
    variant = description.load(desk.folder / "images" / "mine")
    assert [service.name for service in variant.services] == ["mine"]
    assert "mine" in json.loads(desk.run("image", "list", "--json").stdout)["variants"]
    assert desk.run("image", "build", "mine", "--for", "alpine", "--output", "context").returncode == 0
    again = desk.run("image", "new", "mine")
    assert again.returncode == ImageRefused.exit_code
    assert "is there already" in again.stderr


def test_the_revision_is_told_without_running_what_the_folder_names(desk: Desk) -> None:
    """A repository can name a program that watches its files, one that filters them, and those of its submodules."""

    def git(*words: str) -> str:
        said = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=desk.folder,
            capture_output=True,
            text=True,
        )
        assert said.returncode == 0, said.stderr
        return said.stdout.strip()

    def revision() -> str:
        assert desk.run("image", "build", "mine", "--for", "alpine", "--output", "context").returncode == 0
        found = re.search(r'image\.revision="?([0-9a-z-]+)', (desk.folder / "context" / "Dockerfile").read_text())
        return found[1] if found else ""

    assert desk.run("image", "new", "mine").returncode == 0
    assert revision() == ""
    evil = desk.folder / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {desk.folder}/ran\ncat\n")
    evil.chmod(0o755)
    (desk.folder / ".gitattributes").write_text("* filter=evil\n")
    git("init", "-q")
    git("add", "images", ".gitattributes")
    git("commit", "-qm", "one")
    git("config", "core.fsmonitor", str(evil))
    git("config", "filter.evil.clean", str(evil))
    for file in (desk.folder / "images").rglob("*.toml"):
        os.utime(file, (1, 1))
    head = git("rev-parse", "HEAD")
    assert revision() == head
    (desk.folder / ".gitattributes").write_text("\n")
    assert revision() == f"{head}-dirty"
    assert not (desk.folder / "ran").exists()


def test_what_an_installation_compiled_is_in_no_image(folder: Path) -> None:
    """pip compiles every program of Python that it installs, also those that are an image's."""
    home = Path(shutil.copytree(IMAGES / "firewall", folder / "firewall", ignore=shutil.ignore_patterns("__pycache__")))
    before = description.load(home, ["fail2ban"]).files
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(home)], check=True)
    assert list(home.rglob("*.pyc"))
    assert description.load(home, ["fail2ban"]).files == before


def test_shipped_variants_are_there_everywhere_and_nobody_takes_their_name(desk: Desk) -> None:
    """Below any working directory; a folder of the same name there is one of two, and is asked for by its path."""
    words = ("image", "build", "base", "--for", "alpine", "--output")
    assert desk.run(*words, "context").returncode == 0
    assert desk.run("image", "new", "base").returncode == 0
    refused = desk.run(*words, "other")
    assert refused.returncode == ImageRefused.exit_code
    assert "there are two images 'base'" in refused.stderr
    assert not (desk.folder / "other").exists()


@pytest.mark.parametrize("kind", ["podman", "buildah"])
def test_other_engines_take_the_image(shelf: Shelf, folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same archive, loaded by podman and buildah, has the same layer."""

    from ringfence.images import engines

    if shutil.which(kind) is None:
        unavailable(f"{kind} is not here")
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n'
    )
    monkeypatch.setenv("CONTAINERS_STORAGE_CONF", str(folder / "storage.conf"))
    built = shelf.build(IMAGES / "base")
    engines.give(shelf.layout.read(built.name), "localhost/ringfence-base:test", kind)
    words = {"podman": ["podman", "image"], "buildah": ["buildah"]}[kind]
    said = subprocess.run(
        [*words, "inspect", *(["--type", "image"] if kind == "buildah" else []), "localhost/ringfence-base:test"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert built.layer in said


def test_calls_run_in_the_built_guest(desk: Desk, engine: DockerEngine, shelf: Shelf) -> None:
    """The container cell, in the guest's image of Debian's packages, by its digest."""
    from cells.test_container_calls import METHODS, PROBE

    built = shelf.build(IMAGES / "guest")
    engine.run("load", input=archive(shelf.layout.read(built.name), "ringfence-guest:built"))
    image = engine.run("images", "--no-trunc", "--quiet", "ringfence-guest:built").strip()
    desk.config.write_text(f'[container]\nengine = "unix://{engine.socket}"\nimage = "{image}"\n')
    desk.grant(desk.plugin(PROBE, *METHODS))
    answer = desk.call("probe", "look", None, "--cell", "container")
    assert answer["exit"] == 0, answer
    assert answer["data"]["isolation"]["image"] == image
    assert answer["data"]["result"]["shell"] is False


def test_hostile_archive_stays_in_its_bounds() -> None:
    """Paths that climb out land inside; devices are no files; white-outs take away what is below."""
    tree = Tree()
    tree.file("../../etc/passwd", b"x")
    tree.file("bin/one", b"1")
    assert "etc/passwd" in tree
    assert "usr/bin/one" in tree
    upper = Tree()
    upper.file("usr/bin/.wh.one", b"")
    upper.file("etc/.wh..wh..opq", b"")
    files = flattened([tree.layer(0), upper.layer(0)])
    assert "usr/bin/one" not in files
    assert "etc/passwd" not in files
