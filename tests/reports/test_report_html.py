"""The HTML report as text: its policy, its parts, and nothing of others in it but text."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import render

_VOID = {"meta", "link", "input", "br"}
_OURS = {
    *("html", "head", "meta", "title", "link", "style", "body", "script", "a", "header", "main", "section", "article"),
    *("h1", "h2", "h3", "p", "ul", "li", "b", "strong", "code", "pre", "span", "mark", "del", "ins"),
    *("form", "fieldset", "legend", "label", "input", "select", "option", "button"),
}


class Page(HTMLParser):
    """A page's elements with their attributes and texts. Fails where a tag is not closed in turn."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self._open = [], []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attributes):
        self.elements.append([tag, dict(attributes), ""])
        if tag not in _VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def all(self, tag, **attributes):
        wanted = {name.replace("_", "-").rstrip("-"): value for name, value in attributes.items()}
        return [one for one in self.elements if one[0] == tag and wanted.items() <= one[1].items()]

    def texts(self, tag, **attributes):
        return [re.sub(r"\s+", " ", one[2]).strip() for one in self.all(tag, **attributes)]


def page_of(report, read=kit.read):
    return Page(render("html", report, read))


def test_the_policy_allows_our_script_and_style_and_nothing_else():
    """Both are named by their hashes; everything else that could load or run is forbidden."""
    page = page_of(kit.SMALL)
    ((_, meta, _),) = page.all("meta", http_equiv="Content-Security-Policy")
    hashes = {
        tag: base64.b64encode(hashlib.sha256(one[2].encode()).digest()).decode()
        for tag in ("style", "script")
        for one in page.all(tag)
    }
    assert meta["content"] == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; script-src 'sha256-{hashes['script']}'"
    )
    assert len(page.all("script")) == len(page.all("style")) == 1


def test_nothing_is_asked_of_another_host():
    """No element loads anything; links lead to cited sources and to the page itself."""
    page = page_of(kit.SMALL)
    loads = [one for one in page.elements if {"src", "srcset", "action", "background"} & one[1].keys()]
    assert loads == []
    assert [one[1]["href"] for one in page.all("link")] == ["data:,"]
    links = {one[1]["href"] for one in page.all("a")}
    assert {link for link in links if not link.startswith("#")} == {"https://cwe.mitre.org/data/definitions/668.html"}
    assert not re.search(r"url\(|@import", page.all("style")[0][2])


def test_the_summary_and_every_finding():
    """Numbers, then every finding by file and line, the waived one marked, with what filters need."""
    page = page_of(kit.SMALL)
    assert page.texts("header") == [
        "Ringfence audit 3 findings in 1 file. Examined 3 files (2 compose, 1 dockerfile) below /srv/app in 0.04 s. "
        "1critical1high1medium0low1waived2fixable "
        "2 can be fixed: ringfence audit --fix makes 1, --unsafe-fixes 1 more (--diff shows what would change; "
        "unsafe ones can break what runs now)."
    ]
    assert page.texts("h3")[:4] == [
        "mediumservice web: no memory limit",
        "lowservice web: the image has no tag",
        "highservice web: port 3001 is open on every interface",
        "criticalservice web: POSTGRES_PASSWORD holds a password",
    ]
    assert [(one[1]["data-severity"], one[1]["data-fix"], one[1]["data-state"]) for one in page.all("article")] == [
        ("medium", "yes", "open"),
        ("low", "no", "waived"),
        ("high", "yes", "open"),
        ("critical", "no", "open"),
    ]
    assert page.texts("mark") == ["web", "example/web", '"3001:3000"', "POSTGRES_PASSWORD: **************"]
    assert "Waived, until 2027-01-31: only for development" in page.texts("p")
    assert "Fix (unsafe; assumes memory = 268435456): limit it" in page.texts("p")
    assert "Left to you, limits.swap_bytes: it comes from another file" in page.texts("p")


def test_the_fix_is_a_diff():
    """Lines that go are `del`, lines that come are `ins`, for people who do not see colours too."""
    page = page_of(kit.only(kit.PORTS))
    (diff,) = page.all("pre", class_="diff")
    assert diff[2] == '@@ -4,3 +4,3 @@     ports:-      - "3001:3000"+      - "127.0.0.1:3001:3000"     environment:'
    assert page.texts("del") == ['- - "3001:3000"']
    assert page.texts("ins") == ['+ - "127.0.0.1:3001:3000"']


def test_controls_stand_once_and_findings_link_to_them():
    """Why and references of a control are at the end of the page, however many findings it has."""
    page = page_of(kit.SMALL)
    targets = {one[1].get("id") for one in page.elements}
    inner = {one[1]["href"][1:] for one in page.all("a") if one[1]["href"].startswith("#")}
    assert inner <= targets
    assert page.texts("section", id="control-published-ports") == [
        "published-ports Published ports are bound to loopback. "
        "Published so, a port is reachable by everybody who reaches the machine. CWE-668"
    ]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (kit.EMPTY, "Nothing found."),
        (kit.NOTHING, "Nothing was examined."),
        (kit.UNREAD_ONLY, "Nothing found."),
        (kit.WAIVED_ONLY, "Nothing found."),
    ],
)
def test_a_report_with_little_in_it(report, said):
    """The first sentence says which of them it is; without findings there are no filters and no script."""
    page = page_of(report)
    assert page.texts("strong")[0] == said
    assert bool(page.all("form")) == bool(page.all("script")) == bool(report.findings)
    assert page.texts("section", class_="trouble") == (
        ["Could not be examined charts/web.yaml:3:1 it is a Helm template, and helm is not installed"]
        if report.unread
        else []
    )


def test_form_fields_have_names_and_the_page_has_landmarks():
    """A screen reader says what each field is for, and finds the findings."""
    page = page_of(kit.SMALL)
    assert len(page.all("label")) == len([one for one in page.elements if one[0] in ("input", "select")])
    assert page.all("html", lang="en")
    assert page.all("main", id="findings")
    assert page.all("a", class_="skip", href="#findings")
    assert page.all("p", role="status")


@settings(deadline=None, max_examples=60)
@given(kit.reports)
def test_any_text_stays_text(report):
    """Whatever a finding holds: only our elements, no handler, no style, no address but of the web."""
    page = page_of(report)
    assert {one[0] for one in page.elements} <= _OURS
    assert len(page.all("script")) == bool(report.findings)
    assert len(page.all("article")) == len(report.findings)
    for _, attributes, _ in page.elements:
        assert not any(name.startswith("on") or name in ("style", "src", "srcdoc") for name in attributes)
        assert attributes.get("href", "#").startswith(("#", "https://", "data:,"))
    headings = "".join(one[2] for one in page.all("h3"))
    for finding in report.findings:
        assert finding.message.isprintable() is False or finding.message in headings
