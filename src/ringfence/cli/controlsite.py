"""The catalogue as a site of static pages: an index with filters, one page a control, the matrix of results.

Everything comes from the controls' own files and from the tests' results. Pages link only to each other and to
the cited sources; nothing is loaded from anywhere. Values in, values out: writing files is the command's part.
"""

from collections.abc import Iterable

from ringfence.audit.reports import prose, webpage
from ringfence.controls.control import Control, Scope, Severity, Standard
from ringfence.controls.matrix import Matrix
from ringfence.controls.page import Example, page, record

_WORST_FIRST = tuple(reversed(Severity))


def site(controls: Iterable[Control], matrix: Matrix) -> dict[str, str]:
    """Every file of the site by its name."""
    some = tuple(controls)
    files = {"index.html": _index(some), "matrix.html": _matrix(some, matrix)}
    return files | {f"{one.id}.html": _control(one, matrix) for one in some}


def _index(controls: tuple[Control, ...]) -> str:
    body = [
        "<h1>Controls</h1>",
        "<p>Each is one rule, written once: checked in files, enforced around running plugins.</p>",
        _filters(controls),
        '<p id="shown" role="status" class="soft"></p>',
        '<table>\n<thead><tr><th scope="col">control</th><th scope="col">severity</th>'
        '<th scope="col">what holds</th><th scope="col">judged in</th><th scope="col">profiles</th></tr></thead>',
        "<tbody>",
        *map(_row, controls),
        "</tbody>\n</table>",
    ]
    return _page("Controls", "index.html", body, filters=True)


def _row(control: Control) -> str:
    scopes, standards = sorted(control.scopes), sorted(control.standards)
    return (
        f'<tr data-item data-severity="{control.severity}" data-scope="{" ".join(scopes)}"'
        f' data-standard="{" ".join(standards)}">'
        f'<th scope="row"><a href="{control.id}.html">{control.id}</a></th><td>{_badge(control)}</td>'
        f"<td>{webpage.text(control.title)}</td><td>{', '.join(scopes)}</td><td>{', '.join(standards)}</td></tr>"
    )


def _filters(controls: tuple[Control, ...]) -> str:
    return "\n".join(
        [
            '<form class="filters" role="search" aria-label="Filter the controls" hidden>',
            _boxes("severity", _WORST_FIRST),
            '<label class="field">judged in <select name="scope"><option value="">anywhere</option>',
            *(f"<option>{scope}</option>" for scope in Scope if any(scope in one.scopes for one in controls)),
            '</select></label>\n<label class="field">profile <select name="standard"><option value="">any</option>',
            *(f"<option>{one}</option>" for one in Standard if any(one in control.standards for control in controls)),
            "</select></label>",
            '<label class="field">text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>',
            '<button type="reset">Show all</button>\n</form>',
        ]
    )


def _boxes(name: str, values: Iterable[str]) -> str:
    boxes = (f'<label><input type="checkbox" name="{name}" value="{one}" checked>{one}</label>' for one in values)
    return f"<fieldset><legend>{name}</legend>{''.join(boxes)}</fieldset>"


def _control(control: Control, matrix: Matrix) -> str:
    said = page(control)
    body = [
        f"<h1>{control.id}</h1>",
        f"<p>{_badge(control)}<strong>{webpage.text(control.title)}.</strong></p>",
        prose.paragraphs(said.why),
        *map(_example, said.examples),
        "<h2>Record</h2>\n<table>\n<tbody>",
        *(
            f'<tr><th scope="row">{webpage.text(name)}</th><td>{prose.inline(value)}</td></tr>'
            for name, value in record(control, "`")
        ),
        "</tbody>\n</table>",
        *_proved(control, matrix),
        "<h2>References</h2>\n<ul>",
        *(f"<li>{webpage.link(one.url, one.title)}</li>" for one in control.references),
        "</ul>",
    ]
    return _page(control.id, f"{control.id}.html", body)


def _example(example: Example) -> str:
    kind = "good" if example.good else "bad"
    where = "a plugin's profile" if example.scope is Scope.PLUGIN else example.scope
    return (
        f'<section class="example {kind}">\n<h2>{kind.capitalize()}, {webpage.text(where)}</h2>\n'
        f'<pre tabindex="0"><code>{webpage.text(example.text)}</code></pre>\n</section>'
    )


def _proved(control: Control, matrix: Matrix) -> list[str]:
    """Where this control's attack was stopped; nothing for a control that no cell enforces."""
    if Scope.PLUGIN not in control.scopes:
        return []
    rows = (f'<tr><th scope="row">{webpage.text(at)}</th>{_verdict(control, at, matrix)}</tr>' for at in matrix.places)
    return ["<h2>Where its attack was stopped</h2>\n<table>\n<tbody>", *rows, "</tbody>\n</table>"]


def _matrix(controls: tuple[Control, ...], matrix: Matrix) -> str:
    head = "".join(f'<th scope="col">{webpage.text(place)}</th>' for place in matrix.places)
    rows = (
        f'<tr><th scope="row"><a href="{one.id}.html">{one.id}</a></th>'
        + "".join(_verdict(one, place, matrix) for place in matrix.places)
        + "</tr>"
        for one in controls
        if Scope.PLUGIN in one.scopes
    )
    body = [
        "<h1>Matrix</h1>",
        "<p>For every control a few lines of hostile code run in every cell. This is what the tests saw.</p>",
        '<div class="wide" tabindex="0">\n<table>',
        f'<thead><tr><th scope="col">control</th>{head}</tr></thead>\n<tbody>',
        *rows,
        "</tbody>\n</table>\n</div>",
    ]
    return _page("Matrix", "matrix.html", body)


def _verdict(control: Control, place: str, matrix: Matrix) -> str:
    verdict = matrix.of(control.id, place)
    kind = "soft" if verdict is None else "fine" if verdict in ("stopped", "refused") else "high"
    return f'<td class="{kind}">{verdict or "no result"}</td>'


def _badge(control: Control) -> str:
    return f'<span class="badge {control.severity}">{control.severity}</span>'


def _page(title: str, name: str, body: list[str], *, filters: bool = False) -> str:
    places = {"index.html": "Controls", "matrix.html": "Matrix"}
    links = (
        f'<a href="{to}"' + (' aria-current="page"' if to == name else "") + f">{said}</a>"
        for to, said in places.items()
    )
    whole = [
        '<a class="skip" href="#content">Skip to the content</a>',
        f'<nav class="site" aria-label="Site"><strong>Ringfence</strong>{"".join(links)}</nav>',
        '<main id="content">',
        *body,
        "</main>",
        "<footer>Generated from the controls' own files by <code>ringfence controls --write-site</code>.</footer>\n",
    ]
    return webpage.page(f"{title} - Ringfence", "\n".join(whole), filters=filters)
