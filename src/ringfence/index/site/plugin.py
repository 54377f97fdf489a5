"""The page of a plugin: what it is, what it asks for, how it is installed, and what is known of every version."""

from collections.abc import Mapping
from datetime import UTC, datetime

from ringfence.audit.reports.webpage import text
from ringfence.index import support
from ringfence.index.record import Record, Status, Version
from ringfence.index.review import CHECKLIST
from ringfence.index.site import advisories, shell
from ringfence.index.site.advisories import Advisory
from ringfence.index.site.facts import SHOWN, Detail, Facts, Finding, Review
from ringfence.index.site.names import publisher_page
from ringfence.index.site.shell import Site, day, mark, table

_WITHDRAWN = (Status.YANKED, Status.QUARANTINED)
_MEANS = {
    Status.DEPRECATED: "it installs, and has no future",
    Status.YANKED: "it installs only by its exact version, with a warning",
    Status.QUARANTINED: "nobody can install it",
}
_ORDER = {"block": 0, "warn": 1}


def path(name: str) -> str:
    """Where the page of a plugin stands in the site."""
    return f"plugins/{name}.html"


def render(site: Site, found: Facts) -> str:
    """The whole page."""
    record = found.record
    newest = found.stable or found.candidate
    shown = newest or record.sorted_versions()[0]
    entry = record.versions[shown]
    body = [
        f"<h1>{text(record.name)}</h1>",
        f'<p class="lead">{text(record.summary)}</p>',
        *_withdrawn(record),
        *_covered(found, shown),
        _summary(found, shown, entry),
        "<h2>Install</h2>",
        *_install(site, found),
        f"<h2>What it asks for</h2>\n{_permissions(entry.permissions)}",
        f"<h2>Methods</h2>\n{_methods(entry.methods)}",
        f"<h2>Advisories</h2>\n{_advisories(record.name, found.advisories)}",
        "<h2>Support</h2>",
        _support(record),
        "<h2>Versions</h2>",
        _versions(record),
        *(line for each in found.details for line in _release(each)),
    ]
    return shell.page(site, path(record.name), record.name, body)


def _withdrawn(record: Record) -> list[str]:
    gone = [(v, record.versions[v]) for v in record.sorted_versions() if record.versions[v].status in _WITHDRAWN]
    if not gone:
        return []
    items = (
        f"<li>{mark(each.status.value)}<strong>{text(version)}</strong>: {_MEANS[each.status]}."
        f" {text(each.reason)}</li>"
        for version, each in gone[:20]
    )
    more = [f"<li>and {len(gone) - 20} more: see the table of versions</li>"] if len(gone) > 20 else []
    head = '<section class="trouble" aria-labelledby="withdrawn">\n<h2 id="withdrawn">Withdrawn</h2>\n<ul>'
    return [head, *items, *more, "</ul>\n</section>"]


def _covered(found: Facts, shown: str) -> list[str]:
    """What stands against the very version that an install brings."""
    if not found.covering:
        return []
    head = '<section class="trouble" aria-labelledby="covered">\n<h2 id="covered">Known weaknesses</h2>\n<ul>'
    items = (
        f"<li>{mark(each.rating) if each.rating else ''}<strong>{text(each.ids[0])}</strong> covers {text(shown)}: "
        f"{text(each.summary)}; {'fixed in ' + text(each.fixed) if each.fixed else 'no version is fixed yet'}</li>"
        for each in found.covering
    )
    return [head, *items, "</ul>\n</section>"]


def _summary(found: Facts, shown: str, entry: Version) -> str:
    record = found.record
    approved = ", ".join(entry.approvals) or "nobody"
    facts = [
        ("Publisher", f'<a href="../{publisher_page(record.publisher)}">{text(record.publisher)}</a>'),
        ("Newest reviewed", text(found.stable) or "none"),
        ("Newest of all", text(found.candidate) or "none"),
        (f"Reviewed ({text(shown)})", f"by {text(approved)}"),
        (f"Vetting ({text(shown)})", mark(entry.vetting) if entry.vetting else "not vetted"),
        ("Licence", text(entry.license) or "none was named"),
        ("Published", day(entry.published)),
    ]
    return '<dl class="facts">' + "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in facts) + "</dl>"


def _install(site: Site, found: Facts) -> list[str]:
    name = found.record.name
    if found.closed:
        return [f"<p><strong>It cannot be installed: {text(found.closed)}.</strong></p>"]
    channel = "" if found.stable else " --channel candidate"
    said = (
        f"ringfence index add {site.name} {site.settings.url or 'ADDRESS-OF-THIS-INDEX'} "
        f"--root-fingerprint {site.fingerprint}\nringfence install {name}{channel}"
    )
    lines = [f'<pre tabindex="0" aria-label="Commands to install {text(name)}"><code>{text(said)}</code></pre>']
    if channel:
        lines.append("<p><strong>No version of it has been reviewed by anybody.</strong></p>")
    lines.append("<p>Compare the fingerprint with one that you got in another way: it is what you trust.</p>")
    return lines


def in_words(permissions: Mapping[str, object]) -> list[str]:
    """What a release asks for, a plain sentence each."""
    said = []
    network = permissions.get("network")
    for each in network if isinstance(network, list) else []:
        host, _, port = str(each).rpartition(":")
        said.append(f"It connects to {host} on port {port}.")
    for kind, words in (
        ("read", "It reads what you give it as"),
        ("write", "It reads and changes what you give it as"),
        ("secrets", "It is given the secret"),
    ):
        asked = permissions.get(kind)
        for name, why in sorted(asked.items()) if isinstance(asked, Mapping) else []:
            said.append(f"{words} “{name}”" + (f": {why}" if why else "."))
    known = {"network", "read", "write", "secrets"}
    said += [f"It asks for {kind}: {permissions[kind]}" for kind in sorted(permissions.keys() - known)]
    return said


def _permissions(permissions: Mapping[str, object]) -> str:
    said = in_words(permissions)
    if not said:
        return "<p>Nothing: no network, no files, no secrets.</p>"
    items = "".join(f"<li>{text(each)}</li>" for each in said)
    return f"<ul>{items}</ul>\n<p>It gets none of it before you grant it.</p>"


def _methods(methods: tuple[str, ...]) -> str:
    items = "".join(f"<li><code>{text(each)}</code></li>" for each in methods)
    return f"<ul>{items}</ul>" if methods else "<p>None.</p>"


def _advisories(name: str, found: tuple[Advisory, ...]) -> str:
    if not found:
        return "<p>The index has published none about it.</p>"
    rows = []
    for each in found:
        covers = "; ".join(advisories.affected(each, name)) or "see the advisory"
        fixed = ", ".join(advisories.fixed(each, name)) or "no version yet"
        rating = advisories.rating(each)
        weight = mark(rating) if rating else "not rated"
        rows.append(
            f'<tr><th scope="row">{text(str(each.get("id", "")))}</th><td>{weight}</td>'
            f"<td>{text(str(each.get('summary', '')))}</td><td>{text(covers)}</td><td>{text(fixed)}</td>"
            f"<td>{day(str(each.get('modified', '')))}</td></tr>"
        )
    head = ("Advisory", "Severity", "What", "Versions", "Fixed in", "Changed")
    return table(head, rows, f"Advisories about {name}")


def _support(record: Record) -> str:
    """The lines of versions that get fixes. What a day decides is a day on the page, so that it stays true."""
    lines = support.of_record(record, datetime.min.replace(tzinfo=UTC))
    if not lines:
        return "<p>It has no final version yet.</p>"
    rows = []
    for each in lines:
        until = day(each.until.strftime("%Y-%m-%dT%H:%M:%SZ")) if each.until else "no end is known yet"
        rows.append(
            f'<tr><th scope="row">{text(each.line)}</th><td>{text(each.newest)}</td>'
            f"<td>{until if each.supported else 'no longer'}</td></tr>"
        )
    return table(("Versions", "Newest", "Gets fixes until"), rows, f"Supported versions of {record.name}")


def _versions(record: Record) -> str:
    rows = []
    for version in record.sorted_versions():
        each = record.versions[version]
        standing = mark(each.status.value) + text(each.reason) if each.status is not Status.FINE else "offered"
        reviewed = day(each.reviewed) or ("by " + text(", ".join(each.approvals)) if each.approvals else "")
        rows.append(
            f'<tr><th scope="row">{text(version)}</th><td>{mark(each.channel)}</td><td>{standing}</td>'
            f"<td>{day(each.published)}</td><td>{reviewed}</td>"
            f"<td>{text(each.vetting) or 'none'}</td><td><code>{text(each.archive)}</code></td></tr>"
        )
    head = ("Version", "Channel", "Standing", "Published", "Reviewed", "Vetting", "Archive")
    return table(head, rows, f"Versions of {record.name}")


def _release(detail: Detail) -> list[str]:
    version = text(detail.version)
    return [
        f'<section class="release" aria-labelledby="v{version}">\n<h2 id="v{version}">Evidence on {version}</h2>',
        *(f'<p class="trouble">{text(each)}</p>' for each in detail.troubles),
        "<h3>Vetting</h3>",
        *_vetting(detail),
        "<h3>Reviews</h3>",
        *(_review(each) for each in detail.reviews),
        *([] if detail.reviews else ["<p>Nobody has reviewed it.</p>"]),
        "<h3>Bill of materials</h3>",
        _components(detail),
        *_stated(detail),
        "</section>",
    ]


def _vetting(detail: Detail) -> list[str]:
    found = detail.vetting
    if found is None:
        return ["<p>There is no vetting report.</p>"]
    count = len(found.findings)
    lines = [f"<p>{mark(found.verdict)}{count} {'finding' if count == 1 else 'findings'}.</p>"]
    if found.findings:
        ordered = sorted(found.findings, key=lambda each: _ORDER.get(str(each.get("verdict")), 2))
        rows = [_finding(each) for each in ordered[:SHOWN]]
        lines.append(table(("Verdict", "Rule", "Where", "What"), rows, f"Findings on {detail.version}"))
        if count > SHOWN:
            lines.append(f"<p>The first {SHOWN} are shown: <code>ringfence show --vetting</code> has them all.</p>")
    if found.unexamined:
        items = "".join(f"<li>{text(each)}</li>" for each in found.unexamined[:SHOWN])
        lines.append(f"<p><strong>Not examined:</strong></p>\n<ul>{items}</ul>")
    return lines


def _finding(each: Finding) -> str:
    where = str(each.get("path", "")) + (f":{each['line']}" if each.get("line") else "")
    return (
        f"<tr><td>{mark(str(each.get('verdict', '')))}</td><td>{text(str(each.get('rule', '')))}</td>"
        f"<td><code>{text(where[:300])}</code></td><td>{text(str(each.get('message', ''))[:2000])}</td></tr>"
    )


def _review(review: Review) -> str:
    if not review.holds:
        return f"<p>{mark(review.decision)}{text(review.reviewer)}, who reviews here no longer: it does not count.</p>"
    words = dict(CHECKLIST)
    items = "".join(
        f'<li><span class="{"yes" if done else "no"}">{"checked" if done else "not checked"}</span>: '
        f"{text(words.get(what, what))}</li>"
        for what, done in sorted(review.checklist.items())
    )
    against = f", against {text(review.against)}" if review.against else ""
    return (
        f"<p>{mark(review.decision)}<strong>{text(review.reviewer)}</strong>, {day(review.time)}{against}: "
        f"{text(review.reason)}</p>\n<ul>{items}</ul>"
    )


def _stated(detail: Detail) -> list[str]:
    if not detail.stated:
        return []
    rows = [
        f'<tr><th scope="row">{text(each.vulnerability)}</th><td>{text(each.state.replace("_", " "))}</td>'
        f"<td>{text(each.justification.replace('_', ' '))}</td><td>{text(each.detail)}</td></tr>"
        for each in detail.stated[:SHOWN]
    ]
    head = ("Vulnerability", "State", "Because", "In words")
    caption = f"What vulnerabilities mean for {detail.version}"
    return ["<h3>Vulnerabilities in what it stands on (VEX)</h3>", table(head, rows, caption)]


def _components(detail: Detail) -> str:
    found = detail.components
    if found is None:
        return "<p>The release carries none.</p>"
    if not found:
        return "<p>It stands on no other package.</p>"
    rows = [
        f'<tr><th scope="row">{text(each.name)}</th><td>{text(each.version)}</td><td>{text(each.license)}</td>'
        f"<td><code>{text(each.digest)}</code></td></tr>"
        for each in found[:SHOWN]
    ]
    more = f"<p>{len(found) - SHOWN} more are in the document itself.</p>" if len(found) > SHOWN else ""
    return table(("Package", "Version", "Licence", "SHA-256"), rows, f"What {detail.version} stands on") + more
