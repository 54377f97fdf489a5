"""The HTML report in a browser: filters filter, nothing else runs, nothing is asked for."""

import dataclasses
import time

import pytest

from reports import reportkit as kit
from ringfence.controls.control import Severity

PAYLOAD = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
PAYLOADS = [PAYLOAD, f'">{PAYLOAD}', f"'>{PAYLOAD}", f"</pre></code></style></script>{PAYLOAD}", f"]]>-->{PAYLOAD}"]


def headings(browser):
    return browser.visible("article h3")


MEMORY, TAG = "mediumservice web: no memory limit", "lowservice web: the image has no tag"
PORTS = "highservice web: port 3001 is open on every interface"
SECRET = "criticalservice web: POSTGRES_PASSWORD holds a password"


def shown(browser, said):
    browser.wait("return document.getElementById('shown').textContent", said)


def pick(browser, name, value):
    """Choose an option as a user does: an input event follows."""
    browser.run(
        "const s = document.querySelector(`select[name=${arguments[0]}]`); s.value = arguments[1];"
        "s.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def test_every_filter_filters(opened):
    """Severity, control, file, text, fixable and waived each hide what does not fit, and the count says so."""
    browser = opened(dataclasses.replace(kit.SMALL, findings=(*kit.SMALL.findings, OTHER)))
    shown(browser, "all 5 shown")
    assert headings(browser) == [MEMORY, TAG, PORTS, SECRET, "highother: root"]
    browser.click("input[name=severity][value=high]")
    shown(browser, "3 of 5 shown")
    assert headings(browser) == [MEMORY, TAG, SECRET]
    assert browser.visible("h2 code") == ["compose.yaml"]
    browser.click("button[type=reset]")
    shown(browser, "all 5 shown")
    pick(browser, "file", "1")
    shown(browser, "1 of 5 shown")
    assert headings(browser) == ["highother: root"]
    browser.click("button[type=reset]")
    shown(browser, "all 5 shown")
    pick(browser, "control", "bounded-memory")
    shown(browser, "1 of 5 shown")
    assert headings(browser) == [MEMORY]
    browser.click("button[type=reset]")
    shown(browser, "all 5 shown")
    browser.click("input[name=fix]")
    shown(browser, "2 of 5 shown")
    assert headings(browser) == [MEMORY, PORTS]
    browser.click("button[type=reset]")
    shown(browser, "all 5 shown")
    browser.click("input[name=state]")
    shown(browser, "4 of 5 shown")
    assert TAG not in headings(browser)
    assert [line for line in browser.console() if "SEVERE" in line] == []


OTHER = dataclasses.replace(
    kit.PORTS, subject="other", message="root", place=kit.place(1, 1, 1, 2, "web/Dockerfile"), fix=None
)


def test_the_search_is_reached_and_used_by_keyboard(opened):
    """The key / leads to the field; words are looked for in findings and file names, in any case."""
    browser = opened(dataclasses.replace(kit.SMALL, findings=(*kit.SMALL.findings, OTHER)))
    shown(browser, "all 5 shown")
    browser.press("/")
    browser.wait("return document.activeElement.name", "text")
    browser.type("input[type=search]", "OPEN web")
    shown(browser, "1 of 5 shown")
    assert headings(browser) == [PORTS]
    empty = "const field = document.querySelector('input[type=search]'); field.value = '';"
    browser.run(empty + "field.dispatchEvent(new Event('input', {bubbles: true}))")
    shown(browser, "all 5 shown")
    browser.type("input[type=search]", "dockerfile")
    shown(browser, "1 of 5 shown")
    assert headings(browser) == ["highother: root"]


def test_filters_hold_together(opened):
    """Two filters show what fits both."""
    browser = opened(kit.SMALL)
    shown(browser, "all 4 shown")
    browser.click("input[name=fix]")
    browser.click("input[name=severity][value=high]")
    shown(browser, "1 of 4 shown")
    assert headings(browser) == [MEMORY]
    browser.type("input[type=search]", "nothing has this")
    shown(browser, "0 of 4 shown")
    assert browser.visible("h2 code") == []


def test_a_link_to_what_is_hidden_shows_it(opened):
    """Following a finding's link to its control works whatever is filtered."""
    browser = opened(kit.SMALL)
    browser.click("article a")
    assert browser.run("return location.hash") == "#control-bounded-memory"
    assert "One greedy container takes the machine down." in browser.visible("#control-bounded-memory")[0]


def test_nothing_is_requested_and_nothing_complained_of(opened):
    """One request, the page's own; the console stays empty."""
    browser = opened(kit.SMALL)
    shown(browser, "all 4 shown")
    assert [url.rsplit("/", 1)[1] for url in browser.requests()] == ["report.html"]
    assert browser.console() == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_any_field_is_shown_and_does_not_run(opened, payload):
    """Script in a message, a subject, a file name, a line, a fix, a reason or a reference stays text."""
    edits = kit.PORTS.fix.edits
    fix = dataclasses.replace(kit.PORTS.fix, title=payload, assumption=payload, left=((payload, payload),))
    fix = dataclasses.replace(fix, edits=tuple(dataclasses.replace(one, text=payload) for one in edits))
    waiver = dataclasses.replace(kit.WAIVED.waived, reason=payload)
    reference = dataclasses.replace(kit.PORTS.references[0], title=payload, url="javascript:document.title='run'")
    bad = dataclasses.replace(
        kit.PORTS,
        title=payload,
        message=payload,
        subject=payload,
        why=payload,
        path=payload,
        fix=fix,
        references=(reference,),
    )
    named = dataclasses.replace(bad, place=kit.place(1, 1, 1, 9, payload), waived=waiver)
    report = dataclasses.replace(
        kit.SMALL,
        findings=(bad, named),
        root=payload,
        skipped=((payload, payload),),
        unread=(dataclasses.replace(kit.UNREAD, message=payload, place=kit.place(1, 1, 1, 1, payload)),),
    )
    browser = opened(report, read={"compose.yaml": kit.COMPOSE.replace("3001", payload), payload: payload}.get)
    shown(browser, "all 2 shown")
    time.sleep(0.1)
    assert browser.run("return document.title").startswith("Ringfence audit")
    assert browser.run("return document.scripts.length + document.images.length") == 1
    assert payload in browser.visible("article h3")[0]
    assert browser.console() == []
    assert len(browser.requests()) == 1


def test_the_policy_stops_what_would_get_through(opened):
    """Were an escape forgotten, the browser would still refuse to run it."""
    browser = opened(kit.SMALL)
    browser.run("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", PAYLOAD)
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s)"
    )
    time.sleep(0.2)
    assert browser.run("return document.title").startswith("Ringfence audit")
    assert len([line for line in browser.console() if "Content Security Policy" in line]) >= 2


def test_without_scripts_it_is_the_whole_list(opened, browser_without_scripts):
    """Every finding is there, no filter is, and nothing is missing that a script would have to add."""
    browser = opened(kit.SMALL, browser_without_scripts)
    assert headings(browser) == [MEMORY, TAG, PORTS, SECRET]
    assert browser.visible("form") == []
    assert "charts/web.yaml:3:1" in browser.visible("section.trouble")[0]


def test_five_thousand_findings_stay_usable(opened):
    """A big report loads, and filters, while a reader can wait for it."""
    severities = list(Severity)
    some = tuple(
        dataclasses.replace(
            kit.PORTS, severity=severities[n % 4], place=kit.place(5, 9, 5, 20, f"f{n // 25}.yaml"), message=f"port {n}"
        )
        for n in range(5000)
    )
    browser = opened(dataclasses.replace(kit.EMPTY, findings=some), read=lambda file: kit.COMPOSE)
    shown(browser, "all 5000 shown")
    browser.type("input[type=search]", "4321")
    shown(browser, "1 of 5000 shown")
    assert headings(browser) == ["mediumservice web: port 4321"]
