"""The bill of materials of anybody's image: what its own databases say, and nothing that they do not."""

import json
from pathlib import Path

from conftest import Desk
from ringfence.images.inventory import Part, bill, parts
from ringfence.images.layout import Image, Layout, archive
from ringfence.images.tree import Entry, Tree, sha256

DPKG = """\
Package: zlib1g
Status: install ok installed
Architecture: amd64
Version: 1:1.2.13.dfsg-1
Description: compression library
 Version: 9.9.9

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0

Package: broken
Status: install ok installed
"""
APK = "P:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\nR:ld-musl\n\nP:busybox\nV:1.36.1-r29\nA:x86_64\n"
METADATA = "Metadata-Version: 2.1\nName: Typing_Extensions\nVersion: 4.12.2\n\nName: liar\nVersion: 1\n"


def _image(tree: Tree) -> Image:
    layer = tree.layer(0)
    config = {
        "created": "2026-11-01T12:00:00Z",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": [sha256(layer)]},
    }
    return Image(digest="sha256:" + "1" * 64, config=config, layers=(layer,), name="shop:1")


def _tree() -> Tree:
    tree = Tree()
    tree.file("etc/os-release", 'ID=debian\nVERSION_ID="12"\n')
    tree.file("var/lib/dpkg/status", DPKG)
    tree.file("usr/lib/python3/dist-packages/typing_extensions-4.12.2.dist-info/METADATA", METADATA)
    return tree


def test_packages_are_those_that_are_installed() -> None:
    """Of three databases; a record that is gone, broken or indented is none."""
    files = dict(_tree().items()) | {"usr/lib/apk/db/installed": Entry(0o644, data=APK.encode())}
    assert [(one.kind, one.name, one.version) for one in parts(files)] == [
        ("apk", "busybox", "1.36.1-r29"),
        ("apk", "musl", "1.2.5-r0"),
        ("deb", "zlib1g", "1:1.2.13.dfsg-1"),
        ("pypi", "Typing_Extensions", "4.12.2"),
    ]


def test_a_distroless_image_has_a_file_for_each_package() -> None:
    """Below status.d; their digests beside them are no packages."""
    record = b"Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\n"
    files = {
        "var/lib/dpkg/status.d/tzdata": Entry(0o644, data=record),
        "var/lib/dpkg/status.d/tzdata.md5sums": Entry(0o644, data=record),
    }
    assert parts(files) == (Part("deb", "tzdata", "2024a-0+deb12u1", "all", "var/lib/dpkg/status.d/tzdata"),)


def test_a_bill_names_packages_as_advisories_do() -> None:
    """Package addresses with the distribution; the same bytes each time."""
    said = json.loads(bill(_image(_tree())))
    assert said["specVersion"] == "1.6"
    assert sorted(one["purl"] for one in said["components"]) == [
        "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64&distro=debian-12",
        "pkg:pypi/typing-extensions@4.12.2",
    ]
    assert said["metadata"]["timestamp"].startswith("2026-11-01T12:00:00")
    assert bill(_image(_tree())) == bill(_image(_tree()))


def test_names_that_are_none_reach_no_bill() -> None:
    """A database of an image may hold anything."""
    tree = Tree()
    tree.file(
        "var/lib/dpkg/status",
        "Package: ../../x\nVersion: 1\n\nPackage: a\x1b[2J\nVersion: 1\n\nPackage: ok\nVersion: 1 2\n",
    )
    assert json.loads(bill(_image(tree))).get("components", []) == []


def test_the_command_prints_a_bill_of_an_archive(desk: Desk, tmp_path: Path) -> None:
    """Of what `docker save` writes; nothing needs to be attached."""
    (desk.folder / "shop.tar").write_bytes(archive(_image(_tree()), "shop:1"))
    done = desk.run("image", "sbom", "shop.tar")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["components"]) == 2


def test_a_bill_is_attached_to_an_image_of_a_layout(desk: Desk) -> None:
    """From then on it is the one that is printed; an archive has no place for one."""
    layout = Layout(desk.folder / "layout")
    layout.create()
    config = {"created": "2026-11-01T12:00:00Z", "config": {}}
    digest = layout.image(_tree().layer(0), config, {}, "shop")
    done = desk.run("image", "sbom", "layout:shop", "--attach")
    assert done.returncode == 0, done.stderr
    (attached,) = layout.attached(digest, "application/vnd.cyclonedx+json")
    assert len(json.loads(attached)["components"]) == 2
    assert desk.run("image", "sbom", "layout:shop").stdout.encode() == attached
    (desk.folder / "shop.tar").write_bytes(archive(_image(_tree()), "shop:1"))
    refused = desk.run("image", "sbom", "shop.tar", "--attach")
    assert (refused.returncode, "only to an image of an OCI layout" in refused.stderr) == (2, True)
