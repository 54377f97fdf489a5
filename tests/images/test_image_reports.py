"""What is found at an image, in the forms of the auditor's reports."""

import json

import pytest

from conftest import Desk
from ringfence.images.layout import Image, archive
from ringfence.images.tree import Tree, sha256


@pytest.fixture
def rising(desk: Desk) -> Desk:
    """A desk with an archive whose image has a program that runs with its owner's rights."""
    tree = Tree()
    tree.file("srv/ri<b>se", b"x", 0o4755)
    layer = tree.layer(0)
    labels = {"org.opencontainers.image.source": "https://example.org"}
    config = {"User": "65532", "Healthcheck": {"Test": ["CMD", "/check"]}, "Labels": labels}
    whole = {"config": config, "rootfs": {"type": "layers", "diff_ids": [sha256(layer)]}}
    image = Image(digest="sha256:" + "0" * 64, config=whole, layers=(layer,), name="")
    (desk.folder / "rising.tar").write_bytes(archive(image, "rising:1"))
    return desk


def test_sarif_names_rule_and_path(rising: Desk) -> None:
    """For code scanning; the exit code says that something was found."""
    done = rising.run("image", "scan", "rising.tar", "--format", "sarif")
    assert done.returncode == 1, done.stderr
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "no-set-id-files"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "srv/ri%3Cb%3Ese"


@pytest.mark.parametrize("form", ["terminal", "concise", "json", "junit", "github", "markdown", "html"])
def test_every_form_shows_it(rising: Desk, form: str) -> None:
    """Written into a file; markup of the image's own draws nothing."""
    done = rising.run("image", "scan", "rising.tar", "--format", f"{form}=report")
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    text = (rising.folder / "report").read_text()
    assert "no-set-id-files" in text
    if form == "html":
        assert "ri<b>se" not in text


def test_an_unknown_form_is_named(rising: Desk) -> None:
    """With those that there are."""
    done = rising.run("image", "scan", "rising.tar", "--format", "pdf")
    assert done.returncode == 2
    assert "there is no report 'pdf'" in done.stderr


def test_releases_of_software_are_listed_with_their_sources(desk: Desk) -> None:
    """The table that the auditor judges by."""
    rows = json.loads(desk.run("image", "list", "--software", "--json").stdout)["software"]
    ended = {(one["image"], one["release"]): (one["level"], one["until"]) for one in rows}
    assert ended["python", "3.7"] == ("unsupported", "2023-06-27")
    assert all(one["source"] for one in rows)
    done = desk.run("image", "list", "--software")
    assert (done.returncode, "devguide.python.org/versions" in done.stdout) == (0, True)
