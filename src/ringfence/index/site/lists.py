"""The pages that are lists: all plugins, all publishers, and a publisher with theirs. And what the search reads."""

import json
from collections.abc import Mapping, Sequence

from ringfence.audit.reports.webpage import text
from ringfence.index.policy import Policy, Publisher
from ringfence.index.site import plugin, shell
from ringfence.index.site.names import publisher_page
from ringfence.index.site.shell import Site, day, mark, table

#: Plugins on one page of the plain list, and on the page of a publisher.
A_PAGE = 500
STANDINGS = ("reviewed", "not reviewed", "yanked", "quarantined")

#: (name, summary, publisher, newest stable, newest candidate, published, standing)
Row = tuple[str, str, str, str, str, str, str]
_HEAD = ("Name", "What it does", "Publisher", "Reviewed", "Newest", "Published", "Standing")


def home(site: Site, rows: Sequence[Row]) -> dict[str, str]:
    """The pages of all plugins, by their paths."""
    pieces = [rows[start : start + A_PAGE] for start in range(0, len(rows), A_PAGE)] or [rows]
    return {_home_path(number): _home(site, rows, piece, number, len(pieces)) for number, piece in enumerate(pieces, 1)}


def _home_path(number: int) -> str:
    return "index.html" if number == 1 else f"page-{number}.html"


def _home(site: Site, rows: Sequence[Row], piece: Sequence[Row], number: int, pages: int) -> str:
    plain = f"{len(rows)} plugins" if pages == 1 else f"{len(rows)} plugins, page {number} of {pages}"
    body = [
        f"<h1>{text(site.title)}</h1>",
        "<p>Each page says who vetted and reviewed what. Nothing of a plugin runs before you grant it.</p>",
        f"<p>Pinned as <code>{text(site.fingerprint)}</code></p>",
        '<form class="search" role="search" aria-label="Search the plugins" hidden>',
        '<label>Search <input type="search" name="text" autocomplete="off" spellcheck="false"></label>',
        '<label>Standing <select name="standing"><option value="">any</option>',
        *(f"<option>{each}</option>" for each in STANDINGS),
        "</select></label>\n</form>",
        f'<p id="shown" role="status" class="soft" data-plain="{plain}">{plain}</p>',
        table(_HEAD, [_row(each, "") for each in piece], "Plugins by name", attributes=' id="plugins"'),
    ]
    if pages > 1:
        links = (
            f'<li><a href="{_home_path(each)}"'
            + (' aria-current="page"' if each == number else "")
            + f">{each}</a></li>"
            for each in range(1, pages + 1)
        )
        body.append(f'<nav class="pages" aria-label="Pages"><ol class="pages">{"".join(links)}</ol></nav>')
    return shell.page(site, _home_path(number), site.title, body, script=True)


def _row(row: Row, up: str) -> str:
    name, summary, publisher, stable, candidate, published, standing = row
    return (
        f'<tr><th scope="row"><a href="{up}{plugin.path(name)}">{text(name)}</a></th><td>{text(summary)}</td>'
        f'<td><a href="{up}{publisher_page(publisher)}">{text(publisher)}</a></td>'
        f"<td>{text(stable)}</td><td>{text(candidate)}</td><td>{day(published)}</td>"
        f"<td>{mark(standing)}</td></tr>"
    )


def search(rows: Sequence[Row]) -> str:
    """What the search of the home page reads."""
    publishers = {name: publisher_page(name) for name in sorted({row[2] for row in rows})}
    return json.dumps({"publishers": publishers, "plugins": rows}, ensure_ascii=False, separators=(",", ":")) + "\n"


def publishers(site: Site, policy: Policy, rows: Sequence[Row]) -> dict[str, str]:
    """The page of all publishers, and one for each."""
    by_publisher: dict[str, list[Row]] = {}
    for row in rows:
        by_publisher.setdefault(row[2], []).append(row)
    everybody = sorted(policy.publishers.keys() | by_publisher.keys())
    lines = [
        f'<tr><th scope="row"><a href="../{publisher_page(name)}">{text(name)}</a></th>'
        f"<td>{len(by_publisher.get(name, ()))}</td><td>{text(_owns(policy, name))}</td></tr>"
        for name in everybody
    ]
    body = [
        "<h1>Publishers</h1>",
        "<p>Each signs their own releases, under names that nobody else can publish under.</p>",
        table(("Publisher", "Plugins", "Names that are theirs"), lines, "Publishers"),
    ]
    found = {"publishers/index.html": shell.page(site, "publishers/index.html", "Publishers", body)}
    for name in everybody:
        own = policy.publishers.get(name)
        found[publisher_page(name)] = _publisher(site, name, own, by_publisher.get(name, []))
    return found


def _owns(policy: Policy, name: str) -> str:
    return ", ".join(policy.publishers[name].owns) if name in policy.publishers else "none any more"


def _publisher(site: Site, name: str, known: Publisher | None, rows: Sequence[Row]) -> str:
    body = [f"<h1>{text(name)}</h1>"]
    if known is None:
        body.append('<p class="trouble">They publish here no longer: nothing of theirs can be installed.</p>')
    else:
        facts: Mapping[str, tuple[str, ...]] = {
            "Names": known.owns,
            "Names given away": known.formerly,
            "Signed with": tuple(each[:16] + "…" for each in known.keys),
            "Contact": (known.contact,) if known.contact else (),
            "Built in": tuple(known.identity.values()),
        }
        said = (f"<dt>{key}</dt><dd>{text(', '.join(values))}</dd>" for key, values in facts.items() if values)
        body.append(f'<dl class="facts">{"".join(said)}</dl>')
    shown = [_row(each, "../") for each in rows[:A_PAGE]]
    body += ["<h2>Plugins</h2>", table(_HEAD, shown, f"Plugins of {name}") if rows else "<p>None.</p>"]
    if len(rows) > A_PAGE:
        body.append(f'<p>{len(rows) - A_PAGE} more are in <a href="../index.html">the list of all plugins</a>.</p>')
    return shell.page(site, publisher_page(name), name, body)
