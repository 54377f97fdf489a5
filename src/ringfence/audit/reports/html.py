"""One HTML file: opens anywhere, asks for nothing from anywhere, and is a plain list where scripts do not run.

Filters, style and policy come from `webpage`. Everything of others goes through `webpage.text`. What a control says
stands once, at the end, and findings link to it, so that five thousand findings stay a file that opens at once.
"""

from collections.abc import Iterable

from ringfence.audit.finding import Finding, Fix, Report
from ringfence.audit.reports import prose, view, webpage
from ringfence.audit.reports.source import Hunk, Source
from ringfence.audit.reports.webpage import text

_LINES = 6
_LONGEST = 400
_DIFF = 60
_ELEMENTS = {"-": "del", "+": "ins", " ": "span"}


def render(report: Report, sources: view.Sources) -> str:
    """The whole page."""
    files = view.by_file(report.findings)
    found = view.counts(report)
    body = [
        '<a class="skip" href="#findings">Skip to the findings</a>',
        "<header>\n<h1>Ringfence audit</h1>",
        *_summary(report, found),
        "</header>",
        *_unread(report),
    ]
    if files:
        body += [_filters(report, files, found), '<p id="shown" role="status" class="soft"></p>']
    body.append('<main id="findings" tabindex="-1">')
    for number, (file, findings) in enumerate(files.items()):
        body.append(_file(number, file, findings, sources.of(file)))
    body += ["</main>", *_controls(report.findings), *_skipped(report)]
    title = f"Ringfence audit: {view.plural(found.all, 'finding')}"
    return webpage.page(title, "\n".join(body) + "\n", filters=bool(files))


def _summary(report: Report, found: view.Counts) -> list[str]:
    if found.all:
        said = f"{view.plural(found.all, 'finding')} in {view.plural(found.files, 'file')}."
    else:
        said = "Nothing found." if any(report.files.values()) else "Nothing was examined."
    took = f"Examined {text(view.examined(report))} below <code>{text(report.root)}</code> in {report.elapsed:.2f} s."
    boxes = [f'<li class="{one}"><b>{number}</b>{one}</li>' for one, number in found.severities.items()]
    boxes += [
        f"<li><b>{found.waived}</b>waived</li>",
        f'<li class="fine"><b>{found.safe + found.unsafe}</b>fixable</li>',
    ]
    lines = [f"<p><strong>{said}</strong> {took}</p>", f'<ul class="counts">{"".join(boxes)}</ul>']
    if found.safe or found.unsafe:
        lines.append(f"<p>{prose.inline(view.how(found, '`'))}.</p>")
    return lines


def _unread(report: Report) -> list[str]:
    if not report.unread:
        return []
    items = (
        f"<li><code>{text(one.place.file)}:{one.place.line}:{one.place.column}</code> {text(one.message)}</li>"
        for one in report.unread
    )
    head = '<section class="trouble" aria-labelledby="unread">\n<h2 id="unread">Could not be examined</h2>\n<ul>'
    return [head, *items, "</ul>\n</section>"]


def _filters(report: Report, files: dict[str, list[Finding]], found: view.Counts) -> str:
    controls = sorted({one.control for one in report.findings})
    boxes = "".join(
        f'<label><input type="checkbox" name="severity" value="{one}" checked>{one}</label>' for one in found.severities
    )
    return "\n".join(
        [
            '<form class="filters" role="search" aria-label="Filter the findings" hidden>',
            f"<fieldset><legend>severity</legend>{boxes}</fieldset>",
            '<label class="field">control <select name="control"><option value="">any</option>',
            *(f"<option>{text(one)}</option>" for one in controls),
            '</select></label>\n<label class="field">file <select name="file"><option value="">any</option>',
            *(f'<option value="{number}">{text(file)}</option>' for number, file in enumerate(files)),
            "</select></label>",
            '<label class="field">text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>',
            '<label><input type="checkbox" name="fix" value="yes" data-only>only fixable</label>',
            '<label><input type="checkbox" name="state" value="open" data-only>hide waived</label>',
            '<button type="reset">Show all</button>\n</form>',
        ]
    )


def _file(number: int, file: str, findings: list[Finding], source: Source | None) -> str:
    articles = (_finding(one, number, source) for one in findings)
    name = f'<h2 id="file-{number}"><code>{text(file)}</code></h2>'
    return "\n".join(
        [f'<section data-group="{text(file)}" aria-labelledby="file-{number}">\n{name}', *articles, "</section>"]
    )


def _finding(finding: Finding, number: int, source: Source | None) -> str:
    lines = [
        _article(finding, number),
        f'<h3><span class="badge {finding.severity}">{finding.severity}</span>{text(finding.subject)}:'
        f" {text(finding.message)}</h3>",
        f'<p class="soft"><a href="#control-{text(finding.control)}">{text(finding.control)}</a>,'
        f" line {finding.place.line}</p>",
    ]
    if finding.waived is not None:
        until = f", until {text(str(finding.waived.until))}" if finding.waived.until else ""
        lines.append(f"<p><strong>Waived</strong>{until}: {text(finding.waived.reason)}</p>")
    if source is not None:
        lines.append(_snippet(finding, source))
    if finding.fix is not None:
        lines += _fix(finding.fix, source)
    return "\n".join([*lines, "</article>"])


def _article(finding: Finding, number: int) -> str:
    """The opening tag, with what the filters ask for."""
    fixable = "yes" if finding.fix is not None and finding.fix.edits else "no"
    kind, state = ("finding", "open") if finding.waived is None else ("finding waived", "waived")
    return (
        f'<article class="{kind}" data-item data-severity="{finding.severity}" data-file="{number}"'
        f' data-control="{text(finding.control)}" data-fix="{fixable}" data-state="{state}">'
    )


def _snippet(finding: Finding, source: Source) -> str:
    """The lines of a finding, the place marked."""
    place = finding.place
    last = min(place.end_line, place.line + _LINES - 1, source.count)
    lines = list[str]()
    for number in range(place.line, last + 1):
        line, gone = source.line(number, place.column if number == place.line else 0)
        start = place.column - 1 - gone if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 - gone if number == place.end_line else len(line)
        end = max(start, min(end, start + _LONGEST))
        marked = (
            f"{text(line[:start][-_LONGEST:])}<mark>{text(line[start:end])}</mark>{text(line[end : end + _LONGEST])}"
        )
        lines.append(f'<span class="n">{number:>5}</span>  {marked}')
    if last < place.end_line:
        lines.append('<span class="n">  ...</span>')
    return '<pre class="code">' + "\n".join(lines) + "</pre>" if lines else ""


def _fix(fix: Fix, source: Source | None) -> list[str]:
    kind = '<span class="fine">safe</span>' if fix.safe else '<span class="high">unsafe</span>'
    assumes = f"; assumes {text(fix.assumption)}" if fix.assumption else ""
    lines = [f"<p>Fix ({kind}{assumes}): {text(fix.title)}</p>"] if fix.edits else []
    if fix.edits and source is not None:
        shown = [line for hunk in source.hunks(fix.edits) for line in _hunk(hunk)]
        lines.append(f'<pre class="diff">{"".join(shown[:_DIFF])}</pre>')
    return lines + [f"<p>Left to you, <code>{text(path)}</code>: {text(why)}</p>" for path, why in fix.left]


def _hunk(hunk: Hunk) -> list[str]:
    lines = [f'<span class="at">{hunk.header}</span>']
    for line in hunk.lines:
        element = _ELEMENTS[line.sign]
        lines.append(f"<{element}>{line.sign}{text(line.text[:_LONGEST])}</{element}>")
    return lines


def _controls(findings: Iterable[Finding]) -> list[str]:
    """What the controls say that found something: why, and where it comes from."""
    controls = {one.control: one for one in findings}
    blocks = []
    for id, one in sorted(controls.items()):
        links = "".join(f"<li>{webpage.link(reference.url, reference.title)}</li>" for reference in one.references)
        said = f"<p><strong>{text(one.title)}.</strong> {prose.inline(one.why)}</p>"
        blocks.append(f'<section id="control-{text(id)}">\n<h3>{text(id)}</h3>\n{said}\n<ul>{links}</ul>\n</section>')
    return (
        ['<section aria-labelledby="controls">\n<h2 id="controls">Controls</h2>', *blocks, "</section>"]
        if blocks
        else []
    )


def _skipped(report: Report) -> list[str]:
    if not report.skipped:
        return []
    items = (f"<li><code>{text(path)}</code> {text(why)}</li>" for path, why in report.skipped)
    return ['<section aria-labelledby="skipped">\n<h2 id="skipped">Skipped</h2>\n<ul>', *items, "</ul>\n</section>"]
