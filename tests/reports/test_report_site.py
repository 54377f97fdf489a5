"""The site of the controls: every page, what it says, and its filters in a browser."""

import re

import pytest

from reports.test_report_html import Page
from ringfence.audit.reports import prose
from ringfence.cli import controlsite
from ringfence.cli.main import main
from ringfence.controls import CATALOGUE, CONTROLS, load, page
from ringfence.controls.control import Scope
from ringfence.controls.matrix import shipped


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The site, as the command writes it."""
    written = tmp_path_factory.mktemp("site") / "controls"
    assert main(["controls", "--write-site", str(written)]) == 0
    return written


@pytest.fixture(scope="module")
def pages(folder):
    """Every page of the site, read."""
    return {file.name: Page(file.read_text(encoding="utf-8")) for file in folder.iterdir()}


def test_the_command_says_how_many_pages_it_wrote(tmp_path, capsys):
    """One page a control, the index and the matrix."""
    assert main(["controls", "--write-site", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{len(CATALOGUE) + 2} pages written into {tmp_path}\n"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    """No traceback, and the exit code of a usage error."""
    (tmp_path / "file").write_text("")
    assert main(["controls", "--write-site", str(tmp_path / "file")]) == 2
    said = f"ringfence: cannot write the pages into {tmp_path / 'file'}: File exists\n"
    assert capsys.readouterr().err == said


def test_every_control_has_a_page_that_the_index_links_to(pages):
    """Nothing is missing and nothing is there that is no control."""
    assert set(pages) == {"index.html", "matrix.html"} | {f"{id}.html" for id in CATALOGUE}
    rows = pages["index.html"].all("tr", data_item=None)
    assert [one[1]["data-severity"] for one in rows] == [one.severity for one in CONTROLS]
    links = [one[1]["href"] for one in pages["index.html"].all("a") if one[1]["href"].endswith(".html")]
    assert links[2:] == [f"{id}.html" for id in CATALOGUE]


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_page_says_all_that_its_control_does(pages, id):
    """Why, every example, the record, the references: from the control's own file."""
    control, found = load(id), pages[f"{id}.html"]
    said = page.page(control)
    assert found.texts("h1") == [id]
    examples = [one[2] for one in found.all("pre")]
    # What nobody sees is shown by its number.
    assert examples == [one.text.replace("\u200b", "\\u200b") for one in said.examples]
    words = re.sub(r"[`*]|\s+", " ", said.why).split()
    shown = " ".join(found.texts("p") + found.texts("li"))
    assert all(word in shown for word in words)
    table = found.texts("tr")
    assert [row for row in table if row.startswith("severity")] == [f"severity{control.severity}"]
    urls = [one[1]["href"] for one in found.all("a") if one[1]["href"].startswith("https:")]
    assert [reference.url for reference in control.references] == urls[-len(control.references) :]


def test_nothing_is_loaded_and_every_link_of_the_site_leads_somewhere(pages):
    """Pages have one style and at most one script, both inside, and no dead link."""
    for name, found in pages.items():
        assert not [one for one in found.elements if {"src", "action"} & one[1].keys()], name
        assert [one[1]["href"] for one in found.all("link")] == ["data:,"]
        ids = {one[1].get("id") for one in found.elements}
        for one in found.all("a"):
            href = one[1]["href"]
            assert href.startswith("https://") or href in pages or href[1:] in ids, (name, href)


def test_the_matrix_is_that_of_the_tests(pages):
    """Every verdict of the shipped results stands in the table, and no other."""
    matrix = shipped()
    controls = [one for one in CONTROLS if Scope.PLUGIN in one.scopes]
    verdicts = [matrix.of(one.id, place) or "no result" for one in controls for place in matrix.places]
    assert pages["matrix.html"].texts("td") == verdicts


def test_the_filters_of_the_index(browser, folder):
    """Scope, profile, severity and text narrow the table; the console stays empty; nothing is requested."""
    browser.open(folder / "index.html")
    browser.wait("return document.getElementById('shown').textContent", f"all {len(CATALOGUE)} shown")

    def pick(name, value):
        browser.run(
            "const s = document.querySelector(`select[name=${arguments[0]}]`); s.value = arguments[1];"
            "s.dispatchEvent(new Event('input', {bubbles: true}))",
            name,
            value,
        )

    pick("scope", "dockerfile")
    pick("standard", "cis")
    wanted = [one.id for one in CONTROLS if "dockerfile" in one.scopes and "cis" in one.standards]
    browser.wait("return document.getElementById('shown').textContent", f"{len(wanted)} of {len(CATALOGUE)} shown")
    assert browser.visible("tbody th") == wanted
    browser.click("button[type=reset]")
    for severity in ("high", "medium", "low"):
        browser.click(f"input[value={severity}]")
    wanted = [one.id for one in CONTROLS if one.severity == "critical"]
    browser.wait("return document.getElementById('shown').textContent", f"{len(wanted)} of {len(CATALOGUE)} shown")
    assert browser.visible("tbody th") == wanted
    assert browser.console() == []
    assert len(browser.requests()) == 1


def test_the_index_without_scripts_is_the_whole_table(browser_without_scripts, folder):
    """Every control is there, and no filter that does nothing."""
    browser_without_scripts.open(folder / "index.html")
    assert browser_without_scripts.visible("tbody th") == list(CATALOGUE)
    assert browser_without_scripts.visible("form") == []


def test_the_prose_of_docstrings():
    """Paragraphs, lists, code, strong words and links; anything else is text."""
    assert prose.paragraphs("One `a<b>` and **two**.\nSame.\n\n- x\n- [y](https://z.example/?a&b)\n  more\n\n<i>") == (
        "<p>One <code>a&lt;b&gt;</code> and <strong>two</strong>.\nSame.</p>\n"
        "<ul>\n<li>x</li>\n"
        '<li><a href="https://z.example/?a&amp;b" rel="noopener noreferrer">y</a>\n  more</li>\n</ul>\n'
        "<p>&lt;i&gt;</p>"
    )
    assert prose.inline("[x](javascript:alert(1))") == "[x](javascript:alert(1))"


def test_the_site_is_always_the_same():
    """Two runs write the same bytes, so that a diff of the site shows what changed."""
    assert controlsite.site(CONTROLS, shipped()) == controlsite.site(CONTROLS, shipped())
