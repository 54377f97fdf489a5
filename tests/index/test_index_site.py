"""The pages of an index: what they say, that they say it of verified things alone, and how a browser meets them."""

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from index import sitekit
from index.sitekit import Keeper, Page
from reports.browser import Browser, start
from reports.test_report_html_look import pixels
from ringfence.cli.main import main
from ringfence.index import people, places, workspace
from ringfence.index.record import Record, Status
from ringfence.index.site import build as builder
from ringfence.index.site import plugin, settings
from ringfence.index.site.facts import components
from ringfence.index.workspace import Workspace
from ringfence.signing import statements

ATOM = "{http://www.w3.org/2005/Atom}"
CANARY = (
    "\"'><script>window.canary=1</script><img src=x onerror=window.canary=1><b data-canary>x</b>"
    "</title></textarea><svg onload=window.canary=1>{policy}\u202e"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Keeper:
    """An index with its site; no test changes it."""
    keeper = sitekit.small(tmp_path_factory.mktemp("index"))
    with open(keeper.index / "index.toml", "a") as config:
        config.write('\n[site]\nurl = "https://plugins.example.com"\ntitle = "The shop"\n')
        config.write('\n[security]\ncontact = ["mailto:security@example.com"]\nlanguages = ["en", "de"]\n')
    assert main(["index", "build", "--at", str(keeper.index)]) == 0
    return keeper


@pytest.fixture
def keeper(made, tmp_path) -> Keeper:
    """A copy of it that a test may change."""
    again = Keeper.__new__(Keeper)
    again.folder, again.index = tmp_path, tmp_path / "shop"
    shutil.copytree(made.folder / "shop", again.index)
    shutil.copytree(made.folder / "people", tmp_path / "people")
    again.space = Workspace(again.index, lambda _: b"")
    return again


@pytest.fixture(scope="module")
def address(made) -> Iterator[str]:
    """The site as `ringfence index serve` serves it."""
    yield from served(made.index)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser as people have it."""
    opened = start()
    yield opened
    opened.close()


def served(index: Path) -> Iterator[str]:
    """Start the real server; its address."""
    command = [sys.executable, "-m", "ringfence", "index", "serve", "--at", str(index), "--port", "0"]
    process = subprocess.Popen([*command, "--without-vetting"], stderr=subprocess.PIPE, text=True)
    try:
        line = next(each for each in process.stderr if "serving" in each)
        yield line.rpartition(" on ")[2].strip()
    finally:
        process.terminate()
        process.wait(300)
        process.stderr.close()


def build(keeper: Keeper, *, everything: bool = False) -> builder.Built:
    """Build it with what index.toml says."""
    keeper.space.repository.refresh()
    return builder.build(keeper.space, settings.read(keeper.index / "index.toml"), everything=everything)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def get(url: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    import urllib.error
    import urllib.request

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=600) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_there_is_a_page_for_everything(made):
    """Home, a page a plugin, a page a publisher, the acts, the feed, what the search reads, security.txt."""
    names = ("acme-letters", "acme-lines", "acme-signs", "acme-words")
    assert set(tree(made.site)) == {
        ".well-known/security.txt", "acts.html", "feed.xml", "index.html", "publishers/acme.html",
        "publishers/index.html", "search.json", "site.js", "style.css", *(f"plugins/{name}.html" for name in names),
    }  # fmt: skip


def test_the_home_page_lists_every_plugin_by_name(made):
    """With a link to each, its newest reviewed version and its newest of all."""
    page = Page(made.site / "index.html")
    links = [each["href"] for each in page.all("a") if (each["href"] or "").startswith("plugins/")]
    assert links == [f"plugins/acme-{each}.html" for each in ("letters", "lines", "signs", "words")]
    assert re.search(r"acme-words Counts words\. acme 1\.0\.0 1\.1\.0 \S+ reviewed", page.text)
    assert re.search(r"acme-lines Counts lines\. acme 3\.0\.0 \S+ not reviewed", page.text)
    assert re.search(r"acme-letters Counts letters\. acme \S+ yanked", page.text)
    assert re.search(r"acme-signs Counts signs\. acme \S+ quarantined", page.text)
    assert workspace.fingerprint(made.public) in page.text


def test_the_page_of_a_plugin_says_what_is_known_of_it(made):
    """Versions, digests, channel, how to install it with the pin, vetting with findings, the review with its reason."""
    text = Page(made.site / "plugins" / "acme-words.html").text
    record = json.loads(made.space.repository.read_target(places.record("acme-words")))
    for version in record["versions"].values():
        assert version["archive"] in text
    pin = workspace.fingerprint(made.public)
    assert f"ringfence index add shop https://plugins.example.com/ --root-fingerprint {pin}" in text
    assert "ringfence install acme-words" in text
    assert "--channel candidate" not in text
    assert "warn 1 finding" in text
    assert "reads-environment words.py:2 It reads the environment." in text
    assert "Not examined: the weather" in text
    assert re.search(r"approve alice , \d{4}-\d\d-\d\d : I read all of it\.", text)
    assert "checked : no secret is in the files" in text
    assert "Newest reviewed 1.0.0 Newest of all 1.1.0" in text


def test_advisories_and_support_stand_on_the_page(made):
    """With severity, range and fix; which versions get fixes, and that the bill of materials names no package."""
    text = Page(made.site / "plugins" / "acme-words.html").text
    assert "RFSA-2026-0001 high It counts what it should not. before 1.1.0 1.1.0 2026-11-21" in text
    assert "1 1.1.0 no end is known yet" in text
    before, _, _ = text.partition("Install")
    assert "Known weaknesses high RFSA-2026-0001 covers 1.0.0: It counts what it should not.; fixed in 1.1.0" in before
    assert text.count("It stands on no other package.") == 2
    assert "CVE-2026-0001 not affected code not reachable It calls none of it." in text


def test_an_advisory_that_was_taken_back_is_on_no_page(keeper):
    """And the page of its plugin, and no other plugin's, is made anew."""
    from datetime import UTC, datetime

    from ringfence.index import advise

    advise.withdraw(keeper.space, "RFSA-2026-0001", "wrong", now=datetime.now(UTC))
    lines = (keeper.site / "plugins" / "acme-lines.html").stat().st_mtime_ns
    build(keeper)
    assert "RFSA" not in Page(keeper.site / "plugins" / "acme-words.html").text
    assert (keeper.site / "plugins" / "acme-lines.html").stat().st_mtime_ns == lines


def test_what_a_plugin_asks_for_is_said_in_plain_words(made):
    """A sentence for each permission; a plugin that asks for nothing is said to."""
    assert plugin.in_words(
        {"network": ["api.example.com:443"], "read": {"books": "the books"}, "write": {"out": ""},
         "secrets": {"TOKEN": "to ask"}, "camera": "always"}
    ) == [
        "It connects to api.example.com on port 443.",
        "It reads what you give it as “books”: the books",
        "It reads and changes what you give it as “out”.",
        "It is given the secret “TOKEN”: to ask",
        "It asks for camera: always",
    ]  # fmt: skip
    assert "Nothing: no network, no files, no secrets." in Page(made.site / "plugins" / "acme-lines.html").text


@pytest.mark.parametrize(
    ("name", "word", "meaning", "reason"),
    [
        ("acme-letters", "yanked", "only by its exact version", "it miscounts"),
        ("acme-signs", "quarantined", "nobody can install it", "it sends what it counts to strangers"),
    ],
)
def test_what_was_withdrawn_is_told_first(made, name, word, meaning, reason):
    """With what it means and why; and there is no command to install it."""
    text = Page(made.site / "plugins" / f"{name}.html").text
    before, _, _ = text.partition("Install")
    assert word in before
    assert meaning in before
    assert reason in before
    assert "ringfence install" not in text
    assert "It cannot be installed: no version of it is offered." in text


def test_a_plugin_that_nobody_reviewed_says_so_where_it_is_installed(made):
    """The channel has to be named, and why."""
    text = Page(made.site / "plugins" / "acme-lines.html").text
    assert "ringfence install acme-lines --channel candidate" in text
    assert "No version of it has been reviewed by anybody." in text


def test_acts_and_publishers(made):
    """What was done stands on a page, the newest first; a publisher with their names and plugins."""
    text = Page(made.site / "acts.html").text
    assert text.index("put into quarantine name: acme-signs") < text.index("made the index")
    assert "took a review channel: stable; decision: approve; name: acme-words; reviewer: alice; version: 1.0.0" in text
    assert "not finished" not in text
    publisher = Page(made.site / "publishers" / "acme.html").text
    assert "Names acme-*" in publisher
    assert "mailto:acme@example.com" in publisher
    assert "acme-words Counts words." in publisher


def test_an_act_that_was_cut_off_is_said_to_be(keeper):
    """A record of what was begun, without the one that it was done."""
    keeper.space.note("yanked", name="acme-lines", phase="begin")
    build(keeper)
    assert "yanked (was not finished) name: acme-lines" in Page(keeper.site / "acts.html").text


def test_the_feed_is_atom_with_ids_that_stay(made):
    """Every release once, the newest first, with absolute links; ids are of this index alone."""
    feed = ET.fromstring((made.site / "feed.xml").read_text())
    entries = feed.findall(f"{ATOM}entry")
    titles = {each.findtext(f"{ATOM}title") for each in entries}
    assert titles == {
        "acme-words 1.0.0", "acme-words 1.1.0", "acme-letters 0.1.0 (yanked)", "acme-signs 2.0.0 (quarantined)",
        "acme-lines 3.0.0", "RFSA-2026-0001: It counts what it should not.",
    }  # fmt: skip
    times = [each.findtext(f"{ATOM}updated") for each in entries]
    assert times == sorted(times, reverse=True)
    ids = {each.findtext(f"{ATOM}id") for each in entries}
    root = workspace.fingerprint(made.public).partition(":")[2][:32]
    assert f"urn:ringfence:{root}:release:acme-words:1.0.0" in ids
    assert len(ids) == 6
    links = {each.find(f"{ATOM}link").get("href") for each in entries}
    assert "https://plugins.example.com/site/plugins/acme-words.html" in links


def test_security_txt_has_what_rfc_9116_asks_for(made):
    """Contact and Expires, at the root of the host; it expires with a signature, so that the bytes stay the same."""
    text = (made.public / ".well-known" / "security.txt").read_text()
    expires = made.space.repository.targets.signed.expires.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert text.splitlines() == [
        "Contact: mailto:security@example.com",
        f"Expires: {expires}",
        "Preferred-Languages: en, de",
        "Canonical: https://plugins.example.com/.well-known/security.txt",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[security]\ncontact = ["me"]', "is no address"),
        ('[security]\ncontakt = ["mailto:a@b"]', "[security] names 'contakt'"),
        ('[security]\ncontact = ["mailto:a@b\\nHiring: x"]', "one line"),
        ('[site]\nurl = "http://plugins.example.com"', "is no https address"),
        ("[site]\nurls = 1", "[site] names 'urls'"),
        ("site = 1", "[site] has to be a table"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path, line, said, capsys, keeper):
    """And nothing is written."""
    before = tree(keeper.site)
    place = keeper.index / "index.toml"
    text = place.read_text()
    text = text[: text.index("[site]")] if line.startswith("[") else f"{line}\n{text[: text.index('[site]')]}"
    place.write_text(f"{text}\n{line if line.startswith('[') else ''}\n")
    assert main(["index", "build", "--at", str(keeper.index)]) in (2, 3)
    assert said in capsys.readouterr().err
    assert tree(keeper.site) == before


def test_only_what_changed_is_written(keeper):
    """A build of the same index writes nothing; a review writes one plugin's page, and the lists that tell of it."""
    assert build(keeper).written == 0
    ages = {path: (keeper.site / path).stat().st_mtime_ns for path in tree(keeper.site)}
    keeper.review("acme-lines", "3.0.0", reason="short and good")
    build(keeper)
    changed = {path for path in tree(keeper.site) if (keeper.site / path).stat().st_mtime_ns != ages.get(path)}
    assert changed == {
        "plugins/acme-lines.html", "index.html", "search.json", "acts.html", "publishers/acme.html",
    }  # fmt: skip
    assert "short and good" in Page(keeper.site / "plugins" / "acme-lines.html").text


def test_a_page_that_shows_a_review_changes_with_who_may_review(keeper):
    """Whoever reviews no longer is said to count no longer, though the plugin's record is the same."""
    people.set_reviewer(keeper.space, "alice", None)
    build(keeper)
    text = Page(keeper.site / "plugins" / "acme-words.html").text
    assert "alice, who reviews here no longer: it does not count." in text
    assert "I read all of it" not in text


def test_same_index_same_bytes(keeper):
    """Whether page by page over time or all at once; and what was deleted comes back."""
    keeper.review("acme-lines", "3.0.0")
    build(keeper)
    once = tree(keeper.site)
    shutil.rmtree(keeper.site)
    assert build(keeper).written == len(once)
    assert tree(keeper.site) == once
    (keeper.index / "site.json").write_text("{damaged")
    build(keeper)
    assert tree(keeper.site) == once
    (keeper.site / "plugins" / "acme-words.html").write_text("something else")
    assert build(keeper).written == 0
    assert build(keeper, everything=True).written == 1
    assert tree(keeper.site) == once
    (keeper.site / "plugins" / "acme-words.html").unlink()
    assert build(keeper).written == 1
    assert tree(keeper.site) == once


def test_a_build_that_is_cut_off_is_made_good_by_the_next(keeper, monkeypatch):
    """At any of its writes: no file is half there, none is left behind, and the next build ends at the same bytes."""
    keeper.review("acme-lines", "3.0.0")
    work = keeper.folder / "again"
    shutil.copytree(keeper.index, work / "shop")
    build(keeper)
    wanted = tree(keeper.site)
    replace = builder.os.replace
    for stop in range(6):
        shutil.rmtree(keeper.index)
        shutil.copytree(work / "shop", keeper.index)
        count = iter(range(100))

        def cut(source, target, stop=stop, count=count):
            if next(count) == stop:
                raise KeyboardInterrupt
            replace(source, target)

        with monkeypatch.context() as patched:
            patched.setattr(builder.os, "replace", cut)
            with pytest.raises(KeyboardInterrupt):
                build(keeper)
        half = tree(keeper.site)
        assert set(half) == set(wanted)
        build(keeper)
        assert tree(keeper.site) == wanted, stop


def test_a_plugin_that_is_gone_has_no_page_any_more(keeper):
    """Nor does a state that names a place outside of the site lead to a deletion there."""
    with keeper.space.change() as step:
        step.remove(places.record("acme-signs"))
        from ringfence.index import records

        known = records.catalogue(keeper.space.repository)
        del known["acme-signs"]
        step.put(places.CATALOGUE, records.catalogue_bytes(known))
        keeper.space.commit(step, "publish", name="acme-signs")
    state = json.loads((keeper.index / "site.json").read_text())
    state["pages"]["../../index.toml"] = "x"
    state["pages"][str(keeper.folder / "people" / "alice.pem")] = "x"
    (keeper.index / "site.json").write_text(json.dumps(state))
    assert build(keeper).removed == 1
    assert not (keeper.site / "plugins" / "acme-signs.html").exists()
    assert (keeper.index / "index.toml").exists()
    assert (keeper.folder / "people" / "alice.pem").exists()


def test_an_index_that_was_changed_below_its_plugins_has_its_pages(keeper):
    """Records spread over other bins, a publisher with another key, one who went: pages are made, and say what is."""
    from ringfence.index import policy, upkeep

    for bits in (2, 1):
        upkeep.rebin(keeper.space, bits)
        build(keeper)
        assert "1.1.0" in Page(keeper.site / "plugins" / "acme-words.html").text
    new = keeper.key("acme-new").public_key
    made = policy.Publisher(owns=("acme-*",), keys=(new.keyid,))
    people.add_publisher(keeper.space, "acme", made, [new], 1)
    build(keeper)
    text = Page(keeper.site / "plugins" / "acme-words.html").text
    assert "It cannot be installed: acme has other keys by now, and has signed nothing with them." in text
    assert "ringfence install" not in text
    assert new.keyid[:16] in Page(keeper.site / "publishers" / "acme.html").text
    people.remove_publisher(keeper.space, "acme")
    build(keeper)
    text = Page(keeper.site / "plugins" / "acme-words.html").text
    assert "It cannot be installed: acme publishes here no longer." in text
    assert "They publish here no longer" in Page(keeper.site / "publishers" / "acme.html").text


def test_what_a_stranger_signed_is_not_shown(keeper):
    """A vetting report and a review under other keys: their words are on no page, and that they fail is."""
    stranger = keeper.key("stranger")
    record = json.loads(keeper.space.repository.read_target(places.record("acme-words")))
    path = places.archive("acme-words", "1.0.0")
    subject = {path: record["versions"]["1.0.0"]["archive"][7:]}
    review = {"decision": "approve", "reviewer": "alice", "reason": "a lie", "checklist": {}}
    vetting = {"verdict": "pass", "steps": [{"findings": [], "unexamined": ["a lie"]}]}
    with keeper.space.change() as step:
        for file, kind, said in (
            ("review-alice.json", "urn:ringfence:review:1", review),
            ("vetting.json", "urn:ringfence:vetting:1", vetting),
        ):
            step.put(places.evidence("acme-words", "1.0.0", file), statements.signed(kind, subject, said, stranger))
        keeper.space.commit(step, "publish", name="acme-words")
    build(keeper)
    text = Page(keeper.site / "plugins" / "acme-words.html").text
    assert "a lie" not in text
    assert "The review by alice is not shown:" in text
    assert "The vetting report is not shown:" in text


def test_a_true_report_about_another_archive_is_not_shown(keeper):
    """A good report that was signed for another release cannot be moved to this one."""
    repository = keeper.space.repository
    good = repository.read_target(places.evidence("acme-lines", "3.0.0", "vetting.json"))
    with keeper.space.change() as step:
        step.put(places.evidence("acme-words", "1.1.0", "vetting.json"), good)
        keeper.space.commit(step, "publish", name="acme-words")
    build(keeper)
    text = Page(keeper.site / "plugins" / "acme-words.html").text
    assert "The vetting report is not shown: it is about another archive" in text


def test_a_damaged_file_spoils_its_own_page_alone(keeper):
    """A bill of materials that was changed on disk: its page says so, and all others are made."""
    from ringfence.index.repository import Repository

    place = Repository(keeper.public).find(places.sbom("acme-lines", "3.0.0"))
    assert place is not None
    place.write_bytes(place.read_bytes()[:-3] + b'x"}')
    build(keeper, everything=True)
    assert "The bill of materials is not shown:" in Page(keeper.site / "plugins" / "acme-lines.html").text
    assert "1.1.0" in Page(keeper.site / "plugins" / "acme-words.html").text


def test_components_are_packages_with_licence_and_digest():
    """The plugin's own files are no packages; odd members are left out, not fatal."""
    said = {
        "components": [
            {"type": "file", "name": "words.py"},
            {"type": "library", "name": "left", "version": "1.0", "licenses": [{"license": {"id": "MIT"}}, 7],
             "hashes": [{"alg": "MD5", "content": "no"}, {"alg": "SHA-256", "content": "ab"}]},
            {"name": "right", "licenses": [{"expression": "MIT OR ISC"}], "hashes": 3},
        ]
    }  # fmt: skip
    found = [(each.name, each.version, each.license, each.digest) for each in components(json.dumps(said).encode())]
    assert found == [("left", "1.0", "MIT", "ab"), ("right", "", "MIT OR ISC", "")]


def hostile(keeper: Keeper) -> None:
    """Everything that a publisher, a reviewer or a vetter can write holds the canary."""
    finding = {**sitekit.FINDING, "message": CANARY, "rule": CANARY, "path": CANARY, "verdict": CANARY}
    keeper.publish("acme-evil", "1.0.0", description=json.dumps(CANARY[:-1])[1:-1], vet=sitekit.report(finding))
    keeper.review("acme-evil", "1.0.0", reason=CANARY)
    record = Record(
        name="acme-worse",
        publisher=CANARY,
        summary=CANARY,
        versions={
            "1.0": sitekit.version(status=Status.YANKED, reason=CANARY, vetting=CANARY, license=CANARY,
                                   approvals=(CANARY,), methods=(CANARY,), published=CANARY,
                                   permissions={"network": [CANARY], "read": {CANARY: CANARY}, CANARY: CANARY}),
            "2.0": sitekit.version(channel=CANARY, archive=CANARY),
        },
    )  # fmt: skip
    keeper.put(record)
    keeper.state("acme-evil", "1.0.0", detail=CANARY)
    advisory = {"id": CANARY, "summary": CANARY, "modified": CANARY,
                "affected": [{"package": {"name": "acme-worse"},
                              "ranges": [{"events": [{"introduced": CANARY}, {"fixed": CANARY}]}]}]}  # fmt: skip
    with keeper.space.change() as step:
        step.put(places.FEED, json.dumps([advisory]).encode())
        keeper.space.commit(step, "advise", id=CANARY, **{"<b data-canary>": CANARY})


def test_nothing_that_others_wrote_becomes_markup(keeper, browser):
    """In a real browser: no element of theirs is there, nothing of theirs ran, nothing was asked of anybody else."""
    hostile(keeper)
    build(keeper)
    ET.fromstring((keeper.site / "feed.xml").read_text())
    shown = 0
    for address in served(keeper.index):
        for path in [each for each in tree(keeper.site) if each.endswith(".html")]:
            browser.visit(address + path)
            seen = "return [window.canary || 0, document.querySelectorAll('[data-canary], svg, img').length]"
            assert browser.run(seen) == [0, 0], path
            assert browser.console() == [], path
            assert all(each.startswith(address) for each in browser.requests()), path
            shown += browser.run("return document.documentElement.textContent").count("<b data-canary>")
        browser.visit(address)
        browser.type("input[type=search]", "worse")
        browser.wait("return document.getElementById('shown').textContent", "1 of 6 fit")
        assert browser.run(seen) == [0, 0]
        assert browser.run("return document.querySelector('tbody').textContent").count("<b data-canary>") == 2
    assert shown > 30


def test_the_canary_would_be_seen(keeper, browser, monkeypatch):
    """Where one escape is forgotten the element is there; and even then the policy lets no script run."""
    hostile(keeper)
    monkeypatch.setattr(plugin, "text", lambda said: said)
    build(keeper)
    for address in served(keeper.index):
        browser.visit(f"{address}plugins/acme-worse.html")
        assert browser.run("return document.querySelectorAll('[data-canary]').length") > 0
        assert browser.run("return window.canary || 0") == 0
        assert any("Content Security Policy" in each for each in browser.console())


def test_pages_hold_no_script_and_no_style_and_load_nothing_of_others(made):
    """Every page has the policy; links of the site lead somewhere."""
    pages = {path: Page(made.site / path) for path in tree(made.site) if path.endswith(".html")}
    for path, page in pages.items():
        assert not list(page.all("style")), path
        policy = [each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        assert policy == [
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ]
        for tag, attributes in page.elements:
            assert not any(name == "style" or name.startswith("on") for name in attributes), (path, tag)
            if tag == "script":
                assert attributes["src"] == "site.js", path
            for name in ("src", "href"):
                to = attributes.get(name)
                if to and not to.startswith(("#", "data:")):
                    assert (made.site / path).parent.joinpath(to).resolve().is_relative_to(made.site.resolve())
                    assert (made.site / path).parent.joinpath(to).is_file(), (path, to)


def test_the_search_finds_and_sorts(browser, address):
    """By what is typed, by standing, by a column; the slash leads to it; emptied, the plain list is back."""
    browser.visit(address)
    names = "return Array.from(document.querySelectorAll('tbody th'), (e) => e.textContent).join(' ')"
    plain = "acme-letters acme-lines acme-signs acme-words"
    assert browser.run(names) == plain
    browser.press("/")
    assert browser.run("return document.activeElement.name") == "text"
    browser.type("input[type=search]", "count WORDS")
    browser.wait(names, "acme-words")
    assert browser.run("return document.getElementById('shown').textContent") == "1 of 4 fit"
    assert browser.visible("tbody .badge.fine") == ["reviewed"]
    assert browser.run("return document.querySelector('tbody a').getAttribute('href')") == "plugins/acme-words.html"
    browser.run("const f = document.querySelector('form'); f.reset(); f.dispatchEvent(new Event('input'))")
    browser.wait(names, plain)
    browser.run(
        "const s = document.querySelector('select'); s.value = 'quarantined';"
        "s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    browser.wait(names, "acme-signs")
    browser.run("const f = document.querySelector('form'); f.reset(); f.dispatchEvent(new Event('input'))")
    browser.wait(names, plain)
    browser.click("thead th:nth-child(2) button")
    browser.wait(names, "acme-letters acme-lines acme-signs acme-words")
    browser.click("thead th:nth-child(2) button")
    browser.wait(names, "acme-words acme-signs acme-lines acme-letters")
    assert browser.run("return document.querySelector('[aria-sort]').getAttribute('aria-sort')") == "descending"
    assert browser.console() == []


def test_without_scripts_it_is_a_plain_list(address):
    """The list is whole and its links lead on; what needs a script is not there."""
    without = start(scripts=False)
    try:
        without.visit(address)
        assert len(without.visible("tbody tr")) == 4
        assert without.visible("form") == []
        assert without.visible("thead button") == []
        without.click("tbody tr:nth-child(4) a")
        assert without.visible("h1") == ["acme-words"]
    finally:
        without.close()


def test_more_plugins_than_a_page_holds(keeper, browser):
    """The plain list goes on over pages; the search looks at all of them."""
    more = [
        Record(name=f"acme-{n:04}", publisher="acme", summary=f"Number {n}.", versions={"1.0": sitekit.version()})
        for n in range(1100)
    ]
    keeper.put(*more)
    build(keeper)
    assert [(keeper.site / each).is_file() for each in ("page-2.html", "page-3.html", "page-4.html")] == [1, 1, 0]
    listed = [
        each["href"]
        for path in ("index.html", "page-2.html", "page-3.html")
        for each in Page(keeper.site / path).all("a")
        if (each["href"] or "").startswith("plugins/")
    ]
    assert len(set(listed)) == len(listed) == 1104
    assert "604 more are in" in Page(keeper.site / "publishers" / "acme.html").text
    for address in served(keeper.index):
        browser.visit(address)
        shown = "return document.getElementById('shown').textContent"
        assert browser.run(shown) == "1104 plugins, page 1 of 3"
        browser.type("input[type=search]", "number 1099")
        browser.wait(shown, "1 of 1104 fit")
        assert browser.visible("nav.pages") == []
        browser.run("const f = document.querySelector('form'); f.reset(); f.dispatchEvent(new Event('input'))")
        browser.wait(shown, "1104 plugins, page 1 of 3")
        browser.type("input[type=search]", "number")
        browser.wait(shown, "the first 200 of 1100 that fit")
        browser.click("ol.pages li:nth-child(3) a") if browser.visible("nav.pages") else None


@pytest.mark.parametrize(
    ("scheme", "ground", "ink"), [("light", (252, 252, 251), (29, 33, 37)), ("dark", (21, 24, 27), (230, 232, 234))]
)
def test_a_picture_is_light_or_dark_as_the_reader_likes(browser, address, scheme, ground, ink):
    """The drawn page has the scheme's ground and ink: it is not blank."""
    browser.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    try:
        browser.visit(f"{address}plugins/acme-words.html")
        _, _, rows = pixels(browser.screenshot(900, 1400))
    finally:
        browser.emulate("Emulation.setEmulatedMedia", features=[])
    drawn = [pixel for row in rows for pixel in row]
    assert drawn.count(ground) > 10_000
    assert drawn.count(ink) > 100
    assert len(set(drawn)) > 20


def test_nothing_is_wider_than_a_telephone(browser, address):
    """Wide tables scroll by themselves, the page does not."""
    browser.emulate("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=True)
    try:
        for path in ("", "plugins/acme-words.html", "acts.html", "publishers/acme.html"):
            browser.visit(address + path)
            assert browser.run("return document.documentElement.scrollWidth") <= 400, path
    finally:
        browser.emulate("Emulation.clearDeviceMetricsOverride")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, made, scheme):
    """Accessibility by axe-core: no violation on any page; and it does find one where there is one."""
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    judged = "return axe.run(document).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))"
    browser.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    try:
        for path in [each for each in tree(made.site) if each.endswith(".html")]:
            browser.visit(address + path)
            browser.run(axe)
            assert browser.run(judged) == [], path
        browser.run("document.documentElement.removeAttribute('lang')")
        assert [each.split()[0] for each in browser.run(judged)] == ["html-has-lang"]
    finally:
        browser.emulate("Emulation.setEmulatedMedia", features=[])


def test_the_server_serves_the_site_and_nothing_beside_it(address):
    """With types and a policy; neither keys nor what the build remembers are to be had."""
    status, headers, body = get(address)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"acme-words" in body
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert get(f"{address}.well-known/security.txt")[1]["content-type"] == "text/plain; charset=utf-8"
    assert json.loads(get(f"{address}search.json")[2])["plugins"][0][0] == "acme-letters"
    assert get(f"{address}site/plugins/acme-words.html")[0] == 200
    assert get(f"{address}plugins/acme-words.html")[2] == get(f"{address}site/plugins/acme-words.html")[2]
    for path in ("../site.json", "..%2fsite.json", "site.json", "../keys/records.pem", ".lock", "journal/key"):
        assert get(address + path)[0] == 404, path


def test_the_command_says_what_it_did(keeper, capsys):
    """In words and as JSON; and that there is no security.txt where nobody is named."""
    assert main(["index", "build", "--at", str(keeper.index), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["pages"], said["written"], said["security_txt"]) == (13, 0, True)
    place = keeper.index / "index.toml"
    place.write_text(place.read_text().partition("[security]")[0])
    assert main(["index", "build", "--at", str(keeper.index)]) == 0
    found = capsys.readouterr()
    assert "12 files, 0 written, 1 removed" in found.out
    assert "there is no security.txt" in found.err
    assert not (keeper.public / ".well-known" / "security.txt").exists()
    assert main(["index", "build", "--at", str(keeper.index), "--security-contact", "mailto:x@example.com"]) == 0
    assert "Contact: mailto:x@example.com" in (keeper.public / ".well-known" / "security.txt").read_text()
